//! `GET|POST …/v1/authorize`: begins a sign-in for an app, or answers it from a session.
//!
//! First the recipient is settled ([`recipient`]): until then an error is a page, for sending it on would make the org an
//! open redirector. Then the [`STEPS`] run in order, and an error of theirs goes to the app. Then the session decides.

mod decide;
mod device;
mod direct;
mod draft;
mod form_post;
mod interaction;
mod log;
mod pushed;
mod recipient;
mod reply;
mod request;
mod respond;
mod steps;

use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse as _, Response};
use http::HeaderMap;
use http::StatusCode;
use http::header::LOCATION;

use self::draft::Draft;
use super::browser_form::BrowserForm;
use super::parameters::Parameters;
use super::server::RequestServer;
use crate::hosted::Problem;
use crate::sign_in::Visitor;
use crate::{Org, paths};

pub(crate) use decide::sign_in_first;
pub(crate) use device::{check_device, grant_device_code};
pub(crate) use direct::check_direct;
pub(crate) use interaction::check_interaction;
pub(crate) use pushed::{PUSHED_LIFETIME, check_pushed, keep_pushed};
pub(crate) use reply::{Method, Reply};
pub(crate) use request::AuthorizationRequest;
pub(crate) use respond::{SignedIn, answer_signed_in, issue_code};

/// One check of the request.
struct Step {
    /// What it is about, for the log.
    name: &'static str,
    run: fn(&mut Draft<'_>) -> Result<(), model::OAuthError>,
}

/// In this order; the first that fails is what the app hears.
const STEPS: [Step; 13] = [
    Step {
        name: "duplicates",
        run: steps::duplicates::check,
    },
    Step {
        name: "enrollment",
        run: steps::enrollment::check,
    },
    Step {
        name: "response_type",
        run: steps::response_type::check,
    },
    Step {
        name: "response_mode",
        run: steps::response_mode::check,
    },
    Step {
        name: "request_object",
        run: steps::request_object::check,
    },
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
        name: "prompt",
        run: steps::prompt::check,
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

/// Runs them until one fails.
fn run(steps: &[Step], draft: &mut Draft<'_>) -> Result<(), model::OAuthError> {
    for step in steps {
        (step.run)(draft).inspect_err(|error| {
            tracing::debug!(
                step = step.name,
                error = error.error.as_str(),
                "authorization request refused"
            );
        })?;
    }
    Ok(())
}

/// `GET`: the request stands in the query, or the query refers to one that was pushed.
pub(crate) async fn get(
    State(org): State<Org>,
    RequestServer(server): RequestServer,
    RawQuery(query): RawQuery,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = Parameters::parse(&query.unwrap_or_default());
    let parameters = pushed::resolve(&org, &server, query).await?;
    let recipient = recipient::find(&org, &server, &parameters)?;
    let reply = recipient.reply.clone();
    let mut draft = Draft::new(&org, &server, &parameters, recipient);
    if let Err(error) = run(&STEPS, &mut draft) {
        return reply.error(error, Method::Get);
    }
    let token = parameters.get_single("sessionToken");
    decide::decide(&org, &headers, draft.request, token, visitor).await
}

/// `POST`: the same request in a form.
///
/// A form that comes from another site carries no `SameSite=Lax` cookie, so the session would not be seen. The browser is
/// sent round by `GET`, which does carry them.
pub(crate) async fn post(
    RequestServer(server): RequestServer,
    BrowserForm(parameters): BrowserForm,
) -> Response {
    let query = parameters.to_query();
    let location = format!("{}?{query}", server.path_of(paths::AUTHORIZE));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}
