//! Links in emails. Each is 256 random bits, kept as a digest, good once; opening its page alone uses nothing up.

use jiff::Timestamp;
use model::{AppId, Entropy, UserId};
use rusqlite::{Connection, OptionalExtension as _};
use secrecy::{ExposeSecret as _, SecretString};

use crate::failure::Failure;
use crate::handle::Handle;
use crate::paths;
use crate::seal::Sealer;
use crate::store::{Digest, Moment, parsed};

const HANDLE_LABEL: &str = "email link handle";
const CODE_LABEL: &str = "email link code";

/// A link that stands for a code: followed in the browser that waits for the code it goes on there, followed elsewhere it
/// shows the code.
#[derive(Debug, Clone)]
pub(crate) struct EmailLink {
    pub(crate) interaction: Digest,
    pub(crate) handle: Handle,
    pub(crate) code: SecretString,
    pub(crate) expires_at: Timestamp,
}

/// The path of a link, where Okta has it.
pub(super) fn path_of_email_link(app: &AppId, token: &Handle) -> String {
    format!("{}/{app}?token={}", paths::EMAIL_VERIFY, token.expose())
}

/// Keeps a link. The one before it, of the same interaction, is out of date.
pub(super) fn create_email_link(
    db: &Connection,
    sealer: &Sealer,
    entropy: &dyn Entropy,
    link: &EmailLink,
) -> Result<Handle, Failure> {
    let token = Handle::generate(entropy);
    db.prepare_cached("DELETE FROM email_links WHERE interaction_hash = ?1")?
        .execute([link.interaction])?;
    db.prepare_cached(
        "INSERT INTO email_links (token_hash, interaction_hash, handle_sealed, code_sealed, expires_at) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((
        token.digest(),
        link.interaction,
        sealer.seal(HANDLE_LABEL, link.handle.expose().as_bytes())?,
        sealer.seal(CODE_LABEL, link.code.expose_secret().as_bytes())?,
        Moment(link.expires_at),
    ))?;
    Ok(token)
}

/// A link that is still good.
pub(crate) fn find_email_link(
    db: &Connection,
    sealer: &Sealer,
    token: &Handle,
    now: Timestamp,
) -> Result<Option<EmailLink>, Failure> {
    let found = db
        .prepare_cached(
            "SELECT interaction_hash, handle_sealed, code_sealed, expires_at FROM email_links \
             WHERE token_hash = ?1 AND expires_at > ?2",
        )?
        .query_row((token.digest(), Moment(now)), |row| {
            Ok((
                row.get::<_, Digest>(0)?,
                row.get::<_, Vec<u8>>(1)?,
                row.get::<_, Vec<u8>>(2)?,
                row.get::<_, Moment>(3)?.0,
            ))
        })
        .optional()?;
    let Some((interaction, handle, code, expires_at)) = found else {
        return Ok(None);
    };
    let open = |label: &str, sealed: &[u8]| -> Result<String, Failure> {
        let opened = sealer.open_sealed(label, sealed)?;
        Ok(String::from_utf8_lossy(&opened).into_owned())
    };
    Ok(Some(EmailLink {
        interaction,
        handle: Handle::received(&open(HANDLE_LABEL, &handle)?),
        code: open(CODE_LABEL, &code)?.into(),
        expires_at,
    }))
}

/// What a link for one user begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LinkPurpose {
    Activation,
    PasswordReset,
}

impl LinkPurpose {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Activation => "ACTIVATION",
            Self::PasswordReset => "PASSWORD_RESET",
        }
    }
}

/// Makes a link for a user. Earlier ones for the same purpose are over.
pub(crate) fn create_user_link(
    db: &Connection,
    token: Digest,
    user: &UserId,
    purpose: LinkPurpose,
    expires_at: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM user_links WHERE user_id = ?1 AND purpose = ?2")?
        .execute((user.as_str(), purpose.as_str()))?;
    db.prepare_cached(
        "INSERT INTO user_links (token_hash, user_id, purpose, expires_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute((token, user.as_str(), purpose.as_str(), Moment(expires_at)))?;
    Ok(())
}

/// Whose a link is, while it is good.
pub(crate) fn find_user_link(
    db: &Connection,
    token: Digest,
    purpose: LinkPurpose,
    now: Timestamp,
) -> rusqlite::Result<Option<UserId>> {
    db.prepare_cached(
        "SELECT user_id FROM user_links \
         WHERE token_hash = ?1 AND purpose = ?2 AND expires_at > ?3 AND used_at IS NULL",
    )?
    .query_row((token, purpose.as_str(), Moment(now)), |row| parsed(row, 0))
    .optional()
}

/// Uses a link up. Of all that try, one hears `true`.
pub(crate) fn use_user_link(
    db: &Connection,
    token: Digest,
    now: Timestamp,
) -> rusqlite::Result<bool> {
    let used = db
        .prepare_cached(
            "UPDATE user_links SET used_at = ?2 WHERE token_hash = ?1 AND used_at IS NULL",
        )?
        .execute((token, Moment(now)))?;
    Ok(used == 1)
}
