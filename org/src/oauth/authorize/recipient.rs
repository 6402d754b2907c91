use super::reply::Reply;
use super::request::ResponseMode;
use crate::Org;
use crate::apps::{App, find_app, is_redirect_uri};
use crate::hosted::Problem;
use crate::oauth::parameters::Parameters;
use crate::oauth::server::AuthorizationServer;

/// Who is to be answered, and where.
#[derive(Debug)]
pub(super) struct Recipient {
    pub(super) app: App,
    pub(super) reply: Reply,
}

/// Finds the app and checks the redirect URI against its registration, character by character (RFC 9700 §2.1).
pub(super) fn find(
    org: &Org,
    server: &AuthorizationServer,
    parameters: &Parameters,
) -> Result<Recipient, Problem> {
    let client_id = parameters.get_single("client_id").ok_or_else(|| {
        Problem::invalid_client("The 'client_id' parameter is missing or repeated.")
    })?;
    let app = org
        .store()
        .read(|db| find_app(db, client_id))?
        .ok_or_else(|| Problem::invalid_client("Invalid value for 'client_id' parameter."))?;
    let redirect_uri = parameters.get_single("redirect_uri").unwrap_or_default();
    if !org
        .store()
        .read(|db| is_redirect_uri(db, &app, redirect_uri))?
    {
        return Err(Problem::invalid_redirect_uri());
    }
    let reply = Reply {
        redirect_uri: redirect_uri.to_owned(),
        response_mode: match parameters.get_single("response_mode") {
            Some("form_post") => ResponseMode::FormPost,
            _ => ResponseMode::Query,
        },
        state: parameters.get_single("state").map(str::to_owned),
        issuer: server.issuer.clone(),
    };
    Ok(Recipient { app, reply })
}
