use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use model::Entropy;
use rusqlite::{Connection, named_params};

use super::RefreshGrant;
use super::record::{find_refresh_token, keep_token};
use crate::apps::{RefreshTokenSettings, RotationType};
use crate::handle::Handle;
use crate::oauth::issue::Lifetimes;
use crate::store::Moment;

/// A refresh token that an app brings, with what becomes of it.
#[derive(Debug)]
pub(crate) struct Presented {
    pub(crate) token: Handle,
    pub(crate) settings: RefreshTokenSettings,
    /// Whether the answer has a refresh token: when `offline_access` is among the scopes that are asked for.
    pub(crate) wants_next: bool,
    /// How long it is good from now on.
    pub(crate) lifetimes: Lifetimes,
}

/// What came of it.
#[derive(Debug)]
pub(crate) enum Use {
    /// It is good. The token to go on with, if one is wanted, and whether that was made just now.
    Good { next: Option<Handle>, is_new: bool },
    /// It was used before, and its successor as well: one of the two who used it is not the app.
    Reused(Box<RefreshGrant>),
    /// There is no such token any more.
    Ended,
}

/// How a token of a grant stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// The one that counts.
    Latest,
    /// The one before it, which still counts because the app may not have got the latest: nobody has used that, and the leeway is
    /// not over.
    Spare,
    Spent,
}

impl RefreshGrant {
    fn standing(&self, number: i64, settings: RefreshTokenSettings, now: Timestamp) -> Standing {
        if number == self.latest {
            return Standing::Latest;
        }
        let leeway = SignedDuration::from_secs(settings.leeway.into());
        let is_within = settings.rotation_type == RotationType::Rotate
            && self
                .rotated_at
                .and_then(|at| at.saturating_add(leeway).ok())
                .is_some_and(|end| now < end);
        if is_within && number == self.latest - 1 && self.used == number {
            Standing::Spare
        } else {
            Standing::Spent
        }
    }
}

/// Whether an app with these settings could use the token with this number now.
pub(crate) fn is_usable(
    grant: &RefreshGrant,
    number: i64,
    settings: RefreshTokenSettings,
    now: Timestamp,
) -> bool {
    grant.standing(number, settings, now) != Standing::Spent
}

/// Uses a token, in the caller's transaction: of many that bring the same one, the first makes its successor and the others get
/// the same, or show that it was stolen.
pub(crate) fn use_refresh_token(
    db: &Connection,
    presented: &Presented,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> rusqlite::Result<Use> {
    let Some((grant, number)) = find_refresh_token(db, presented.token.digest(), now)? else {
        return Ok(Use::Ended);
    };
    match grant.standing(number, presented.settings, now) {
        Standing::Spent => Ok(Use::Reused(Box::new(grant))),
        Standing::Spare => {
            let next = grant.salt.map(|salt| successor(&presented.token, &salt));
            Ok(Use::Good {
                next: next.filter(|_| presented.wants_next),
                is_new: false,
            })
        }
        Standing::Latest => go_on(db, grant, presented, entropy, now),
    }
}

/// The latest token: the window in which it must be used begins anew, and when it rotates another takes its place.
fn go_on(
    db: &Connection,
    mut grant: RefreshGrant,
    presented: &Presented,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> rusqlite::Result<Use> {
    let rotates = presented.settings.rotation_type == RotationType::Rotate;
    let is_new = rotates && presented.wants_next;
    grant.used = grant.latest;
    let mut next = presented.wants_next.then(|| presented.token.clone());
    if is_new {
        let salt = entropy.bytes();
        let successor = successor(&presented.token, &salt);
        grant.latest += 1;
        grant.rotated_at = Some(now);
        grant.salt = Some(salt);
        keep_token(db, &grant.id, successor.digest(), grant.latest)?;
        next = Some(successor);
    }
    grant.used_at = now;
    grant.expires_at = presented.lifetimes.refresh_expires_at(now, grant.ends_at);
    save(db, &grant)?;
    Ok(Use::Good { next, is_new })
}

/// The token after this one. Who has the token and the salt can make it again: the app has the one and the database the other, so
/// that the org need not keep any token to give the same twice.
fn successor(token: &Handle, salt: &[u8; 32]) -> Handle {
    let key = hmac::Key::new(hmac::HMAC_SHA256, token.expose().as_bytes());
    Handle::received(&URL_SAFE_NO_PAD.encode(hmac::sign(&key, salt)))
}

fn save(db: &Connection, grant: &RefreshGrant) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE refresh_grants SET latest = :latest, used = :used, rotated_at = :rotated, salt = :salt, used_at = :now, \
         expires_at = :expires WHERE id = :id",
    )?
    .execute(named_params! {
        ":id": grant.id.as_str(),
        ":latest": grant.latest,
        ":used": grant.used,
        ":rotated": grant.rotated_at.map(Moment),
        ":salt": grant.salt,
        ":now": Moment(grant.used_at),
        ":expires": Moment(grant.expires_at),
    })?;
    Ok(())
}
