//! Signing in: the authorization code flow with PKCE, from the first redirect to the open session.

mod authorize;
mod begin;
mod callback;
mod complete;
mod direct;
mod enrollment;
mod exchange;
mod id_token;
mod initiated;
mod interaction;
mod refusal;
mod transaction;
mod transaction_cookies;
mod userinfo;

use http::HeaderValue;
use model::ReturnTo;
use url::Url;

pub(crate) use authorize::usual_scopes;
pub use callback::CallbackQuery;
pub(crate) use direct::{Proved, complete_direct};
pub use enrollment::EnrollmentMethod;
pub(crate) use id_token::{LEEWAY, RenewedIdToken, verify_renewed};
pub use interaction::{Interaction, InteractionTrouble};
pub(crate) use transaction::random;

/// What a sign-in should achieve.
#[derive(Debug, Clone, Default)]
pub struct SignInRequest {
    /// Where to go afterwards.
    pub return_to: ReturnTo,
    /// The oldest acceptable proof of identity, in seconds. The org asks again if it is older.
    pub max_age: Option<u32>,
    /// The acceptable levels of assurance, as the org names them. Empty: any.
    pub acr_values: Vec<String>,
    /// The name that the org's page begins with (`login_hint`). It signs nobody in.
    pub login_hint: Option<String>,
    /// The only subject who may answer. Absent: whoever signs in.
    pub only: Option<String>,
    /// What the tokens must be good for besides what every sign-in asks for.
    pub scopes: Vec<String>,
}

impl From<ReturnTo> for SignInRequest {
    fn from(return_to: ReturnTo) -> Self {
        Self {
            return_to,
            ..Self::default()
        }
    }
}

/// A sign-in that has begun: send the browser to `location` with these cookies.
#[derive(Debug, Clone)]
pub struct Begun {
    /// The org's authorization endpoint with the request.
    pub location: Url,
    /// `Set-Cookie` values.
    pub cookies: Vec<HeaderValue>,
}

/// A finished sign-in: send the browser on with 303 and these cookies.
#[derive(Debug, Clone)]
pub struct Completed {
    /// `Set-Cookie` values.
    pub cookies: Vec<HeaderValue>,
    /// Where the person wanted to go, or the onboarding page on the first visit.
    pub go_to: ReturnTo,
    /// An address of the org that comes before that, where something is left to be asked.
    pub onward: Option<Url>,
}
