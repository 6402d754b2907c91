use axum::extract::{FromRequestParts as _, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::{SignedDuration, Timestamp};

use super::RateLimits;
use super::asker::Asker;
use super::bucket::{self, Bucket};
use super::events::event_of;
use super::refusal::refusal;
use super::settings::{find_limit_settings, find_share};
use super::verdict::{Case, Mark, Told, Verdict};
use crate::Org;
use crate::cors;
use crate::events::{Origin, record};
use crate::failure::Failure;
use crate::store::StoreError;

const LIMIT: HeaderName = HeaderName::from_static("x-rate-limit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-rate-limit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-rate-limit-reset");

/// What answers say where nothing is limited.
const GENEROUS: u32 = 10_000;

/// Counts requests, refuses those that are too many, and tells every other one how many are left.
pub(crate) async fn limit(State(org): State<Org>, request: Request, next: Next) -> Response {
    let Some(index) = bucket::find(request.method(), request.uri().path()) else {
        return next.run(request).await;
    };
    if org.limits().profile() == RateLimits::Off {
        let mut response = next.run(request).await;
        tell(response.headers_mut(), unlimited(org.now()));
        return response;
    }
    let (mut asker, request) = match Asker::of(request, index).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    let verdict = match judge(&org, index, &mut asker) {
        Ok(verdict) => verdict,
        Err(error) => return cors_less(error),
    };
    let (mut parts, body) = request.into_parts();
    let Some(bucket) = bucket::ALL.get(index) else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    if !verdict.marks.is_empty() {
        let Ok(origin) = Origin::from_request_parts(&mut parts, &org).await;
        write_down(&org, bucket, origin, &verdict).await;
    }
    let told = verdict.told;
    let mut response = match verdict.run {
        Err(()) => cors::share_refusal(&org, &parts.headers, refusal(bucket.face, org.entropy())),
        Ok(run) => {
            let response = next.run(Request::from_parts(parts, body)).await;
            drop(run);
            response
        }
    };
    tell(response.headers_mut(), told);
    response
}

fn cors_less(error: StoreError) -> Response {
    use axum::response::IntoResponse as _;
    Failure::from(error).into_response()
}

fn unlimited(now: Timestamp) -> Told {
    let minute = SignedDuration::from_mins(1);
    Told {
        limit: GENEROUS,
        remaining: GENEROUS,
        reset_at: now.saturating_add(minute).unwrap_or(now),
    }
}

fn judge(org: &Org, bucket: usize, asker: &mut Asker) -> Result<Verdict, StoreError> {
    let now = org.now();
    let (settings, principal) = org.store().read(|db| {
        asker.find_user(db)?;
        let principal = match asker.principal(db, now)? {
            Some(principal) => {
                let share = find_share(db, &principal)?;
                Some((principal, share))
            }
            None => None,
        };
        Ok((find_limit_settings(db)?, principal))
    })?;
    Ok(org.limits().judge(&Case {
        bucket,
        asker,
        principal,
        settings: &settings,
        now,
    }))
}

/// A log that cannot be written keeps nobody from an answer.
async fn write_down(org: &Org, bucket: &'static Bucket, origin: Origin, verdict: &Verdict) {
    let (marks, told): (Vec<Mark>, Told) = (verdict.marks.clone(), verdict.told);
    let (id, entropy, now) = (org.id().clone(), org.kit().entropy, org.now());
    let written = org.store().write(move |db| {
        for mark in marks {
            let event = event_of(mark, bucket, told, &id);
            record(db, &event, &origin, &*entropy, now)?;
        }
        Ok::<_, Failure>(())
    });
    if let Err(failure) = written.await {
        tracing::warn!(%failure, "what the limits have to say could not be written to the System Log");
    }
}

/// The reset is a whole second, and not before the window ends.
fn tell(headers: &mut HeaderMap, told: Told) {
    let millisecond = told.reset_at.as_millisecond();
    let reset = millisecond.div_euclid(1000) + i64::from(millisecond.rem_euclid(1000) > 0);
    headers.insert(LIMIT, HeaderValue::from(told.limit));
    headers.insert(REMAINING, HeaderValue::from(told.remaining));
    headers.insert(RESET, HeaderValue::from(reset));
}
