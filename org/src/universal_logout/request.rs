//! The request to an app, and what its answer means.

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response, StatusCode};
use jiff::SignedDuration;
use secrecy::{ExposeSecret as _, SecretString};

use super::queue::Errand;
use crate::outbound::OutboundError;

/// How long after each failure the next attempt follows; after the last of them there is none.
const PAUSES: [SignedDuration; 4] = [
    SignedDuration::from_secs(2),
    SignedDuration::from_secs(10),
    SignedDuration::from_secs(60),
    SignedDuration::from_secs(300),
];

/// The request, with the org's assertion.
pub(super) fn build(
    errand: &Errand,
    assertion: &SecretString,
) -> Result<Request<Bytes>, http::Error> {
    let mut bearer = HeaderValue::try_from(format!("Bearer {}", assertion.expose_secret()))?;
    bearer.set_sensitive(true);
    Request::builder()
        .method(Method::POST)
        .uri(&errand.uri)
        .header(AUTHORIZATION, bearer)
        .header(CONTENT_TYPE, "application/json")
        .body(Bytes::from(format!("{{\"sub_id\":{}}}", errand.subject)))
}

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The app has signed the person out.
    Done,
    /// It will not, however often it is asked.
    Refused(String),
    /// It may later.
    Failed(String),
}

/// What an answer means. What the app says beside the status does not count.
pub(super) fn judge(answer: Result<Response<Bytes>, OutboundError>) -> Outcome {
    let status = match answer {
        Ok(answer) => answer.status(),
        Err(error) => return Outcome::Failed(error.to_string()),
    };
    let told = |what: &str| format!("the app answered {}: {what}", status.as_u16());
    match status {
        _ if status.is_success() => Outcome::Done,
        StatusCode::BAD_REQUEST => Outcome::Refused(told("it does not understand the request")),
        StatusCode::UNAUTHORIZED => Outcome::Refused(told("it does not trust the assertion")),
        StatusCode::FORBIDDEN => Outcome::Refused(told("it does not let the org do this")),
        StatusCode::NOT_FOUND => Outcome::Refused(told("it does not know the user")),
        StatusCode::UNPROCESSABLE_ENTITY => Outcome::Refused(told("it cannot sign this user out")),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => {
            Outcome::Failed(told("it wants to be asked later"))
        }
        _ if status.is_server_error() => Outcome::Failed(told("it failed")),
        _ => Outcome::Refused(told("no answer of the protocol")),
    }
}

/// How long to wait after this many failures; `None`: it is given up.
pub(super) fn pause_after(failures: u32) -> Option<SignedDuration> {
    let index = usize::try_from(failures).ok()?.checked_sub(1)?;
    PAUSES.get(index).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_status(status: u16) -> Outcome {
        let mut answer = Response::new(Bytes::new());
        *answer.status_mut() = StatusCode::from_u16(status).expect("a status");
        judge(Ok(answer))
    }

    #[test]
    fn only_what_may_change_is_tried_again() {
        for status in [200, 202, 204] {
            assert_eq!(of_status(status), Outcome::Done, "{status}");
        }
        for status in [301, 302, 400, 401, 403, 404, 405, 422] {
            assert!(matches!(of_status(status), Outcome::Refused(_)), "{status}");
        }
        for status in [408, 429, 500, 502, 503] {
            assert!(matches!(of_status(status), Outcome::Failed(_)), "{status}");
        }
        let broken = judge(Err(OutboundError("no connection".to_owned())));
        assert_eq!(broken, Outcome::Failed("no connection".to_owned()));
    }

    #[test]
    fn pauses_grow_and_end() {
        let pauses: Vec<_> = (1..).map_while(pause_after).collect();
        assert!(pauses.is_sorted() && pauses.len() == 4);
        assert_eq!(pause_after(0), None);
    }
}
