use jiff::Timestamp;
use model::{AuthorizationServerId, Entropy};
use rusqlite::Connection;

use super::claim::{self, ClaimRecord};
use super::scope::{MY_ACCOUNT, STANDARD, ScopeRecord};
use super::{
    IssuerMode, PolicyRecord, RotationMode, RuleRecord, ServerRecord, create_server, put_claim,
    put_policy, put_rule, put_scope,
};
use crate::policy::server_access::{ALL_CLIENTS, RuleConditions, TokenLifetimes};
use crate::wire_id::wire_id;

/// Makes the custom authorization server that every org begins with, and lets everyone sign in by it.
pub(crate) fn create_default_server(
    db: &Connection,
    id: &AuthorizationServerId,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let server = ServerRecord {
        id: id.to_string(),
        name: "default".to_owned(),
        description: "Default Authorization Server for your Applications".to_owned(),
        audience: "api://default".to_owned(),
        is_default: true,
        is_active: true,
        issuer_mode: IssuerMode::Dynamic,
        rotation_mode: RotationMode::Manual,
        rotated_at: now,
        created_at: now,
        updated_at: now,
    };
    create_server(db, &server)?;
    store_stock(db, &server.id, entropy)?;
    let policy = PolicyRecord {
        id: wire_id("00p", entropy),
        name: "Default Policy".to_owned(),
        description: "Default policy".to_owned(),
        is_active: true,
        priority: 1,
        system: false,
        clients: vec![ALL_CLIENTS.to_owned()],
        created_at: now,
        updated_at: now,
    };
    put_policy(db, &server.id, &policy)?;
    let rule = RuleRecord {
        id: wire_id("0pr", entropy),
        name: "Default Policy Rule".to_owned(),
        is_active: true,
        priority: 1,
        system: false,
        conditions: RuleConditions::for_everyone(&["authorization_code", "interaction_code"]),
        token: TokenLifetimes::default(),
        created_at: now,
        updated_at: now,
    };
    put_rule(db, &policy.id, &rule)
}

/// Gives a server the scopes and claims that each begins with.
pub(crate) fn store_stock(
    db: &Connection,
    server: &str,
    entropy: &dyn Entropy,
) -> rusqlite::Result<()> {
    let standard = STANDARD.iter().map(|(name, told)| ScopeRecord {
        description: Some((*told).to_owned()),
        ..ScopeRecord::stock(name, true)
    });
    let my_account = MY_ACCOUNT
        .iter()
        .map(|name| ScopeRecord::stock(name, false));
    for scope in standard.chain(my_account) {
        let id = wire_id("scp", entropy);
        put_scope(db, server, &ScopeRecord { id, ..scope })?;
    }
    for claim in claim::stock() {
        let id = wire_id("ocl", entropy);
        put_claim(db, server, &ClaimRecord { id, ..claim })?;
    }
    Ok(())
}

/// The servers from the time before scopes and claims could be changed.
const WITHOUT_STOCK: &str = "SELECT id FROM authorization_servers \
     WHERE NOT EXISTS (SELECT 1 FROM server_scopes WHERE server_id = authorization_servers.id AND system)";

/// Whether there are any.
pub(crate) fn lack_stock(db: &Connection) -> rusqlite::Result<bool> {
    db.prepare(WITHOUT_STOCK)?.exists([])
}

/// Gives them what they lack.
pub(crate) fn complete(db: &Connection, entropy: &dyn Entropy) -> rusqlite::Result<()> {
    let servers: Vec<String> = db
        .prepare(WITHOUT_STOCK)?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    servers
        .iter()
        .try_for_each(|server| store_stock(db, server, entropy))
}
