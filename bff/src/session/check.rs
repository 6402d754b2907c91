use std::sync::Arc;

use http::HeaderMap;
use model::Timestamp;
use serde_json::{Map, Value};

use super::limits::{IDLE_SECONDS, TOUCH_SECONDS, from_seconds};
use super::open::CLAIMS_PLACE;
use super::store::LivingRow;
use super::{Session, SessionCheck, SessionHandle, SessionSecret, SessionState, StoreError};
use crate::bff::{Bff, Parts};
use crate::cookies;

/// Whether a request counts as use of the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    AsUse,
    NotAsUse,
}

impl Bff {
    /// Finds out who sends a request. It counts as use of the session, which puts off its idle end.
    ///
    /// A missing, damaged, foreign or ended session is "signed out", never an error; a store that does not answer is
    /// "cannot check", never "signed out".
    pub async fn session(&self, cookies: &HeaderMap) -> SessionCheck {
        self.check(cookies, Counts::AsUse).await
    }

    /// As [`Bff::session`], for requests that nobody made by hand: an open page that asks by itself keeps no session
    /// from becoming idle.
    pub async fn peek_session(&self, cookies: &HeaderMap) -> SessionCheck {
        self.check(cookies, Counts::NotAsUse).await
    }

    async fn check(&self, cookies: &HeaderMap, counts: Counts) -> SessionCheck {
        let parts = &*self.parts;
        let Some((secret, is_stale)) = SessionSecret::find(parts, cookies) else {
            return SessionCheck::of(SessionState::SignedOut);
        };
        let (handle, now) = (secret.handle(), parts.clock.now().as_second());
        let row = match parts.store.find_living(handle, now).await {
            Ok(row) => row,
            Err(error) => return SessionCheck::of(cannot_check(&error)),
        };
        let Some((mut row, mut session)) = row.and_then(|row| {
            let session = Session::open(parts, &secret, &row)?;
            Some((row, session))
        }) else {
            return SessionCheck::ended(parts);
        };
        if counts == Counts::AsUse {
            row.touch(parts, handle, now).await;
            session.idle_ends_at = from_seconds(row.idle_end);
        }
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
    cleared.push(cookies::clear(&parts.names, parts.names.zone()));
    cleared
}

fn cannot_check(error: &StoreError) -> SessionState {
    tracing::error!(%error, "sessions cannot be checked");
    SessionState::CannotCheck
}

impl Session {
    /// Opens what the store keeps of the session, with the key of its cookie.
    pub(crate) fn open(parts: &Parts, secret: &SessionSecret, row: &LivingRow) -> Option<Self> {
        let claims = secret
            .data_key()?
            .open_bytes(CLAIMS_PLACE, &row.claims, parts.clock.now())?;
        let claims: Map<String, Value> = serde_json::from_slice(&claims).ok()?;
        Some(Self {
            handle: secret.handle(),
            issuer: row.account.issuer.clone(),
            subject: row.account.subject.clone(),
            auth_time: auth_time(&claims),
            amr: amr(&claims),
            claims,
            signed_in_at: from_seconds(row.created_at),
            idle_ends_at: from_seconds(row.idle_end),
            expires_at: from_seconds(row.absolute_end),
        })
    }

    /// The session with what a newer ID token says. What it does not speak of stays.
    pub(crate) fn renewed(&self, newer: Option<Map<String, Value>>) -> Self {
        let mut claims = self.claims.clone();
        claims.extend(newer.into_iter().flatten());
        Self {
            auth_time: auth_time(&claims),
            amr: amr(&claims),
            claims,
            ..self.clone()
        }
    }
}

fn auth_time(claims: &Map<String, Value>) -> Option<Timestamp> {
    claims
        .get("auth_time")
        .and_then(Value::as_i64)
        .map(from_seconds)
}

fn amr(claims: &Map<String, Value>) -> Vec<String> {
    match claims.get("amr") {
        Some(Value::Array(methods)) => methods
            .iter()
            .filter_map(|method| method.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}

impl LivingRow {
    /// Writes down that the session is in use, at most once a minute. If that fails, the request is served all the same.
    async fn touch(&mut self, parts: &Parts, handle: SessionHandle, now: i64) {
        if now < self.last_seen_at + TOUCH_SECONDS {
            return;
        }
        let idle_end = (now + IDLE_SECONDS).min(self.absolute_end);
        match parts.store.touch(handle, now, idle_end).await {
            Ok(()) => self.idle_end = idle_end,
            Err(error) => tracing::error!(%error, "the last use of a session cannot be written"),
        }
    }
}
