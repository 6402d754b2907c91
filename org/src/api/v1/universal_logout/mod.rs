//! Universal Logout: <https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/tag/GlobalTokenRevocation/>, and which apps
//! take part, which Okta has in its Admin Console alone (an app's *Authentication* tab, *Logout*).

mod endpoint;
mod revoke;

use crate::api::{Resource, Rights, Table};

pub(super) fn table(table: Table) -> Table {
    const ENDPOINT: &str = "/local/apps/{appId}/universal-logout";
    table
        .post(
            "/oauth2/v1/global-token-revocation",
            "globalTokenRevocation",
            Rights::manage(Resource::UniversalLogout),
            revoke::revoke,
        )
        .get(
            ENDPOINT,
            "localGetUniversalLogout",
            Rights::read(Resource::Apps),
            endpoint::get,
        )
        .put(
            ENDPOINT,
            "localReplaceUniversalLogout",
            Rights::manage(Resource::Apps),
            endpoint::replace,
        )
}
