use jiff::Timestamp;
use model::UserId;
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::user::user_from_row;
use super::{User, UserStatus, login_key, nfkc_folded};
use crate::store::{Moment, parsed};

/// A user with all that decides about a sign-in.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) user: User,
    pub(crate) status: UserStatus,
    /// When the password was set; nothing when there is no password.
    pub(crate) password_changed_at: Option<Timestamp>,
    pub(crate) last_sign_in_at: Option<Timestamp>,
}

impl Account {
    /// Whether the user has a password: they have one exactly when it was set.
    pub(crate) const fn has_password(&self) -> bool {
        self.password_changed_at.is_some()
    }
}

const SELECT: &str = "SELECT id, profile, updated_at, status, last_sign_in_at, \
                      iif(password_hash IS NULL, NULL, password_changed_at) AS password_changed_at \
                      FROM users";

/// The account with this id.
pub(crate) fn find_account(
    connection: &Connection,
    id: &UserId,
) -> rusqlite::Result<Option<Account>> {
    connection
        .prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id.as_str()], from_row)
        .optional()
}

/// The account that a person means who types `login`.
pub(crate) fn find_account_by_login(
    connection: &Connection,
    login: &str,
) -> rusqlite::Result<Option<Account>> {
    connection
        .prepare_cached(&format!("{SELECT} WHERE login_key = ?1"))?
        .query_row([login_key(login)], from_row)
        .optional()
}

/// The accounts whose profile has this email address, from the oldest on: several may have the same.
pub(crate) fn find_accounts_by_email(
    connection: &Connection,
    email: &str,
) -> rusqlite::Result<Vec<Account>> {
    connection
        .prepare_cached(&format!(
            "{SELECT} WHERE email_key = ?1 ORDER BY created_at, id"
        ))?
        .query_map([nfkc_folded(email.trim())], from_row)?
        .collect()
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Account> {
    let moment = |column| row.get::<_, Option<Moment>>(column);
    Ok(Account {
        user: user_from_row(row)?,
        status: parsed(row, "status")?,
        password_changed_at: moment("password_changed_at")?.map(|at| at.0),
        last_sign_in_at: moment("last_sign_in_at")?.map(|at| at.0),
    })
}
