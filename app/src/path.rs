//! The paths of the app. Links, redirects and the router use these and nothing else.

#[cfg(feature = "ssr")]
pub(crate) mod server;

/// `GET /`
pub(crate) const HOME: &str = "/";
/// `GET /login?return_to=`: starts a sign-in at the org. Also the app's `initiate_login_uri`, with `iss`.
pub(crate) const LOGIN: &str = "/login";
/// `POST`: takes a name and a password.
pub(crate) const API_SIGN_IN_PASSWORD: &str = "/api/sign-in/password";
/// `POST`: takes a name, and a way to do without a password.
pub(crate) const API_SIGN_IN_FIRST: &str = "/api/sign-in/first";
/// `POST`: takes a code.
pub(crate) const API_SIGN_IN_CODE: &str = "/api/sign-in/code";
/// `POST`: chooses another way, or the same once more.
pub(crate) const API_SIGN_IN_WAY: &str = "/api/sign-in/way";
/// `POST`: begins anew.
pub(crate) const API_SIGN_IN_RESTART: &str = "/api/sign-in/restart";
/// `POST`: goes on at the org's own page.
pub(crate) const API_SIGN_IN_HOSTED: &str = "/api/sign-in/hosted";
/// `GET /profile`
pub(crate) const PROFILE: &str = "/profile";
/// `GET /onboarding`
pub(crate) const ONBOARDING: &str = "/onboarding";
/// `GET /sign-out` asks, `POST /sign-out` acts.
pub(crate) const SIGN_OUT: &str = "/sign-out";
/// `GET /tokens`
pub(crate) const TOKENS: &str = "/tokens";
/// `POST`: gets new tokens.
pub(crate) const API_TOKENS_REFRESH: &str = "/api/tokens/refresh";
/// `POST`: ends the access token.
pub(crate) const API_TOKENS_REVOKE: &str = "/api/tokens/revoke";
/// `POST`: asks the org about a token.
pub(crate) const API_TOKENS_INTROSPECT: &str = "/api/tokens/introspect";
/// `GET /security`
pub(crate) const SECURITY: &str = "/security";
/// `POST`: ends one session.
pub(crate) const API_SECURITY_END_SESSION: &str = "/api/security/end-session";
/// `POST`: ends all sessions but this one.
pub(crate) const API_SECURITY_END_OTHERS: &str = "/api/security/end-others";
/// `POST`: ends all sessions, in the app and at the org.
pub(crate) const API_SECURITY_END_EVERYWHERE: &str = "/api/security/end-everywhere";
/// `POST`: asks the org to let the app see authenticators.
pub(crate) const API_SECURITY_ALLOW: &str = "/api/security/allow";
/// `POST`: leads to the org's page where an authenticator is set up.
pub(crate) const API_SECURITY_SET_UP: &str = "/api/security/set-up";
/// `POST`: removes an authenticator.
pub(crate) const API_SECURITY_REMOVE: &str = "/api/security/remove";
/// `POST`: adds a telephone.
pub(crate) const API_SECURITY_ADD_PHONE: &str = "/api/security/add-phone";
/// `POST`: takes the code of a new telephone.
pub(crate) const API_SECURITY_VERIFY_PHONE: &str = "/api/security/verify-phone";
/// `POST`: begins onboarding.
pub(crate) const API_ONBOARDING_START: &str = "/api/onboarding/start";
/// `POST`: has a code sent to the email address.
pub(crate) const API_ONBOARDING_SEND_CODE: &str = "/api/onboarding/send-code";
/// `POST`: takes the code of the email address.
pub(crate) const API_ONBOARDING_VERIFY_EMAIL: &str = "/api/onboarding/verify-email";
/// `POST`: adds a telephone.
pub(crate) const API_ONBOARDING_ADD_PHONE: &str = "/api/onboarding/add-phone";
/// `POST`: takes the code of a new telephone.
pub(crate) const API_ONBOARDING_VERIFY_PHONE: &str = "/api/onboarding/verify-phone";
/// `POST`: lets the org set something up.
pub(crate) const API_ONBOARDING_SET_UP: &str = "/api/onboarding/set-up";
/// `POST`: puts a step off.
pub(crate) const API_ONBOARDING_PUT_OFF: &str = "/api/onboarding/put-off";
/// `POST`: keeps the names of a person.
pub(crate) const API_ONBOARDING_NAMES: &str = "/api/onboarding/names";
/// `POST`: finishes onboarding.
pub(crate) const API_ONBOARDING_FINISH: &str = "/api/onboarding/finish";

/// `GET /campaigns`, for administrators.
pub(crate) const CAMPAIGNS: &str = "/campaigns";
/// `GET /campaigns/new`
pub(crate) const CAMPAIGNS_NEW: &str = "/campaigns/new";
/// `POST`: makes a campaign.
pub(crate) const API_CAMPAIGNS_MAKE: &str = "/api/campaigns/make";
/// `POST`: does something with a campaign.
pub(crate) const API_CAMPAIGNS_ACT: &str = "/api/campaigns/act";
/// `POST`: accepts an invitation.
pub(crate) const API_JOIN_ACCEPT: &str = "/api/join/accept";

/// `POST`: chooses the language of the app.
pub(crate) const API_LANGUAGE: &str = "/api/language";
/// `POST`: uses the session, which puts off its idle end.
pub(crate) const API_SESSION_STAY: &str = "/api/session/stay";
/// `GET`: tells of the end of the session as it comes.
pub(crate) const API_SESSION_EVENTS: &str = "/api/session/events";

/// One campaign.
pub(crate) fn campaign(id: i64) -> String {
    format!("{CAMPAIGNS}/{id}")
}

/// What the last file of a campaign has brought.
pub(crate) fn campaign_preview(id: i64) -> String {
    format!("{CAMPAIGNS}/{id}/preview")
}

/// The address that signs in and comes back to `return_to`, a path of the app.
pub(crate) fn login(return_to: &str) -> String {
    with_return_to(LOGIN, return_to)
}

/// The address of a page that signs in and leads to `return_to`, a path of the app.
pub(crate) fn with_return_to(page: &str, return_to: &str) -> String {
    let mut query =
        url::form_urlencoded::Serializer::for_suffix(format!("{page}?"), page.len() + 1);
    query.append_pair("return_to", return_to);
    query.finish()
}

/// A parameter of a raw query, decoded once. The router's own map decodes twice, which would change a deep link.
pub(crate) fn parameter(query: &str, name: &str) -> Option<String> {
    url::form_urlencoded::parse(query.as_bytes())
        .find_map(|(key, value)| (key == name).then(|| value.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deep_link_survives_the_way_through_the_query() {
        for link in [
            "/profile?of=jane%26co",
            "/profile?a=1&b=2#part",
            "/?q=a+b",
            "/%25",
        ] {
            let login = login(link);
            let (_, query) = login.split_once('?').expect("a query");
            assert_eq!(parameter(query, "return_to").as_deref(), Some(link));
        }
    }
}
