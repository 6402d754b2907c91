use rusqlite::Connection;
use serde::Deserialize;

use super::super::{Status, text};
use crate::api::ApiError;
use crate::oauth::server::{
    ClaimRecord, ClaimType, GroupFilter, ValueType, list_claims, list_scopes,
};

/// A claim as it is sent.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ClaimBody {
    #[serde(default)]
    name: String,
    #[serde(default)]
    status: Status,
    claim_type: Option<ClaimType>,
    value_type: Option<ValueType>,
    value: Option<String>,
    #[serde(rename = "group_filter_type")]
    group_filter: Option<GroupFilter>,
    always_include_in_token: Option<bool>,
    conditions: Option<Conditions>,
}

#[derive(Debug, Deserialize)]
struct Conditions {
    scopes: Option<Vec<String>>,
}

/// Okta's limits, in characters.
const NAME: usize = 255;
const VALUE: usize = 1024;

/// What the org itself writes into every token.
const RESERVED: [&str; 18] = [
    "acr",
    "active",
    "amr",
    "at_hash",
    "aud",
    "auth_time",
    "cid",
    "client_id",
    "exp",
    "iat",
    "idp",
    "iss",
    "jti",
    "nonce",
    "scp",
    "sid",
    "uid",
    "ver",
];

impl ClaimBody {
    /// The claim that it makes, whose id is still to be given.
    pub(super) fn checked(self) -> Result<ClaimRecord, ApiError> {
        let name = text("name", &self.name, NAME)?;
        if RESERVED.contains(&name.as_str()) {
            return Err(ApiError::invalid("name", "The name is reserved"));
        }
        let missing = |field: &str| ApiError::invalid(field, "The field cannot be left blank");
        let claim_type = self.claim_type.ok_or_else(|| missing("claimType"))?;
        let value_type = self.value_type.unwrap_or(ValueType::Expression);
        let scopes = self.conditions.and_then(|conditions| conditions.scopes);
        let claim = ClaimRecord {
            id: String::new(),
            name,
            is_active: self.status == Status::Active,
            claim_type,
            value_type,
            value: self.value,
            group_filter: self
                .group_filter
                .filter(|_| value_type == ValueType::Groups),
            // An access token has no second place where its claims could be.
            always_included: claim_type == ClaimType::Resource
                || self.always_include_in_token.unwrap_or(false),
            scopes: scopes.unwrap_or_default(),
            system: false,
        };
        Ok(claim)
    }
}

/// Checks a claim that somebody makes: its value can be used, its scopes exist, and no other claim of its kind has the name.
pub(super) fn check(db: &Connection, server: &str, claim: &ClaimRecord) -> Result<(), ApiError> {
    if claim.value_type == ValueType::System {
        return Err(ApiError::invalid(
            "valueType",
            "The value type of a custom claim is EXPRESSION or GROUPS",
        ));
    }
    if claim.name == "sub" {
        return Err(ApiError::invalid("name", "The name is reserved"));
    }
    text("value", claim.value.as_deref().unwrap_or_default(), VALUE)?;
    if claim.value_type == ValueType::Groups && claim.group_filter.is_none() {
        return Err(ApiError::invalid(
            "group_filter_type",
            "The field cannot be left blank",
        ));
    }
    if let Some(flaw) = claim.flaw() {
        return Err(ApiError::invalid("value", &flaw));
    }
    let known = list_scopes(db, server)?;
    let is_known = |name: &String| known.iter().any(|scope| scope.name == *name);
    if !claim.scopes.iter().all(is_known) {
        return Err(ApiError::invalid(
            "conditions.scopes",
            "A scope is not configured for the authorization server",
        ));
    }
    let is_taken = list_claims(db, server)?.iter().any(|other| {
        other.id != claim.id && other.name == claim.name && other.claim_type == claim.claim_type
    });
    if is_taken {
        return Err(ApiError::duplicate("name"));
    }
    Ok(())
}

/// Of Okta's own claims only these can be changed: whether they are let out, and where.
pub(super) fn changed_system(
    before: ClaimRecord,
    wanted: &ClaimRecord,
) -> Result<ClaimRecord, ApiError> {
    let is_same = before.name == wanted.name
        && before.claim_type == wanted.claim_type
        && wanted.value_type == ValueType::System;
    if !is_same || before.claim_type == ClaimType::Resource {
        return Err(ApiError::invalid(
            "system",
            "Of a system claim of an ID token only status and alwaysIncludeInToken can be changed",
        ));
    }
    Ok(ClaimRecord {
        is_active: wanted.is_active,
        always_included: wanted.always_included,
        ..before
    })
}
