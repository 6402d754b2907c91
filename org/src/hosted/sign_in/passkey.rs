//! What a browser is asked about passkeys, in the words of `PublicKeyCredential` (WebAuthn Level 3, §5.1.8 and §5.1.9).

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use url::Url;

use crate::Org;
use crate::authenticator::catalog::UserVerification;
use crate::branding;
use crate::interaction::{Detail, Remediation, Screen, State, Who, World};

/// ES256, EdDSA and RS256: what the org verifies.
const ALGORITHMS: [i32; 3] = [-7, -8, -257];
/// In milliseconds, as long as people need to find their security key.
const PATIENCE: u32 = 300_000;

/// The options for `navigator.credentials`, as JSON.
#[derive(Debug, Clone)]
pub(super) struct Ceremony {
    options: String,
}

/// The part of a page that lets the script talk to passkeys.
#[derive(Debug, Clone)]
pub(super) struct Passkey {
    /// Where the form is sent to.
    pub(super) answer: &'static str,
    /// Whether a passkey is made, and not used.
    pub(super) is_new: bool,
    /// Whether the browser may offer passkeys in the field for the username.
    pub(super) is_autofill: bool,
    pub(super) options: String,
    pub(super) button: &'static str,
    /// Whether nothing else can be done on the page.
    pub(super) is_only_way: bool,
}

impl Passkey {
    /// A passkey that brings its user along.
    pub(super) fn without_username(ceremony: Ceremony) -> Self {
        Self {
            answer: "passkey",
            is_new: false,
            is_autofill: true,
            options: ceremony.options,
            button: "Sign in with a passkey",
            is_only_way: false,
        }
    }

    /// A passkey of somebody who is known.
    pub(super) fn of_somebody(ceremony: Ceremony) -> Self {
        Self {
            is_autofill: false,
            button: "Verify",
            is_only_way: true,
            ..Self::without_username(ceremony)
        }
    }

    /// A passkey to be made.
    pub(super) fn new_one(ceremony: Ceremony) -> Self {
        Self {
            answer: "new-passkey",
            is_new: true,
            button: "Set up",
            ..Self::of_somebody(ceremony)
        }
    }
}

/// What the present question asks of passkeys, if it does.
pub(super) fn ceremony(
    org: &Org,
    state: &State,
    screen: &Screen,
    world: &World,
) -> Option<Ceremony> {
    let host = Url::parse(org.url().as_str()).ok()?;
    let host = host.host_str()?;
    let verification = word_of(world.user_verification());
    if let Some(Remediation::Identify {
        passkey_challenge, ..
    }) = screen.remediations.first()
    {
        let challenge = passkey_challenge.as_ref()?;
        // Alone it has to be as good as two factors.
        return Some(sign_in(host, challenge, &[], "required"));
    }
    match &screen.current.as_ref()?.detail {
        Detail::SignIn {
            challenge,
            credentials,
        } => Some(sign_in(host, challenge, credentials, verification)),
        Detail::NewPasskey {
            challenge,
            credentials,
        } => {
            let user = user_of(state, world)?;
            Some(creation(host, challenge, credentials, user, verification))
        }
        _ => None,
    }
}

const fn word_of(verification: UserVerification) -> &'static str {
    match verification {
        UserVerification::Required => "required",
        UserVerification::Preferred => "preferred",
        UserVerification::Discouraged => "discouraged",
    }
}

fn sign_in(host: &str, challenge: &str, credentials: &[String], verification: &str) -> Ceremony {
    let options = json!({
        "challenge": challenge,
        "rpId": host,
        "timeout": PATIENCE,
        "allowCredentials": descriptors(credentials),
        "userVerification": verification,
    });
    Ceremony {
        options: options.to_string(),
    }
}

fn creation(
    host: &str,
    challenge: &str,
    credentials: &[String],
    user: Value,
    verification: &str,
) -> Ceremony {
    let algorithms = ALGORITHMS.map(|alg| json!({ "type": "public-key", "alg": alg }));
    let options = json!({
        "challenge": challenge,
        "rp": { "id": host, "name": branding::NAME },
        "user": user,
        "pubKeyCredParams": algorithms,
        "timeout": PATIENCE,
        "excludeCredentials": descriptors(credentials),
        // A passkey that can be found without a username where the device can keep one.
        "authenticatorSelection": { "residentKey": "preferred", "userVerification": verification },
        "attestation": "none",
    });
    Ceremony {
        options: options.to_string(),
    }
}

fn descriptors(credentials: &[String]) -> Vec<Value> {
    let descriptor = |id: &String| json!({ "type": "public-key", "id": id });
    credentials.iter().map(descriptor).collect()
}

/// The user's id is what the passkey brings along; it tells nothing to anybody who does not have the directory.
fn user_of(state: &State, world: &World) -> Option<Value> {
    let Who::User(id) = &state.who else {
        return None;
    };
    let profile = &world.account.as_ref()?.profile;
    let name = format!("{} {}", profile.first_name, profile.last_name);
    let shown = if name.trim().is_empty() {
        profile.login.as_str()
    } else {
        name.trim()
    };
    Some(json!({
        "id": BASE64URL_NOPAD.encode(id.as_str().as_bytes()),
        "name": profile.login,
        "displayName": shown,
    }))
}
