//! How many requests came, and how many there may be.

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::HeaderMap;
use serde::Serialize;

use super::answer::{Refusal, wants_json};
use super::page::Frame;
use crate::hosted::{FormTarget, html};
use crate::limits::{RateLimits, Usage};
use crate::{Org, paths};

#[derive(Template, Serialize)]
#[template(path = "dev/limits.html")]
#[serde(rename_all = "camelCase")]
struct LimitsPage {
    #[serde(skip)]
    frame: Frame,
    profile: &'static str,
    /// Requests that are being answered; this one is not among them.
    running: u32,
    buckets: Vec<Shown>,
}

/// A bucket in its present minute.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    method: &'static str,
    path: &'static str,
    /// None: it has none.
    limit: Option<u32>,
    count: u32,
    reset_at: Option<String>,
}

/// `GET /dev/limits`: as a page or as JSON.
pub(super) async fn limits(
    State(org): State<Org>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let limits = org.limits();
    let has_limits = limits.profile() != RateLimits::Off;
    let shown = |usage: Usage| Shown {
        method: usage.bucket.method(),
        path: usage.bucket.path,
        limit: has_limits.then_some(usage.limit),
        count: usage.count,
        reset_at: usage.reset_at.map(|moment| format!("{moment:.0}")),
    };
    let page = LimitsPage {
        frame: Frame::new(paths::DEV_LIMITS, "Limits"),
        profile: limits.profile().as_str(),
        running: limits.running(),
        buckets: limits.usage(org.now()).into_iter().map(shown).collect(),
    };
    if wants_json(&headers) {
        return Ok(Json(page).into_response());
    }
    Ok(html(&page, &FormTarget::Org)?)
}
