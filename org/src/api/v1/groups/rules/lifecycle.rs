use http::StatusCode;

use super::record::{RuleRecord, find_rule, put_rule};
use super::view::target;
use crate::api::{ApiError, Change, Listing, Path};
use crate::directory::{apply_rule_to_all, leave_groups_of_rule};
use crate::events::{Event, EventType};

/// `POST /api/v1/groups/rules/{groupRuleId}/lifecycle/activate`: it counts for everybody who is there, and who comes.
pub(super) async fn activate(
    change: Change,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    set(change, id, true, EventType::GroupRuleActivate).await
}

/// `POST /api/v1/groups/rules/{groupRuleId}/lifecycle/deactivate`. Whom it put somewhere stays there.
pub(super) async fn deactivate(
    change: Change,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiError> {
    set(change, id, false, EventType::GroupRuleDeactivate).await
}

async fn set(
    change: Change,
    id: String,
    is_active: bool,
    event: EventType,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let rule = find_rule(writing.db, &id)?;
            if rule.is_active != is_active {
                let rule = RuleRecord {
                    is_active,
                    updated_at: writing.now,
                    ..rule
                };
                put_rule(writing.db, &rule)?;
                if is_active {
                    apply_rule_to_all(writing.db, &rule.id, writing.now)?;
                }
                writing.log(Event::of(event).to(target(&rule)))?;
            }
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

/// `DELETE /api/v1/groups/rules/{groupRuleId}`. Whom it put somewhere stays there unless the request says otherwise.
pub(super) async fn delete(
    change: Change,
    Path(id): Path<String>,
    listing: Listing,
) -> Result<StatusCode, ApiError> {
    let removes_users = listing.flag("removeUsers")?.unwrap_or(false);
    change
        .run(move |writing| {
            let rule = find_rule(writing.db, &id)?;
            if removes_users {
                leave_groups_of_rule(writing.db, &id, writing.now)?;
            }
            for statement in [
                "UPDATE group_members SET rule_id = NULL WHERE rule_id = ?1",
                "DELETE FROM group_rules WHERE id = ?1",
            ] {
                writing.db.prepare_cached(statement)?.execute([&id])?;
            }
            writing.log(Event::of(EventType::GroupRuleDelete).to(target(&rule)))?;
            Ok(StatusCode::ACCEPTED)
        })
        .await
}
