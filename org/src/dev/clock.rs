use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, SpanRelativeTo, SpanRound, Timestamp, Unit};
use model::Clock as _;
use serde::Serialize;
use serde_json::{Map, Value};

use super::answer::{Refusal, see_other, wants_json};
use super::change::{Change, Sender, form_token};
use super::page::Frame;
use crate::hosted::{FormTarget, FormToken, html};
use crate::{Org, paths};

const EXPECTED: &str = "expected one of {\"set\": \"2030-01-31T12:00:00Z\"}, {\"advance\": \"PT10M\"} \
                        (or a number of seconds) and {\"reset\": true}";

/// The moves that the page has buttons for, and their names.
const STEPS: [(&str, &str); 6] = [
    ("PT1M", "1 minute"),
    ("PT5M", "5 minutes"),
    ("PT15M", "15 minutes"),
    ("PT1H", "1 hour"),
    ("P1D", "1 day"),
    ("P30D", "30 days"),
];

/// The clock as JSON.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Reading {
    /// The org's time.
    now: String,
    /// The time without the moves.
    real_time: String,
    /// How far the org is ahead, in the form of ISO 8601.
    offset: String,
}

#[derive(Template)]
#[template(path = "dev/clock.html")]
struct ClockPage<'a> {
    frame: Frame,
    token: FormToken,
    action: &'static str,
    alert: Option<&'a str>,
    now: String,
    machine_now: String,
    real: String,
    moved: Option<String>,
    /// The value of the field, in which browsers offer a calendar.
    field: String,
    steps: [(&'static str, &'static str); 6],
}

/// `GET /dev/clock`.
pub(super) async fn read(State(org): State<Org>, headers: HeaderMap) -> Result<Response, Refusal> {
    if wants_json(&headers) {
        Ok(reading(&org))
    } else {
        page(&org, None)
    }
}

/// `POST /dev/clock`: `{"set": …}`, `{"advance": …}` or `{"reset": true}`, as JSON or as a form.
pub(super) async fn change(State(org): State<Org>, change: Change) -> Result<Response, Refusal> {
    let done = Move::parse(&change.fields).and_then(|step| step.make(&org));
    match (done, change.from) {
        (Ok(()), Sender::Program) => Ok(reading(&org)),
        (Ok(()), Sender::Page) => Ok(see_other(paths::DEV_CLOCK)),
        (Err(text), Sender::Program) => Err(Refusal::Invalid(text)),
        (Err(text), Sender::Page) => {
            let mut response = page(&org, Some(&text))?;
            *response.status_mut() = StatusCode::BAD_REQUEST;
            Ok(response)
        }
    }
}

/// What is to happen to the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    Set(Timestamp),
    Advance(SignedDuration),
    Reset,
}

impl Move {
    fn parse(fields: &Map<String, Value>) -> Result<Self, String> {
        let mut fields = fields.iter();
        let (Some((name, value)), None) = (fields.next(), fields.next()) else {
            return Err(EXPECTED.to_owned());
        };
        match name.as_str() {
            "set" => value
                .as_str()
                .and_then(parse_moment)
                .map(Self::Set)
                .ok_or_else(|| "set: expected a moment such as 2030-01-31T12:00:00Z".to_owned()),
            "advance" => parse_distance(value).map(Self::Advance).ok_or_else(|| {
                "advance: expected a time such as PT10M, 10m, -PT1H or P1D, or a number of seconds"
                    .to_owned()
            }),
            "reset" if is_true(value) => Ok(Self::Reset),
            _ => Err(EXPECTED.to_owned()),
        }
    }

    fn make(self, org: &Org) -> Result<(), String> {
        let clock = org.org_clock();
        let made = match self {
            Self::Set(to) => clock.set(to),
            Self::Advance(by) => clock.advance(by),
            Self::Reset => {
                clock.reset();
                Ok(())
            }
        };
        made.map_err(|error| error.to_string())
    }
}

/// With its zone, or without one in UTC, as the form sends it.
fn parse_moment(text: &str) -> Option<Timestamp> {
    let in_utc = |text: &str| {
        let civil: DateTime = text.parse().ok()?;
        let zoned = civil.to_zoned(TimeZone::UTC).ok()?;
        Some(zoned.timestamp())
    };
    text.parse().ok().or_else(|| in_utc(text))
}

/// Days have 24 hours; months and years have no length.
fn parse_distance(value: &Value) -> Option<SignedDuration> {
    let Some(text) = value.as_str() else {
        return value.as_i64().map(SignedDuration::from_secs);
    };
    if let Ok(seconds) = text.parse() {
        return Some(SignedDuration::from_secs(seconds));
    }
    let span: Span = text.parse().ok()?;
    span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()
}

fn is_true(value: &Value) -> bool {
    value == &Value::Bool(true) || value.as_str() == Some("true")
}

fn reading(org: &Org) -> Response {
    let clock = org.org_clock();
    let reading = Reading {
        now: format!("{:.3}", clock.now()),
        real_time: format!("{:.3}", clock.unmoved()),
        offset: clock.offset().to_string(),
    };
    Json(reading).into_response()
}

fn page(org: &Org, alert: Option<&str>) -> Result<Response, Refusal> {
    let clock = org.org_clock();
    let (now, offset) = (clock.now(), clock.offset());
    let for_people = |moment: Timestamp| moment.strftime("%A, %-d %B %Y, %H:%M:%S UTC").to_string();
    let page = ClockPage {
        frame: Frame::new(paths::DEV_CLOCK, "Clock"),
        token: form_token(org),
        action: paths::DEV_CLOCK,
        alert,
        now: for_people(now),
        machine_now: format!("{now:.3}"),
        real: for_people(clock.unmoved()),
        moved: distance(offset),
        field: now.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
        steps: STEPS,
    };
    Ok(html(&page, &FormTarget::Org)?)
}

/// `1d 10m ahead`, to the second; nothing when the clock was not moved.
fn distance(offset: SignedDuration) -> Option<String> {
    let in_days = SpanRound::new()
        .largest(Unit::Day)
        .smallest(Unit::Second)
        .days_are_24_hours();
    let span = Span::try_from(offset.abs()).and_then(|span| span.round(in_days));
    let direction = if offset.is_negative() {
        "behind"
    } else {
        "ahead"
    };
    let moved = span.ok().filter(|_| !offset.is_zero())?;
    Some(format!("{moved:#} {direction}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parse(change: Value) -> Result<Move, String> {
        Move::parse(change.as_object().expect("an object"))
    }

    #[test]
    fn a_move_is_written_in_seconds_or_as_a_duration() {
        for (written, seconds) in [
            (json!(90), 90),
            (json!("90"), 90),
            (json!("PT1M30S"), 90),
            (json!("1m 30s"), 90),
            (json!("-PT1H"), -3600),
            (json!("P1D"), 86_400),
        ] {
            let expected = Move::Advance(SignedDuration::from_secs(seconds));
            assert_eq!(
                parse(json!({ "advance": written })),
                Ok(expected),
                "{written}"
            );
        }
    }

    #[test]
    fn a_distance_is_told_in_days_and_smaller_units() {
        let told = |milliseconds| distance(SignedDuration::from_millis(milliseconds));
        assert_eq!(told(0), None);
        assert_eq!(told(90_061_400).as_deref(), Some("1d 1h 1m 1s ahead"));
        assert_eq!(told(-600_000).as_deref(), Some("10m behind"));
    }

    #[test]
    fn a_moment_has_a_zone_or_is_in_utc() {
        let expected = Ok(Move::Set(
            Timestamp::from_second(1_900_000_000).expect("a moment"),
        ));
        for text in [
            "2030-03-17T17:46:40Z",
            "2030-03-17T19:46:40+02:00",
            "2030-03-17T17:46:40",
        ] {
            assert_eq!(parse(json!({ "set": text })), expected, "{text}");
        }
    }

    #[test]
    fn a_change_that_says_nothing_or_too_much_is_refused_and_told_what_would_be_right() {
        for change in [
            json!({}),
            json!({ "set": 5 }),
            json!({ "set": "yesterday" }),
            json!({ "advance": "P1M" }),
            json!({ "advance": null }),
            json!({ "reset": false }),
            json!({ "reset": true, "advance": 5 }),
            json!({ "stop": true }),
        ] {
            let text = parse(change.clone()).expect_err("refused");
            assert!(text.contains("expected"), "{change}: {text}");
        }
    }
}
