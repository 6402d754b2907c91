//! The operations under `/api/v1`: a folder for each noun, a file for each operation.

mod api_tokens;
mod apps;
mod authenticators;
mod authn;
mod authorization_servers;
mod brands;
mod factors;
mod features;
mod groups;
mod logs;
mod my_account;
mod org;
mod policies;
mod principal_rate_limits;
mod rate_limit_settings;
mod refresh_tokens;
mod roles;
mod schemas;
mod sessions;
mod trusted_origins;
mod universal_logout;
mod user_types;
mod users;

use super::Table;

pub(super) use authn::unbuilt_steps;
pub(super) use users::named_user;

/// Every operation, noun by noun.
pub(super) fn table(table: Table) -> Table {
    let nouns: &[fn(Table) -> Table] = &[
        api_tokens::table,
        apps::table,
        authenticators::table,
        authn::table,
        authorization_servers::table,
        brands::table,
        factors::table,
        features::table,
        groups::table,
        logs::table,
        my_account::table,
        org::table,
        policies::table,
        principal_rate_limits::table,
        rate_limit_settings::table,
        refresh_tokens::table,
        roles::table,
        schemas::table,
        sessions::table,
        trusted_origins::table,
        universal_logout::table,
        user_types::table,
        users::table,
    ];
    // One line for each, in alphabetical order.
    nouns.iter().fold(table, |table, noun| noun(table))
}
