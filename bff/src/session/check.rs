use std::sync::Arc;

use http::HeaderMap;
use model::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Map, Value};

use super::cookie::RowKey;
use super::limits::{IDLE_SECONDS, TOUCH_SECONDS, from_seconds};
use super::open::CLAIMS_PLACE;
use super::{Session, SessionCheck, SessionSecret, SessionState, StoreError};
use crate::bff::{Bff, Parts};
use crate::cookies;

/// A living row, as far as a request needs it.
struct LivingRow {
    issuer: String,
    subject: String,
    created_at: i64,
    last_seen_at: i64,
    absolute_end: i64,
    claims: Vec<u8>,
}

impl Bff {
    /// Finds out who sends a request.
    ///
    /// A missing, damaged, foreign or ended session is "signed out", never an error; a store that does not answer is
    /// "cannot check", never "signed out".
    pub async fn session(&self, cookies: &HeaderMap) -> SessionCheck {
        let parts = &*self.parts;
        let Some((secret, is_stale)) = SessionSecret::find(parts, cookies) else {
            return SessionCheck::of(SessionState::SignedOut);
        };
        let row = match find_living(parts, secret.row_key()) {
            Ok(row) => row,
            Err(error) => return cannot_check(&error),
        };
        let Some((row, session)) = row.and_then(|row| {
            let session = row.open(parts, &secret)?;
            Some((row, session))
        }) else {
            return SessionCheck::ended(parts);
        };
        row.touch(parts, secret.row_key()).await;
        let mut check = SessionCheck::of(SessionState::SignedIn(Arc::new(session)));
        if is_stale {
            let ends_at = from_seconds(row.absolute_end);
            check.cookies.extend(secret.cookie(parts, ends_at));
        }
        check
    }
}

impl SessionCheck {
    fn of(state: SessionState) -> Self {
        Self {
            state,
            cookies: Vec::new(),
        }
    }

    /// The cookies were ours once, but the session is over: take them away.
    fn ended(parts: &Parts) -> Self {
        Self {
            state: SessionState::SignedOut,
            cookies: clear_cookies(parts),
        }
    }
}

/// Takes every cookie of a session away.
pub(crate) fn clear_cookies(parts: &Parts) -> Vec<http::HeaderValue> {
    let mut cleared = vec![cookies::clear(&parts.names, parts.names.session())];
    cleared.extend(cookies::clear_chunks(&parts.names));
    cleared
}

fn cannot_check(error: &StoreError) -> SessionCheck {
    tracing::error!(%error, "sessions cannot be checked");
    SessionCheck::of(SessionState::CannotCheck)
}

impl LivingRow {
    fn open(&self, parts: &Parts, secret: &SessionSecret) -> Option<Session> {
        let claims =
            secret
                .data_key()?
                .open_bytes(CLAIMS_PLACE, &self.claims, parts.clock.now())?;
        let claims: Map<String, Value> = serde_json::from_slice(&claims).ok()?;
        let auth_time = claims
            .get("auth_time")
            .and_then(Value::as_i64)
            .map(from_seconds);
        let amr = match claims.get("amr") {
            Some(Value::Array(methods)) => methods
                .iter()
                .filter_map(|method| method.as_str().map(str::to_owned))
                .collect(),
            _ => Vec::new(),
        };
        Some(Session {
            issuer: self.issuer.clone(),
            subject: self.subject.clone(),
            claims,
            auth_time,
            amr,
            signed_in_at: from_seconds(self.created_at),
            expires_at: from_seconds(self.absolute_end),
        })
    }

    /// Writes down that the session is in use, at most once a minute. If that fails, the request is served all the same.
    async fn touch(&self, parts: &Parts, key: RowKey) {
        let now = parts.clock.now().as_second();
        if now < self.last_seen_at + TOUCH_SECONDS {
            return;
        }
        let idle_end = (now + IDLE_SECONDS).min(self.absolute_end);
        let written = parts.store.write(move |connection| {
            connection
                .prepare_cached(
                    "UPDATE session SET last_seen_at = ?2, idle_end = ?3 WHERE row_key = ?1 AND last_seen_at < ?2",
                )?
                .execute(params![key.0, now, idle_end])
        });
        if let Err(error) = written.await {
            tracing::error!(%error, "the last use of a session cannot be written");
        }
    }
}

fn find_living(parts: &Parts, key: RowKey) -> Result<Option<LivingRow>, StoreError> {
    let now: Timestamp = parts.clock.now();
    parts
        .store
        .read(|connection| select_living(connection, key, now.as_second()))
}

fn select_living(
    connection: &Connection,
    key: RowKey,
    now: i64,
) -> rusqlite::Result<Option<LivingRow>> {
    connection
        .prepare_cached(
            "SELECT issuer, subject, created_at, last_seen_at, absolute_end, claims FROM session
             WHERE row_key = ?1 AND revoked_at IS NULL AND ?2 < idle_end AND ?2 < absolute_end",
        )?
        .query_row(params![key.0, now], |row| {
            Ok(LivingRow {
                issuer: row.get(0)?,
                subject: row.get(1)?,
                created_at: row.get(2)?,
                last_seen_at: row.get(3)?,
                absolute_end: row.get(4)?,
                claims: row.get(5)?,
            })
        })
        .optional()
}
