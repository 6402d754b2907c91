//! Paths that only the server leads to.

use url::form_urlencoded::Serializer;

/// `GET /sign-in?return_to=`: the app's own forms.
pub(crate) const SIGN_IN: &str = "/sign-in";
/// `GET /sign-in/widget?return_to=`: the org's widget in a page of the app.
pub(crate) const SIGN_IN_WIDGET: &str = "/sign-in/widget";
/// `GET /join?code=`: an invitation.
pub(crate) const JOIN: &str = "/join";

/// The invitation that a code is for, and whether the org could not be asked when it was accepted.
pub(crate) fn join(code: &str, is_retry: bool) -> String {
    let mut query = Serializer::for_suffix(format!("{JOIN}?"), JOIN.len() + 1);
    query.append_pair("code", code);
    if is_retry {
        query.append_pair("again", "1");
    }
    query.finish()
}
