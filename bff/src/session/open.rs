use http::{HeaderMap, HeaderValue};
use model::{SignInErrorCode, Timestamp};
use rusqlite::{Connection, params};
use serde_json::{Map, Value};

use super::cookie::RowKey;
use super::limits::{ABSOLUTE_SECONDS, IDLE_SECONDS, after};
use super::{BrowserInfo, SessionSecret, Tokens};
use crate::bff::Parts;
use crate::fault::Fault;

/// What the claims are sealed under.
pub(super) const CLAIMS_PLACE: &str = "claims";

/// A session about to begin, after every check has passed.
pub(crate) struct NewSession {
    pub(crate) issuer: String,
    pub(crate) subject: String,
    pub(crate) claims: Map<String, Value>,
    pub(crate) tokens: Tokens,
    pub(crate) browser: BrowserInfo,
}

/// The row of a new session, ready to be written.
struct Row {
    key: RowKey,
    replaces: Option<RowKey>,
    issuer: String,
    subject: String,
    device: String,
    created_at: Timestamp,
    claims: Vec<u8>,
    tokens: Option<Vec<u8>>,
}

impl NewSession {
    /// Begins the session under a fresh id, and ends the one that the browser had before.
    ///
    /// Returns the cookies that carry it.
    pub(crate) async fn open(
        self,
        parts: &Parts,
        headers: &HeaderMap,
    ) -> Result<Vec<HeaderValue>, Fault> {
        let sealing_failed =
            || Fault::new(SignInErrorCode::Internal, "the session cannot be sealed");
        let secret = SessionSecret::generate(&*parts.entropy);
        let now = parts.clock.now();
        let ends_at = after(now, ABSOLUTE_SECONDS);
        let kept = self
            .tokens
            .keep(parts, &secret, ends_at)
            .ok_or_else(sealing_failed)?;
        let claims = serde_json::to_vec(&self.claims).map_err(|_| sealing_failed())?;
        let claims = secret
            .data_key()
            .and_then(|key| key.seal_bytes(CLAIMS_PLACE, &claims, ends_at, &*parts.entropy))
            .ok_or_else(sealing_failed)?;
        let row = Row {
            key: secret.row_key(),
            replaces: SessionSecret::find(parts, headers).map(|(old, _)| old.row_key()),
            issuer: self.issuer,
            subject: self.subject,
            device: self.browser.label().to_owned(),
            created_at: now,
            claims,
            tokens: kept.spilled,
        };
        parts
            .store
            .write(move |connection| insert(connection, &row))
            .await?;
        let mut cookies = vec![secret.cookie(parts, ends_at).ok_or_else(sealing_failed)?];
        cookies.extend(kept.cookies);
        Ok(cookies)
    }
}

fn insert(connection: &Connection, row: &Row) -> rusqlite::Result<()> {
    let now = row.created_at.as_second();
    connection
        .prepare_cached("DELETE FROM session WHERE absolute_end <= ?1")?
        .execute([now])?;
    if let Some(old) = row.replaces {
        revoke(connection, old, now)?;
    }
    connection
        .prepare_cached(
            "INSERT INTO session (row_key, issuer, subject, device, created_at, last_seen_at, idle_end, absolute_end, claims, tokens)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            row.key.0,
            row.issuer,
            row.subject,
            row.device,
            now,
            now + IDLE_SECONDS,
            now + ABSOLUTE_SECONDS,
            row.claims,
            row.tokens,
        ])?;
    Ok(())
}

/// Ends a session at once and drops what it kept. The row stays until its end, so that it cannot come back.
pub(crate) fn revoke(connection: &Connection, key: RowKey, now: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE session SET revoked_at = ?2, claims = x'', tokens = NULL WHERE row_key = ?1 AND revoked_at IS NULL",
        )?
        .execute(params![key.0, now])?;
    Ok(())
}
