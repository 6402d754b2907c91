//! Steps of Okta's authentication API that are not built. They stand in no `OpenAPI` document, so that the table of operations does
//! not know them.

use axum::Router;
use axum::routing::post;
use model::ErrorCode;

use crate::Org;
use crate::api::ApiError;

/// Path and what the step does.
const STEPS: [(&str, &str); 12] = [
    ("/api/v1/authn/skip", "skip a step of an authentication"),
    ("/api/v1/authn/factors", "enroll a factor while signing in"),
    (
        "/api/v1/authn/factors/{factorId}",
        "poll or end a factor while signing in",
    ),
    (
        "/api/v1/authn/factors/{factorId}/resend",
        "send a code of an enrollment again",
    ),
    (
        "/api/v1/authn/factors/{factorId}/verify/resend",
        "send a code again",
    ),
    (
        "/api/v1/authn/factors/{factorId}/lifecycle/activate",
        "activate a factor while signing in",
    ),
    (
        "/api/v1/authn/credentials/reset_password",
        "reset a password by a recovery token",
    ),
    ("/api/v1/authn/recovery/password", "begin a password reset"),
    (
        "/api/v1/authn/recovery/unlock",
        "begin to unlock an account",
    ),
    ("/api/v1/authn/recovery/token", "use a recovery token"),
    (
        "/api/v1/authn/recovery/answer",
        "answer the recovery question",
    ),
    (
        "/api/v1/authn/recovery/factors/{factorType}/verify",
        "verify a recovery factor",
    ),
];

/// Answers each of them with 501 `E0000060` and its name.
pub(crate) fn routes() -> Router<Org> {
    STEPS.iter().fold(Router::new(), |router, (path, what)| {
        let refuse = move || async move {
            let summary = format!("Not implemented in the local org: {what} (POST {path}).");
            ApiError::new(ErrorCode::NotImplemented).saying(summary)
        };
        router.route(path, post(refuse))
    })
}
