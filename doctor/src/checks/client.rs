//! The app's registration, its secrets and who may use it.

use jiff::Timestamp;
use serde_json::Value;

use crate::Facts;
use crate::check::{Area, Check, Flaw, Severity, Verdict, when};
use crate::facts::known;
use crate::json::{is_active, items, text};
use crate::uri::origin;

/// A year.
const OLD_SECRET_DAYS: i64 = 365;

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "REG-ACTIVE",
        area: Area::Registration,
        promise: "The app is registered as an OpenID Connect app and is active.",
        worst: Severity::Error,
        source: "Okta: Apps API",
        judge: active,
    },
    Check {
        id: "REG-ASSIGNED",
        area: Area::Registration,
        promise: "Somebody may use the app.",
        worst: Severity::Warning,
        source: "Okta: Assign app integrations",
        judge: assigned,
    },
    Check {
        id: "REG-PKCE",
        area: Area::Registration,
        promise: "The org insists on PKCE for this app.",
        worst: Severity::Error,
        source: "RFC 9700 §2.1.1, OAuth 2.1 §7.5",
        judge: pkce,
    },
    Check {
        id: "REG-CLIENT-AUTH",
        area: Area::Registration,
        promise: "The app authenticates as it is registered, by a key of its own or a secret in a header.",
        worst: Severity::Error,
        source: "RFC 9700 §2.5, RFC 10017 §6.1",
        judge: authentication,
    },
    Check {
        id: "REG-SECRETS",
        area: Area::Registration,
        promise: "One secret counts, and it is younger than a year.",
        worst: Severity::Warning,
        source: "Okta: Client secret rotation and key management",
        judge: secrets,
    },
    Check {
        id: "REG-CONSENT",
        area: Area::Registration,
        promise: "People of the org's own app are not asked for consent.",
        worst: Severity::Note,
        source: "Okta: User consent for OAuth 2.0",
        judge: consent,
    },
    Check {
        id: "REG-INITIATE-LOGIN",
        area: Area::Registration,
        promise: "Sign-ins that begin at the org begin at the app's own page, and never with a code nobody asked for.",
        worst: Severity::Warning,
        source: "RFC 9700 §4.7.1, OpenID Connect Core 1.0 §4",
        judge: initiate_login,
    },
];

fn active(facts: &Facts) -> Verdict {
    let app = known(&facts.managed.app)?;
    let (status, mode) = (text(&app["status"]), text(&app["signOnMode"]));
    when(status != "ACTIVE" || mode != "OPENID_CONNECT", || {
        Flaw::error(
            format!(
                "the app {} is {status}, its sign-on mode {mode}",
                app["label"]
            ),
            facts.fix_app("General", "activate the app, or register one of type OIDC"),
        )
    })
}

fn assigned(facts: &Facts) -> Verdict {
    let app = known(&facts.managed.app)?;
    let groups = items(known(&facts.managed.app_groups)?);
    let users = items(known(&facts.managed.app_users)?);
    let is_open = app["settings"]["implicitAssignment"] == true;
    when(groups.is_empty() && users.is_empty() && !is_open, || {
        Flaw::warning(
            "the app is assigned to no group and nobody, so nobody can sign in",
            facts.fix_app("Assignments", "assign it to the group Everyone"),
        )
    })
}

fn method(facts: &Facts) -> Result<&str, crate::Skip> {
    let app = known(&facts.managed.app)?;
    Ok(text(
        &app["credentials"]["oauthClient"]["token_endpoint_auth_method"],
    ))
}

fn pkce(facts: &Facts) -> Verdict {
    let app = known(&facts.managed.app)?;
    let is_required = app["credentials"]["oauthClient"]["pkce_required"] == true;
    // Without a secret nothing else proves whose code it is.
    let severity = if method(facts)? == "none" {
        Severity::Error
    } else {
        Severity::Warning
    };
    when(!is_required, || {
        Flaw::of(
            severity,
            "pkce_required is false, so an attacker can leave PKCE out",
            facts.fix_app(
                "General > Client Credentials",
                "select \"Require PKCE as additional verification\" (pkce_required)",
            ),
        )
    })
}

fn authentication(facts: &Facts) -> Verdict {
    let method = method(facts)?;
    let settings = &facts.settings;
    let fix = |what: &str| facts.fix_app("General > Client Credentials", what);
    let has_secret = settings.uses_local_org() || settings.client_secret.is_some();
    match (method, has_secret) {
        ("none", true) => when(true, || {
            Flaw::error(
                "the app is registered as a public client (\"none\") and has a secret: the exchange of codes is refused",
                fix("choose Client secret (client_secret_basic)"),
            )
        }),
        ("none", false) | ("client_secret_basic", true) => Ok(Vec::new()),
        (method, false) => when(true, || {
            Flaw::error(
                format!("the app is registered with {method:?}, and OKTA_CLIENT_SECRET is not set"),
                fix("copy the client secret into OKTA_CLIENT_SECRET"),
            )
        }),
        (method, true) => when(true, || {
            Flaw::error(
                format!(
                    "the app is registered with {method:?}, and sends its secret by client_secret_basic"
                ),
                fix(
                    "choose Client secret and, by API, token_endpoint_auth_method client_secret_basic",
                ),
            )
        }),
    }
}

fn age_days(facts: &Facts, created: &Value) -> Option<i64> {
    let created: Timestamp = text(created).parse().ok()?;
    Some(facts.now.duration_since(created).as_hours() / 24)
}

fn secrets(facts: &Facts) -> Verdict {
    if method(facts)? == "none" {
        return Err(crate::Skip::DoesNotApply("a public client has no secret"));
    }
    let secrets = items(known(&facts.managed.secrets)?);
    let active: Vec<&Value> = secrets.iter().filter(|secret| is_active(secret)).collect();
    let fix = |what: &str| facts.fix_app("General > Client Secrets", what);
    if active.len() > 1 {
        let cause = format!("{} secrets count at once", active.len());
        return when(true, || {
            Flaw::warning(cause, fix("deactivate the one that the app no longer uses"))
        });
    }
    let age = active
        .first()
        .and_then(|secret| age_days(facts, &secret["created"]));
    let age = age.unwrap_or_default();
    when(age > OLD_SECRET_DAYS, || {
        Flaw::note(
            format!("the secret is {age} days old"),
            fix("generate a new secret, set OKTA_CLIENT_SECRET, then deactivate the old one"),
        )
    })
}

fn consent(facts: &Facts) -> Verdict {
    let method = text(&facts.client()?["consent_method"]);
    when(method == "REQUIRED", || {
        Flaw::note(
            "consent_method is REQUIRED: people are asked for each scope that requires consent",
            facts.fix_app(
                "General > User Consent",
                "clear \"Require consent\" if the app is your own",
            ),
        )
    })
}

fn initiate_login(facts: &Facts) -> Verdict {
    let client = facts.client()?;
    let mut flaws = Vec::new();
    let mode = text(&client["idp_initiated_login"]["mode"]);
    if mode == "SPEC" {
        let cause = "sign-ins may begin at the org with an answer that the app never asked for (idp_initiated_login SPEC)";
        let fix = facts.fix_app("General > Login initiated by", "choose App Only");
        flaws.push(Flaw::warning(cause, fix));
    }
    let uri = text(&client["initiate_login_uri"]);
    let own = facts.settings.app_url.origin().ascii_serialization();
    if !uri.is_empty() && origin(uri).as_deref() != Some(&*own) {
        let cause = format!("initiate_login_uri is {uri}, which is not the app's");
        let fix = facts.fix_app(
            "General > Initiate login URI",
            &format!("set it to {own}/login"),
        );
        flaws.push(Flaw::warning(cause, fix));
    }
    Ok(flaws)
}
