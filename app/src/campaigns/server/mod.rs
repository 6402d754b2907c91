//! The bodies of the server functions, and what is uploaded and downloaded. Everything asks the org first whether the person may.

mod download;
mod upload;

use std::sync::Arc;

use bff::{
    AcceptedInvitation, CampaignAccess, CampaignTrouble, Campaigns, IntakeTrouble, InvalidCampaign,
    NewCampaign, Session,
};
use model::{CampaignJob, CampaignStage, CampaignStart, Landing, RequiredFactor};

pub use download::get_export;
pub use upload::post_people;

use super::{Flaw, Group, Invitation, One, Outcome, Person, Preview, Progress, Row, Seen, Summary};
use crate::context::server::AppContext;
use crate::error::AppError;
use crate::path;

/// Every outcome, with the word that forms leave for the page.
const WORDS: [(&str, Outcome); 19] = [
    ("campaigns:made", Outcome::Made),
    ("campaigns:deleted", Outcome::Deleted),
    ("campaigns:started", Outcome::Started),
    ("campaigns:discarded", Outcome::Discarded),
    ("campaigns:wrong-name", Outcome::WrongName),
    ("campaigns:wrong-group", Outcome::WrongGroup),
    ("campaigns:busy", Outcome::Busy),
    ("campaigns:nobody", Outcome::Nobody),
    ("campaigns:file-too-long", Outcome::FileTooLong),
    ("campaigns:file-rows", Outcome::FileTooManyRows),
    ("campaigns:file-empty", Outcome::FileEmpty),
    ("campaigns:file-addresses", Outcome::FileNoAddresses),
    ("campaigns:file-text", Outcome::FileNotText),
    ("campaigns:file-broken", Outcome::FileBroken),
    ("campaigns:org-down", Outcome::OrgUnavailable),
    ("campaigns:org-refused", Outcome::OrgRefused),
    ("campaigns:store-down", Outcome::StoreUnavailable),
    ("campaigns:not-allowed", Outcome::NotAllowed),
    ("campaigns:no-invitation", Outcome::NoSuchInvitation),
];

/// An administrator at work.
struct Desk {
    app: AppContext,
    session: Arc<Session>,
    campaigns: Campaigns,
}

impl Desk {
    /// Who may not, and why, as a page shows it.
    async fn open<T>() -> Result<Result<Self, Seen<T>>, AppError> {
        let app = AppContext::current()?;
        let session = app.session().await?;
        let Some(campaigns) = app.bff().campaigns().cloned() else {
            return Ok(Err(Seen::NotSetUp));
        };
        Ok(match campaigns.access(&session).await {
            CampaignAccess::Allowed(campaigns) => Ok(Self {
                app,
                session,
                campaigns,
            }),
            CampaignAccess::NotAllowed => Err(Seen::NotAllowed),
            CampaignAccess::NotSetUp => Err(Seen::NotSetUp),
            CampaignAccess::CannotTell(_) => Err(Seen::CannotTell),
        })
    }

    fn seen<T>(&self, found: Result<T, CampaignTrouble>) -> Seen<T> {
        match found {
            Ok(found) => Seen::This(found, self.outcome()),
            Err(CampaignTrouble::NoSuchCampaign) => Seen::Gone,
            Err(CampaignTrouble::NotSetUp) => Seen::NotSetUp,
            Err(_) => Seen::CannotTell,
        }
    }

    fn outcome(&self) -> Option<Outcome> {
        let word = self.app.take_notice(&self.session)?;
        let known = WORDS.iter().find(|(known, _)| *known == word)?;
        Some(known.1)
    }

    /// To a page, at the place where the outcome stands.
    fn to(&self, page: &str, outcome: Outcome) -> Result<(), AppError> {
        if let Some(word) = word(outcome) {
            self.app.leave_notice(&self.session, word);
        }
        self.app.see_other(&format!("{page}#outcome"))
    }
}

fn word(outcome: Outcome) -> Option<&'static str> {
    let known = WORDS.iter().find(|(_, known)| *known == outcome)?;
    Some(known.0)
}

/// Opens the desk for a form. Whoever may not is led to the page, which says so.
async fn desk_of_form(page: &str) -> Result<Option<Desk>, AppError> {
    let app = AppContext::current()?;
    if app.session_or_sign_in(page).await?.is_none() {
        return Ok(None);
    }
    match Desk::open::<()>().await? {
        Ok(desk) => Ok(Some(desk)),
        Err(_) => app.see_other(page).map(|()| None),
    }
}

pub(super) async fn see_all() -> Result<Seen<Vec<Summary>>, AppError> {
    let desk = match Desk::open().await? {
        Ok(desk) => desk,
        Err(refused) => return Ok(refused),
    };
    let all = desk.campaigns.list().await;
    Ok(desk.seen(all.map(|all| {
        all.into_iter()
            .map(|one| Summary {
                id: one.id,
                name: one.name,
                group: one.group,
                created_at: one.created_at,
                people: one.people.total,
                onboarded: one.onboarded,
                is_busy: one.job.is_some(),
            })
            .collect()
    })))
}

pub(super) async fn see_groups() -> Result<Seen<Vec<Group>>, AppError> {
    let desk = match Desk::open().await? {
        Ok(desk) => desk,
        Err(refused) => return Ok(refused),
    };
    let groups = desk.campaigns.groups().await;
    Ok(desk.seen(groups.map(|groups| {
        let groups = groups.into_iter();
        groups
            .map(|group| Group {
                id: group.id,
                name: group.name,
            })
            .collect()
    })))
}

pub(super) async fn see_one(
    id: i64,
    stage: Option<CampaignStage>,
    after: i64,
) -> Result<Seen<One>, AppError> {
    let desk = match Desk::open().await? {
        Ok(desk) => desk,
        Err(refused) => return Ok(refused),
    };
    let found = one(&desk.campaigns, id, stage, after).await;
    Ok(desk.seen(found))
}

async fn one(
    campaigns: &Campaigns,
    id: i64,
    stage: Option<CampaignStage>,
    after: i64,
) -> Result<One, CampaignTrouble> {
    let found = campaigns.find(id).await?;
    let (people, next) = campaigns.people(id, stage, after).await?;
    Ok(One {
        id,
        name: found.name,
        group: found.group,
        landing: found.landing,
        factors: found.factors,
        start: found.start,
        created_at: found.created_at,
        total: found.people.total,
        ready: found.people.ready,
        resendable: found.people.resendable,
        sent: found.people.sent,
        failed: found.people.failed,
        unsent: found.people.ready + found.people.pending,
        drafts: found.drafts,
        stages: found.stages,
        progress: found.progress.map(|progress| Progress {
            job: progress.job,
            done: progress.done,
            total: progress.total,
            is_waiting: progress.is_waiting,
        }),
        stage,
        people: people.into_iter().map(Person::from).collect(),
        next,
    })
}

pub(super) async fn see_preview(id: i64, from: i64) -> Result<Seen<Preview>, AppError> {
    let desk = match Desk::open().await? {
        Ok(desk) => desk,
        Err(refused) => return Ok(refused),
    };
    let found = preview(&desk.campaigns, id, from).await;
    Ok(desk.seen(found))
}

async fn preview(campaigns: &Campaigns, id: i64, from: i64) -> Result<Preview, CampaignTrouble> {
    let campaign = campaigns.find(id).await?;
    let found = campaigns.preview(id, from).await?;
    Ok(Preview {
        id,
        name: campaign.name,
        good: found.good,
        bad: found.bad,
        rows: found.rows.into_iter().map(Row::from).collect(),
        flaws: found.flaws.into_iter().map(Flaw::from).collect(),
        next_flaw: found.next_flaw,
        ignored_columns: found.ignored_columns,
    })
}

pub(super) async fn make(
    name: String,
    group_id: String,
    [landing, start]: [String; 2],
    factors: Vec<String>,
) -> Result<(), AppError> {
    let Some(desk) = desk_of_form(path::CAMPAIGNS_NEW).await? else {
        return Ok(());
    };
    let new = NewCampaign {
        name,
        group_id,
        landing: Landing::find(&landing).unwrap_or(Landing::Home),
        factors: factors
            .iter()
            .filter_map(|word| RequiredFactor::find(word))
            .collect(),
        start: CampaignStart::find(&start).unwrap_or(CampaignStart::Email),
    };
    match desk.campaigns.make(new, &desk.session).await {
        Ok(id) => desk.to(&path::campaign(id), Outcome::Made),
        Err(InvalidCampaign::Name) => desk.to(path::CAMPAIGNS_NEW, Outcome::WrongName),
        Err(InvalidCampaign::Group) => desk.to(path::CAMPAIGNS_NEW, Outcome::WrongGroup),
        Err(InvalidCampaign::Trouble(trouble)) => desk.to(path::CAMPAIGNS_NEW, trouble.into()),
    }
}

pub(super) async fn act(id: i64, what: &str) -> Result<(), AppError> {
    let page = path::campaign(id);
    let Some(desk) = desk_of_form(&page).await? else {
        return Ok(());
    };
    let campaigns = &desk.campaigns;
    let done = match (what, CampaignJob::find(what)) {
        (_, Some(job)) => campaigns.start(id, job).await.map(|()| Outcome::Started),
        ("discard", None) => campaigns.discard(id).await.map(|()| Outcome::Discarded),
        ("delete", None) => {
            let deleted = campaigns.delete(id).await;
            if deleted.is_ok() {
                return desk.to(path::CAMPAIGNS, Outcome::Deleted);
            }
            deleted.map(|()| Outcome::Deleted)
        }
        (_, None) => Ok(Outcome::Nobody),
    };
    desk.to(&page, done.unwrap_or_else(Outcome::from))
}

pub(super) async fn see_invitation(code: &str) -> Result<Option<Invitation>, AppError> {
    let app = AppContext::current()?;
    let Some(campaigns) = app.bff().campaigns() else {
        return Ok(None);
    };
    match campaigns.invitation(code).await {
        Ok(found) => Ok(Some(Invitation {
            campaign: found.campaign,
            first_name: found.first_name,
        })),
        Err(CampaignTrouble::NoSuchCampaign) => Ok(None),
        Err(_) => Err(app.failed(model::SignInErrorCode::StoreUnavailable.into())),
    }
}

pub(super) async fn accept(code: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let Some(campaigns) = app.bff().campaigns() else {
        return app.see_other(path::server::JOIN);
    };
    match campaigns.accept_invitation(code).await {
        Ok(AcceptedInvitation::Activate(address)) => app.see_other(address.as_str()),
        Ok(AcceptedInvitation::SignIn(landing)) => app.see_other(&path::login(landing.path())),
        Err(CampaignTrouble::NoSuchCampaign) => app.see_other(path::server::JOIN),
        Err(_) => app.see_other(&path::server::join(code, true)),
    }
}

impl From<CampaignTrouble> for Outcome {
    fn from(trouble: CampaignTrouble) -> Self {
        match trouble {
            CampaignTrouble::NotSetUp | CampaignTrouble::OrgRefused => Self::OrgRefused,
            CampaignTrouble::OrgUnavailable => Self::OrgUnavailable,
            CampaignTrouble::StoreUnavailable => Self::StoreUnavailable,
            CampaignTrouble::Busy => Self::Busy,
            CampaignTrouble::Nobody | CampaignTrouble::NoSuchCampaign => Self::Nobody,
        }
    }
}

impl From<IntakeTrouble> for Outcome {
    fn from(trouble: IntakeTrouble) -> Self {
        match trouble {
            IntakeTrouble::TooLong => Self::FileTooLong,
            IntakeTrouble::TooManyRows => Self::FileTooManyRows,
            IntakeTrouble::Empty => Self::FileEmpty,
            IntakeTrouble::NoAddresses => Self::FileNoAddresses,
            IntakeTrouble::NotText => Self::FileNotText,
            IntakeTrouble::Broken => Self::FileBroken,
            IntakeTrouble::Busy => Self::Busy,
            IntakeTrouble::StoreUnavailable => Self::StoreUnavailable,
        }
    }
}

impl From<bff::CampaignPerson> for Person {
    fn from(person: bff::CampaignPerson) -> Self {
        Self {
            email: person.email,
            name: person.name,
            phone: person.phone,
            stage: person.stage,
            reached_at: person.reached_at,
            problem: person.problem,
            link: person.link,
        }
    }
}

impl From<bff::RowPreview> for Row {
    fn from(row: bff::RowPreview) -> Self {
        Self {
            line: row.line,
            name: format!("{} {}", row.first_name, row.last_name),
            email: row.email,
            phone: row.phone,
        }
    }
}

impl From<bff::RowFlaw> for Flaw {
    fn from(flaw: bff::RowFlaw) -> Self {
        Self {
            line: flaw.line,
            field: flaw.field,
            problem: flaw.problem,
            value: flaw.value,
        }
    }
}
