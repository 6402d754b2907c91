//! What the org's metadata promises.

use crate::check::{Area, Check, Flaw, Severity, Verdict, when};
use crate::facts::known;
use crate::json::{has, text, texts};
use crate::uri::{host, is_safe};
use crate::{Facts, Skip};

const ENDPOINTS: [&str; 10] = [
    "authorization_endpoint",
    "token_endpoint",
    "userinfo_endpoint",
    "jwks_uri",
    "revocation_endpoint",
    "introspection_endpoint",
    "end_session_endpoint",
    "registration_endpoint",
    "device_authorization_endpoint",
    "pushed_authorization_request_endpoint",
];

pub(super) const CHECKS: &[Check] = &[
    Check {
        id: "ORG-ENDPOINTS-HTTPS",
        area: Area::Org,
        promise: "Every endpoint is an https address; plain http is on loopback only.",
        worst: Severity::Error,
        source: "RFC 9700 §2.6, RFC 8414 §2",
        judge: endpoints_https,
    },
    Check {
        id: "ORG-ENDPOINTS-ORIGIN",
        area: Area::Org,
        promise: "Every endpoint is at the issuer's own host.",
        worst: Severity::Warning,
        source: "RFC 9700 §4.4 (mix-up)",
        judge: endpoints_origin,
    },
    Check {
        id: "ORG-METADATA-AGREES",
        area: Area::Org,
        promise: "The OpenID and the OAuth form of the metadata name the same issuer and endpoints.",
        worst: Severity::Error,
        source: "RFC 8414 §3",
        judge: agrees,
    },
    Check {
        id: "ORG-PKCE-S256",
        area: Area::Org,
        promise: "The org supports PKCE with S256, and not with plain.",
        worst: Severity::Error,
        source: "RFC 9700 §2.1.1, OAuth 2.1 §4.1.1",
        judge: pkce,
    },
    Check {
        id: "ORG-CODE-FLOW",
        area: Area::Org,
        promise: "The org supports the authorization code.",
        worst: Severity::Error,
        source: "OAuth 2.1 §4.1",
        judge: code_flow,
    },
    Check {
        id: "ORG-OLD-GRANTS",
        area: Area::Org,
        promise: "The org advertises neither the implicit nor the password grant.",
        worst: Severity::Warning,
        source: "RFC 9700 §2.1.2 and §2.4, OAuth 2.1 §10",
        judge: old_grants,
    },
    Check {
        id: "ORG-ISS-PARAMETER",
        area: Area::Org,
        promise: "Authorization answers carry `iss`.",
        worst: Severity::Note,
        source: "RFC 9207, RFC 9700 §2.1",
        judge: iss,
    },
    Check {
        id: "ORG-CLIENT-AUTH",
        area: Area::Org,
        promise: "The org supports the way the app authenticates.",
        worst: Severity::Error,
        source: "RFC 8414 §2",
        judge: client_auth,
    },
];

const ASK_OKTA: &str =
    "Compare with Okta's documentation of the issuer, and tell whoever runs the org.";

fn endpoints(facts: &Facts) -> Result<Vec<(&'static str, &str)>, Skip> {
    let metadata = facts.metadata()?;
    let named = ENDPOINTS
        .into_iter()
        .map(|name| (name, text(&metadata[name])));
    Ok(named.filter(|(_, address)| !address.is_empty()).collect())
}

fn endpoints_https(facts: &Facts) -> Verdict {
    let unsafe_ones = endpoints(facts)?
        .into_iter()
        .filter(|(_, address)| !is_safe(address));
    let flaw = |(name, address): (&str, &str)| {
        Flaw::error(
            format!("{name} is {address}, which anybody on the way can read and change"),
            ASK_OKTA,
        )
    };
    Ok(unsafe_ones.map(flaw).collect())
}

fn endpoints_origin(facts: &Facts) -> Verdict {
    let own = host(&facts.issuer);
    let elsewhere = endpoints(facts)?
        .into_iter()
        .filter(|(_, address)| host(address) != own);
    let flaw = |(name, address): (&str, &str)| {
        Flaw::warning(
            format!(
                "{name} is {address}, elsewhere than the issuer {}",
                facts.issuer
            ),
            "See that this host belongs to the org; with a custom domain, set OKTA_ISSUER to the issuer of that domain.",
        )
    };
    Ok(elsewhere.map(flaw).collect())
}

fn agrees(facts: &Facts) -> Verdict {
    let openid = facts.metadata()?;
    let oauth = &known(&facts.org.oauth)?.body;
    let names = [
        "issuer",
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
    ];
    let different = names.into_iter().filter(|name| openid[name] != oauth[name]);
    let flaw = |name: &str| {
        let (one, other) = (text(&openid[name]), text(&oauth[name]));
        Flaw::error(
            format!(
                "{name} is {one:?} in openid-configuration and {other:?} in oauth-authorization-server"
            ),
            ASK_OKTA,
        )
    };
    Ok(different.map(flaw).collect())
}

fn pkce(facts: &Facts) -> Verdict {
    let methods = &facts.metadata()?["code_challenge_methods_supported"];
    if !has(methods, "S256") {
        return when(true, || {
            Flaw::error(
                format!(
                    "code_challenge_methods_supported is {methods}: a stolen code can be used by anybody"
                ),
                "Use an issuer that supports S256; every Okta org does.",
            )
        });
    }
    when(has(methods, "plain"), || {
        Flaw::warning(
            "the org also takes the challenge method \"plain\", which shows the verifier in the browser",
            ASK_OKTA,
        )
    })
}

fn code_flow(facts: &Facts) -> Verdict {
    let types = &facts.metadata()?["response_types_supported"];
    when(!has(types, "code"), || {
        Flaw::error(
            format!("response_types_supported is {types}, without \"code\""),
            "Use an issuer that supports the authorization code; every Okta org does.",
        )
    })
}

/// Okta advertises both for every org, whatever its apps may use; those are judged by themselves.
fn old_grants(facts: &Facts) -> Verdict {
    let grants = texts(&facts.metadata()?["grant_types_supported"]);
    let severity = if facts.org.organization.is_ok() && !facts.place.is_local {
        Severity::Note
    } else {
        Severity::Warning
    };
    let old = grants
        .into_iter()
        .filter(|grant| matches!(*grant, "implicit" | "password"));
    let flaw = |grant: &str| {
        Flaw::of(
            severity,
            format!(
                "the org advertises the grant {grant:?}; Okta does so for every org, whether or not an app may use it"
            ),
            "See that no app has this grant: in the Admin Console, Applications > your app > General > Grant type.",
        )
    };
    Ok(old.map(flaw).collect())
}

fn iss(facts: &Facts) -> Verdict {
    let supported = &facts.metadata()?["authorization_response_iss_parameter_supported"];
    when(supported != true, || {
        Flaw::note(
            "the metadata does not promise `iss` in authorization answers",
            "Nothing to do while the app knows one org; with several, give each its own redirect URI.",
        )
    })
}

fn client_auth(facts: &Facts) -> Verdict {
    if facts.settings.uses_local_org() {
        return Err(Skip::DoesNotApply("the local org knows the app by itself"));
    }
    let methods = &facts.metadata()?["token_endpoint_auth_methods_supported"];
    let own = if facts.settings.client_secret.is_some() {
        "client_secret_basic"
    } else {
        "none"
    };
    when(!has(methods, own), || {
        Flaw::error(
            format!("the app authenticates by {own}, and the org supports {methods}"),
            "Set OKTA_CLIENT_SECRET, or leave it out, as the registration of the app says.",
        )
    })
}
