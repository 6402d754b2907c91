//! The calls of the org: forms of this app, from server to server.

use std::sync::Arc;

use bytes::Bytes;
use http::Response;
use model::SignInErrorCode;
use url::Url;

use super::reply::Reply;
use crate::bff::Parts;
use crate::fault::Fault;
use crate::outbound::HttpError;
use crate::provider::Metadata;
use crate::sign_in::usual_scopes;
use crate::token_request;

/// The grants of direct authentication, besides `password`.
pub(super) const OTP: &str = "urn:okta:params:oauth:grant-type:otp";
pub(super) const OOB: &str = "urn:okta:params:oauth:grant-type:oob";
pub(super) const MFA_OTP: &str = "http://auth0.com/oauth/grant-type/mfa-otp";
pub(super) const MFA_OOB: &str = "http://auth0.com/oauth/grant-type/mfa-oob";

/// What calls are made with.
#[derive(Clone, Copy)]
pub(super) struct Caller<'a> {
    pub(super) parts: &'a Parts,
    pub(super) metadata: &'a Metadata,
}

/// The parameters of a form.
pub(super) type Fields<'f> = [(&'static str, &'f str)];

impl Caller<'_> {
    /// Gives what a person said to the token endpoint.
    pub(super) async fn token(self, fields: &Fields<'_>) -> Reply {
        Reply::read(self.send(&self.metadata.token, fields).await)
    }

    /// Calls an endpoint that the metadata does not name. It stands beside the token endpoint.
    pub(super) async fn beside_token(
        self,
        name: &str,
        fields: &Fields<'_>,
    ) -> Result<Response<Bytes>, HttpError> {
        let endpoint = self.metadata.token.join(name);
        let endpoint = endpoint
            .map_err(|_| HttpError::TargetRefused("no address beside the token endpoint"))?;
        self.send(&endpoint, fields).await
    }

    async fn send(self, endpoint: &Url, fields: &Fields<'_>) -> Result<Response<Bytes>, HttpError> {
        let request = token_request::form_of_app(self.parts, endpoint, fields)
            .map_err(|_| HttpError::TargetRefused("not a valid request"))?;
        self.parts.outbound.send(request).await
    }

    /// What the tokens must be good for: the same in every call of a sign-in.
    pub(super) fn scope(self) -> String {
        usual_scopes(self.parts, self.metadata).join(" ")
    }
}

/// The metadata, or why it cannot be had.
pub(super) async fn metadata(parts: &Parts) -> Result<Arc<Metadata>, SignInErrorCode> {
    let metadata = parts.provider.metadata().await;
    metadata.map_err(|fault| Fault::report(fault).code)
}
