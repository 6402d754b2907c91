//! A sign-in as far as its first page, and the same with what an attacker would change.

use url::Url;

use super::{Known, Managed, OrgFacts, Probe, SignInFacts, site};
use crate::json::text;
use crate::uri::{at, parameter, with_parameters};
use crate::{Settings, Skip};

/// The S256 challenge of RFC 7636, appendix B.
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// Begins to sign in. Nobody is signed in by it, and nothing is sent to anybody.
pub(super) async fn begin(
    probe: &Probe,
    settings: &Settings,
    org: &OrgFacts,
    managed: &Managed,
) -> SignInFacts {
    let login = site::login(probe, settings).await;
    let led_to = login.as_ref().ok().and_then(|reply| {
        let request = Url::parse(reply.header("location")?).ok()?;
        parameter(&request, "client_id").map(|_| request)
    });
    let request = match led_to {
        Some(request) => Ok(request),
        None => built(settings, org, managed),
    };
    let changed = |change: fn(&Url) -> Url| request.as_ref().map(change).map_err(Clone::clone);
    let (longer, without_pkce) = (changed(longer), changed(without_pkce));
    SignInFacts {
        login,
        asked: ask(probe, request).await,
        longer_redirect_uri: ask(probe, longer).await,
        without_pkce: ask(probe, without_pkce).await,
    }
}

async fn ask(probe: &Probe, request: Known<Url>) -> Known<super::Reply> {
    probe.get(request?.as_str()).await
}

/// The request that the app would send, for when it does not run.
fn built(settings: &Settings, org: &OrgFacts, managed: &Managed) -> Known<Url> {
    let metadata = org.openid.as_ref().map_err(Clone::clone)?;
    let endpoint = text(&metadata.body["authorization_endpoint"]);
    let mut url = Url::parse(endpoint)
        .map_err(|_| Skip::not_checked("the org's metadata names no authorization_endpoint"))?;
    let of_app = managed
        .app
        .as_ref()
        .map(|app| text(&app["credentials"]["oauthClient"]["client_id"]));
    let client_id = match (&settings.client_id, of_app) {
        (Some(client_id), _) => client_id,
        (None, Ok(client_id)) => client_id,
        (None, Err(_)) => {
            return Err(Skip::not_checked(
                "the app does not run, and neither OKTA_CLIENT_ID nor an API token tells its client id",
            ));
        }
    };
    url.query_pairs_mut()
        .append_pair("client_id", client_id)
        .append_pair("response_type", "code")
        .append_pair("scope", "openid")
        .append_pair("redirect_uri", &at(&settings.app_url, "/login/callback"))
        .append_pair("state", "portico-doctor")
        .append_pair("nonce", "portico-doctor")
        .append_pair("code_challenge", CHALLENGE)
        .append_pair("code_challenge_method", "S256");
    Ok(url)
}

fn longer(request: &Url) -> Url {
    let own = parameter(request, "redirect_uri").unwrap_or_default();
    let longer = format!("{own}/doctor");
    with_parameters(request, &[("redirect_uri", Some(&longer))])
}

fn without_pkce(request: &Url) -> Url {
    let taken = [("code_challenge", None), ("code_challenge_method", None)];
    with_parameters(request, &taken)
}
