use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::HeaderMap;
use http::header::IF_MATCH;
use model::ErrorCode;
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::address::vouch_for_address;
use super::create::TypeInput;
use super::input::{Credentials, GivenPassword};
use super::password::{Owner, hash, object};
use super::profile::{custom_of_users, merged, whole};
use super::question::{HashedQuestion, hash_question, put_question};
use super::record::{UserRecord, find_user};
use super::view::{entity_tag, etag, view};
use crate::Org;
use crate::api::{ApiError, Body, Change, Listing, Path, Writing};
use crate::authenticator::attempts;
use crate::authenticator::password::change::set_password;
use crate::directory::{
    Profile, UserStatus, activate_user, apply_rules, end_access, find_account_by_login, groups_of,
    update_profile,
};
use crate::events::{Event, EventType};

/// What is to be changed of a user.
#[derive(Debug, Deserialize)]
pub(super) struct UserBody {
    profile: Option<Map<String, Value>>,
    credentials: Option<Credentials>,
    #[serde(rename = "type")]
    user_type: Option<TypeInput>,
}

/// How much of the profile a body says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// What it does not name stays.
    Partial,
    /// What it does not name goes.
    Full,
}

/// What a body comes down to once the slow work is done.
struct Prepared {
    changes: Option<(Map<String, Value>, Extent)>,
    hash: Option<String>,
    question: Option<HashedQuestion>,
    /// The tag that the user must have, if the request says so.
    condition: Option<String>,
}

/// `POST /api/v1/users/{id}`: changes what the body names.
pub(super) async fn update(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
    listing: Listing,
    headers: HeaderMap,
    Body(body): Body<UserBody>,
) -> Result<Response, ApiError> {
    run(
        &org,
        change,
        (id, Extent::Partial),
        (&listing, &headers),
        body,
    )
    .await
}

/// `PUT /api/v1/users/{id}`: makes the profile what the body says.
pub(super) async fn replace(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
    listing: Listing,
    headers: HeaderMap,
    Body(body): Body<UserBody>,
) -> Result<Response, ApiError> {
    run(&org, change, (id, Extent::Full), (&listing, &headers), body).await
}

async fn run(
    org: &Org,
    change: Change,
    (id, extent): (String, Extent),
    (listing, headers): (&Listing, &HeaderMap),
    body: UserBody,
) -> Result<Response, ApiError> {
    let seen = org
        .store()
        .read(|db| Ok(find_user(db, &change.caller, &id)))??;
    if let Some(user_type) = &body.user_type {
        user_type.check(org)?;
    }
    let condition = headers
        .get(IF_MATCH)
        .map(|tag| String::from_utf8_lossy(tag.as_bytes()).into_owned());
    meets(&seen, condition.as_deref())?;
    let is_strict = listing.flag("strict")?.unwrap_or(false);
    let prepared = Prepared {
        condition,
        ..prepare(org, &seen, (extent, is_strict), body).await?
    };
    let user = change
        .run(move |writing| {
            let user = seen.again(writing.db)?;
            write(writing, &user, prepared)
        })
        .await?;
    Ok((etag(&user), Json(view(&user, org))).into_response())
}

/// Whether the user is still the one that the request is about (RFC 9110 §13.1.1; tags are compared weakly).
fn meets(user: &UserRecord, condition: Option<&str>) -> Result<(), ApiError> {
    let tag = entity_tag(user);
    let is_met = condition.is_none_or(|condition| {
        let mut tags = condition.split(',').map(str::trim);
        tags.any(|one| one == "*" || one.trim_start_matches("W/") == tag.trim_start_matches("W/"))
    });
    if is_met {
        Ok(())
    } else {
        Err(ApiError::new(ErrorCode::PreconditionFailed))
    }
}

async fn prepare(
    org: &Org,
    seen: &UserRecord,
    (extent, is_strict): (Extent, bool),
    body: UserBody,
) -> Result<Prepared, ApiError> {
    let changes = body.profile.map(|changes| (changes, extent));
    let profile = org
        .store()
        .read(|db| Ok(changed_profile(db, seen, changes.clone())))??;
    let credentials = body.credentials.unwrap_or_default();
    let password = credentials.password()?;
    if let Some(GivenPassword::Itself(text)) = &password {
        let groups = org.store().read(|db| groups_of(db, &seen.id))?;
        let owner = Owner {
            user: Some(&seen.id),
            profile: &profile,
            groups: &groups,
        };
        if let Some(objection) = object(org, owner, text, is_strict).await? {
            return Err(objection.of_field());
        }
    }
    Ok(Prepared {
        changes,
        hash: match &password {
            Some(password) => Some(hash(org, password).await?),
            None => None,
        },
        question: match credentials.question() {
            Some(input) => Some(hash_question(org, &input).await?),
            None => None,
        },
        condition: None,
    })
}

fn changed_profile(
    db: &Connection,
    user: &UserRecord,
    changes: Option<(Map<String, Value>, Extent)>,
) -> Result<Profile, ApiError> {
    let Some((values, extent)) = changes else {
        return Ok(user.profile.clone());
    };
    let custom = custom_of_users(db)?;
    match extent {
        Extent::Partial => merged(&user.profile, values, "user", &custom),
        Extent::Full => whole(values, "user", &custom),
    }
}

fn write(
    writing: &Writing<'_>,
    user: &UserRecord,
    prepared: Prepared,
) -> Result<UserRecord, ApiError> {
    let (db, now) = (writing.db, writing.now);
    writing.caller.may_act_on(db, &user.id)?;
    meets(user, prepared.condition.as_deref())?;
    let profile = changed_profile(db, user, prepared.changes)?;
    if profile != user.profile {
        // What an account was when it ended stays, as at Okta.
        if user.status == UserStatus::Deprovisioned {
            return Err(ApiError::new(ErrorCode::WrongStatus));
        }
        let same_login = find_account_by_login(db, &profile.login)?;
        if same_login.is_some_and(|other| other.user.id != user.id) {
            return Err(ApiError::duplicate("login"));
        }
        update_profile(db, &user.id, &profile, now)?;
        apply_rules(db, &user.id, &profile, now)?;
    }
    if let Some(hash) = &prepared.hash {
        give_password(writing, user, hash)?;
    }
    if let Some(question) = prepared.question {
        put_question(db, &user.id, question, writing.entropy, now)?;
    }
    let updated = user.again(db)?;
    if updated.profile.email != user.profile.email {
        vouch_for_address(writing, &updated)?;
    }
    let event = if prepared.hash.is_some() && updated.profile == user.profile {
        EventType::UserAccountUpdatePassword
    } else {
        EventType::UserAccountUpdateProfile
    };
    writing.log(Event::of(event).to(updated.target()))?;
    Ok(updated)
}

/// An administrator's word counts without the old password. Somebody who waits for a first one is active with it.
fn give_password(writing: &Writing<'_>, user: &UserRecord, hash: &str) -> Result<(), ApiError> {
    if matches!(
        user.status,
        UserStatus::Deprovisioned | UserStatus::Suspended
    ) {
        return Err(ApiError::new(ErrorCode::WrongStatus));
    }
    set_password(writing.db, &user.id, hash, writing.now)?;
    end_access(writing.db, &user.id, writing.now)?;
    attempts::unlock(writing.db, &user.id, writing.now)?;
    if user.status == UserStatus::Provisioned {
        activate_user(writing.db, &user.id, writing.now)?;
        vouch_for_address(writing, &user.again(writing.db)?)?;
    }
    Ok(())
}
