//! The relying party: everything between a browser and the org that signs people in.
//!
//! [`Bff`] is the one entry point. It speaks the authorization code flow with PKCE (RFC 6749, RFC 7636, OpenID Connect
//! Core), checks every answer, and keeps the tokens away from the browser's scripts (RFC 10017, "backend for frontend"):
//!
//! | step | function | what the browser holds afterwards |
//! | --- | --- | --- |
//! | start | [`Bff::begin_sign_in`] | one sealed transaction cookie for this `state` |
//! | return | [`Bff::complete_sign_in`] | a sealed session cookie, and the sealed tokens in cookies of their own |
//! | each request | [`Bff::session`] | the same |
//! | end | [`Bff::sign_out`] | nothing |
//!
//! What must be checked first is a type: the code exchange accepts only a callback that has been verified, and a session
//! exists only after an ID token has passed every check. Time, randomness and the HTTP client are passed in.
//!
//! [`web`] holds the HTTP layers that every answer passes through; they know nothing of the pages.
#![warn(missing_docs)]

#[cfg(target_arch = "wasm32")]
compile_error!(
    "`bff` holds tokens and is server-only: gate the dependency behind the `ssr` feature"
);

mod back_channel_logout;
mod bff;
mod brand;
mod campaigns;
mod client;
mod config;
mod cookies;
mod direct;
mod fault;
mod front_channel_logout;
mod inspection;
mod language;
mod my_account;
mod notice;
mod oauth_client;
mod onboarding;
mod outbound;
mod private_file;
mod private_folder;
mod provider;
mod refresh;
mod revocation;
mod service;
mod session;
mod session_watch;
mod sign_in;
mod sign_out;
mod signed_token;
mod sqlite_file;
mod step_up;
mod token_answer;
mod token_request;
mod universal_logout;
pub mod web;

pub use back_channel_logout::BackChannelLogout;
pub use bff::{Bff, BffError};
pub use brand::{BRAND_SCOPES, BrandColors};
pub use campaigns::{
    AcceptedInvitation, Campaign, CampaignAccess, CampaignGroup, CampaignPerson, CampaignProgress,
    CampaignSummary, CampaignTerms, CampaignTrouble, Campaigns, CampaignsConfig,
    CampaignsSurroundings, Intake, IntakeTrouble, InvalidCampaign, Invitation, MOST_BYTES,
    MOST_ROWS, NewCampaign, PeopleCount, Preview, RowFlaw, RowPreview,
};
pub use client::{ClientKey, InvalidClientKey};
pub use config::{BffConfig, ClientAuthentication, ClientCredentials};
pub use cookies::{InvalidSessionKeys, SessionKeys};
pub use direct::{DirectAnswer, DirectForm, DirectOutcome, DirectSignIn};
pub use front_channel_logout::FrontChannelLogout;
pub use inspection::{
    InspectedJwt, InspectedToken, Inspection, Introspection, Offers, SignatureState, TokenContent,
    TokenKind, TokenTrouble,
};
pub use my_account::{
    AccountAnswer, AccountTrouble, Authenticator, Enrollment, MY_ACCOUNT_SCOPES, ONBOARDING_SCOPES,
    OwnAttribute, OwnEmail, Removal, SetUp,
};
pub use onboarding::{
    FieldError, Names, NamesField, NamesForm, Onboarding, OnboardingError, OnboardingMark,
    OnboardingMarks, OnboardingWay, OnboardingWish, OwnAccount,
};
pub use outbound::{BoxFuture, HttpClient, HttpError, ReqwestClient};
pub use provider::PublicKey;
pub use refresh::{Demand, HeldTokens, Renewal, RenewalTrouble, TokensCheck, TokensState};
pub use service::{Pause, SERVICE_SCOPES, ServiceCredentials, TokioPause};
pub use session::{
    BrowserInfo, EndedNotice, EndedNotices, InvalidStoreAddress, RedisAddress, Session,
    SessionCheck, SessionEntry, SessionHandle, SessionState, StoreAddress, StoreUnavailable,
    Tokens,
};
pub use session_watch::{SessionEnd, SessionEvent, SessionWatch, Watched};
pub use sign_in::{
    Begun, CallbackQuery, Completed, EnrollmentMethod, Interaction, InteractionTrouble,
    SignInRequest,
};
pub use sign_out::{SignOut, SignedOutReturn};
pub use step_up::{Freshness, StepUp};
pub use universal_logout::UniversalLogout;
pub use web::{csrf, host, redirects, security_headers};
