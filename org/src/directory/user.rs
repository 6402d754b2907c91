use jiff::Timestamp;
use model::{GroupId, UserId};
use rusqlite::{Connection, OptionalExtension as _, Row, named_params};
use std::sync::LazyLock;

use super::{ATTRIBUTES, Profile, UserStatus, apply_rules, login_key, nfkc_folded};
use crate::store::{Json, Moment, parsed};

/// A person in the directory.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) id: UserId,
    pub(crate) profile: Profile,
    pub(crate) updated_at: Timestamp,
}

/// A person to be put into the directory. The password, if any, is hashed already.
#[derive(Debug, Clone)]
pub(crate) struct NewUser {
    pub(crate) id: UserId,
    pub(crate) status: UserStatus,
    pub(crate) profile: Profile,
    pub(crate) password_hash: Option<String>,
}

impl NewUser {
    /// Somebody who has begun to use the account and has no password, or none yet.
    pub(crate) const fn without_password(id: UserId, profile: Profile) -> Self {
        Self {
            id,
            status: UserStatus::Provisioned,
            profile,
            password_hash: None,
        }
    }
}

/// Each attribute has a column of its own besides the profile, by which it is searched for: its name and where its value is.
fn columns() -> impl Iterator<Item = (String, String)> {
    let names = ATTRIBUTES.iter().map(|attribute| attribute.name);
    // The login has had one since before.
    names.filter(|name| *name != "login").map(|name| {
        let value = format!("json_extract(:profile, '$.{name}')");
        (format!("profile_{name}"), value)
    })
}

static INSERT: LazyLock<String> = LazyLock::new(|| {
    let (names, values): (Vec<_>, Vec<_>) = columns().unzip();
    let (names, values) = (names.join(", "), values.join(", "));
    format!(
        "INSERT INTO users (id, login, login_key, email_key, status, profile, password_hash, created_at, updated_at, \
         status_changed_at, password_changed_at, activated_at, {names}) VALUES (:id, :login, :key, :email_key, :status, \
         :profile, :hash, :now, :now, :now, iif(:hash IS NULL, NULL, :now), iif(:status = 'STAGED', NULL, :now), {values})"
    )
});

static UPDATE: LazyLock<String> = LazyLock::new(|| {
    let set = columns().map(|(name, value)| format!("{name} = {value}"));
    let set = set.collect::<Vec<_>>().join(", ");
    format!(
        "UPDATE users SET login = :login, login_key = :key, email_key = :email_key, profile = :profile, updated_at = :now, \
         {set} WHERE id = :id"
    )
});

/// Puts a person into the directory. Fails when the login is somebody else's.
pub(crate) fn create_user(
    connection: &Connection,
    user: &NewUser,
    now: Timestamp,
) -> rusqlite::Result<()> {
    connection.prepare_cached(&INSERT)?.execute(named_params! {
        ":id": user.id.as_str(),
        ":login": user.profile.login,
        ":key": login_key(&user.profile.login),
        ":email_key": nfkc_folded(user.profile.email.trim()),
        ":status": user.status.as_str(),
        ":profile": Json(&user.profile),
        ":hash": user.password_hash,
        ":now": Moment(now),
    })?;
    apply_rules(connection, &user.id, &user.profile, now)
}

/// Gives the user another profile. Fails when the login is somebody else's.
pub(crate) fn update_profile(
    connection: &Connection,
    id: &UserId,
    profile: &Profile,
    now: Timestamp,
) -> rusqlite::Result<()> {
    connection.prepare_cached(&UPDATE)?.execute(named_params! {
        ":id": id.as_str(),
        ":login": profile.login,
        ":key": login_key(&profile.login),
        ":email_key": nfkc_folded(profile.email.trim()),
        ":profile": Json(profile),
        ":now": Moment(now),
    })?;
    Ok(())
}

/// Says who checks the user's password, where it is not the org: JSON in Okta's shape.
pub(crate) fn set_provider(
    connection: &Connection,
    id: &UserId,
    provider: &impl rusqlite::ToSql,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE users SET provider = ?2 WHERE id = ?1")?
        .execute((id.as_str(), provider))?;
    Ok(())
}

/// Takes a person out of the directory for good, with all that was theirs.
pub(crate) fn delete_user(connection: &Connection, id: &UserId) -> rusqlite::Result<()> {
    connection
        .prepare_cached("DELETE FROM users WHERE id = ?1")?
        .execute([id.as_str()])?;
    Ok(())
}

/// The user with this id.
pub(crate) fn find_user(connection: &Connection, id: &UserId) -> rusqlite::Result<Option<User>> {
    connection
        .prepare_cached("SELECT id, profile, updated_at FROM users WHERE id = ?1")?
        .query_row([id.as_str()], user_from_row)
        .optional()
}

/// Where the user stands at this moment.
pub(crate) fn find_user_status(
    connection: &Connection,
    id: &UserId,
) -> rusqlite::Result<Option<UserStatus>> {
    connection
        .prepare_cached("SELECT status FROM users WHERE id = ?1")?
        .query_row([id.as_str()], |row| parsed(row, 0))
        .optional()
}

pub(super) fn user_from_row(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User {
        id: parsed(row, "id")?,
        profile: row.get::<_, Json<Profile>>("profile")?.0,
        updated_at: row.get::<_, Moment>("updated_at")?.0,
    })
}

/// The hash of a user's password, if they have one.
pub(crate) fn find_password_hash(
    connection: &Connection,
    id: &UserId,
) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached("SELECT password_hash FROM users WHERE id = ?1")?
        .query_row([id.as_str()], |row| row.get(0))
        .optional()
        .map(Option::flatten)
}

pub(crate) fn record_sign_in(
    connection: &Connection,
    id: &UserId,
    now: Timestamp,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE users SET last_sign_in_at = ?2 WHERE id = ?1")?
        .execute((id.as_str(), Moment(now)))?;
    Ok(())
}

pub(crate) fn add_to_group(
    connection: &Connection,
    user: &UserId,
    group: &GroupId,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO group_members (user_id, group_id) VALUES (?1, ?2)")?
        .execute((user.as_str(), group.as_str()))?;
    Ok(())
}

pub(crate) fn grant_admin_role(
    connection: &Connection,
    user: &UserId,
    role: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO admin_roles (user_id, role) VALUES (?1, ?2)")?
        .execute((user.as_str(), role))?;
    Ok(())
}

/// The users who were invited and have not begun yet.
pub(crate) fn users_who_wait(connection: &Connection) -> rusqlite::Result<Vec<User>> {
    connection
        .prepare_cached(
            "SELECT id, profile, updated_at FROM users WHERE status = 'PROVISIONED' ORDER BY login_key",
        )?
        .query_map([], user_from_row)?
        .collect()
}
