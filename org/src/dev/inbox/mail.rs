use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::HeaderValue;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};

use super::super::answer::Refusal;
use crate::Org;
use crate::inbox::find_message;

/// As mail programs do: the mail's own style, links that open elsewhere, and nothing active.
const POLICY: HeaderValue = HeaderValue::from_static(
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; \
     default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'",
);

/// `GET /dev/inbox/{message}/mail`: a mail as a mail program would show it.
pub(in super::super) async fn mail(
    State(org): State<Org>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    let message = match id.parse() {
        Ok(id) => org.store().read(|db| find_message(db, id))?,
        Err(_) => None,
    };
    let html = message.and_then(|message| message.html).ok_or_else(|| {
        Refusal::Unknown(format!("there is no mail {id:?}; it may have been cleared"))
    })?;
    let headers = [
        (
            CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (CONTENT_SECURITY_POLICY, POLICY),
    ];
    Ok((headers, html).into_response())
}
