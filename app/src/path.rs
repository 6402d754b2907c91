//! The paths of the app. Links, redirects and the router use these and nothing else.

/// `GET /`
pub(crate) const HOME: &str = "/";
/// `GET /login?return_to=`: starts a sign-in at the org.
pub(crate) const LOGIN: &str = "/login";
/// `GET /profile`
pub(crate) const PROFILE: &str = "/profile";
/// `GET /onboarding`
pub(crate) const ONBOARDING: &str = "/onboarding";
/// `GET /sign-out` asks, `POST /sign-out` acts.
pub(crate) const SIGN_OUT: &str = "/sign-out";
/// `POST`: keeps the names of the first onboarding step.
pub(crate) const API_ONBOARDING_NAMES: &str = "/api/onboarding/names";
/// `POST`: finishes onboarding.
pub(crate) const API_ONBOARDING_FINISH: &str = "/api/onboarding/finish";

/// The address that signs in and comes back to `return_to`, a path of the app.
pub(crate) fn login(return_to: &str) -> String {
    let mut query =
        url::form_urlencoded::Serializer::for_suffix(format!("{LOGIN}?"), LOGIN.len() + 1);
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
