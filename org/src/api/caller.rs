//! Who calls the management API, and with which rights.

use axum::extract::FromRequestParts;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use http::request::Parts;
use jiff::Timestamp;
use model::{AppId, ErrorCode, UserId};
use rusqlite::{Connection, OptionalExtension as _};

use super::grant::{Grant, grants_of_app, grants_of_user};
use super::rights::{Access, Resource, Rights, scope_allows};
use super::token::{ApiToken, find_live_api_token};
use super::{ApiError, Role};
use crate::cookies;
use crate::directory::{UserStatus, find_user};
use crate::events::Actor;
use crate::handle::Handle;
use crate::session::find_session;
use crate::store::{Digest, Json, Moment, parsed};

/// Who calls. The gate in front of a route makes one; a handler takes it as an extractor.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    /// The user who made the token, or who is signed in. A service app has none.
    pub(crate) user: Option<UserId>,
    /// The roles of the user, or of the service app.
    pub(crate) roles: Vec<Grant>,
    pub(crate) credential: Credential,
}

/// What the caller showed.
#[derive(Debug, Clone)]
pub(crate) enum Credential {
    /// Nothing: the call asks for no rights.
    None,
    /// An API token.
    ApiToken(ApiToken),
    /// An access token of the org's own authorization server.
    AccessToken {
        app: AppId,
        scopes: Vec<String>,
        token: Digest,
        /// When the person proved who they are, where that is known.
        auth_time: Option<Timestamp>,
        /// The session that it comes from, where that is known.
        session: Option<Digest>,
    },
    /// The session of this browser.
    Session(Digest),
}

/// The caller as the gate found it.
impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        parts
            .extensions
            .get()
            .cloned()
            .ok_or_else(|| ApiError::new(ErrorCode::InvalidToken))
    }
}

impl Caller {
    fn nobody() -> Self {
        Self {
            user: None,
            roles: Vec::new(),
            credential: Credential::None,
        }
    }

    /// Who it is, for the System Log.
    pub(crate) fn actor(&self, db: &Connection) -> rusqlite::Result<Actor> {
        if let Some(id) = &self.user
            && let Some(user) = find_user(db, id)?
        {
            return Ok(Actor::new(
                "User",
                id.as_str(),
                user.profile.login.clone(),
                user.profile.full_name(),
            ));
        }
        match &self.credential {
            Credential::AccessToken { app, .. } => {
                let label = crate::apps::find_app_label(db, app)?.unwrap_or_default();
                Ok(Actor::new(
                    "PublicClientApp",
                    app.as_str(),
                    app.as_str(),
                    label,
                ))
            }
            _ => Ok(Actor::unknown("unknown")),
        }
    }

    /// The id of whoever makes a change: a user, or an app for itself.
    pub(crate) fn author(&self) -> String {
        match (&self.user, &self.credential) {
            (Some(user), _) => user.to_string(),
            (None, Credential::AccessToken { app, .. }) => app.to_string(),
            (None, _) => String::new(),
        }
    }

    /// Whether the caller is this user.
    pub(crate) fn is(&self, user: &UserId) -> bool {
        self.user.as_ref() == Some(user)
    }

    /// Whether the caller may do everything.
    pub(crate) fn is_super_admin(&self) -> bool {
        self.has(Role::SuperAdmin)
    }

    /// Whether the caller has the role, for whatever it is limited to.
    pub(crate) fn has(&self, role: Role) -> bool {
        self.roles.iter().any(|grant| grant.role == role)
    }

    /// Whether the caller may do this to anything, beyond what the route asked for already. What of it their roles reach is
    /// another question.
    pub(crate) fn may(&self, resource: Resource, access: Access) -> bool {
        let by_role = self
            .roles
            .iter()
            .any(|grant| grant.role.may(resource, access));
        match &self.credential {
            Credential::None | Credential::Session(_) => false,
            Credential::ApiToken(_) => by_role,
            Credential::AccessToken { scopes, .. } => {
                by_role && scope_allows(scopes, resource, access)
            }
        }
    }
}

/// What a request shows. Browsers send no `Authorization` header by themselves, so a call with one cannot be forged by a page.
enum Shown {
    ApiToken(Handle),
    AccessToken(Handle),
    Session(Handle),
    Nothing,
}

fn shown(headers: &HeaderMap) -> Shown {
    let Some(header) = headers.get(AUTHORIZATION) else {
        return cookies::read(headers, cookies::SESSION).map_or(Shown::Nothing, Shown::Session);
    };
    let text = header.to_str().unwrap_or_default().trim();
    // Okta's Python SDK writes the scheme without a space behind it.
    if let Some(token) = strip_scheme(text, "SSWS") {
        return Shown::ApiToken(Handle::received(token));
    }
    match strip_scheme(text, "Bearer ") {
        Some(token) => Shown::AccessToken(Handle::received(token)),
        None => Shown::Nothing,
    }
}

fn strip_scheme<'a>(text: &'a str, scheme: &str) -> Option<&'a str> {
    let (named, rest) = text.split_at_checked(scheme.len())?;
    named
        .eq_ignore_ascii_case(scheme)
        .then(|| rest.trim_start())
}

/// Finds out who calls and whether they may. `is_me` is whether the path says `me`.
pub(super) fn admit(
    db: &Connection,
    headers: &HeaderMap,
    rights: Rights,
    is_me: bool,
    now: Timestamp,
) -> rusqlite::Result<Result<Caller, ApiError>> {
    if rights == Rights::Anybody {
        return Ok(Ok(Caller::nobody()));
    }
    let Some(caller) = identify(db, shown(headers), now)? else {
        return Ok(Err(refusal(rights)));
    };
    Ok(decide(caller, rights, is_me))
}

fn identify(db: &Connection, shown: Shown, now: Timestamp) -> rusqlite::Result<Option<Caller>> {
    match shown {
        Shown::Nothing => Ok(None),
        Shown::ApiToken(token) => {
            let Some(token) = find_live_api_token(db, token.digest(), now)? else {
                return Ok(None);
            };
            let user = token.user_id.clone();
            Ok(Some(Caller {
                roles: grants_of_user(db, &user)?,
                user: Some(user),
                credential: Credential::ApiToken(token),
            }))
        }
        Shown::AccessToken(token) => by_access_token(db, token.digest(), now),
        Shown::Session(handle) => {
            let Some(session) = find_session(db, handle.digest(), now)? else {
                return Ok(None);
            };
            Ok(Some(Caller {
                roles: grants_of_user(db, &session.user_id)?,
                user: Some(session.user_id),
                credential: Credential::Session(session.handle),
            }))
        }
    }
}

/// The bearer of an access token of the org's own server: a user through an app, or a service app for itself.
fn by_access_token(
    db: &Connection,
    token: Digest,
    now: Timestamp,
) -> rusqlite::Result<Option<Caller>> {
    let found = db
        .prepare_cached(
            "SELECT app_id, user_id, scopes, users.status, \
             coalesce( \
               (SELECT json_extract(authorization, '$.grant.auth_time') FROM authorization_codes \
                WHERE code_hash = access_tokens.code_hash), \
               (SELECT json_extract(terms, '$.grant.auth_time') FROM refresh_grants WHERE id = refresh_id)), \
             (SELECT session_hash FROM authorization_codes WHERE code_hash = access_tokens.code_hash) \
             FROM access_tokens \
             JOIN apps ON apps.id = app_id AND apps.status = 'ACTIVE' LEFT JOIN users ON users.id = user_id \
             WHERE token_hash = ?1 AND server = 'org' AND expires_at > ?2 AND revoked_at IS NULL",
        )?
        .query_row((token, Moment(now)), |row| {
            let status = row.get::<_, Option<String>>(3)?.map(UserStatus::try_from);
            let app: AppId = parsed(row, 0)?;
            let user = row.get::<_, Option<String>>(1)?.map(UserId::parse);
            let credential = Credential::AccessToken {
                app: app.clone(),
                scopes: row.get::<_, Json<Vec<String>>>(2)?.0,
                token,
                auth_time: row
                    .get::<_, Option<String>>(4)?
                    .and_then(|at| at.parse().ok()),
                session: row.get(5)?,
            };
            Ok((app, user, credential, status))
        })
        .optional()?;
    let Some((app, user, credential, status)) = found else {
        return Ok(None);
    };
    let user = match (user, status) {
        (Some(Ok(user)), Some(Ok(status))) if status.may_sign_in() => Some(user),
        (None, _) => None,
        _ => return Ok(None),
    };
    let roles = match &user {
        Some(user) => grants_of_user(db, user)?,
        None => grants_of_app(db, &app)?,
    };
    Ok(Some(Caller {
        user,
        roles,
        credential,
    }))
}

/// The administrator roles of a user: their own and those of their groups.
pub(crate) fn roles_of(db: &Connection, user: &UserId) -> rusqlite::Result<Vec<Role>> {
    db.prepare_cached(
        "SELECT role FROM admin_roles WHERE user_id = ?1 \
         UNION SELECT role FROM group_roles JOIN group_members USING (group_id) WHERE user_id = ?1",
    )?
    .query_map([user.as_str()], |row| parsed(row, 0))?
    .collect()
}

fn decide(caller: Caller, rights: Rights, is_me: bool) -> Result<Caller, ApiError> {
    let is_session = matches!(caller.credential, Credential::Session(_));
    let is_allowed = match rights {
        Rights::Anybody => true,
        Rights::OwnSession => is_session,
        Rights::Myself(scope) | Rights::MyselfAfresh(scope) => match &caller.credential {
            Credential::AccessToken { scopes, .. } => {
                let manage = scope.replace(".read", ".manage");
                caller.user.is_some()
                    && scopes
                        .iter()
                        .any(|granted| granted == scope || *granted == manage)
            }
            _ => false,
        },
        Rights::Admin(resource, access) => caller.may(resource, access),
        Rights::AdminOrMe(resource, access) => {
            (is_session && is_me) || caller.may(resource, access)
        }
    };
    match (is_allowed, is_session) {
        (true, _) => Ok(caller),
        // A cookie is no credential of the management API.
        (false, true) => Err(refusal(rights)),
        (false, false) => Err(ApiError::forbidden()),
    }
}

/// What those hear who show nothing that counts.
fn refusal(rights: Rights) -> ApiError {
    match rights {
        Rights::OwnSession => ApiError::not_found("Session", "me"),
        _ => ApiError::new(ErrorCode::InvalidToken),
    }
}
