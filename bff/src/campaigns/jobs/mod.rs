//! What is done at the org for one person, or for a few.

mod bring;
mod invite;
mod look;
mod take_back;

use model::{CampaignJob, PersonProblem};

use super::Inner;
use super::org_user::OrgUser;
use super::store::{CampaignRow, Change, PersonRow, State};
use crate::service::ServiceTrouble;

pub(super) use look::look;

/// Does what a job is about for one person. What comes back is written down; an error leaves the person where the journal has
/// them.
pub(super) async fn step(
    inner: &Inner,
    campaign: &CampaignRow,
    job: CampaignJob,
    person: PersonRow,
) -> Result<Change, ServiceTrouble> {
    let service = inner.service.as_ref().ok_or(ServiceTrouble::Refused)?;
    match job {
        CampaignJob::Import => bring::bring(service, campaign, &person).await,
        CampaignJob::Send => invite::invite(inner, service, campaign, &person).await,
        CampaignJob::Resend => invite::invite_again(inner, service, campaign, &person).await,
        CampaignJob::TakeBack => take_back::take_back(service, &person).await,
        // Done for many people at a time.
        CampaignJob::Look => Ok(Change {
            id: person.id,
            ..Change::default()
        }),
    }
}

/// A person for whom nothing more can be done.
fn failed(person: &PersonRow, problem: PersonProblem, said: String) -> Change {
    Change {
        id: person.id,
        state: Some(State::Failed),
        problem: Some((problem, said)),
        ..Change::default()
    }
}

/// What keeps a user from being invited.
fn obstacle(user: &OrgUser) -> Option<PersonProblem> {
    match user.status.as_str() {
        "SUSPENDED" => Some(PersonProblem::Suspended),
        "DEPROVISIONED" => Some(PersonProblem::Deactivated),
        _ => None,
    }
}
