//! Setting something up on the org's page: Okta's `prompt=enroll_authenticator`
//! (<https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/orgas/authorize>).
//!
//! The person proves anew who they are, sets up what the app names, and comes back with nothing to redeem. An ordinary sign-in
//! of the same person follows, which finds the org's new session and asks nothing: this browser then has a fresh proof, and
//! whoever else has answered at the org is told so.

use http::{HeaderMap, HeaderValue};
use model::{ReturnTo, SignInError};
use url::Url;

use super::begin::begin;
use super::callback::Answer;
use super::transaction::Transaction;
use super::{Begun, Completed, SignInRequest};
use crate::bff::{Bff, Parts};
use crate::fault::Fault;
use crate::my_account::MY_ACCOUNT_SCOPES;
use crate::session::Session;

/// What the request must say besides.
const WITH: [(&str, &str); 4] = [
    ("response_type", "none"),
    ("prompt", "enroll_authenticator"),
    ("max_age", "0"),
    ("acr_values", "urn:okta:loa:2fa:any:ifpossible"),
];

/// Okta's keys of authenticators, with the methods by which an app can ask for them (`enroll_amr_values`). Passkeys have none.
const METHODS: [(&str, &str); 6] = [
    ("okta_password", "pwd"),
    ("okta_email", "email"),
    ("phone_number", "sms"),
    ("google_otp", "google_otp"),
    ("okta_verify", "okta_verify"),
    ("security_question", "kba"),
];

/// A method that people set up on the org's page because an app asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EnrollmentMethod(&'static str);

impl EnrollmentMethod {
    /// The method of an authenticator, by Okta's key of that.
    pub fn of_authenticator(key: &str) -> Option<Self> {
        let known = METHODS.iter().find(|(known, _)| *known == key);
        known.map(|(_, method)| Self(method))
    }

    /// Reads what [`EnrollmentMethod::as_str`] gives.
    pub fn parse(text: &str) -> Option<Self> {
        let known = METHODS.iter().find(|(_, method)| *method == text);
        known.map(|(_, method)| Self(method))
    }

    /// Okta's name of it.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl Bff {
    /// Leads to the org's page where the person of a session sets something up, and then to `return_to`.
    ///
    /// # Errors
    ///
    /// What [`Bff::begin_sign_in`] fails with.
    pub async fn begin_enrollment(
        &self,
        cookies: &HeaderMap,
        session: &Session,
        method: EnrollmentMethod,
        return_to: ReturnTo,
    ) -> Result<Begun, SignInError> {
        let request = SignInRequest {
            return_to,
            only: Some(session.subject.clone()),
            ..SignInRequest::default()
        };
        let hint = session.claim("preferred_username");
        let begun = lead_to_the_org(&self.parts, cookies, request, (method, hint));
        begun.await.map_err(Fault::report)
    }
}

async fn lead_to_the_org(
    parts: &Parts,
    headers: &HeaderMap,
    request: SignInRequest,
    (method, hint): (EnrollmentMethod, Option<&str>),
) -> Result<Begun, Fault> {
    let metadata = parts.provider.metadata().await?;
    let transaction = Transaction::begin(parts, request, false).for_enrollment();
    Ok(Begun {
        location: address(parts, &metadata.authorization, &transaction, (method, hint)),
        cookies: transaction.keep(parts, headers)?,
    })
}

fn address(
    parts: &Parts,
    endpoint: &Url,
    transaction: &Transaction,
    (method, hint): (EnrollmentMethod, Option<&str>),
) -> Url {
    let mut address = endpoint.clone();
    address
        .query_pairs_mut()
        .append_pair("client_id", &parts.client.client_id)
        .append_pair("redirect_uri", &transaction.redirect_uri)
        .append_pair("state", &transaction.state)
        .append_pair("enroll_amr_values", method.as_str())
        .extend_pairs(WITH)
        .extend_pairs(hint.map(|hint| ("login_hint", hint)));
    address
}

/// Goes on with a sign-in of the same person, once the org has led back.
pub(super) async fn complete(
    parts: &Parts,
    headers: &HeaderMap,
    (answer, transaction): (Answer, Transaction),
    forget: Vec<HeaderValue>,
) -> Result<Completed, Fault> {
    answer.verify_enrollment(parts, &transaction).await?;
    transaction.finish(parts).await?;
    let go_to = transaction.return_to;
    let request = SignInRequest {
        return_to: go_to.clone(),
        only: transaction.demands.only,
        scopes: MY_ACCOUNT_SCOPES.map(str::to_owned).to_vec(),
        ..SignInRequest::default()
    };
    let begun = begin(parts, headers, request).await?;
    Ok(Completed {
        cookies: forget.into_iter().chain(begun.cookies).collect(),
        go_to,
        onward: Some(begun.location),
    })
}
