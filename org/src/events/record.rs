use jiff::Timestamp;
use model::Entropy;
use rusqlite::Connection;
use serde_json::{Map, Value, json};

use super::{Event, Origin};
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
    db.prepare_cached("INSERT INTO events (published_at, type, event) VALUES (?1, ?2, ?3)")?
        .execute((Moment(now), event.event_type.as_str(), shape.to_string()))?;
    Ok(())
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
        "eventType": event.event_type.as_str(),
        "version": "0",
        "severity": event.severity(),
        "legacyEventType": null,
        "displayMessage": event.event_type.message(),
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
    json!({
        "userAgent": {"rawUserAgent": origin.user_agent, "os": "Unknown", "browser": "UNKNOWN"},
        "zone": "null",
        "device": "Unknown",
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
