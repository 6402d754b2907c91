use jiff::Timestamp;
use model::{AppGrantId, AppId, Entropy};
use rusqlite::Connection;

use super::SeedApp;
use super::prepare::{Prepared, refresh_token};
use crate::store::{Json, Moment};

/// Under this name the org remembers that its Portico app was given what the seed gives it.
const GRANTED: &str = "porticoGrants";

impl Prepared {
    /// Grants the apps the scopes of Okta's API that the seed gives them. `issuer` is the org's own server.
    pub(crate) fn grant_scopes(
        &self,
        db: &Connection,
        issuer: &str,
        entropy: &dyn Entropy,
        now: Timestamp,
    ) -> rusqlite::Result<()> {
        for prepared in &self.apps {
            let scopes = &prepared.okta_api_scopes;
            insert(db, &prepared.app.id, (scopes, issuer), entropy, now)?;
        }
        Ok(())
    }
}

/// Gives the scopes that the app does not have.
fn insert(
    db: &Connection,
    app: &AppId,
    (scopes, issuer): (&[String], &str),
    entropy: &dyn Entropy,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO app_grants (id, app_id, scope, issuer, created_at) VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (app_id, scope) DO NOTHING",
    )?;
    for scope in scopes {
        let id = AppGrantId::generate(entropy);
        insert.execute((id.as_str(), app.as_str(), scope, issuer, Moment(now)))?;
    }
    Ok(())
}

/// Gives the Portico app of an org that an earlier version of the program made the grants and scopes of the seed. Once: what an administrator takes from it later stays away.
pub(super) fn complete_grants(
    db: &Connection,
    (app, id): (&SeedApp, &AppId),
    issuer: &str,
    entropy: &dyn Entropy,
    now: Timestamp,
) -> rusqlite::Result<()> {
    let is_done = db
        .prepare_cached("SELECT 1 FROM org_settings WHERE name = ?1")?
        .exists([GRANTED])?;
    if is_done {
        return Ok(());
    }
    let present: Json<Vec<String>> = db
        .prepare_cached("SELECT grant_types FROM apps WHERE id = ?1")?
        .query_row([id.as_str()], |row| row.get(0))?;
    let mut grants = present.0;
    let lacking = app
        .grant_types
        .iter()
        .filter(|grant| !grants.contains(grant));
    let lacking: Vec<String> = lacking.cloned().collect();
    grants.extend(lacking);
    db.prepare_cached(
        "UPDATE apps SET grant_types = ?2, client = iif(json_extract(client, '$.refresh_token') IS NULL AND ?3 <> 'null', \
         json_set(client, '$.refresh_token', json(?3)), client) WHERE id = ?1",
    )?
    .execute((id.as_str(), Json(&grants), Json(refresh_token(app))))?;
    insert(db, id, (&app.okta_api_scopes, issuer), entropy, now)?;
    db.prepare_cached("INSERT INTO org_settings (name, value) VALUES (?1, 'true')")?
        .execute([GRANTED])?;
    Ok(())
}
