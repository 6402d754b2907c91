use model::{AppId, UserId};
use rusqlite::Connection;

use super::{Facts, Permit, Purpose, Refusal, may_issue, may_issue_to_app};
use crate::apps::find_app;
use crate::directory::groups_of;
use crate::oauth::Scope;
use crate::oauth::server::{ORG_SERVER, load_rules};
use crate::policy::server_access::{AccessRequest, Person};

/// A grant to an app in the name of a user.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UserGrant<'a> {
    /// The authorization server.
    pub(crate) server: &'a str,
    pub(crate) app: &'a AppId,
    pub(crate) user: &'a UserId,
    pub(crate) grant_type: &'a str,
    pub(crate) scopes: &'a [Scope],
}

/// Asks the door about a grant, with what is so at this moment.
pub(crate) fn ask(
    db: &Connection,
    grant: UserGrant<'_>,
) -> rusqlite::Result<Result<Permit, Refusal>> {
    ask_for_bearer(db, grant.app, grant)
}

/// The same where one app acts on what another holds: the user must be allowed to use `bearer`, and the policy must give to the
/// app of the grant.
pub(crate) fn ask_for_bearer(
    db: &Connection,
    bearer: &AppId,
    grant: UserGrant<'_>,
) -> rusqlite::Result<Result<Permit, Refusal>> {
    let Some(facts) = Facts::find(db, grant.user, bearer)? else {
        return Ok(Err(Refusal::User));
    };
    let rules = load_rules(db, grant.server)?;
    let groups = if grant.server == ORG_SERVER {
        Vec::new()
    } else {
        groups_of(db, grant.user)?
    };
    let purpose = Purpose::Grant {
        request: AccessRequest {
            grant_type: grant.grant_type,
            scopes: grant.scopes,
            app: grant.app,
            person: Some(Person {
                id: grant.user,
                groups: &groups,
            }),
        },
        rules: rules.as_deref(),
    };
    Ok(may_issue(facts, purpose))
}

/// Asks the door about a grant to an app in its own name.
pub(crate) fn ask_for_app(
    db: &Connection,
    server: &str,
    app: &AppId,
    (grant_type, scopes): (&str, &[Scope]),
) -> rusqlite::Result<Result<Permit, Refusal>> {
    let is_active = find_app(db, app.as_str())?.is_some();
    let rules = load_rules(db, server)?;
    let request = AccessRequest {
        grant_type,
        scopes,
        app,
        person: None,
    };
    Ok(may_issue_to_app(is_active, request, rules.as_deref()))
}
