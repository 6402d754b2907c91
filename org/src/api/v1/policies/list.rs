use axum::extract::State;
use axum::response::Response;
use model::ErrorCode;
use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, params_from_iter};

use super::record::{COLUMNS, PolicyRecord, complete, from_row, rules_of};
use super::sent::UNBUILT;
use super::{builtin, sent, view::view};
use crate::Org;
use crate::api::{ApiError, Listing, cut};
use crate::policy::{PolicyType, Status};

/// The most policies of a page.
const MOST: usize = 200;

/// `GET /api/v1/policies`: those of one type, by priority; the system's last.
pub(super) async fn list(State(org): State<Org>, listing: Listing) -> Result<Response, ApiError> {
    let Some(named) = listing.parameter("type") else {
        return Err(
            ApiError::new(ErrorCode::MissingParameter).because("type: The parameter is required")
        );
    };
    if UNBUILT.contains(&named) {
        return Ok(listing.whole(builtin::of_type(named, &org).into_iter().collect()));
    }
    let query = Query::read(&listing, sent::policy_type(named)?)?;
    let limit = listing.limit(MOST, MOST)?;
    let expands = listing
        .parameter("expand")
        .is_some_and(|parts| parts.split(',').any(|part| part.trim() == "rules"));
    let found = org.store().read(|db| {
        let mut policies = query.select(db, limit + 1)?;
        complete(db, &mut policies)?;
        let rules = |policy: PolicyRecord| {
            let rules = expands.then(|| rules_of(db, &policy.id)).transpose()?;
            Ok((policy, rules))
        };
        policies
            .into_iter()
            .map(rules)
            .collect::<rusqlite::Result<Vec<_>>>()
    })?;
    let (found, next) = cut(found, limit, |(policy, _)| query.keys_of(policy));
    let items = found
        .iter()
        .map(|(policy, rules)| view(policy, rules.as_deref(), org.url()))
        .collect();
    Ok(listing.page(items, next))
}

/// What is asked for.
struct Query<'a> {
    policy_type: PolicyType,
    status: Option<Status>,
    prefix: Option<&'a str>,
    /// An app that is mapped to the policy.
    resource: Option<&'a str>,
    by_name: bool,
    after: Option<Vec<SqlValue>>,
}

impl<'a> Query<'a> {
    fn read(listing: &'a Listing, policy_type: PolicyType) -> Result<Self, ApiError> {
        let status = listing.parameter("status").map(|status| {
            Status::try_from(status.to_owned())
                .map_err(|_| ApiError::invalid("status", "Expected ACTIVE or INACTIVE"))
        });
        let by_name = match listing.parameter("sortBy") {
            None => false,
            Some("name") => true,
            Some(_) => return Err(ApiError::invalid("sortBy", "Policies are sorted by name")),
        };
        let after = listing.after(if by_name { 1 } else { 3 })?;
        Ok(Self {
            policy_type,
            status: status.transpose()?,
            prefix: listing.parameter("q"),
            resource: listing.parameter("resourceId"),
            by_name,
            after: after.map(keys).transpose()?,
        })
    }

    fn keys_of(&self, policy: &PolicyRecord) -> Vec<String> {
        let name = policy.name.clone();
        if self.by_name {
            return vec![name];
        }
        let system = u8::from(policy.is_system).to_string();
        vec![system, policy.priority.to_string(), name]
    }

    fn select(&self, db: &Connection, limit: usize) -> rusqlite::Result<Vec<PolicyRecord>> {
        let order = if self.by_name {
            "name"
        } else {
            "system, priority, name"
        };
        let mut sql = format!("SELECT {COLUMNS} FROM policies WHERE type = ?");
        let mut values: Vec<SqlValue> = vec![self.policy_type.as_str().to_owned().into()];
        if let Some(status) = self.status {
            sql.push_str(" AND status = ?");
            values.push(status.as_str().to_owned().into());
        }
        if let Some(prefix) = self.prefix {
            sql.push_str(" AND substr(name, 1, length(?)) = ? COLLATE NOCASE");
            values.extend([prefix.to_owned().into(), prefix.to_owned().into()]);
        }
        if let Some(resource) = self.resource {
            sql.push_str(" AND id = (SELECT coalesce((SELECT policy_id FROM app_policies AS map \
                 WHERE map.app_id = apps.id AND map.type = policies.type), \
                 (SELECT id FROM policies AS other WHERE other.type = policies.type AND other.system)) \
                 FROM apps WHERE apps.id = ?)");
            values.push(resource.to_owned().into());
        }
        if let Some(after) = &self.after {
            let marks = vec!["?"; after.len()].join(", ");
            let beyond = [" AND (", order, ") > (", &marks, ")"];
            sql.push_str(&beyond.concat());
            values.extend(after.iter().cloned());
        }
        sql.push_str(&[" ORDER BY ", order, " LIMIT ?"].concat());
        values.push(SqlValue::from(i64::try_from(limit).unwrap_or(i64::MAX)));
        db.prepare(&sql)?
            .query_map(params_from_iter(values), from_row)?
            .collect()
    }
}

/// The keys of a cursor: numbers, and the name at the end.
fn keys(texts: Vec<String>) -> Result<Vec<SqlValue>, ApiError> {
    let last = texts.len() - 1;
    let value = |(at, text): (usize, String)| {
        if at == last {
            return Ok(text.into());
        }
        text.parse::<i64>().map(SqlValue::from).map_err(|_| {
            ApiError::new(ErrorCode::InvalidPaging).because("after: Not a cursor of this list")
        })
    };
    texts.into_iter().enumerate().map(value).collect()
}
