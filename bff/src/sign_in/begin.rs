use http::HeaderMap;
use model::SignInError;

use super::authorize::authorization_url;
use super::transaction::Transaction;
use super::{Begun, SignInRequest};
use crate::bff::{Bff, Parts};
use crate::fault::Fault;

impl Bff {
    /// Begins a sign-in: remembers in a cookie what is asked, and says where to send the browser.
    pub async fn begin_sign_in(
        &self,
        cookies: &HeaderMap,
        request: impl Into<SignInRequest>,
    ) -> Result<Begun, SignInError> {
        begin(&self.parts, cookies, request.into())
            .await
            .map_err(Fault::report)
    }
}

async fn begin(parts: &Parts, headers: &HeaderMap, request: SignInRequest) -> Result<Begun, Fault> {
    let metadata = parts.provider.metadata().await?;
    let transaction = Transaction::begin(parts, request);
    Ok(Begun {
        location: authorization_url(parts, &metadata, &transaction)?,
        cookies: transaction.keep(parts, headers)?,
    })
}
