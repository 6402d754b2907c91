//! The version of the API that a call of `MyAccount` asks for.

use axum::response::Response;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};
use model::ErrorCode;

use super::ApiError;

/// The only one that there is.
const VERSION: &str = "1.0.0";
const JSON: &str = "application/json";
const VERSIONED: HeaderValue = HeaderValue::from_static("application/json;okta-version=1.0.0");

/// The operations that Okta answers without a version.
const UNVERSIONED: [&str; 2] = [
    "/idp/myaccount/password/change-password",
    "/idp/myaccount/password/complexity-requirements",
];

/// Whether the call says that it understands the version: `Accept: application/json; okta-version=1.0.0`. Without one it is
/// `E0000149`, with another `E0000122`, both 406.
pub(super) fn check(headers: &HeaderMap, path: &str) -> Result<(), ApiError> {
    let mut named = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split([',', ';']))
        .filter_map(|part| part.trim().strip_prefix("okta-version="))
        .map(|version| version.trim().trim_matches('"'))
        .peekable();
    if named.peek().is_none() {
        return if UNVERSIONED.contains(&path) {
            Ok(())
        } else {
            Err(ApiError::new(ErrorCode::NotAcceptable))
        };
    }
    if named.any(|version| version == VERSION) {
        Ok(())
    } else {
        Err(ApiError::new(ErrorCode::UnsupportedVersion))
    }
}

/// Says on a JSON answer which version it is.
pub(super) fn mark(response: &mut Response) {
    let is_json = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|media_type| media_type == JSON);
    if is_json {
        response.headers_mut().insert(CONTENT_TYPE, VERSIONED);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(accept: Option<&'static str>, path: &str) -> Option<ErrorCode> {
        let accept = accept.map(|accept| (ACCEPT, HeaderValue::from_static(accept)));
        let headers = HeaderMap::from_iter(accept);
        check(&headers, path).err().map(|error| error.code())
    }

    #[test]
    fn a_call_names_the_version_that_there_is() {
        let path = "/idp/myaccount/profile";
        for accept in [
            "application/json; okta-version=1.0.0",
            "*/*;okta-version=1.0.0",
            "application/json;okta-version=2.0.0, application/json;okta-version=1.0.0",
        ] {
            assert_eq!(asked(Some(accept), path), None, "{accept}");
        }
        for accept in [None, Some("application/json"), Some("*/*")] {
            assert_eq!(asked(accept, path), Some(ErrorCode::NotAcceptable));
        }
        for accept in ["application/json;okta-version=2.0.0", "*/*;okta-version="] {
            assert_eq!(
                asked(Some(accept), path),
                Some(ErrorCode::UnsupportedVersion)
            );
        }
        assert_eq!(asked(None, UNVERSIONED[0]), None);
        let other = asked(Some("application/json;okta-version=0.9"), UNVERSIONED[0]);
        assert_eq!(other, Some(ErrorCode::UnsupportedVersion));
    }
}
