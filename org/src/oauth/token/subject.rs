use model::{OAuthErrorCode, UserId};
use rusqlite::Connection;

use crate::Org;
use crate::directory::{find_user, group_names_of};
use crate::oauth::Scope;
use crate::oauth::error::EndpointError;
use crate::oauth::issue::{Refusal, Subject};
use crate::oauth::server::AuthorizationServer;

/// What tokens with these scopes will say of a user, unless the user is gone.
pub(in crate::oauth) fn subject_of(
    (org, server): (&Org, &AuthorizationServer),
    db: &Connection,
    user: &UserId,
    scopes: &[Scope],
) -> rusqlite::Result<Option<Subject>> {
    let Some(user) = find_user(db, user)? else {
        return Ok(None);
    };
    let groups = if server.needs_groups(scopes) {
        group_names_of(db, &user.id)?
    } else {
        Vec::new()
    };
    let org_id = org.id().to_string();
    Ok(Some(Subject {
        user,
        groups,
        org_id,
    }))
}

/// What an app hears of the door. Of a user who may not sign in it hears only that its grant is not good: `invalid`.
pub(in crate::oauth) fn denied(refusal: Refusal, invalid: &str) -> EndpointError {
    match refusal {
        Refusal::User | Refusal::App => EndpointError::invalid_grant(invalid),
        Refusal::Assignment => EndpointError::refused(
            OAuthErrorCode::AccessDenied,
            "User is not assigned to the client application.",
        ),
        Refusal::Policy => EndpointError::refused(
            OAuthErrorCode::AccessDenied,
            "Policy evaluation failed for this request, please check the policy configurations.",
        ),
    }
}
