//! A sign-in as far as its first page, and what the org makes of a changed request.

use url::Url;

use crate::check::{Area, Check, Flaw, Severity, Verdict, when};
use crate::facts::{Reply, known};
use crate::json::text;
use crate::uri::{at, origin, parameter};
use crate::{Facts, Skip};

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "SIGN-IN-REQUEST",
        area: Area::Flow,
        promise: "The app asks for a code, with state, nonce, PKCE by S256 and its own redirect URI.",
        worst: Severity::Error,
        source: "RFC 9700 §2.1.1, OpenID Connect Core 1.0 §3.1.2.1",
        judge: request,
    },
    Check {
        id: "SIGN-IN-PAGE",
        area: Area::Flow,
        promise: "The org takes the app's request and shows its sign-in page.",
        worst: Severity::Error,
        source: "RFC 6749 §4.1.2.1",
        judge: page,
    },
    Check {
        id: "SIGN-IN-EXACT",
        area: Area::Flow,
        promise: "The org refuses a redirect URI that is one path segment longer than the registered one.",
        worst: Severity::Error,
        source: "RFC 9700 §2.1 and §4.1.3",
        judge: exact,
    },
    Check {
        id: "SIGN-IN-PKCE",
        area: Area::Flow,
        promise: "The org refuses a request of the app without a code challenge.",
        worst: Severity::Warning,
        source: "RFC 9700 §2.1.1 and §4.8.2 (downgrade)",
        judge: pkce,
    },
];

fn location(reply: &Reply) -> &str {
    reply.header("location").unwrap_or_default()
}

/// Where the org led instead of asking somebody to sign in: its error page, or the app with an error.
fn refusal(reply: &Reply) -> Option<String> {
    if reply.status >= 400 {
        let error = text(&reply.body["error_description"]);
        let error = if error.is_empty() {
            text(&reply.body["errorSummary"])
        } else {
            error
        };
        let reason = format!("status {} {error}", reply.status);
        return Some(without_end(&reason));
    }
    let url = Url::parse(location(reply)).ok()?;
    let error = parameter(&url, "error")?;
    let description = parameter(&url, "error_description").unwrap_or_default();
    Some(without_end(&format!("{error}: {description}")))
}

/// What the org says is a part of a sentence.
fn without_end(text: &str) -> String {
    text.trim_end_matches(['.', ' ', ':']).to_owned()
}

fn request(facts: &Facts) -> Verdict {
    let reply = known(&facts.sign_in.login)?;
    let remedy = "See the log of the app, and start it anew with the settings you mean.";
    let address = location(reply);
    let Ok(url) = Url::parse(address) else {
        let cause = format!("/login answers {} and leads nowhere", reply.status);
        return when(true, || Flaw::error(cause, remedy));
    };
    let is = |name: &str, wanted: &str| parameter(&url, name).as_deref() == Some(wanted);
    let callback = at(&facts.settings.app_url, "/login/callback");
    let has = |name: &str| parameter(&url, name).is_some_and(|value| value.len() >= 16);
    let wrong: Vec<&str> = [
        ("response_type=code", is("response_type", "code")),
        (
            "code_challenge_method=S256",
            is("code_challenge_method", "S256"),
        ),
        ("code_challenge", has("code_challenge")),
        ("state", has("state")),
        ("nonce", has("nonce")),
        ("redirect_uri", is("redirect_uri", &callback)),
    ]
    .into_iter()
    .filter_map(|(what, is_right)| (!is_right).then_some(what))
    .collect();
    when(!wrong.is_empty(), || {
        Flaw::error(
            format!(
                "the app's authorization request lacks or has wrong: {}",
                wrong.join(", ")
            ),
            format!(
                "See that the app at {} runs with this APP_URL and is this version.",
                facts.settings.app_url
            ),
        )
    })
}

fn page(facts: &Facts) -> Verdict {
    let reply = known(&facts.sign_in.asked)?;
    let Some(reason) = refusal(reply) else {
        return Ok(Vec::new());
    };
    let callback = at(&facts.settings.app_url, "/login/callback");
    when(true, || {
        Flaw::error(
            format!("the org refuses the app's request: {reason}"),
            facts.fix_app(
                "General > Login",
                &format!("see that the app is active, has the sign-in redirect URI {callback} and the scopes it asks for"),
            ),
        )
    })
}

fn exact(facts: &Facts) -> Verdict {
    let reply = known(&facts.sign_in.longer_redirect_uri)?;
    if reply.status >= 400 {
        return Ok(Vec::new());
    }
    // Without an answer to the unchanged request nothing follows from this one.
    if known(&facts.sign_in.asked).map(refusal)?.is_some() {
        return Err(Skip::not_checked(
            "the org refuses the app's own request already",
        ));
    }
    when(true, || {
        Flaw::error(
            format!(
                "the org takes a redirect URI that nobody registered (status {}{}); codes can be led elsewhere",
                reply.status,
                if location(reply).is_empty() {
                    String::new()
                } else {
                    format!(", to {}", origin(location(reply)).unwrap_or_default())
                }
            ),
            facts.fix_app(
                "General > Login",
                "switch off wildcards and list every sign-in redirect URI in full",
            ),
        )
    })
}

fn pkce(facts: &Facts) -> Verdict {
    let reply = known(&facts.sign_in.without_pkce)?;
    if refusal(reply).is_some() {
        return Ok(Vec::new());
    }
    when(true, || {
        Flaw::warning(
            "the org takes a request of the app without code_challenge, so an injected code is not noticed",
            facts.fix_app(
                "General > Client Credentials",
                "select \"Require PKCE as additional verification\" (pkce_required)",
            ),
        )
    })
}
