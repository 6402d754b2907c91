use std::mem;

use http::HeaderMap;
use model::SignInError;

use super::authorize::authorization_url;
use super::transaction::Transaction;
use super::{Begun, SignInRequest};
use crate::bff::{Bff, Parts};
use crate::fault::Fault;
use crate::sign_out::is_unconfirmed;

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

pub(super) async fn begin(
    parts: &Parts,
    headers: &HeaderMap,
    mut request: SignInRequest,
) -> Result<Begun, Fault> {
    let metadata = parts.provider.metadata().await?;
    let hint = request.login_hint.take();
    let further = mem::take(&mut request.scopes);
    let transaction = Transaction::begin(parts, request, is_unconfirmed(parts, headers));
    let asked = (hint.as_deref(), further);
    Ok(Begun {
        location: authorization_url(parts, &metadata, &transaction, asked)?,
        cookies: transaction.keep(parts, headers)?,
    })
}
