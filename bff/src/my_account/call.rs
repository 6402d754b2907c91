use bytes::Bytes;
use http::{HeaderMap, Method, Request, StatusCode, header};
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

use super::{AccountAnswer, AccountTrouble};
use crate::bff::{Bff, Parts};
use crate::outbound::HttpError;
use crate::refresh::{Demand, TokensCheck, TokensState};

/// The version of the API that the app speaks.
const ACCEPT: &str = "application/json; okta-version=1.0.0";

/// A call without the token that it is made with.
pub(super) struct Call<'a> {
    method: Method,
    path: &'a str,
    body: Option<Value>,
}

impl<'a> Call<'a> {
    pub(super) const fn new(method: Method, path: &'a str) -> Self {
        Self {
            method,
            path,
            body: None,
        }
    }

    /// A call that sends something.
    pub(super) const fn post(path: &'a str, body: Value) -> Self {
        Self {
            method: Method::POST,
            path,
            body: Some(body),
        }
    }

    /// A call that replaces something.
    pub(super) const fn put(path: &'a str, body: Value) -> Self {
        Self {
            method: Method::PUT,
            path,
            body: Some(body),
        }
    }

    fn request(&self, parts: &Parts, token: &SecretString) -> http::Result<Request<Bytes>> {
        let bearer = Zeroizing::new(format!("Bearer {}", token.expose_secret()));
        let mut request = Request::builder()
            .method(&self.method)
            .uri(format!("{}{}", parts.issuer_origin(), self.path))
            .header(header::ACCEPT, ACCEPT)
            .header(header::AUTHORIZATION, bearer.as_str());
        let body = self.body.as_ref().map(Value::to_string);
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        request.body(body.unwrap_or_default().into())
    }
}

impl Bff {
    /// Calls the API with the person's access token, and gives the body of the answer.
    pub(super) async fn call_my_account(
        &self,
        cookies: &HeaderMap,
        call: Call<'_>,
    ) -> AccountAnswer<Bytes> {
        let TokensCheck { state, cookies } = self.tokens(cookies, Demand::Valid).await;
        let outcome = match state {
            TokensState::SignedOut => Err(AccountTrouble::SignedOut),
            TokensState::CannotCheck => Err(AccountTrouble::StoreUnavailable),
            TokensState::Lost(_) => Err(AccountTrouble::NotAllowed),
            TokensState::Held(held) => send(&self.parts, &call, held.tokens.access_token()).await,
        };
        AccountAnswer { outcome, cookies }
    }
}

impl Parts {
    /// The org itself, whichever of its authorization servers the issuer is.
    pub(super) fn issuer_origin(&self) -> String {
        Url::parse(self.provider.issuer())
            .map(|issuer| issuer.origin().ascii_serialization())
            .unwrap_or_default()
    }
}

async fn send(
    parts: &Parts,
    call: &Call<'_>,
    token: &SecretString,
) -> Result<Bytes, AccountTrouble> {
    let request = call
        .request(parts, token)
        .map_err(|_| AccountTrouble::OrgRefused)?;
    let response = parts.outbound.send(request).await.map_err(|error| {
        tracing::warn!(%error, "the org could not be asked about an account");
        of_transport(&error)
    })?;
    let status = response.status();
    if status.is_success() {
        return Ok(response.into_body());
    }
    tracing::warn!(%status, method = %call.method, "the org refused a call about an account");
    Err(of_status(status))
}

fn of_transport(error: &HttpError) -> AccountTrouble {
    match error {
        // An API that is not built says so by this.
        HttpError::Unavailable {
            status: StatusCode::NOT_IMPLEMENTED,
            ..
        }
        | HttpError::Redirected => AccountTrouble::NotOffered,
        HttpError::TargetRefused(_) | HttpError::TooLarge => AccountTrouble::OrgRefused,
        HttpError::Connect(_)
        | HttpError::Timeout
        | HttpError::Broken(_)
        | HttpError::Unavailable { .. } => AccountTrouble::OrgUnavailable,
    }
}

const fn of_status(status: StatusCode) -> AccountTrouble {
    match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => AccountTrouble::NotAllowed,
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED | StatusCode::NOT_ACCEPTABLE => {
            AccountTrouble::NotOffered
        }
        StatusCode::BAD_REQUEST | StatusCode::CONFLICT => AccountTrouble::WrongInput,
        _ => AccountTrouble::OrgRefused,
    }
}
