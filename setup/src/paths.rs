//! The addresses of Okta's API that the guide needs, and how parts of them are written.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// `GET`, `POST`; `GET`, `POST`, `DELETE /{idOrLogin}`.
pub(crate) const USERS: &str = "/api/v1/users";
/// `GET`, `POST`; `PUT`, `DELETE /{id}`; `PUT`, `DELETE /{id}/users/{userId}`.
pub(crate) const GROUPS: &str = "/api/v1/groups";
/// `GET`, `POST`; `GET`, `PUT`, `DELETE /{id}`; `PUT /{id}/policies/{policyId}`, `PUT /{id}/groups/{groupId}`.
pub(crate) const APPS: &str = "/api/v1/apps";
/// `GET`; `PUT /{id}`.
pub(crate) const AUTHENTICATORS: &str = "/api/v1/authenticators";
/// `GET ?type=`, `POST`; `GET`, `PUT`, `DELETE /{id}`; the same for `/{id}/rules`.
pub(crate) const POLICIES: &str = "/api/v1/policies";
/// `POST`: what the policies would say.
pub(crate) const SIMULATE: &str = "/api/v1/policies/simulate";
/// The access policies of the authorization server `default`.
pub(crate) const SERVER_POLICIES: &str = "/api/v1/authorizationServers/default/policies";
/// `GET`, `POST`; `PUT`, `DELETE /{id}`.
pub(crate) const TRUSTED_ORIGINS: &str = "/api/v1/trustedOrigins";
/// Switches of the local org that a real one has in its Admin Console alone: `GET`, `PUT`.
pub(crate) const LOCAL_SETTINGS: &str = "/local/org/settings";
/// `DELETE`: ends the token of the call.
pub(crate) const OWN_API_TOKEN: &str = "/api/v1/api-tokens/current";
/// The development door of the local org: `POST` answers with an API token.
pub(crate) const DEV_API_TOKEN: &str = "/dev/api-token";

/// `POST`: begins a sign-in that an app leads itself.
pub(crate) const INTERACT: &str = "/oauth2/v1/interact";
/// `POST`: what is asked first.
pub(crate) const IDX_INTROSPECT: &str = "/idp/idx/introspect";

/// The characters that stand for themselves in a path or a query.
const PART: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A part of a path, or a value in a query.
pub(crate) fn part(text: &str) -> String {
    utf8_percent_encode(text, PART).to_string()
}

/// Every policy of a type.
pub(crate) fn policies_of(policy_type: &str) -> String {
    format!("{POLICIES}?type={policy_type}")
}

/// The rules of a policy.
pub(crate) fn rules_of(policy: &str) -> String {
    format!("{POLICIES}/{policy}/rules")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_choose_cannot_leave_its_place_in_an_address() {
        assert_eq!(part("a/../b?c=d&e#f"), "a%2F..%2Fb%3Fc%3Dd%26e%23f");
        assert_eq!(part("jo+1@example.com"), "jo%2B1%40example.com");
        assert_eq!(part("小"), "%E5%B0%8F");
    }
}
