//! Every check. A file for each subject, and in it a table and a pure function for each line of it.

mod access;
mod admins;
mod client;
mod cookies;
mod cors;
mod defaults;
mod factors;
mod files;
mod grants;
mod headers;
mod interaction_code;
mod issuer;
mod keys;
mod metadata;
mod optional;
mod origins;
mod passwords;
mod redirects;
mod server;
mod sessions;
mod settings;
mod sign_in;
mod site;
mod tokens;

use crate::Check;

/// All checks, area by area.
const ALL: [&[Check]; 24] = [
    issuer::CHECKS,
    metadata::CHECKS,
    keys::CHECKS,
    cors::CHECKS,
    sign_in::CHECKS,
    settings::CHECKS,
    files::CHECKS,
    site::CHECKS,
    headers::CHECKS,
    cookies::CHECKS,
    client::CHECKS,
    redirects::CHECKS,
    grants::CHECKS,
    server::CHECKS,
    interaction_code::CHECKS,
    access::CHECKS,
    factors::CHECKS,
    defaults::CHECKS,
    optional::CHECKS,
    sessions::CHECKS,
    passwords::CHECKS,
    admins::CHECKS,
    tokens::CHECKS,
    origins::CHECKS,
];

/// Every check, area by area.
pub fn all() -> impl Iterator<Item = &'static Check> {
    ALL.iter().flat_map(|checks| checks.iter())
}
