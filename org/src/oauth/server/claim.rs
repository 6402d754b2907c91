use rusqlite::{Connection, OptionalExtension as _, Row, named_params};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::record::{status, words};
use crate::directory::User;
use crate::oauth::Scope;
use crate::oauth::expression::Expression;
use crate::store::{Json, parsed};

words! {
    /// What the claim is in.
    ClaimType {
        /// The ID token, and the answer of the userinfo endpoint.
        Identity = "IDENTITY",
        /// The access token.
        Resource = "RESOURCE",
    }
}

words! {
    /// Where the value comes from.
    ValueType {
        /// An expression in Okta's language.
        Expression = "EXPRESSION",
        /// The names of the groups that a filter lets through.
        Groups = "GROUPS",
        /// The org itself.
        System = "SYSTEM",
    }
}

words! {
    /// How the names of groups are compared with the value.
    GroupFilter {
        StartsWith = "STARTS_WITH",
        Equals = "EQUALS",
        Contains = "CONTAINS",
        Regex = "REGEX",
    }
}

/// A claim of a custom authorization server.
#[derive(Debug, Clone)]
pub(crate) struct ClaimRecord {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) is_active: bool,
    pub(crate) claim_type: ClaimType,
    pub(crate) value_type: ValueType,
    pub(crate) value: Option<String>,
    pub(crate) group_filter: Option<GroupFilter>,
    /// Whether it is also in an ID token that comes with an access token.
    pub(crate) always_included: bool,
    /// For tokens with one of these scopes; for all when there is none.
    pub(crate) scopes: Vec<String>,
    pub(crate) system: bool,
}

/// The claims of OpenID Connect with their scope, and whether they are always in the ID token, as at Okta.
const STANDARD: [(&str, &str, bool); 18] = [
    ("name", "profile", true),
    ("preferred_username", "profile", true),
    ("given_name", "profile", false),
    ("middle_name", "profile", false),
    ("family_name", "profile", false),
    ("nickname", "profile", false),
    ("profile", "profile", false),
    ("picture", "profile", false),
    ("website", "profile", false),
    ("gender", "profile", false),
    ("birthdate", "profile", false),
    ("zoneinfo", "profile", false),
    ("locale", "profile", false),
    ("updated_at", "profile", false),
    ("email", "email", true),
    ("email_verified", "email", false),
    ("address", "address", false),
    ("phone_number", "phone", false),
];
/// What Okta's access tokens have as their subject.
const SUBJECT: &str = "(appuser != null) ? appuser.userName : app.clientId";

/// The claims that every server begins with.
pub(super) fn stock() -> Vec<ClaimRecord> {
    let subject = ClaimRecord {
        id: String::new(),
        name: "sub".to_owned(),
        is_active: true,
        claim_type: ClaimType::Resource,
        value_type: ValueType::System,
        value: Some(SUBJECT.to_owned()),
        group_filter: None,
        always_included: true,
        scopes: Vec::new(),
        system: true,
    };
    let standard = STANDARD.iter().map(|(name, scope, always)| ClaimRecord {
        name: (*name).to_owned(),
        claim_type: ClaimType::Identity,
        value: None,
        always_included: *always,
        scopes: vec![(*scope).to_owned()],
        ..subject.clone()
    });
    std::iter::once(subject.clone()).chain(standard).collect()
}

/// The active claims of a server, ready to be written into tokens.
#[derive(Debug)]
pub(crate) struct ClaimsOf(Vec<(ClaimRecord, Source)>);

#[derive(Debug)]
enum Source {
    System,
    Expression(Expression),
    Groups(Pattern),
}

#[derive(Debug)]
enum Pattern {
    Text(GroupFilter, String),
    Regex(regex::Regex),
}

impl Pattern {
    fn has(&self, name: &str) -> bool {
        match self {
            Self::Regex(regex) => regex.is_match(name),
            Self::Text(GroupFilter::StartsWith, text) => name.starts_with(text),
            Self::Text(GroupFilter::Contains, text) => name.contains(text),
            Self::Text(GroupFilter::Equals | GroupFilter::Regex, text) => name == text,
        }
    }
}

impl ClaimRecord {
    /// Where its value comes from; why it cannot be used otherwise.
    fn source(&self) -> Result<Source, String> {
        let value = self.value.as_deref().unwrap_or_default();
        match self.value_type {
            ValueType::System => Ok(Source::System),
            ValueType::Expression => Expression::parse(value).map(Source::Expression),
            ValueType::Groups => pattern(self.group_filter, value).map(Source::Groups),
        }
    }

    /// Why the claim cannot be used.
    pub(crate) fn flaw(&self) -> Option<String> {
        self.source().err()
    }

    fn is_for(&self, scopes: &[Scope]) -> bool {
        let has = |name: &String| scopes.iter().any(|scope| scope.as_str() == name);
        self.scopes.is_empty() || self.scopes.iter().any(has)
    }
}

fn pattern(filter: Option<GroupFilter>, value: &str) -> Result<Pattern, String> {
    match filter.unwrap_or(GroupFilter::StartsWith) {
        // The whole name must match, as in Java.
        GroupFilter::Regex => regex::RegexBuilder::new(&format!("^(?:{value})$"))
            .size_limit(1 << 18)
            .build()
            .map(Pattern::Regex)
            .map_err(|_| "The regular expression is invalid or too large".to_owned()),
        other => Ok(Pattern::Text(other, value.to_owned())),
    }
}

/// Of whom a token speaks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Teller<'a> {
    pub(crate) user: &'a User,
    /// The names of their groups.
    pub(crate) groups: &'a [String],
    pub(crate) scopes: &'a [Scope],
}

impl ClaimsOf {
    pub(super) fn new(records: Vec<ClaimRecord>) -> Self {
        let active = records.into_iter().filter(|record| record.is_active);
        let usable = active.filter_map(|record| {
            let source = record.source().ok()?;
            Some((record, source))
        });
        Self(usable.collect())
    }

    /// Whether a value needs the names of the user's groups.
    pub(crate) fn needs_groups(&self) -> bool {
        let is_of_groups = |source: &Source| matches!(source, Source::Groups(_));
        self.0.iter().any(|(_, source)| is_of_groups(source))
    }

    /// Whether the org's own claim of this name is let out: into an ID token that comes with an access token only when it is
    /// always included.
    pub(crate) fn lets_out(&self, name: &str, in_id_token: bool) -> bool {
        self.0.iter().any(|(record, source)| {
            matches!(source, Source::System)
                && record.claim_type == ClaimType::Identity
                && record.name == name
                && (record.always_included || !in_id_token)
        })
    }

    /// The claims that somebody made, as far as the person has a value.
    pub(crate) fn made(
        &self,
        claim_type: ClaimType,
        in_id_token: bool,
        of: Teller<'_>,
    ) -> Map<String, Value> {
        let wanted = self.0.iter().filter(|(record, _)| {
            record.claim_type == claim_type
                && (record.always_included || !in_id_token)
                && record.is_for(of.scopes)
        });
        let values = wanted.filter_map(|(record, source)| {
            let value = match source {
                Source::System => None,
                Source::Expression(expression) => expression.value(of.user),
                Source::Groups(pattern) => {
                    let names = of.groups.iter().filter(|name| pattern.has(name));
                    Some(json!(names.collect::<Vec<_>>()))
                }
            };
            value.map(|value| (record.name.clone(), value))
        });
        values.collect()
    }
}

const COLUMNS: &str = "id, name, status = 'ACTIVE', claim_type, value_type, value, group_filter_type, always_included, scopes, \
     system";

fn from_row(row: &Row<'_>) -> rusqlite::Result<ClaimRecord> {
    let filter: Option<String> = row.get(6)?;
    Ok(ClaimRecord {
        id: row.get(0)?,
        name: row.get(1)?,
        is_active: row.get(2)?,
        claim_type: parsed(row, 3)?,
        value_type: parsed(row, 4)?,
        value: row.get(5)?,
        group_filter: filter.map(|_| parsed(row, 6)).transpose()?,
        always_included: row.get(7)?,
        scopes: row.get::<_, Json<Vec<String>>>(8)?.0,
        system: row.get(9)?,
    })
}

/// The claims of a server: Okta's own, then those that were made, the first made first.
pub(crate) fn list_claims(db: &Connection, server: &str) -> rusqlite::Result<Vec<ClaimRecord>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM server_claims WHERE server_id = ?1 ORDER BY place, id"
    ))?
    .query_map([server], from_row)?
    .collect()
}

/// A claim of a server by its id.
pub(crate) fn find_claim(
    db: &Connection,
    server: &str,
    id: &str,
) -> rusqlite::Result<Option<ClaimRecord>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM server_claims WHERE server_id = ?1 AND id = ?2"
    ))?
    .query_row((server, id), from_row)
    .optional()
}

/// Keeps a claim: a new one, or a changed one.
pub(crate) fn put_claim(
    db: &Connection,
    server: &str,
    claim: &ClaimRecord,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO server_claims (id, server_id, name, status, claim_type, value_type, value, group_filter_type, \
         always_included, scopes, system, place) VALUES (:id, :server, :name, :status, :claim_type, :value_type, :value, \
         :filter, :always, :scopes, :system, (SELECT coalesce(max(place), 0) + 1 FROM server_claims WHERE server_id = :server)) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, status = excluded.status, claim_type = excluded.claim_type, \
         value_type = excluded.value_type, value = excluded.value, group_filter_type = excluded.group_filter_type, \
         always_included = excluded.always_included, scopes = excluded.scopes",
    )?
    .execute(named_params! {
        ":id": claim.id,
        ":server": server,
        ":name": claim.name,
        ":status": status(claim.is_active),
        ":claim_type": claim.claim_type.as_str(),
        ":value_type": claim.value_type.as_str(),
        ":value": claim.value,
        ":filter": claim.group_filter.map(GroupFilter::as_str),
        ":always": claim.always_included,
        ":scopes": Json(&claim.scopes),
        ":system": claim.system,
    })?;
    Ok(())
}

/// Forgets a claim.
pub(crate) fn delete_claim(db: &Connection, id: &str) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM server_claims WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}
