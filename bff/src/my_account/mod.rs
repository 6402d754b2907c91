//! What people may see and change about their own account at the org, by Okta's `MyAccount` API
//! (<https://developer.okta.com/docs/api/openapi/okta-myaccount/guides/overview/>).
//!
//! It wants an access token with scopes that an administrator grants to the app. They are not among those that every
//! sign-in asks for, because an org that has not granted them refuses the whole sign-in: who wants to use the API is sent to
//! the org once more, with [`MY_ACCOUNT_SCOPES`].

mod attribute;
mod authenticator;
mod call;
mod email;
mod phone;
mod wire;

use http::{HeaderMap, HeaderValue, Method};

pub use attribute::OwnAttribute;
pub use authenticator::{Authenticator, Enrollment, Removal, SetUp};
pub use email::OwnEmail;

use crate::bff::Bff;
use call::Call;

/// What the app asks for to show and change authenticators, and to end the org's sessions.
pub const MY_ACCOUNT_SCOPES: [&str; 5] = [
    "okta.myAccount.authenticators.read",
    "okta.myAccount.authenticators.manage",
    "okta.myAccount.phone.manage",
    "okta.myAccount.webauthn.manage",
    "okta.myAccount.sessions.manage",
];

/// What the app asks for to take people through onboarding: what they have, and what they still have to give.
pub const ONBOARDING_SCOPES: [&str; 9] = [
    "okta.myAccount.authenticators.read",
    "okta.myAccount.authenticators.manage",
    "okta.myAccount.phone.manage",
    "okta.myAccount.webauthn.manage",
    "okta.myAccount.sessions.manage",
    "okta.myAccount.profile.read",
    "okta.myAccount.profile.manage",
    "okta.myAccount.email.read",
    "okta.myAccount.email.manage",
];

const AUTHENTICATORS: &str = "/idp/myaccount/authenticators?expand=enrollments";
const PHONES: &str = "/idp/myaccount/phones";
const WEBAUTHN: &str = "/idp/myaccount/webauthn";
const SESSIONS: &str = "/idp/myaccount/sessions";

/// Why nothing came of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AccountTrouble {
    /// Nobody is signed in, or no longer.
    #[error("nobody is signed in")]
    SignedOut,
    /// The session store does not answer.
    #[error("the session store cannot be reached")]
    StoreUnavailable,
    /// The access token is not good for it: its scopes are others, or it has ended.
    #[error("the access token is not good for that")]
    NotAllowed,
    /// The org has no such API.
    #[error("the org does not offer that")]
    NotOffered,
    /// There is no such authenticator of this person, or it cannot be removed here.
    #[error("there is nothing to remove")]
    NothingToRemove,
    /// What the person typed is not a number, or not the code.
    #[error("the org does not accept what was typed")]
    WrongInput,
    /// The org answered that it does not want to, or not as it should.
    #[error("the org refused")]
    OrgRefused,
    /// The org cannot be reached right now.
    #[error("the org cannot be reached")]
    OrgUnavailable,
}

/// What came of a call, and the cookies that the answer must set: the tokens may have been renewed for it.
#[derive(Debug)]
pub struct AccountAnswer<T> {
    /// What the org said.
    pub outcome: Result<T, AccountTrouble>,
    /// `Set-Cookie` values.
    pub cookies: Vec<HeaderValue>,
}

impl Bff {
    /// The authenticators that the org has for the person, with what they have set up.
    pub async fn authenticators(&self, cookies: &HeaderMap) -> AccountAnswer<Vec<Authenticator>> {
        let answer = self
            .call_my_account(cookies, Call::new(Method::GET, AUTHENTICATORS))
            .await;
        let read = |body: &[u8]| wire::read(body, &self.parts.issuer_origin());
        AccountAnswer {
            outcome: answer
                .outcome
                .and_then(|body| read(&body).ok_or(AccountTrouble::OrgRefused)),
            cookies: answer.cookies,
        }
    }

    /// Removes what the person has set up. Which call does it, the org's own list says.
    pub async fn remove_enrollment(
        &self,
        cookies: &HeaderMap,
        authenticator: &str,
        enrollment: &str,
    ) -> AccountAnswer<()> {
        let listed = self.authenticators(cookies).await;
        let path = listed.outcome.and_then(|all| {
            all.iter()
                .filter(|one| one.id == authenticator)
                .flat_map(|one| &one.enrollments)
                .find(|one| one.id == enrollment)
                .and_then(|one| one.removal.path().map(str::to_owned))
                .ok_or(AccountTrouble::NothingToRemove)
        });
        let path = match path {
            Ok(path) => path,
            Err(trouble) => {
                return AccountAnswer {
                    outcome: Err(trouble),
                    cookies: listed.cookies,
                };
            }
        };
        let removed = self
            .call_my_account(cookies, Call::new(Method::DELETE, &path))
            .await;
        AccountAnswer {
            outcome: removed.outcome.map(drop),
            cookies: listed.cookies.into_iter().chain(removed.cookies).collect(),
        }
    }

    /// Ends the person's sessions at the org, in all browsers. Okta ends their tokens as well.
    pub async fn end_org_sessions(&self, cookies: &HeaderMap) -> AccountAnswer<()> {
        let ended = self
            .call_my_account(cookies, Call::new(Method::DELETE, SESSIONS))
            .await;
        AccountAnswer {
            outcome: ended.outcome.map(drop),
            cookies: ended.cookies,
        }
    }
}
