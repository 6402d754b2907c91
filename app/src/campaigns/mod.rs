//! Onboarding campaigns: for administrators the pages that bring people in, and for those people the page of their invitation.

mod api;
mod chart;
mod controls;
mod delete;
mod join;
mod list;
mod new;
mod one;
mod outcome;
mod people;
mod preview;
mod renewed;
mod seen;
#[cfg(feature = "ssr")]
pub mod server;

use model::{
    CampaignJob, CampaignStage, CampaignStart, Landing, PersonProblem, RequiredFactor, RowField,
    RowProblem, Timestamp,
};
use serde::{Deserialize, Serialize};

pub(crate) use delete::DeletePage;
pub(crate) use join::JoinPage;
pub(crate) use list::CampaignsPage;
pub(crate) use new::NewCampaignPage;
pub(crate) use one::CampaignPage;
pub(crate) use outcome::Outcome;
pub(crate) use preview::PreviewPage;

/// What an administrator sees, or why there is nothing to see.
#[derive(Debug, Clone, Serialize, Deserialize)]
enum Seen<T> {
    /// This, and what became of the form before.
    This(T, Option<Outcome>),
    /// The org has given the person no role that allows it.
    NotAllowed,
    /// The app has no service app at the org.
    NotSetUp,
    /// The org or the store cannot be asked right now.
    CannotTell,
    /// There is no such campaign.
    Gone,
}

/// A campaign in the list.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Summary {
    id: i64,
    name: String,
    group: String,
    created_at: Timestamp,
    people: i64,
    onboarded: i64,
    is_busy: bool,
}

/// A group to choose.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Group {
    id: String,
    name: String,
}

/// One campaign, with a part of its people.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct One {
    id: i64,
    name: String,
    group: String,
    landing: Landing,
    factors: Vec<RequiredFactor>,
    start: CampaignStart,
    created_at: Timestamp,
    total: i64,
    ready: i64,
    resendable: i64,
    sent: i64,
    failed: i64,
    unsent: i64,
    drafts: i64,
    stages: Vec<(CampaignStage, i64)>,
    progress: Option<Progress>,
    /// The stage whose people are shown; none for all.
    stage: Option<CampaignStage>,
    people: Vec<Person>,
    /// Where the list goes on.
    next: Option<i64>,
}

/// How far a job has come.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Progress {
    job: CampaignJob,
    done: i64,
    total: i64,
    is_waiting: bool,
}

/// A person of a campaign.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Person {
    email: String,
    name: String,
    phone: Option<String>,
    stage: CampaignStage,
    reached_at: Option<Timestamp>,
    problem: Option<(PersonProblem, String)>,
    link: Option<String>,
}

/// What a file has brought.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Preview {
    id: i64,
    name: String,
    good: i64,
    bad: i64,
    rows: Vec<Row>,
    flaws: Vec<Flaw>,
    next_flaw: Option<i64>,
    ignored_columns: String,
}

/// A row that will be imported.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Row {
    line: i64,
    email: String,
    name: String,
    phone: Option<String>,
}

/// Something that keeps a row from being imported.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Flaw {
    line: i64,
    field: RowField,
    problem: RowProblem,
    value: String,
}

/// An invitation, as the person sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Invitation {
    campaign: String,
    first_name: String,
}
