use jiff::Timestamp;
use model::UserId;
use rusqlite::{Connection, OptionalExtension as _, Row};
use serde::{Deserialize, Serialize};

use crate::api::{ApiError, Caller};
use crate::directory::{Profile, User, UserStatus, login_key};
use crate::events::Target;
use crate::store::{Json, Moment, parsed};

/// A user as the management API shows them.
#[derive(Debug, Clone)]
pub(in crate::api::v1) struct UserRecord {
    pub(in crate::api::v1) id: UserId,
    pub(in crate::api::v1) status: UserStatus,
    pub(in crate::api::v1) profile: Profile,
    pub(in crate::api::v1) created_at: Timestamp,
    pub(in crate::api::v1) activated_at: Option<Timestamp>,
    pub(in crate::api::v1) status_changed_at: Timestamp,
    pub(in crate::api::v1) last_sign_in_at: Option<Timestamp>,
    pub(in crate::api::v1) updated_at: Timestamp,
    pub(in crate::api::v1) password_changed_at: Option<Timestamp>,
    pub(in crate::api::v1) has_password: bool,
    pub(in crate::api::v1) provider: Provider,
    /// The text of the security question, if there is one.
    pub(in crate::api::v1) question: Option<String>,
}

/// Who checks the password of a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::api::v1) struct Provider {
    #[serde(rename = "type")]
    pub(in crate::api::v1) kind: ProviderKind,
    #[serde(default)]
    pub(in crate::api::v1) name: String,
}

/// Okta's kinds of providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(in crate::api::v1) enum ProviderKind {
    Okta,
    /// The hash of the password came from elsewhere, and the password was not given since.
    Import,
    Federation,
    Social,
    ActiveDirectory,
    Ldap,
}

impl Provider {
    fn of_the_org(kind: ProviderKind) -> Self {
        let name = if kind == ProviderKind::Import {
            "IMPORT"
        } else {
            "OKTA"
        };
        Self {
            kind,
            name: name.to_owned(),
        }
    }
}

/// The columns that [`from_row`] reads. A hash that was imported begins so that it is none of the org's own.
pub(in crate::api::v1) const COLUMNS: &str = "users.id, users.status, users.profile, users.created_at, users.activated_at, \
     users.status_changed_at, users.last_sign_in_at, users.updated_at, \
     iif(users.password_hash IS NULL, NULL, users.password_changed_at), users.password_hash IS NOT NULL, \
     substr(users.password_hash, 1, 8) = '$import$', users.provider, \
     (SELECT json_extract(enrollments.profile, '$.question.text') FROM enrollments \
      WHERE enrollments.user_id = users.id AND authenticator_key = 'security_question')";

pub(in crate::api::v1) fn from_row(row: &Row<'_>) -> rusqlite::Result<UserRecord> {
    let moment =
        |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<Moment>>(column)?.map(|at| at.0));
    let is_imported = row.get::<_, Option<bool>>(10)?.unwrap_or_default();
    let provider = match row.get::<_, Option<Json<Provider>>>(11)? {
        _ if is_imported => Provider::of_the_org(ProviderKind::Import),
        Some(Json(provider)) => provider,
        None => Provider::of_the_org(ProviderKind::Okta),
    };
    Ok(UserRecord {
        id: parsed(row, 0)?,
        status: parsed(row, 1)?,
        profile: row.get::<_, Json<Profile>>(2)?.0,
        created_at: row.get::<_, Moment>(3)?.0,
        activated_at: moment(4)?,
        status_changed_at: row.get::<_, Moment>(5)?.0,
        last_sign_in_at: moment(6)?,
        updated_at: row.get::<_, Moment>(7)?.0,
        password_changed_at: moment(8)?,
        has_password: row.get(9)?,
        provider,
        question: row.get(12)?,
    })
}

/// The user whom a path names, else `E0000007`: `me`, an id, a login, or what stands before the `@` of one login only.
pub(in crate::api::v1) fn find_user(
    db: &Connection,
    caller: &Caller,
    name: &str,
) -> Result<UserRecord, ApiError> {
    named(db, caller, name)?.ok_or_else(|| ApiError::not_found("User", name))
}

/// The id of the user whom a path names, if there is one.
pub(in crate::api) fn named_user(
    db: &Connection,
    caller: &Caller,
    name: &str,
) -> rusqlite::Result<Option<UserId>> {
    Ok(named(db, caller, name)?.map(|user| user.id))
}

fn named(db: &Connection, caller: &Caller, name: &str) -> rusqlite::Result<Option<UserRecord>> {
    match &caller.user {
        Some(me) if name == "me" => by_id(db, me.as_str()),
        _ => by_name(db, name),
    }
}

fn by_name(db: &Connection, name: &str) -> rusqlite::Result<Option<UserRecord>> {
    if let Some(user) = by_id(db, name)? {
        return Ok(Some(user));
    }
    let key = login_key(name);
    let by_login = db
        .prepare_cached("SELECT id FROM users WHERE login_key = ?1")?
        .query_row([&key], |row| row.get::<_, String>(0))
        .optional()?;
    if let Some(id) = by_login {
        return by_id(db, &id);
    }
    // Behind the `@` in the order of characters comes the `A`.
    let short: Vec<String> = db
        .prepare_cached(
            "SELECT id FROM users WHERE login_key >= ?1 || '@' AND login_key < ?1 || 'A' LIMIT 2",
        )?
        .query_map([&key], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    match short.as_slice() {
        [only] if !key.is_empty() => by_id(db, only),
        _ => Ok(None),
    }
}

fn by_id(db: &Connection, id: &str) -> rusqlite::Result<Option<UserRecord>> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM users WHERE id = ?1"))?
        .query_row([id], from_row)
        .optional()
}

impl UserRecord {
    /// The user as they are now, in the transaction of a change.
    pub(in crate::api::v1) fn again(&self, db: &Connection) -> Result<Self, ApiError> {
        by_id(db, self.id.as_str())?.ok_or_else(|| ApiError::not_found("User", self.id.as_str()))
    }

    /// Whether somebody else checks the password, so that there is none in the org.
    pub(in crate::api::v1) fn is_of_another_provider(&self) -> bool {
        !matches!(
            self.provider.kind,
            ProviderKind::Okta | ProviderKind::Import
        )
    }

    /// The same as the directory knows them.
    pub(in crate::api::v1) fn person(&self) -> User {
        User {
            id: self.id.clone(),
            profile: self.profile.clone(),
            updated_at: self.updated_at,
        }
    }

    /// The user in the System Log.
    pub(in crate::api::v1) fn target(&self) -> Target {
        let profile = &self.profile;
        Target::new(
            "User",
            self.id.as_str(),
            profile.login.clone(),
            profile.full_name(),
        )
    }
}
