use model::RequiredFactor;
use serde_json::Value;
use url::form_urlencoded::byte_serialize;

use crate::campaigns::Inner;
use crate::campaigns::org_user::{OrgUser, segment};
use crate::campaigns::store::{CampaignRow, Change, PersonRow};
use crate::service::{Call, Service, ServiceTrouble};

/// Asks the org how far people have come: for their statuses all at once, and for the factors of each who is active.
pub(in crate::campaigns) async fn look(
    inner: &Inner,
    campaign: &CampaignRow,
    people: Vec<PersonRow>,
) -> (Vec<Change>, Option<ServiceTrouble>) {
    let Some(service) = inner.service.as_ref() else {
        return (Vec::new(), Some(ServiceTrouble::Refused));
    };
    let mut changes = Vec::new();
    let users = match users(service, &people).await {
        Ok(users) => users,
        Err(trouble) => return (changes, Some(trouble)),
    };
    let now = inner.now();
    for person in people {
        let user = users
            .iter()
            .find(|user| Some(&user.id) == person.user_id.as_ref());
        let since = user.and_then(|user| user.active_since(now));
        if since.is_none() && !person.is_activated {
            continue;
        }
        let is_enrolled = match is_enrolled(service, campaign, &person).await {
            Ok(is_enrolled) => is_enrolled,
            Err(trouble) => return (changes, Some(trouble)),
        };
        changes.push(Change {
            id: person.id,
            activated_at: since,
            enrolled_at: is_enrolled.then_some(now),
            ..Change::default()
        });
    }
    (changes, None)
}

async fn users(service: &Service, people: &[PersonRow]) -> Result<Vec<OrgUser>, ServiceTrouble> {
    let ids: Vec<String> = people
        .iter()
        .filter(|person| !person.is_activated)
        .filter_map(|person| person.user_id.as_ref())
        .map(|id| format!("id eq \"{id}\""))
        .collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let search: String = byte_serialize(ids.join(" or ").as_bytes()).collect();
    let path = format!("/api/v1/users?limit=200&search={search}");
    let answer = service.call(Call::get(path)).await?;
    let users = answer.body.as_array().ok_or(ServiceTrouble::Refused)?;
    Ok(users.iter().filter_map(OrgUser::read).collect())
}

/// Whether the person has set up all that the campaign requires.
async fn is_enrolled(
    service: &Service,
    campaign: &CampaignRow,
    person: &PersonRow,
) -> Result<bool, ServiceTrouble> {
    if person.is_enrolled || campaign.factors.is_empty() {
        return Ok(true);
    }
    let id = person.user_id.as_deref().unwrap_or_default();
    let path = format!("/api/v1/users/{}/factors", segment(id));
    let answer = service.call(Call::get(path)).await?;
    let factors = answer.body.as_array().cloned().unwrap_or_default();
    Ok(campaign
        .factors
        .iter()
        .all(|wanted| factors.iter().any(|factor| is(factor, *wanted))))
}

fn is(factor: &Value, wanted: RequiredFactor) -> bool {
    let kinds: &[&str] = match wanted {
        RequiredFactor::Email => &["email"],
        RequiredFactor::Phone => &["sms", "call"],
        RequiredFactor::AuthenticatorApp => &["token:software:totp"],
        RequiredFactor::Passkey => &["webauthn"],
    };
    factor["status"] == "ACTIVE"
        && factor["factorType"]
            .as_str()
            .is_some_and(|kind| kinds.contains(&kind))
}
