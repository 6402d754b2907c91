use model::{AppId, UserId};
use rusqlite::Connection;

use super::{Facts, Permit, Purpose, Refusal, may_issue};
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
    let Some(facts) = Facts::find(db, grant.user, grant.app)? else {
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
