//! Okta's management API, as far as the local org has it.
//!
//! `v1` has a folder for each noun and a file for each operation. Every route stands in a [`Table`] with its name at Okta and
//! with who may call it. Everything else of Okta's API is looked up in `operations.tsv`, the operations of Okta's `OpenAPI`
//! documents 2026.06.3 (management, OAuth, `MyAccount`), so that an answer is never almost right: a known operation says by its
//! name that it is not built, an unknown path that it is none.

mod body;
mod caller;
mod change;
mod custom_column;
mod error;
mod filter;
mod fresh_proof;
mod grant;
mod guard;
mod links;
mod operation;
mod operations;
mod page;
mod path;
mod reach;
mod rights;
mod role;
mod table;
mod token;
mod v1;
mod version;

use axum::Router;
use axum::response::{IntoResponse as _, Response};
use http::Method;
use http::header::ALLOW;
use model::{Entropy, ErrorCode};

pub(crate) use body::{Body, OptionalBody, typed};
pub(crate) use caller::{Caller, Credential, roles_of};
pub(crate) use change::{Change, Writing};
pub(crate) use custom_column::custom_column;
pub(crate) use error::ApiError;
pub(crate) use filter::{Column, Condition, condition};
pub(crate) use grant::TargetKind;
pub(crate) use guard::{has_another_super_admin, has_any_super_admin, roles_of_group};
pub(crate) use links::{hinted, href, link, post_link};
pub use operation::ApiOperation;
pub(crate) use page::{Listing, cut};
pub(crate) use path::Path;
pub(crate) use rights::{Access, Resource, Rights, is_grantable};
pub(crate) use role::Role;
pub(crate) use table::Table;
pub(crate) use token::{ApiToken, create_api_token, delete_api_token, list_api_tokens};

use crate::Org;
use operations::Lookup;

/// Every operation that is built.
pub(crate) fn table(org: &Org) -> Table {
    v1::table(Table::new(org))
}

/// The routes of the API.
pub(crate) fn routes(org: &Org) -> Router<Org> {
    table(org).into_parts().0.merge(v1::unbuilt_steps())
}

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
            ApiError::new(ErrorCode::NotImplemented)
                .saying(name)
                .render(entropy)
        }
        Lookup::OtherMethod(methods) => {
            let allowed: Vec<&str> = methods.into_iter().map(Method::as_str).collect();
            let body = ApiError::new(ErrorCode::MethodNotAllowed).render(entropy);
            ([(ALLOW, allowed.join(", "))], body).into_response()
        }
        Lookup::Unknown => ApiError::new(ErrorCode::PathNotFound).render(entropy),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::StatusCode;
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
