//! Onboarding: what a person does on the first visit. Which steps that are, facts on the server decide, so that the way can
//! be continued on any device; see [`model::onboarding_steps`].

mod address;
mod api;
mod done;
mod email;
mod factors;
mod field;
mod preferences;
mod profile;
#[cfg(feature = "ssr")]
mod server;
mod stepper;
mod view;
mod welcome;
mod zone_offer;

use model::{Step, StepKind};
use serde::{Deserialize, Serialize};

pub(crate) use field::Field;
pub(crate) use view::OnboardingPage;

/// How far a person has come, and what they have said so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Progress {
    steps: Vec<Step>,
    /// The step to show. Absent: all is done.
    current: Option<StepKind>,
    /// What became of the form before this page.
    outcome: Option<Outcome>,
    first_name: String,
    last_name: String,
    locale: String,
    /// The time zone that they have chosen.
    zone: Option<String>,
    /// The one that the org says they live in.
    zone_at_org: Option<String>,
    /// Every time zone to choose from.
    zones: Vec<String>,
    /// What the org demands besides the names, and the person can give.
    attributes: Vec<Attribute>,
    email: Option<Email>,
    factors: Vec<Factor>,
    /// Something is demanded that is not set up.
    is_factor_demanded: bool,
    /// Whether the org tells the app of the account at all.
    is_account_told: bool,
    /// Whether the person chooses where to land, or somebody has chosen for them.
    is_landing_free: bool,
    /// Where this person's drafts are kept in the browser; differs from person to person.
    draft_key: String,
}

/// An attribute of the profile at the org.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Attribute {
    name: String,
    title: String,
    value: String,
    longest: usize,
}

/// The primary address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Email {
    id: String,
    address: String,
    is_verified: bool,
}

/// A way to prove who one is, besides password and email.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Factor {
    key: String,
    name: String,
    is_set_up: bool,
    way: Way,
}

/// How it is set up now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Way {
    /// Not at all.
    No,
    /// By the number of a telephone.
    ByNumber,
    /// On this page of the org.
    AtThePage(String),
    /// By a sign-in that demands it.
    BySignIn,
    /// When the org comes to ask for it.
    WhenAsked,
}

/// What became of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Outcome {
    CodeSent,
    EmailVerified,
    FactorAdded,
    /// The org does not take the profile.
    ProfileRefused,
    /// A step has to be taken before the last one.
    StillMissing,
    NotAllowed,
    OrgUnavailable,
    StoreUnavailable,
}
