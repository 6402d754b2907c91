//! A user as the org tells of them.

use http::StatusCode;
use model::Timestamp;
use serde_json::Value;
use url::form_urlencoded::byte_serialize;

use crate::service::{Call, Service, ServiceTrouble};

/// How far the org's clock and the app's may be apart, in seconds.
const SKEW: i64 = 60;

/// A part of a path, such as a login.
pub(super) fn segment(text: &str) -> String {
    byte_serialize(text.as_bytes()).collect()
}

/// What a campaign wants to know of a user.
#[derive(Debug, Clone)]
pub(super) struct OrgUser {
    pub(super) id: String,
    pub(super) status: String,
    created_at: Option<i64>,
    activated_at: Option<i64>,
}

impl OrgUser {
    pub(super) fn read(user: &Value) -> Option<Self> {
        let moment = |name: &str| {
            let text = user[name].as_str()?;
            text.parse().ok().map(|at: Timestamp| at.as_second())
        };
        Some(Self {
            id: user["id"].as_str()?.to_owned(),
            status: user["status"].as_str()?.to_owned(),
            created_at: moment("created"),
            activated_at: moment("statusChanged").or_else(|| moment("activated")),
        })
    }

    /// Whether nothing was sent to the user yet.
    pub(super) fn is_staged(&self) -> bool {
        self.status == "STAGED"
    }

    /// Whether the user has been sent an invitation and has not followed it.
    pub(super) fn is_invited(&self) -> bool {
        self.status == "PROVISIONED"
    }

    /// When the account became active, if it is.
    pub(super) fn active_since(&self, now: i64) -> Option<i64> {
        let is_active = matches!(
            self.status.as_str(),
            "ACTIVE" | "PASSWORD_EXPIRED" | "RECOVERY" | "LOCKED_OUT"
        );
        is_active.then(|| self.activated_at.unwrap_or(now))
    }

    /// Whether the account was made after `since`, in seconds since 1970.
    pub(super) fn is_made_since(&self, since: i64) -> bool {
        self.created_at.is_some_and(|at| at >= since - SKEW)
    }
}

impl Service {
    /// The user with this id or login, if there is one.
    pub(super) async fn find_user(&self, id: &str) -> Result<Option<OrgUser>, ServiceTrouble> {
        let path = format!("/api/v1/users/{}", segment(id));
        let answer = self.call(Call::get(path)).await?;
        if answer.status == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        OrgUser::read(&answer.body)
            .map(Some)
            .ok_or(ServiceTrouble::Unavailable)
    }
}
