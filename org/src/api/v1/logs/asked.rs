//! What a request wants to see of the log.

use jiff::{SignedDuration, Timestamp};
use model::ErrorCode;
use rusqlite::types::Value;

use crate::api::{ApiError, Column, Condition, Listing, condition};
use crate::housekeeping::EVENT_MEMORY;

/// The time before now that is shown when a request does not say.
const USUAL_WINDOW: SignedDuration = SignedDuration::from_hours(7 * 24);
const USUAL_LIMIT: usize = 100;
const MOST: usize = 1000;
/// Of `q`: how many words, and how long each, in characters.
const WORDS: usize = 10;
const WORD_LENGTH: usize = 40;

/// A request, read.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) since: Timestamp,
    /// Absent in a request that wants to hear of what comes, too.
    pub(super) until: Option<Timestamp>,
    pub(super) is_descending: bool,
    pub(super) limit: usize,
    /// `filter` and `q`.
    pub(super) condition: Condition,
}

impl Asked {
    pub(super) fn read(listing: &Listing, now: Timestamp) -> Result<Self, ApiError> {
        let is_descending = match listing.parameter("sortOrder") {
            None => false,
            Some(order) if order.eq_ignore_ascii_case("ASCENDING") => false,
            Some(order) if order.eq_ignore_ascii_case("DESCENDING") => true,
            Some(_) => {
                let what = "Expected ASCENDING or DESCENDING";
                return Err(ApiError::invalid("sortOrder", what));
            }
        };
        let mut until = moment(listing, "until")?;
        if is_descending {
            // There is no newest one of those that are still to come.
            until = until.or(Some(later(now, SignedDuration::from_millis(1))));
        }
        let end = until.unwrap_or(now).min(now);
        let since = match moment(listing, "since")? {
            Some(since) => since,
            None => later(end, -USUAL_WINDOW),
        };
        if until.is_some_and(|until| until < since) {
            return Err(ApiError::invalid(
                "until",
                "The end is before the beginning",
            ));
        }
        Ok(Self {
            since: since.max(later(now, -EVENT_MEMORY)),
            until,
            is_descending,
            limit: limit(listing)?,
            condition: filter(listing)?,
        })
    }
}

fn moment(listing: &Listing, name: &str) -> Result<Option<Timestamp>, ApiError> {
    let read = |text: &str| {
        let moment: Result<Timestamp, _> = text.parse();
        moment.map_err(|_| ApiError::invalid(name, "Not a moment of ISO 8601"))
    };
    listing.parameter(name).map(read).transpose()
}

fn later(moment: Timestamp, by: SignedDuration) -> Timestamp {
    moment.saturating_add(by).unwrap_or(moment)
}

fn limit(listing: &Listing) -> Result<usize, ApiError> {
    let Some(text) = listing.parameter("limit") else {
        return Ok(USUAL_LIMIT);
    };
    let limit = text.parse().ok().filter(|limit| *limit <= MOST);
    limit.ok_or_else(|| ApiError::invalid("limit", "Expected a number from 0 to 1000"))
}

fn filter(listing: &Listing) -> Result<Condition, ApiError> {
    let mut all = match listing.parameter("filter") {
        Some(filter) => condition(filter, ErrorCode::InvalidFilter, &column)?,
        None => Condition {
            sql: "TRUE".to_owned(),
            values: Vec::new(),
        },
    };
    let words: Vec<&str> = listing
        .parameter("q")
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    if words.len() > WORDS {
        return Err(ApiError::invalid(
            "q",
            "At most 10 keywords can be looked for",
        ));
    }
    for word in words {
        if word.chars().count() > WORD_LENGTH {
            return Err(ApiError::invalid(
                "q",
                "A keyword has at most 40 characters",
            ));
        }
        all.sql.push_str(" AND instr(words, ?) > 0");
        all.values.push(Value::from(word.to_lowercase()));
    }
    Ok(all)
}

const TARGETS: &str = "seq IN (SELECT seq FROM event_targets WHERE ";

fn column(name: &str) -> Option<Column> {
    let in_event = |path: &str| Some(Column::text(format!("json_extract(event, '$.{path}')")));
    match name {
        "eventType" => Some(Column::text("type")),
        "published" => Some(Column::moment("published_at")),
        "actor.id" => Some(Column::text("actor_id")),
        "transaction.id" => Some(Column::text("transaction_id")),
        "target.id" => Some(Column::text("id").among(TARGETS)),
        "target.type" => Some(Column::text("type").among(TARGETS)),
        "target.alternateId" => Some(Column::text("alternate_id").among(TARGETS)),
        "target.displayName" => Some(Column::text("display_name").among(TARGETS)),
        "uuid"
        | "version"
        | "severity"
        | "legacyEventType"
        | "displayMessage"
        | "actor.type"
        | "actor.alternateId"
        | "actor.displayName"
        | "outcome.result"
        | "outcome.reason"
        | "transaction.type"
        | "client.ipAddress"
        | "client.device"
        | "client.zone"
        | "client.id"
        | "authenticationContext.externalSessionId"
        | "authenticationContext.credentialType"
        | "client.userAgent.rawUserAgent"
        | "client.userAgent.os"
        | "client.userAgent.browser"
        | "debugContext.debugData.requestUri"
        | "debugContext.debugData.requestId" => in_event(name),
        _ => None,
    }
}
