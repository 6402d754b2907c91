use jiff::{SignedDuration, Timestamp};
use model::{Entropy, UserId};
use rusqlite::Connection;

use super::links::{LinkPurpose, create_user_link};
use crate::config::OrgUrl;
use crate::handle::Handle;
use crate::paths;

/// How long a link is good, as at Okta.
const ACTIVATION: SignedDuration = SignedDuration::from_hours(7 * 24);
const PASSWORD_RESET: SignedDuration = SignedDuration::from_hours(1);

/// A link for one user, to be sent to them or told to whoever asked for it.
#[derive(Debug)]
pub(crate) struct UserLink {
    pub(crate) token: Handle,
    pub(crate) address: String,
}

/// Makes a link for a user. Earlier ones for the same purpose are over.
pub(crate) fn make_user_link(
    db: &Connection,
    url: &OrgUrl,
    user: &UserId,
    purpose: LinkPurpose,
    (entropy, now): (&dyn Entropy, Timestamp),
) -> rusqlite::Result<UserLink> {
    let (route, lifetime) = match purpose {
        LinkPurpose::Activation => (paths::ACTIVATION, ACTIVATION),
        LinkPurpose::PasswordReset => (paths::RESET_PASSWORD, PASSWORD_RESET),
    };
    let token = Handle::generate(entropy);
    let expires_at = now.saturating_add(lifetime).unwrap_or(now);
    create_user_link(db, token.digest(), user, purpose, expires_at)?;
    let address = url.to(&route.replace("{token}", token.expose()));
    Ok(UserLink { token, address })
}
