//! The nouns of Portico.
//!
//! Everything here is a value: wire shapes of OAuth and Okta, typed ids, validated newtypes and the texts of errors.
//! Nothing here does I/O, reads a clock, or knows Leptos or axum, so it compiles for the browser as well.
#![warn(missing_docs)]

mod campaign;
mod clock;
mod direct;
mod discovery;
mod entropy;
mod error_code;
mod id;
mod oauth_error;
mod okta_error;
mod onboarding;
mod return_to;
mod sign_in_error;
mod target;

pub use campaign::{
    CampaignJob, CampaignStage, CampaignStart, PersonProblem, RequiredFactor, RowField, RowProblem,
};
pub use clock::{Clock, Timestamp};
pub use direct::{DirectStep, DirectWay, DirectWord};
pub use discovery::ProviderMetadata;
pub use entropy::Entropy;
pub use error_code::ErrorCode;
pub use id::{
    AppGrantId, AppId, AuthenticatorId, AuthorizationServerId, ClientKeyId, ClientSecretId,
    EnrollmentId, GroupId, InvalidId, OrgId, RefreshTokenId, UserId,
};
pub use oauth_error::{OAuthError, OAuthErrorCode};
pub use okta_error::{ErrorCause, OktaError};
pub use onboarding::{
    EmailFact, FactorFacts, InvalidLocale, InvalidPersonName, InvalidZone, Landing, Locale,
    OnboardingFacts, PersonName, Step, StepKind, StepState, ZoneName, full_name, onboarding_steps,
};
pub use return_to::ReturnTo;
pub use sign_in_error::{SignInError, SignInErrorCode};
pub use target::{TargetPolicy, TargetRefused, is_loopback};
