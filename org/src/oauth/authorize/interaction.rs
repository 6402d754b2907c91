use model::OAuthError;

use super::draft::Draft;
use super::recipient::Recipient;
use super::reply::Reply;
use super::request::{AuthorizationRequest, ResponseMode};
use super::{Step, run, steps};
use crate::Org;
use crate::apps::App;
use crate::oauth::parameters::Parameters;
use crate::oauth::server::AuthorizationServer;

/// What an app asks for when it asks people itself goes through these, in this order.
const STEPS: [Step; 7] = [
    Step {
        name: "scope",
        run: steps::scope::check,
    },
    Step {
        name: "state",
        run: steps::state::check,
    },
    Step {
        name: "nonce",
        run: steps::nonce::check,
    },
    Step {
        name: "pkce",
        run: steps::pkce::check,
    },
    Step {
        name: "max_age",
        run: steps::max_age::check,
    },
    Step {
        name: "acr_values",
        run: steps::acr_values::check,
    },
    Step {
        name: "hints",
        run: steps::hints::check,
    },
];

/// Checks the request of an app for an interaction. That `redirect_uri` is one of the app's is for the caller to have found.
pub(crate) fn check_interaction(
    org: &Org,
    server: &AuthorizationServer,
    app: App,
    redirect_uri: &str,
    parameters: &Parameters,
) -> Result<AuthorizationRequest, OAuthError> {
    let reply = Reply {
        redirect_uri: redirect_uri.to_owned(),
        response_mode: ResponseMode::Query,
        state: None,
        issuer: server.issuer.clone(),
    };
    let mut draft = Draft::new(org, server, parameters, Recipient { app, reply });
    run(&STEPS, &mut draft)?;
    Ok(draft.request)
}
