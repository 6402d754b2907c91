//! What the app may ask tokens with.

use crate::check::{Area, Check, Flaw, Severity, Verdict, when};
use crate::json::{has, listed, texts};
use crate::{Facts, OwnPage, Skip};

/// Okta's names for asking people for their factors without a page of the org.
const DIRECT: [&str; 4] = [
    "urn:okta:params:oauth:grant-type:otp",
    "urn:okta:params:oauth:grant-type:oob",
    "http://auth0.com/oauth/grant-type/mfa-otp",
    "http://auth0.com/oauth/grant-type/mfa-oob",
];
/// Of them, those that ask for something besides the password.
const AFTER_THE_PASSWORD: [&str; 2] = [
    "http://auth0.com/oauth/grant-type/mfa-otp",
    "http://auth0.com/oauth/grant-type/mfa-oob",
];
/// Checks of their own judge these.
const JUDGED_ELSEWHERE: [&str; 3] = ["authorization_code", "implicit", "password"];
/// The longest time, in seconds, that an old refresh token may still count.
const MOST_LEEWAY: u64 = 30;

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "REG-GRANT-CODE",
        area: Area::Registration,
        promise: "The app may use the authorization code.",
        worst: Severity::Error,
        source: "OAuth 2.1 §4.1",
        judge: code,
    },
    Check {
        id: "REG-GRANT-IMPLICIT",
        area: Area::Registration,
        promise: "The app may not use the implicit grant, and gets no token in an address.",
        worst: Severity::Error,
        source: "RFC 9700 §2.1.2, OAuth 2.1 §10",
        judge: implicit,
    },
    Check {
        id: "REG-GRANT-PASSWORD",
        area: Area::Registration,
        promise: "The app may not use the password grant.",
        worst: Severity::Error,
        source: "RFC 9700 §2.4, OAuth 2.1 §10",
        judge: password,
    },
    Check {
        id: "REG-GRANT-DIRECT",
        area: Area::Registration,
        promise: "The app may not ask people for their factors itself (direct authentication).",
        worst: Severity::Warning,
        source: "RFC 9700 §2.4, Okta: Direct authentication grants",
        judge: direct,
    },
    Check {
        id: "REG-SIGN-IN-FORMS",
        area: Area::Registration,
        promise: "Where \"Sign in\" leads to the app's own forms, the app may ask people itself.",
        worst: Severity::Error,
        source: "`APP_SIGN_IN`, Okta: Direct authentication grants",
        judge: own_forms,
    },
    Check {
        id: "REG-GRANT-UNUSED",
        area: Area::Registration,
        promise: "The app may use nothing that it does not use.",
        worst: Severity::Warning,
        source: "RFC 9700 §2.3, OWASP ASVS 5.0 V10.4",
        judge: unused,
    },
    Check {
        id: "REG-REFRESH-ROTATION",
        area: Area::Registration,
        promise: "Each refresh token counts once.",
        worst: Severity::Error,
        source: "RFC 9700 §2.2.2 and §4.14.2, OAuth 2.1 §4.3.1",
        judge: rotation,
    },
    Check {
        id: "REG-REFRESH-LEEWAY",
        area: Area::Registration,
        promise: "A used refresh token counts for 30 seconds more at most.",
        worst: Severity::Warning,
        source: "RFC 9700 §4.14.2, Okta: Refresh token rotation",
        judge: leeway,
    },
];

const PLACE: &str = "General > Grant type";

fn code(facts: &Facts) -> Verdict {
    let grants = &facts.client()?["grant_types"];
    when(!has(grants, "authorization_code"), || {
        Flaw::error(
            format!("grant_types is {grants}"),
            facts.fix_app(PLACE, "select Authorization Code (authorization_code)"),
        )
    })
}

fn implicit(facts: &Facts) -> Verdict {
    let client = facts.client()?;
    let in_address: Vec<&str> = texts(&client["response_types"])
        .into_iter()
        .filter(|kind| *kind != "code")
        .collect();
    let is_wrong = has(&client["grant_types"], "implicit") || !in_address.is_empty();
    when(is_wrong, || {
        Flaw::error(
            format!(
                "grant_types is {}, response_types {}: tokens travel in addresses",
                client["grant_types"], client["response_types"]
            ),
            facts.fix_app(
                PLACE,
                "clear Implicit (hybrid), so that response_types is [\"code\"]",
            ),
        )
    })
}

fn password(facts: &Facts) -> Verdict {
    let grants = &facts.client()?["grant_types"];
    // With these it is a part of direct authentication, where the org asks for a second factor.
    let is_alone = !AFTER_THE_PASSWORD.iter().any(|grant| has(grants, grant));
    when(is_alone && has(grants, "password"), || {
        Flaw::error(
            "the grant password is on: the app could see the passwords of all people, and no second factor protects them",
            facts.fix_app(PLACE, "clear Resource Owner Password (password)"),
        )
    })
}

fn direct(facts: &Facts) -> Verdict {
    let grants = &facts.client()?["grant_types"];
    let on: Vec<&str> = DIRECT
        .into_iter()
        .filter(|grant| has(grants, grant))
        .collect();
    when(!on.is_empty(), || {
        Flaw::warning(
            format!(
                "direct authentication is on ({}): people type passwords and codes into the app itself, so nothing here resists \
                 phishing (no passkey can be asked for), only an app of your own may do it, and the org sees the app's address in \
                 place of theirs, so that its rate limits and throttles by address count all people together",
                listed(&on)
            ),
            facts.fix_app(
                PLACE,
                "clear OTP, OOB, MFA OTP and MFA OOB under Advanced, or keep them for an app of your own that has reasons for forms \
                 of its own, with network zones and limits of the org that fit a server",
            ),
        )
    })
}

fn own_forms(facts: &Facts) -> Verdict {
    let grants = &facts.client()?["grant_types"];
    if facts.settings.own_page != Some(OwnPage::Forms) {
        return Err(Skip::DoesNotApply(
            "\"Sign in\" does not lead to the app's own forms",
        ));
    }
    let missing: Vec<&str> = std::iter::once("password")
        .chain(DIRECT)
        .filter(|grant| !has(grants, grant))
        .collect();
    when(!missing.is_empty(), || {
        Flaw::error(
            format!(
                "APP_SIGN_IN is forms, and the app lacks the grants {}",
                listed(&missing)
            ),
            facts.fix_app(
                PLACE,
                "select them under Advanced, or leave APP_SIGN_IN at hosted",
            ),
        )
    })
}

/// The interaction code and refresh tokens belong to what the guide sets up; they are worth no more than a note.
fn unused(facts: &Facts) -> Verdict {
    let uses_refresh = facts.settings.asks_for("offline_access");
    let mut flaws = Vec::new();
    for grant in texts(&facts.client()?["grant_types"]) {
        let severity = match grant {
            grant if JUDGED_ELSEWHERE.contains(&grant) || DIRECT.contains(&grant) => continue,
            "refresh_token" if uses_refresh => continue,
            "refresh_token" | "interaction_code" => Severity::Note,
            _ => Severity::Warning,
        };
        flaws.push(Flaw::of(
            severity,
            format!("the grant {grant:?} is on, and this app does not use it"),
            facts.fix_app(
                PLACE,
                &format!("clear {grant:?} unless another program uses this registration"),
            ),
        ));
    }
    Ok(flaws)
}

fn refreshes(facts: &Facts) -> Result<&serde_json::Value, Skip> {
    let client = facts.client()?;
    if has(&client["grant_types"], "refresh_token") {
        return Ok(client);
    }
    Err(Skip::DoesNotApply("the app gets no refresh tokens"))
}

fn rotation(facts: &Facts) -> Verdict {
    let client = refreshes(facts)?;
    let rotation = client["refresh_token"]["rotation_type"]
        .as_str()
        .unwrap_or("STATIC");
    let app = facts.managed.app.as_ref().ok();
    let is_public = app.is_some_and(|app| {
        app["credentials"]["oauthClient"]["token_endpoint_auth_method"] == "none"
    });
    // A secret binds the refresh tokens of an app that has one.
    let severity = if is_public {
        Severity::Error
    } else {
        Severity::Note
    };
    when(rotation != "ROTATE", || {
        Flaw::of(
            severity,
            format!("rotation_type is {rotation}: a stolen refresh token goes unnoticed"),
            facts.fix_app(
                "General > Refresh Token",
                "choose \"Rotate token after every use\" (rotation_type ROTATE)",
            ),
        )
    })
}

fn leeway(facts: &Facts) -> Verdict {
    let leeway = refreshes(facts)?["refresh_token"]["leeway"]
        .as_u64()
        .unwrap_or(0);
    when(leeway > MOST_LEEWAY, || {
        Flaw::warning(
            format!(
                "the grace period is {leeway} s, in which a stolen refresh token works beside the right one"
            ),
            facts.fix_app(
                "General > Refresh Token",
                "set the grace period to 30 seconds or less (leeway)",
            ),
        )
    })
}
