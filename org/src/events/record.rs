use jiff::Timestamp;
use model::Entropy;
use rusqlite::Connection;
use serde_json::{Map, Value, json};

use super::agent::classify;
use super::{Event, Origin, Target};
use crate::store::Moment;

/// Writes an event to the System Log, in the transaction of what it tells.
pub(crate) fn record(
    db: &Connection,
    event: &Event,
    origin: &Origin,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let shape = shape(event, origin, &uuid(entropy), now);
    let mut words = String::new();
    gather(&shape, &mut words);
    db.prepare_cached(
        "INSERT INTO events (published_at, type, event, words) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute((
        Moment(now),
        event.kind.as_str(),
        shape.to_string(),
        words.to_lowercase(),
    ))?;
    record_targets(db, db.last_insert_rowid(), &event.targets)
}

fn record_targets(db: &Connection, seq: i64, targets: &[Target]) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached(
        "INSERT INTO event_targets (seq, place, id, type, alternate_id, display_name) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (place, target) in (0_i64..).zip(targets) {
        let Target {
            id,
            kind,
            alternate_id,
            display_name,
            ..
        } = target;
        statement.execute((seq, place, id, kind, alternate_id, display_name))?;
    }
    Ok(())
}

/// Every text of the event, one to a line: what `q` looks through. The names of the fields are not among them.
fn gather(value: &Value, words: &mut String) {
    match value {
        Value::String(text) => {
            words.push_str(text);
            words.push('\n');
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, words)),
        Value::Object(fields) => fields.values().for_each(|field| gather(field, words)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The event in Okta's shape (`LogEvent` of the management API).
fn shape(event: &Event, origin: &Origin, uuid: &str, now: Timestamp) -> Value {
    let ip = origin.address.ip().map(|ip| ip.to_string());
    let version = origin
        .address
        .ip()
        .map(|ip| if ip.is_ipv4() { "V4" } else { "V6" });
    let chain: Vec<Value> = ip
        .iter()
        .map(
            |ip| json!({"ip": ip, "geographicalContext": null, "version": version, "source": null}),
        )
        .collect();
    json!({
        "uuid": uuid,
        "published": wire_time(now),
        "eventType": event.kind.as_str(),
        "version": "0",
        "severity": event.severity(),
        "legacyEventType": null,
        "displayMessage": event.kind.message(),
        "actor": event.actor,
        "client": client(origin, ip.as_deref()),
        "outcome": {"result": event.outcome, "reason": event.reason},
        "target": if event.targets.is_empty() { Value::Null } else { json!(event.targets) },
        "transaction": {"type": "WEB", "id": origin.request, "detail": {}},
        "debugContext": {"debugData": debug_data(event, origin)},
        "authenticationContext": event.authentication_context(),
        "securityContext": {"asNumber": null, "asOrg": null, "isp": null, "domain": null, "isProxy": null},
        "request": {"ipChain": chain},
    })
}

fn client(origin: &Origin, ip: Option<&str>) -> Value {
    let agent = classify(&origin.user_agent);
    json!({
        "userAgent": {"rawUserAgent": origin.user_agent, "os": agent.os, "browser": agent.browser},
        "zone": "null",
        "device": agent.device,
        "id": null,
        "ipAddress": ip,
        "geographicalContext": null,
    })
}

fn debug_data(event: &Event, origin: &Origin) -> Map<String, Value> {
    let mut data = event.debug.clone();
    data.insert("requestId".to_owned(), origin.request.as_str().into());
    data.insert("requestUri".to_owned(), origin.uri.as_str().into());
    data
}

/// A moment as the management API writes it: UTC with milliseconds.
pub(crate) fn wire_time(moment: Timestamp) -> String {
    format!("{:.3}", moment.display_with_offset(jiff::tz::Offset::UTC)).replace("+00:00", "Z")
}

/// A random UUID (RFC 9562, version 4).
fn uuid(entropy: &dyn Entropy) -> String {
    let mut bytes = entropy.bytes::<16>();
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = data_encoding::HEXLOWER.encode(&bytes);
    [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ]
    .join("-")
}
