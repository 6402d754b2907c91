//! What a browser is asked about passkeys, in the words of `PublicKeyCredential` (WebAuthn Level 3, §5.1.8 and §5.1.9).

use serde_json::{Value, json};
use url::Url;

use crate::authenticator::catalog::UserVerification;
use crate::authenticator::webauthn::{
    ActivationData, ChallengeData, Credential, NewPasskey, RelyingParty,
};
use crate::authenticator::{Enrollment, EnrollmentKind};
use crate::failure::Failure;
use crate::interaction::{Detail, Remediation, Screen, State, Who, World};
use crate::{Org, branding};

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
) -> Result<Option<Ceremony>, Failure> {
    let Ok(url) = Url::parse(org.url().as_str()) else {
        return Ok(None);
    };
    let asking = Asking {
        party: RelyingParty::of(&url),
        world,
    };
    if let Some(Remediation::Identify {
        passkey_challenge, ..
    }) = screen.remediations.first()
    {
        // Alone it has to be as good as two factors.
        let use_any =
            |challenge: &String| asking.sign_in(challenge, &[], UserVerification::Required);
        return passkey_challenge.as_ref().map(use_any).transpose();
    }
    match screen.current.as_ref().map(|current| &current.detail) {
        Some(Detail::SignIn {
            challenge,
            credentials,
        }) => {
            let verification = World::USER_VERIFICATION;
            asking
                .sign_in(challenge, credentials, verification)
                .map(Some)
        }
        Some(Detail::NewPasskey { challenge, .. }) => asking.creation(challenge, state),
        _ => Ok(None),
    }
}

struct Asking<'a> {
    party: RelyingParty,
    world: &'a World,
}

impl Asking<'_> {
    fn sign_in(
        &self,
        challenge: &str,
        credentials: &[String],
        verification: UserVerification,
    ) -> Result<Ceremony, Failure> {
        let data = ChallengeData::new(&self.party, challenge, verification);
        let mut options = serde_json::to_value(data)?;
        let descriptor = |id: &String| json!({ "type": "public-key", "id": id });
        options["allowCredentials"] = credentials.iter().map(descriptor).collect();
        Ok(Ceremony::of(options))
    }

    /// The user's id is what the passkey brings along; it tells nothing to anybody who does not have the directory.
    fn creation(&self, challenge: &str, state: &State) -> Result<Option<Ceremony>, Failure> {
        let (Who::User(user), Some(account)) = (&state.who, &self.world.account) else {
            return Ok(None);
        };
        let profile = &account.profile;
        let name = format!("{} {}", profile.first_name, profile.last_name);
        let existing: Vec<&Credential> =
            account.enrollments.iter().filter_map(passkey_in).collect();
        let passkey = NewPasskey {
            user,
            login: &profile.login,
            display_name: match name.trim() {
                "" => &profile.login,
                name => name,
            },
            org: branding::NAME,
            existing: &existing,
        };
        let verification = World::USER_VERIFICATION;
        let data = ActivationData::new(&self.party, challenge, verification, passkey);
        Ok(Some(Ceremony::of(serde_json::to_value(data)?)))
    }
}

const fn passkey_in(enrollment: &Enrollment) -> Option<&Credential> {
    match &enrollment.kind {
        EnrollmentKind::Webauthn { credential } => Some(credential),
        _ => None,
    }
}

impl Ceremony {
    fn of(mut options: Value) -> Self {
        options["timeout"] = PATIENCE.into();
        Self {
            options: options.to_string(),
        }
    }
}
