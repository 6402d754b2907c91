//! Every path of the org, for its routes and for the links it makes.

/// Where the authorization servers live; a custom one has its name as the next segment.
pub(crate) const OAUTH2: &str = "/oauth2";
/// The path parameter that names a custom authorization server.
pub(crate) const SERVER_PARAMETER: &str = "server";

/// `GET`, `POST`: begins a sign-in for an app.
pub(crate) const AUTHORIZE: &str = "/v1/authorize";
/// `POST`: exchanges an authorization code for tokens.
pub(crate) const TOKEN: &str = "/v1/token";
/// `POST`: lets a device without a browser ask for a person (RFC 8628).
pub(crate) const DEVICE_AUTHORIZE: &str = "/v1/device/authorize";
/// `POST`: takes an authorization request ahead of the browser (RFC 9126).
pub(crate) const PAR: &str = "/v1/par";
/// `POST`: sends the code of a second factor, for an app that asks people itself and heard `mfa_required`.
pub(crate) const CHALLENGE: &str = "/v1/challenge";
/// `POST`: sends the code of a first factor.
pub(crate) const PRIMARY_AUTHENTICATE: &str = "/v1/primary-authenticate";
/// `POST`: its name until 2025.
pub(crate) const OOB_AUTHENTICATE: &str = "/v1/oob-authenticate";
/// `POST`: begins an interaction for an app that asks people itself.
pub(crate) const INTERACT: &str = "/v1/interact";
/// `GET`, `POST`: says who the bearer of an access token is.
pub(crate) const USERINFO: &str = "/v1/userinfo";
/// `GET`: the public keys of the tokens (RFC 7517).
pub(crate) const KEYS: &str = "/v1/keys";
/// `POST`: says whether a token is good (RFC 7662).
pub(crate) const INTROSPECT: &str = "/v1/introspect";
/// `POST`: ends a token (RFC 7009).
pub(crate) const REVOKE: &str = "/v1/revoke";
/// `GET`, `POST`: ends the session of this browser (OpenID Connect RP-Initiated Logout 1.0).
pub(crate) const LOGOUT: &str = "/v1/logout";

/// `GET`: the metadata in the form of OpenID Connect Discovery 1.0.
pub(crate) const OPENID_CONFIGURATION: &str = "/.well-known/openid-configuration";
/// `GET`: the metadata in the form of RFC 8414.
pub(crate) const OAUTH_METADATA: &str = "/.well-known/oauth-authorization-server";
/// `GET`: the id of the org, and that it is an Identity Engine.
pub(crate) const OKTA_ORGANIZATION: &str = "/.well-known/okta-organization";

/// `GET`: a page that says what this is.
pub(crate) const HOME: &str = "/";
/// `GET`: the process runs.
pub(crate) const LIVEZ: &str = "/livez";
/// `GET`: the org can do its work.
pub(crate) const READYZ: &str = "/readyz";

/// `GET`: the hosted sign-in page of one interaction.
pub(crate) const SIGN_IN: &str = "/signin/{interaction}";
/// `POST`: an answer: `identify`, `password`, `code`, `choose`, …
pub(crate) const SIGN_IN_ANSWER: &str = "/signin/{interaction}/{answer}";
/// `GET`: the key of an authenticator app as a picture.
pub(crate) const SIGN_IN_QR_CODE: &str = "/signin/{interaction}/qr-code.svg";

/// `GET`, `POST`: the link in an email that stands for a code; the app is the next segment, as at Okta.
pub(crate) const EMAIL_VERIFY: &str = "/email/verify";

/// `GET`, `POST`: the link itself.
pub(crate) const EMAIL_VERIFY_APP: &str = "/email/verify/{app}";

/// `GET`: exchanges a session token for the session of a browser, and leads it on.
pub(crate) const SESSION_REDIRECT: &str = "/login/sessionCookieRedirect";

/// `GET`, `POST`: where a person says which device they mean.
pub(crate) const ACTIVATE: &str = "/activate";
/// `GET`, `POST`: where they allow it or not.
pub(crate) const ACTIVATE_CONFIRM: &str = "/activate/confirm";

/// `POST`: asks for another link to begin an account.
pub(crate) const ACTIVATION_EMAIL: &str = "/tokens/activation-email";
/// `GET`, `POST`: the link in an email that begins an account.
pub(crate) const ACTIVATION: &str = "/tokens/{token}/verify";
/// `GET`, `POST`: the link in an email that begins a password reset.
pub(crate) const RESET_PASSWORD: &str = "/signin/reset-password/{token}";

/// `GET`: the mark of the house.
pub(crate) const ICON: &str = "/assets/icon.svg";
/// `GET`: the colours of the brand.
pub(crate) const THEME: &str = "/assets/theme.css";
/// `GET`: sends the form of `response_mode=form_post`, a script of the hosted pages.
pub(crate) const FORM_POST_SCRIPT: &str = "/assets/form-post.js";
/// `GET`: leads on after other apps were told of a sign-out, a script of the hosted pages.
pub(crate) const SIGNING_OUT_SCRIPT: &str = "/assets/signing-out.js";

/// `GET`: the pages for developers. These and all below exist only on an org that nobody but its own machine can reach.
pub(crate) const DEV: &str = "/dev";
/// `GET`: the messages that the org sent, as a page or as JSON. `POST`: sends one to try it out. `DELETE`: clears them.
pub(crate) const DEV_INBOX: &str = "/dev/inbox";
/// `GET`: the messages as JSON. `DELETE`: clears them.
pub(crate) const DEV_INBOX_JSON: &str = "/dev/inbox.json";
/// `POST`: clears the messages, for a form.
pub(crate) const DEV_INBOX_CLEAR: &str = "/dev/inbox/clear";
/// `GET`: one mail as a mail program would show it.
pub(crate) const DEV_INBOX_MAIL: &str = "/dev/inbox/{message}/mail";
/// `POST`: makes an API token with the rights of an administrator.
pub(crate) const DEV_API_TOKEN: &str = "/dev/api-token";
/// `GET`: the org's time. `POST`: moves it.
pub(crate) const DEV_CLOCK: &str = "/dev/clock";
/// `GET`: the present codes of authenticator apps, as a page or as JSON.
pub(crate) const DEV_TOTP: &str = "/dev/totp";
/// `GET`: the latest sign-ins, as a page or as JSON.
pub(crate) const DEV_EXPLAIN: &str = "/dev/explain";
/// `GET`: why one of them went as it did, as a page or as JSON.
pub(crate) const DEV_EXPLAIN_ONE: &str = "/dev/explain/{interaction}";
/// `GET`: how many requests came and may come, as a page or as JSON.
pub(crate) const DEV_LIMITS: &str = "/dev/limits";
/// `GET`: the style of the pages for developers.
pub(crate) const DEV_STYLESHEET: &str = "/dev/style.css";

/// The address of a step of an interaction.
pub(crate) fn of_interaction(route: &str, handle: &str) -> String {
    route.replace("{interaction}", handle)
}

/// The route of an endpoint on every custom authorization server.
pub(crate) fn on_custom_server(endpoint: &str) -> String {
    format!("{OAUTH2}/{{{SERVER_PARAMETER}}}{endpoint}")
}

/// The route of an endpoint on the org's own authorization server.
pub(crate) fn on_org_server(endpoint: &str) -> String {
    format!("{OAUTH2}{endpoint}")
}
