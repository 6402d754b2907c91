//! The part of Okta's API that the local org does not have.
//!
//! An operation that is built is routed before this one is asked. Everything else is looked up in `operations.tsv`,
//! the operations of Okta's `OpenAPI` documents 2026.06.3 (management, OAuth, `MyAccount`), so that an answer is never
//! almost right: a known operation says by its name that it is not built, an unknown path that it is none.

mod operations;

use axum::Json;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::ALLOW;
use http::{Method, StatusCode};
use model::{Entropy, ErrorCode, OktaError};

use operations::Lookup;

/// The answer to a request that no route of the org takes.
///
/// 501 `E0000060` for an operation of Okta's API that is not built, 405 `E0000022` with `Allow` for a path of that API with
/// another method, 404 `E0000008` otherwise. Nothing of the request is repeated in it.
pub(crate) fn unbuilt(entropy: &dyn Entropy, method: &Method, path: &str) -> Response {
    match operations::find(method, path) {
        Lookup::Known(operation) => {
            let name = format!(
                "Not implemented in the local org: {} ({} {}).",
                operation.id, operation.method, operation.path
            );
            envelope(entropy, ErrorCode::NotImplemented, name)
        }
        Lookup::OtherMethod(methods) => {
            let summary = "The endpoint does not support the provided HTTP method";
            let allowed: Vec<&str> = methods.into_iter().map(Method::as_str).collect();
            let body = envelope(entropy, ErrorCode::MethodNotAllowed, summary.to_owned());
            ([(ALLOW, allowed.join(", "))], body).into_response()
        }
        Lookup::Unknown => {
            let summary = "The requested path was not found";
            envelope(entropy, ErrorCode::PathNotFound, summary.to_owned())
        }
    }
}

fn envelope(entropy: &dyn Entropy, code: ErrorCode, summary: String) -> Response {
    let error = OktaError {
        error_code: code.as_str().to_owned(),
        error_summary: summary,
        error_link: code.as_str().to_owned(),
        error_id: error_id(entropy),
        error_causes: Vec::new(),
    };
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, Json(error)).into_response()
}

/// `oae` and 22 url-safe characters, which hold 128 bits.
fn error_id(entropy: &dyn Entropy) -> String {
    format!("oae{}", URL_SAFE_NO_PAD.encode(entropy.bytes::<16>()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[derive(Debug)]
    struct Constant;
    impl Entropy for Constant {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0xff);
        }
    }

    async fn ask(method: Method, path: &str) -> (Response, Value) {
        let (parts, body) = unbuilt(&Constant, &method, path).into_parts();
        let body = axum::body::to_bytes(body, 64 * 1024).await.expect("a body");
        let json = serde_json::from_slice(&body).expect("JSON");
        (Response::from_parts(parts, axum::body::Body::empty()), json)
    }

    #[tokio::test]
    async fn a_known_operation_is_501_with_its_name() {
        let (response, body) = ask(Method::GET, "/api/v1/users").await;
        assert_eq!(response.status(), StatusCode::NOT_IMPLEMENTED);
        assert_eq!(response.headers()["content-type"], "application/json");
        assert_eq!(
            body,
            json!({
                "errorCode": "E0000060",
                "errorSummary": "Not implemented in the local org: listUsers (GET /api/v1/users).",
                "errorLink": "E0000060",
                "errorId": "oae_____________________w",
                "errorCauses": [],
            })
        );
    }

    #[tokio::test]
    async fn the_name_is_of_the_template_and_repeats_nothing_of_the_request() {
        let (_, body) = ask(Method::GET, "/api/v1/users/%3Cscript%3E").await;
        assert_eq!(
            body["errorSummary"],
            "Not implemented in the local org: getUser (GET /api/v1/users/{id})."
        );
    }

    #[tokio::test]
    async fn another_method_is_405_and_says_which_are_allowed() {
        let (response, body) = ask(Method::PATCH, "/api/v1/users").await;
        assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(response.headers()["allow"], "GET, POST");
        assert_eq!(response.headers()["content-type"], "application/json");
        assert_eq!(body["errorCode"], "E0000022");
    }

    #[tokio::test]
    async fn an_unknown_path_is_404() {
        let (response, body) = ask(Method::GET, "/api/v1/unheard-of").await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(response.headers()["content-type"], "application/json");
        assert_eq!(body["errorCode"], "E0000008");
        assert_eq!(body["errorSummary"], "The requested path was not found");
    }

    #[tokio::test]
    async fn an_error_id_is_oae_and_22_characters() {
        let (_, body) = ask(Method::GET, "/").await;
        let id = body["errorId"].as_str().expect("a text");
        assert_eq!((id.len(), &id[..3]), (25, "oae"));
    }
}
