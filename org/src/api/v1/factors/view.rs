use serde_json::{Value, json};

use super::record::{Factor, State};
use crate::api::hinted;
use crate::api::v1::users::UserRecord;
use crate::config::OrgUrl;
use crate::events::wire_time;

/// The factor in Okta's shape. What is secret of it is added by the answer that begins it, and by no other.
pub(super) fn view(user: &UserRecord, factor: &Factor, url: &OrgUrl) -> Value {
    let (factor_type, provider) = factor.kind.wire();
    let is_active = matches!(factor.state, State::Active(_));
    json!({
        "id": factor.id,
        "factorType": factor_type,
        "provider": provider,
        "vendorName": provider,
        "status": if is_active { "ACTIVE" } else { "PENDING_ACTIVATION" },
        "created": wire_time(factor.created_at),
        "lastUpdated": wire_time(factor.created_at),
        "profile": factor.profile,
        "_links": links(user, factor, url),
    })
}

fn links(user: &UserRecord, factor: &Factor, url: &OrgUrl) -> Value {
    let of_user = format!("/users/{}", user.id);
    let own = format!("{of_user}/factors/{}", factor.id);
    let mut links = json!({
        "self": hinted(url, &own, &["GET", "DELETE"]),
        "user": hinted(url, &of_user, &["GET"]),
    });
    match &factor.state {
        State::Active(_) => links["verify"] = hinted(url, &format!("{own}/verify"), &["POST"]),
        State::Pending(_) => {
            let step = format!("{own}/lifecycle/activate");
            links["activate"] = hinted(url, &step, &["POST"]);
            if factor.kind.is_sent() {
                let mut resend = hinted(url, &format!("{own}/resend"), &["POST"]);
                resend["name"] = factor.kind.wire().0.into();
                links["resend"] = json!([resend]);
            }
        }
    }
    links
}
