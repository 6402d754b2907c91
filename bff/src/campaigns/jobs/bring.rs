use http::StatusCode;
use model::PersonProblem;
use serde_json::{Value, json};

use super::{failed, obstacle};
use crate::campaigns::org_user::{OrgUser, segment};
use crate::campaigns::store::{CampaignRow, Change, PersonRow, State};
use crate::service::{Answer, Call, Service, ServiceTrouble};

/// Brings a person to the org: as a new user in the group to whom nothing is sent yet, or, where there is a user with this login,
/// by putting that one into the group.
pub(super) async fn bring(
    service: &Service,
    campaign: &CampaignRow,
    person: &PersonRow,
) -> Result<Change, ServiceTrouble> {
    // Somebody who was being made when the program ended may be there.
    if person.state == State::Creating
        && let Some(user) = service.find_user(&person.email).await?
    {
        let is_new = user.is_staged() && user.is_made_since(person.since);
        return join(service, campaign, person, user, is_new).await;
    }
    let path = "/api/v1/users?activate=false".to_owned();
    let answer = service
        .call(Call::post(path, Some(new_user(campaign, person))))
        .await?;
    if let Some(user) = OrgUser::read(&answer.body).filter(|_| answer.status == StatusCode::OK) {
        return Ok(assigned(person, user, true));
    }
    if is_taken(&answer)
        && let Some(user) = service.find_user(&person.email).await?
    {
        return join(service, campaign, person, user, false).await;
    }
    let problem = if answer.status == StatusCode::NOT_FOUND {
        PersonProblem::NoSuchGroup
    } else {
        PersonProblem::RefusedByOrg
    };
    Ok(failed(person, problem, answer.said()))
}

fn new_user(campaign: &CampaignRow, person: &PersonRow) -> Value {
    let mut profile = json!({
        "firstName": person.first_name,
        "lastName": person.last_name,
        "email": person.email,
        "login": person.email,
    });
    if let Some(phone) = &person.phone {
        profile["mobilePhone"] = json!(phone);
    }
    json!({"profile": profile, "groupIds": [campaign.group_id]})
}

/// Whether the org has a user with this login already.
fn is_taken(answer: &Answer) -> bool {
    answer.status == StatusCode::BAD_REQUEST
        && answer.code() == "E0000001"
        && answer.said().contains("already exists")
}

/// Puts a user who is there into the group. Doing it twice changes nothing.
async fn join(
    service: &Service,
    campaign: &CampaignRow,
    person: &PersonRow,
    user: OrgUser,
    is_new: bool,
) -> Result<Change, ServiceTrouble> {
    if let Some(problem) = obstacle(&user) {
        return Ok(failed(person, problem, String::new()));
    }
    let path = format!(
        "/api/v1/groups/{}/users/{}",
        segment(&campaign.group_id),
        segment(&user.id)
    );
    let answer = service.call(Call::put(path)).await?;
    match answer.status {
        status if status.is_success() => Ok(assigned(person, user, is_new)),
        StatusCode::NOT_FOUND => Ok(failed(person, PersonProblem::NoSuchGroup, answer.said())),
        _ => Ok(failed(person, PersonProblem::RefusedByOrg, answer.said())),
    }
}

fn assigned(person: &PersonRow, user: OrgUser, is_new: bool) -> Change {
    Change {
        id: person.id,
        state: Some(State::Assigned),
        user_id: Some(user.id),
        is_new: Some(is_new),
        ..Change::default()
    }
}
