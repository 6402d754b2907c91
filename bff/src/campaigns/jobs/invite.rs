use http::StatusCode;
use model::{CampaignStart, PersonProblem};

use super::{failed, obstacle};
use crate::campaigns::Inner;
use crate::campaigns::invitation::new_code;
use crate::campaigns::org_user::{OrgUser, segment};
use crate::campaigns::store::{CampaignRow, Change, PersonRow, State};
use crate::service::{Answer, Call, Service, ServiceTrouble};

/// What is asked of the org.
#[derive(Debug, Clone, Copy)]
enum Operation {
    Activate,
    Reactivate,
}

/// Invites a person: the org sends its activation mail, or a link of the app is made ready.
pub(super) async fn invite(
    inner: &Inner,
    service: &Service,
    campaign: &CampaignRow,
    person: &PersonRow,
) -> Result<Change, ServiceTrouble> {
    let Some(id) = person.user_id.as_deref() else {
        return Ok(failed(person, PersonProblem::RefusedByOrg, String::new()));
    };
    let sends_mail = campaign.start == CampaignStart::Email;
    // A new account waits to be activated. All others, and those who were being invited when the program ended, are asked for.
    if person.is_new && person.state == State::Assigned {
        let answer = ask(service, id, Operation::Activate, sends_mail).await?;
        if answer.status == StatusCode::OK {
            return Ok(sent(inner, campaign, person, None));
        }
    }
    let Some(user) = service.find_user(id).await? else {
        return Ok(failed(person, PersonProblem::Deactivated, String::new()));
    };
    if let Some(problem) = obstacle(&user) {
        return Ok(failed(person, problem, String::new()));
    }
    let operation = if user.is_staged() {
        Operation::Activate
    } else if user.is_invited() && person.state == State::Assigned && sends_mail {
        // Somebody else has invited this person. The campaign does so once as well.
        Operation::Reactivate
    } else {
        return Ok(sent(inner, campaign, person, Some(&user)));
    };
    let answer = ask(service, id, operation, sends_mail).await?;
    Ok(match answer.status {
        StatusCode::OK => sent(inner, campaign, person, None),
        _ => failed(person, PersonProblem::RefusedByOrg, answer.said()),
    })
}

/// Invites a person once more who has not activated the account. One for whom the program ended in the midst of that is not sent
/// another mail: nobody can tell whether the last one has left.
pub(super) async fn invite_again(
    inner: &Inner,
    service: &Service,
    campaign: &CampaignRow,
    person: &PersonRow,
) -> Result<Change, ServiceTrouble> {
    if campaign.start != CampaignStart::Email {
        return Ok(sent(inner, campaign, person, None));
    }
    if person.state == State::Resending {
        return Ok(Change {
            problem: Some((PersonProblem::Interrupted, String::new())),
            ..sent(inner, campaign, person, None)
        });
    }
    let id = person.user_id.as_deref().unwrap_or_default();
    let Some(user) = service.find_user(id).await? else {
        return Ok(failed(person, PersonProblem::Deactivated, String::new()));
    };
    if let Some(problem) = obstacle(&user) {
        return Ok(failed(person, problem, String::new()));
    }
    let operation = if user.is_staged() {
        Operation::Activate
    } else if user.is_invited() {
        Operation::Reactivate
    } else {
        return Ok(Change {
            sent_at: None,
            ..sent(inner, campaign, person, Some(&user))
        });
    };
    let answer = ask(service, id, operation, true).await?;
    Ok(match answer.status {
        StatusCode::OK => sent(inner, campaign, person, None),
        _ => failed(person, PersonProblem::RefusedByOrg, answer.said()),
    })
}

async fn ask(
    service: &Service,
    id: &str,
    operation: Operation,
    sends_mail: bool,
) -> Result<Answer, ServiceTrouble> {
    let operation = match operation {
        Operation::Activate => "activate",
        Operation::Reactivate => "reactivate",
    };
    let path = format!(
        "/api/v1/users/{}/lifecycle/{operation}?sendEmail={sends_mail}",
        segment(id)
    );
    service.call(Call::post(path, None)).await
}

/// The person is invited. A campaign that starts by a link makes one, once.
fn sent(
    inner: &Inner,
    campaign: &CampaignRow,
    person: &PersonRow,
    user: Option<&OrgUser>,
) -> Change {
    let now = inner.now();
    let needs_code = campaign.start != CampaignStart::Email && person.state != State::Resend;
    Change {
        id: person.id,
        state: Some(State::Sent),
        sent_at: Some(now),
        activated_at: user.and_then(|user| user.active_since(now)),
        code: needs_code.then(|| new_code(inner)).flatten(),
        ..Change::default()
    }
}
