//! The names under which things are kept. What stands between braces decides where in a cluster a key lives, so that
//! whatever one step touches is in one place.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::session::SessionHandle;
use crate::session::store::{Account, NewRow, UsedOnce, Whose};

/// Where ended sessions are told, by their handles.
pub(super) const ENDED: &str = "portico:ended";

/// The fields of a session, as a hash.
pub(super) fn session(handle: SessionHandle) -> String {
    format!("portico:session:{{{handle}}}")
}

/// The handles of somebody's sessions, sorted by their absolute end. It may hold ended ones.
pub(super) fn sessions_of(whose: &Whose) -> String {
    let digest = encode(&whose.digest());
    format!("portico:sessions-of:{{{digest}}}")
}

/// The people whose sessions these are or were, each as JSON.
pub(super) fn people_of(whose: &Whose) -> String {
    let digest = encode(&whose.digest());
    format!("portico:people-of:{{{digest}}}")
}

/// By what a new session is found.
pub(super) fn lists_of(row: &NewRow) -> impl Iterator<Item = Whose> {
    let org_session = row.org_session.as_ref().map(|id| Whose::OrgSession {
        issuer: row.account.issuer.clone(),
        id: id.clone(),
    });
    std::iter::once(Whose::Account(row.account.clone()))
        .chain(org_session)
        .chain(row.email.map(Whose::Email))
}

pub(super) fn used_once(UsedOnce(digest): UsedOnce) -> String {
    format!("portico:used-once:{{{}}}", encode(&digest))
}

pub(super) fn onboarding(account: &Account) -> String {
    let digest = encode(&Whose::Account(account.clone()).digest());
    format!("portico:onboarding:{{{digest}}}")
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
