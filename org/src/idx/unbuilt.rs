use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use http::StatusCode;
use model::ErrorCode;

use crate::{Org, cors, okta_error};

/// Steps of Okta's that the org never asks for, by the path that they are answered at. Clients find a path in the form of its
/// step, so none comes here by itself.
const STEPS: [(&str, &str); 7] = [
    ("/idp/idx/enroll/update", "enroll-profile-update"),
    ("/idp/idx/challenge/send", "enrollment-channel-data"),
    ("/idp/idx/request-activation", "request-activation-email"),
    ("/idp/idx/consent", "consent"),
    ("/idp/idx/device/activate", "user-code"),
    ("/idp/idx/context", "context"),
    (
        "/idp/idx/authenticators/okta-verify/launch",
        "launch-authenticator",
    ),
];

/// 501 `E0000060` with the name of the step.
pub(super) fn routes(router: Router<Org>) -> Router<Org> {
    STEPS.into_iter().fold(router, |router, (path, step)| {
        let handler = move |State(org): State<Org>| async move { answer(&org, path, step) };
        let route = post(handler)
            .options(cors::preflight)
            .fallback(super::method_not_allowed);
        router.route(path, route)
    })
}

fn answer(org: &Org, path: &str, step: &str) -> Response {
    let code = ErrorCode::NotImplemented.as_str();
    let summary = format!("Not implemented in the local org: {step} (POST {path}).");
    okta_error::answer(org.entropy(), StatusCode::NOT_IMPLEMENTED, code, summary)
}
