use rusqlite::Connection;

use super::ORG_SERVER;
use crate::policy::server_access::{Rule, RuleConditions, TokenLifetimes};
use crate::store::Json;

/// The active rules of a custom server's active policies, in the order in which they are asked. The org's own server has no
/// policies.
pub(crate) fn load_rules(
    connection: &Connection,
    server: &str,
) -> rusqlite::Result<Option<Vec<Rule>>> {
    if server == ORG_SERVER {
        return Ok(None);
    }
    connection
        .prepare_cached(
            "SELECT clients, conditions, token FROM server_policies AS policies \
             JOIN server_policy_rules AS rules ON rules.policy_id = policies.id \
             WHERE server_id = ?1 AND policies.status = 'ACTIVE' AND rules.status = 'ACTIVE' \
             ORDER BY policies.priority, policies.id, rules.priority, rules.id",
        )?
        .query_map([server], |row| {
            Ok(Rule {
                clients: row.get::<_, Json<Vec<String>>>(0)?.0,
                conditions: row.get::<_, Json<RuleConditions>>(1)?.0,
                token: row.get::<_, Json<TokenLifetimes>>(2)?.0,
            })
        })?
        .collect::<rusqlite::Result<_>>()
        .map(Some)
}
