use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use model::{ErrorCode, GroupId, UserId};
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::address::vouch_for_address;
use super::input::{Credentials, GivenPassword};
use super::letter::link_for;
use super::password::{Owner, hash, is_optional, object};
use super::profile::{custom_of_users, whole};
use super::question::{HashedQuestion, hash_question, put_question};
use super::record::{Provider, ProviderKind, UserRecord, find_user};
use super::view::{etag, view};
use crate::Org;
use crate::api::v1::groups::find_group;
use crate::api::{ApiError, Body, Change, Listing, Writing};
use crate::directory::{
    EVERYONE, NewUser, Profile, UserStatus, add_to_group, create_user, default_user_type_id,
    find_group_by_name, is_login_taken, set_provider,
};
use crate::events::{Event, EventType};
use crate::policy::Subject;
use crate::sign_in::LinkPurpose;
use crate::store::Json as Stored;

/// As many groups as Okta takes at once.
const MOST_GROUPS: usize = 20;

/// What a user is made of.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewUserBody {
    #[serde(default)]
    profile: Map<String, Value>,
    credentials: Option<Credentials>,
    group_ids: Option<Vec<String>>,
    #[serde(rename = "type")]
    user_type: Option<TypeInput>,
}

/// The type of a user, of which the org has one.
#[derive(Debug, Deserialize)]
pub(super) struct TypeInput {
    id: Option<String>,
}

impl TypeInput {
    pub(super) fn check(&self, org: &Org) -> Result<(), ApiError> {
        match self.id.as_deref() {
            None | Some("default") => Ok(()),
            Some(id) if id == default_user_type_id(org.id()) => Ok(()),
            Some(_) => Err(ApiError::invalid("type", "There is no such user type")),
        }
    }
}

/// What the address says about the life of the new account.
#[derive(Debug, Clone, Copy)]
struct Wishes {
    activate: bool,
    expires_password: bool,
    has_provider: bool,
}

impl Wishes {
    fn read(listing: &Listing) -> Result<Self, ApiError> {
        let expires_password = match listing.parameter("nextLogin") {
            None => false,
            Some("changePassword") => true,
            Some(_) => return Err(ApiError::invalid("nextLogin", "Expected changePassword")),
        };
        Ok(Self {
            activate: listing.flag("activate")?.unwrap_or(true),
            has_provider: listing.flag("provider")?.unwrap_or(false),
            expires_password,
        })
    }
}

/// A user who is ready to be written down: all slow work is done.
struct Prepared {
    profile: Profile,
    groups: Vec<String>,
    hash: Option<String>,
    question: Option<HashedQuestion>,
    provider: Option<Provider>,
    wishes: Wishes,
}

/// `POST /api/v1/users`.
pub(super) async fn create(
    State(org): State<Org>,
    change: Change,
    listing: Listing,
    Body(body): Body<NewUserBody>,
) -> Result<Response, ApiError> {
    let prepared = prepare(&org, &listing, body).await?;
    let policies = org.store().read(|db| org.kit().policies.current(db))?;
    let user = change
        .run(move |writing| {
            let needs_password =
                |groups: &[GroupId]| !is_optional(&policies, Subject { user: None, groups });
            write(writing, prepared, needs_password)
        })
        .await?;
    org.inbox().announce();
    Ok((etag(&user), Json(view(&user, &org))).into_response())
}

async fn prepare(org: &Org, listing: &Listing, body: NewUserBody) -> Result<Prepared, ApiError> {
    let wishes = Wishes::read(listing)?;
    let custom = org.store().read(custom_of_users)?;
    let profile = whole(body.profile, "newUser", &custom)?;
    if let Some(user_type) = &body.user_type {
        user_type.check(org)?;
    }
    let groups = body.group_ids.unwrap_or_default();
    if groups.len() > MOST_GROUPS {
        return Err(ApiError::new(ErrorCode::TooManyTargets));
    }
    let credentials = body.credentials.unwrap_or_default();
    let password = credentials.password()?;
    check_wishes(wishes, &credentials, password.as_ref())?;
    let (known, is_taken) = org
        .store()
        .read(|db| Ok((existing(db, &groups)?, is_login_taken(db, &profile.login)?)))?;
    // Said again when it is written down; here it spares the hashing.
    if is_taken {
        return Err(ApiError::duplicate("login"));
    }
    if let Some(GivenPassword::Itself(text)) = &password {
        let owner = Owner {
            user: None,
            profile: &profile,
            groups: &known,
        };
        if let Some(objection) = object(org, owner, text, false).await? {
            return Err(objection.of_field());
        }
    }
    let hash = match &password {
        Some(password) => Some(hash(org, password).await?),
        None => None,
    };
    let question = match credentials.question() {
        Some(input) => Some(hash_question(org, &input).await?),
        None => None,
    };
    let provider = credentials.provider.filter(|_| wishes.has_provider);
    Ok(Prepared {
        profile,
        groups,
        hash,
        question,
        provider,
        wishes,
    })
}

fn check_wishes(
    wishes: Wishes,
    credentials: &Credentials,
    password: Option<&GivenPassword>,
) -> Result<(), ApiError> {
    if wishes.expires_password && password.is_none() {
        return Err(ApiError::new(ErrorCode::ExpireNeedsPassword));
    }
    if wishes.expires_password && !wishes.activate {
        return Err(ApiError::new(ErrorCode::ExpireNeedsActive));
    }
    if !wishes.has_provider {
        return Ok(());
    }
    let Some(provider) = &credentials.provider else {
        return Err(ApiError::invalid(
            "provider",
            "The field cannot be left blank",
        ));
    };
    let has_own_password = matches!(provider.kind, ProviderKind::Okta | ProviderKind::Import);
    if password.is_some() && !has_own_password {
        return Err(ApiError::invalid(
            "password",
            "A user of another provider has no password in the org",
        ));
    }
    Ok(())
}

/// Those of the groups that exist, and the one that everybody is in.
fn existing(db: &Connection, groups: &[String]) -> rusqlite::Result<Vec<GroupId>> {
    let mut known: Vec<GroupId> = find_group_by_name(db, EVERYONE)?.into_iter().collect();
    for group in groups {
        if let Ok(group) = find_group(db, group) {
            known.push(group.id);
        }
    }
    Ok(known)
}

/// The groups of a new user, where the caller may make one in them: those that were named, and the one that everybody is in.
fn groups_for(writing: &Writing<'_>, named: &[String]) -> Result<Vec<GroupId>, ApiError> {
    writing.caller.may_create_in(named)?;
    let mut groups: Vec<GroupId> = find_group_by_name(writing.db, EVERYONE)?
        .into_iter()
        .collect();
    for id in named {
        let group = find_group(writing.db, id)?;
        writing.caller.may_fill(writing.db, id)?;
        groups.push(group.id);
    }
    Ok(groups)
}

fn write(
    writing: &Writing<'_>,
    new: Prepared,
    needs_password: impl FnOnce(&[GroupId]) -> bool,
) -> Result<UserRecord, ApiError> {
    if is_login_taken(writing.db, &new.profile.login)? {
        return Err(ApiError::duplicate("login"));
    }
    let groups = groups_for(writing, &new.groups)?;
    let is_ready = new.hash.is_some() || new.provider.is_some() || !needs_password(&groups);
    let id = UserId::generate(writing.entropy);
    let user = NewUser {
        id: id.clone(),
        status: first_status(new.wishes, is_ready),
        profile: new.profile,
        password_hash: new.hash,
    };
    create_user(writing.db, &user, writing.now)?;
    if let Some(provider) = new.provider {
        set_provider(writing.db, &id, &Stored(provider))?;
    }
    if let Some(question) = new.question {
        put_question(writing.db, &id, question, writing.entropy, writing.now)?;
    }
    for group in &groups {
        add_to_group(writing.db, &id, group)?;
    }
    let user = find_user(writing.db, writing.caller, id.as_str())?;
    vouch_for_address(writing, &user)?;
    if user.status == UserStatus::Provisioned {
        link_for(writing, &user, LinkPurpose::Activation, true)?;
    }
    writing.log(Event::of(EventType::UserLifecycleCreate).to(user.target()))?;
    Ok(user)
}

const fn first_status(wishes: Wishes, is_ready: bool) -> UserStatus {
    match (wishes.activate, is_ready) {
        (false, _) => UserStatus::Staged,
        (true, _) if wishes.expires_password => UserStatus::PasswordExpired,
        (true, true) => UserStatus::Active,
        (true, false) => UserStatus::Provisioned,
    }
}
