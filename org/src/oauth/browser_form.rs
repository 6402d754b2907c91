use axum::extract::{FromRequest, RawForm, Request};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use model::ErrorCode;

use super::parameters::Parameters;
use crate::Org;
use crate::okta_error;

/// The form of a request that a browser brings to the endpoints where people are.
#[derive(Debug)]
pub(crate) struct BrowserForm(pub(crate) Parameters);

impl FromRequest<Org> for BrowserForm {
    type Rejection = Response;

    async fn from_request(request: Request, org: &Org) -> Result<Self, Self::Rejection> {
        let RawForm(form) = RawForm::from_request(request, org)
            .await
            .map_err(|rejection| in_okta_words(org, rejection.into_response()))?;
        Ok(Self(Parameters::parse(&String::from_utf8_lossy(&form))))
    }
}

/// `E0000021` for another media type.
fn in_okta_words(org: &Org, refusal: Response) -> Response {
    if refusal.status() != StatusCode::UNSUPPORTED_MEDIA_TYPE {
        return refusal;
    }
    let code = ErrorCode::UnsupportedMediaType;
    let summary = code.summary().to_owned();
    okta_error::answer(org.entropy(), refusal.status(), code.as_str(), summary)
}
