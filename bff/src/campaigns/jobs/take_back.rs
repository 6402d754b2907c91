use http::StatusCode;

use crate::campaigns::org_user::segment;
use crate::campaigns::store::{Change, PersonRow, State};
use crate::service::{Call, Service, ServiceTrouble};

/// Takes somebody back to whom nothing was sent. An account that this import has made, and that nobody has touched since, is
/// removed; all other people stay at the org as they are, and in the group.
pub(super) async fn take_back(
    service: &Service,
    person: &PersonRow,
) -> Result<Change, ServiceTrouble> {
    let gone = Change {
        id: person.id,
        is_gone: true,
        ..Change::default()
    };
    let is_ours = person.is_new || person.state == State::Creating;
    let login = person.user_id.as_deref().unwrap_or(&person.email);
    if !is_ours {
        return Ok(gone);
    }
    let Some(user) = service.find_user(login).await? else {
        return Ok(gone);
    };
    // One that was deactivated a moment ago is on its way out; see below.
    let is_untouched = user.is_staged() || (person.is_new && user.status == "DEPROVISIONED");
    if !is_untouched || !(person.is_new || user.is_made_since(person.since)) {
        return Ok(gone);
    }
    let path = format!("/api/v1/users/{}?sendEmail=false", segment(&user.id));
    // The first call deactivates, the second one deletes.
    for _ in 0..2 {
        let answer = service.call(Call::delete(path.clone())).await?;
        if answer.status == StatusCode::NOT_FOUND {
            break;
        }
    }
    Ok(gone)
}
