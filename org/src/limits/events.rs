//! What the limits write to the System Log.

use model::OrgId;

use super::bucket::Bucket;
use super::verdict::{Mark, Told};
use crate::events::{Event, EventType, Outcome, Target};

/// The event of a counter that came to a mark.
pub(super) fn event_of(mark: Mark, bucket: &Bucket, told: Told, org: &OrgId) -> Event {
    let (event_type, scope, subtype) = match mark {
        Mark::Warning => (EventType::OrgRateLimitWarning, "Org", "Org-wide limit"),
        Mark::Burst => (EventType::OrgRateLimitBurst, "Org", "Burst"),
        Mark::Violation => (EventType::OrgRateLimitViolation, "Org", "Org-wide limit"),
        Mark::ClientViolation => (
            EventType::ClientRateLimitViolation,
            "Client",
            "Client limit",
        ),
        Mark::ClientNotification => (
            EventType::ClientRateLimitNotification,
            "Client",
            "Client limit in preview",
        ),
        Mark::ConcurrencyViolation => (
            EventType::ConcurrencyViolation,
            "Org",
            "Concurrent requests",
        ),
    };
    let event = match mark {
        Mark::Warning | Mark::Burst | Mark::ClientNotification => Event::of(event_type),
        _ => Event::of(event_type).ended(Outcome::Deny, "Too many requests"),
    };
    let path = format!("{} {}", bucket.method(), bucket.path);
    event
        .to(Target::new(
            "Bucket Uuid",
            bucket.path,
            "unknown",
            path.clone(),
        ))
        .to(Target::new("Org", org.as_str(), "unknown", "unknown"))
        .debug("operationRateLimitScopeType", scope)
        .debug("operationRateLimitSubtype", subtype)
        .debug("operationRateLimitType", "web_request")
        .debug("operationRateLimitThreshold", told.limit.to_string())
        .debug("operationRateLimitTimeSpan", "1")
        .debug("operationRateLimitTimeUnit", "MINUTES")
        .debug("url", path)
}
