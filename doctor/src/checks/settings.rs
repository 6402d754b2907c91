//! What the app was told.

use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use secrecy::ExposeSecret as _;
use url::Url;

use crate::check::{Area, Check, Flaw, Severity, Verdict, when};
use crate::uri::{is_loopback, is_safe, origin};
use crate::{Facts, Skip};

/// AES-256.
const KEY_BYTES: usize = 32;
/// Okta's secrets have 64 characters; 32 of its alphabet are about 190 bits.
const LEAST_SECRET: usize = 32;

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "APP-URL-HTTPS",
        area: Area::App,
        promise: "The app is at an https address; plain http is on loopback only.",
        worst: Severity::Error,
        source: "RFC 9700 §2.6, RFC 10017 §6.1.3",
        judge: https,
    },
    Check {
        id: "APP-SITES",
        area: Area::App,
        promise: "App and org have different hosts, so that neither gets the other's cookies.",
        worst: Severity::Warning,
        source: "RFC 6265 §8.5",
        judge: sites,
    },
    Check {
        id: "APP-TARGET",
        area: Area::App,
        promise: "The org that is graded is the one that the app signs in at.",
        worst: Severity::Warning,
        source: "`OKTA_ISSUER` and `--target`",
        judge: target,
    },
    Check {
        id: "APP-CONFIDENTIAL",
        area: Area::App,
        promise: "The app has a secret: with a server of its own it can keep one.",
        worst: Severity::Warning,
        source: "RFC 10017 §6.1, RFC 9700 §2.5",
        judge: confidential,
    },
    Check {
        id: "APP-SECRET",
        area: Area::App,
        promise: "The secret is long, and not an example's.",
        worst: Severity::Error,
        source: "RFC 6749 §10.10",
        judge: secret,
    },
    Check {
        id: "APP-SCOPES",
        area: Area::App,
        promise: "The app asks for `openid`, and for no scope twice.",
        worst: Severity::Error,
        source: "OpenID Connect Core 1.0 §3.1.2.1",
        judge: scopes,
    },
    Check {
        id: "APP-SESSION-KEYS",
        area: Area::App,
        promise: "Each key in APP_SESSION_KEYS is 32 random bytes in base64url, and none stands there twice.",
        worst: Severity::Error,
        source: "RFC 10017 §6.1.3.2",
        judge: session_keys,
    },
    Check {
        id: "APP-LISTEN",
        area: Area::App,
        promise: "Plain http is not offered to other machines.",
        worst: Severity::Warning,
        source: "RFC 9700 §2.6",
        judge: listen,
    },
];

fn https(facts: &Facts) -> Verdict {
    let url = &facts.settings.app_url;
    when(!is_safe(url.as_str()), || {
        Flaw::error(
            format!("APP_URL is {url}: codes and cookies travel readable"),
            "Put a TLS proxy before the app and set APP_URL to its https address.",
        )
    })
}

fn sites(facts: &Facts) -> Verdict {
    let issuer = Url::parse(&facts.issuer).ok();
    let org = issuer.as_ref().and_then(Url::host_str);
    let app = facts.settings.app_url.host_str();
    when(app.is_some() && app == org, || {
        Flaw::warning(
            format!(
                "both are at {:?}, and cookies do not tell ports apart",
                app.unwrap_or_default()
            ),
            "Give them different hosts; on one machine APP_URL=http://127.0.0.1:3000 and ORG_URL=http://localhost:7000.",
        )
    })
}

fn target(facts: &Facts) -> Verdict {
    let own = origin(&facts.settings.issuer());
    when(own != origin(&facts.place.origin), || {
        Flaw::warning(
            format!(
                "the app signs in at {}, and {} is graded",
                facts.settings.issuer(),
                facts.place.origin
            ),
            "Leave out --target, or set OKTA_ISSUER to the org you mean.",
        )
    })
}

fn confidential(facts: &Facts) -> Verdict {
    if facts.settings.uses_local_org() {
        return Err(Skip::DoesNotApply("the local org gives the app its secret"));
    }
    when(facts.settings.client_secret.is_none(), || {
        Flaw::warning(
            "OKTA_CLIENT_SECRET is not set, so the app is a public client and anybody can use its client id",
            facts.fix_app(
                "General > Client Credentials",
                "choose Client secret, then set OKTA_CLIENT_SECRET",
            ),
        )
    })
}

/// The secret itself is never shown; its length is.
fn secret(facts: &Facts) -> Verdict {
    let Some(secret) = &facts.settings.client_secret else {
        return Err(Skip::DoesNotApply("there is no OKTA_CLIENT_SECRET"));
    };
    let secret = secret.expose_secret();
    let fix = || {
        facts.fix_app(
            "General > Client Secrets",
            "generate a new secret and set OKTA_CLIENT_SECRET",
        )
    };
    let lower = secret.to_lowercase();
    let is_example = ["secret", "changeme", "example", "password", "{", "…"]
        .iter()
        .any(|word| lower.contains(word));
    if is_example {
        let cause = "OKTA_CLIENT_SECRET looks like an example's";
        return when(true, || Flaw::error(cause, fix()));
    }
    when(secret.len() < LEAST_SECRET, || {
        Flaw::warning(
            format!(
                "OKTA_CLIENT_SECRET has {} characters; Okta's have 64",
                secret.len()
            ),
            fix(),
        )
    })
}

fn scopes(facts: &Facts) -> Verdict {
    let Some(scopes) = &facts.settings.scopes else {
        return Ok(Vec::new());
    };
    if !facts.settings.asks_for("openid") {
        let cause = format!(
            "OKTA_SCOPES is {:?}: without openid there is no ID token",
            scopes.join(" ")
        );
        return when(true, || Flaw::error(cause, "Add openid to OKTA_SCOPES."));
    }
    let is_twice = |scope: &&String| scopes.iter().filter(|other| other == scope).count() > 1;
    let twice = scopes.iter().find(is_twice);
    when(twice.is_some(), || {
        let name = twice.map_or("", String::as_str);
        let cause = format!("OKTA_SCOPES has {name} twice");
        Flaw::note(cause, format!("Name {name} once in OKTA_SCOPES."))
    })
}

fn session_keys(facts: &Facts) -> Verdict {
    let Some(keys) = &facts.settings.session_keys else {
        return Err(Skip::DoesNotApply(
            "APP_SESSION_KEYS is not set; the app makes a key and keeps it",
        ));
    };
    let remedy = "Make a key with `openssl rand 32 | basenc --base64url` and put it first in APP_SESSION_KEYS.";
    let keys: Vec<&str> = keys.expose_secret().split(',').map(str::trim).collect();
    let mut flaws = Vec::new();
    for (index, key) in keys.iter().enumerate() {
        let number = index + 1;
        let bytes = URL_SAFE_NO_PAD
            .decode(key)
            .or_else(|_| URL_SAFE.decode(key));
        let wrong = match bytes {
            Err(_) => Some("is not base64url".to_owned()),
            Ok(bytes) if bytes.len() != KEY_BYTES => {
                Some(format!("has {} bytes instead of 32", bytes.len()))
            }
            Ok(bytes) if distinct(&bytes) < 16 => Some("is not random".to_owned()),
            Ok(_) if keys[..index].contains(key) => Some("stands there already".to_owned()),
            Ok(_) => None,
        };
        if let Some(wrong) = wrong {
            flaws.push(Flaw::error(
                format!("key {number} of APP_SESSION_KEYS {wrong}"),
                remedy,
            ));
        }
    }
    Ok(flaws)
}

/// Of 32 random bytes, fewer than 16 different ones never happen.
fn distinct(bytes: &[u8]) -> usize {
    let mut bytes = bytes.to_vec();
    bytes.sort_unstable();
    bytes.dedup();
    bytes.len()
}

fn listen(facts: &Facts) -> Verdict {
    let settings = &facts.settings;
    let socket = settings
        .app_listen
        .filter(|socket| !socket.ip().to_canonical().is_loopback());
    let Some(socket) = socket else {
        return Ok(Vec::new());
    };
    let is_behind_tls = settings.app_url.scheme() == "https" && !is_loopback(&settings.app_url);
    when(!is_behind_tls, || {
        Flaw::warning(
            format!(
                "APP_LISTEN is {socket}, and APP_URL {} is for this machine",
                settings.app_url
            ),
            "Set APP_LISTEN=127.0.0.1:3000, or put a TLS proxy before the app and set APP_URL to its https address.",
        )
    })
}
