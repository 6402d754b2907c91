use model::{GroupId, UserId};
use rusqlite::Connection;

use super::body::Checked;
use crate::api::ApiError;
use crate::directory::find_user;
use crate::oauth::server::{list_rules, list_scopes};
use crate::policy::server_access::{ANY_SCOPE, EVERYONE};
use crate::settings::is_interaction_code_on;

/// The grants that Okta's rules may name.
const GRANT_TYPES: [&str; 14] = [
    "authorization_code",
    "client_credentials",
    "implicit",
    "interaction_code",
    "password",
    "urn:ietf:params:oauth:grant-type:device_code",
    "urn:ietf:params:oauth:grant-type:jwt-bearer",
    "urn:ietf:params:oauth:grant-type:saml2-bearer",
    "urn:ietf:params:oauth:grant-type:token-exchange",
    "urn:openid:params:grant-type:ciba",
    "urn:okta:params:oauth:grant-type:otp",
    "urn:okta:params:oauth:grant-type:oob",
    "http://auth0.com/oauth/grant-type/mfa-otp",
    "http://auth0.com/oauth/grant-type/mfa-oob",
];
/// More are no list that somebody keeps by hand.
const LONGEST: usize = 1000;

impl Checked {
    /// Checks what the database knows: the people, the groups and the scopes exist, the org has the grants, and no other rule of
    /// the policy has the name.
    pub(super) fn check(
        &self,
        db: &Connection,
        (server, policy): (&str, &str),
        own: Option<&str>,
    ) -> Result<(), ApiError> {
        let is_taken = list_rules(db, policy)?.iter().any(|other| {
            own != Some(other.id.as_str()) && other.name.eq_ignore_ascii_case(&self.name)
        });
        if is_taken {
            return Err(ApiError::duplicate("name"));
        }
        self.check_grants(db)?;
        self.check_scopes(db, server)?;
        self.check_people(db)
    }

    fn check_grants(&self, db: &Connection) -> Result<(), ApiError> {
        const FIELD: &str = "conditions.grantTypes.include";
        let grants = &self.conditions.grant_types.include;
        if grants.is_empty() {
            return Err(ApiError::invalid(FIELD, "The field cannot be left blank"));
        }
        if !grants
            .iter()
            .all(|grant| GRANT_TYPES.contains(&grant.as_str()))
        {
            return Err(ApiError::invalid(
                FIELD,
                "A grant type is not one of Okta's",
            ));
        }
        let needs_switch = grants.iter().any(|grant| grant == "interaction_code");
        if needs_switch && !is_interaction_code_on(db)? {
            return Err(ApiError::invalid(
                FIELD,
                "The interaction_code grant type is off for this org: switch it on under Embedded widget sign-in support",
            ));
        }
        Ok(())
    }

    fn check_scopes(&self, db: &Connection, server: &str) -> Result<(), ApiError> {
        let known = list_scopes(db, server)?;
        let is_known =
            |name: &String| name == ANY_SCOPE || known.iter().any(|scope| scope.name == *name);
        if self.conditions.scopes.include.iter().all(is_known) {
            return Ok(());
        }
        Err(ApiError::invalid(
            "conditions.scopes.include",
            "A scope is not configured for the authorization server",
        ))
    }

    fn check_people(&self, db: &Connection) -> Result<(), ApiError> {
        let people = &self.conditions.people;
        for (field, ids, exists) in [
            ("users.include", &people.users.include, is_user as Exists),
            ("users.exclude", &people.users.exclude, is_user),
            ("groups.include", &people.groups.include, is_group),
            ("groups.exclude", &people.groups.exclude, is_group),
        ] {
            let mut is_whole = ids.len() <= LONGEST;
            for id in ids.iter().take(LONGEST) {
                is_whole = is_whole && exists(db, id)?;
            }
            if !is_whole {
                return Err(ApiError::invalid(
                    &format!("conditions.people.{field}"),
                    "The list names what does not exist, or more than 1000",
                ));
            }
        }
        Ok(())
    }
}

type Exists = fn(&Connection, &str) -> rusqlite::Result<bool>;

fn is_user(db: &Connection, id: &str) -> rusqlite::Result<bool> {
    match UserId::parse(id) {
        Ok(id) => Ok(find_user(db, &id)?.is_some()),
        Err(_) => Ok(false),
    }
}

fn is_group(db: &Connection, id: &str) -> rusqlite::Result<bool> {
    if id == EVERYONE {
        return Ok(true);
    }
    if GroupId::parse(id).is_err() {
        return Ok(false);
    }
    db.prepare_cached("SELECT EXISTS (SELECT 1 FROM groups WHERE id = ?1)")?
        .query_row([id], |row| row.get(0))
}
