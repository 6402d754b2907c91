use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use std::fmt::Write as _;
use std::sync::LazyLock;

use crate::Org;
use crate::branding::find_theme;
use crate::failure::Failure;
use crate::store::Digest;

/// The tokens are those of the app, so that the pages are of one family.
const STYLESHEET: &str = concat!(
    include_str!("../../../style/tokens.css"),
    include_str!("../../assets/hosted.css"),
    include_str!("../../assets/sign-in.css")
);
const ICON: &str = include_str!("../../assets/icon.svg");
const PASSKEY_SCRIPT: &str = include_str!("../../assets/passkey.js");
const FORM_POST_SCRIPT: &str = include_str!("../../assets/form-post.js");
const SIGNING_OUT_SCRIPT: &str = include_str!("../../assets/signing-out.js");

const CSS: HeaderValue = HeaderValue::from_static("text/css; charset=utf-8");
const SVG: HeaderValue = HeaderValue::from_static("image/svg+xml");
const JAVASCRIPT: HeaderValue = HeaderValue::from_static("text/javascript; charset=utf-8");
const ICON_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
);
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// A change of the theme is seen on the next page.
const ASKED_ANEW: HeaderValue = HeaderValue::from_static("no-cache");
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// The address of the stylesheet. It changes with the content, so that browsers may keep the file for ever.
pub(crate) fn stylesheet_path() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| path_of("hosted", STYLESHEET, "css"));
    &PATH
}

/// The address of the script for passkeys, likewise.
pub(crate) fn passkey_script_path() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| path_of("passkey", PASSKEY_SCRIPT, "js"));
    &PATH
}

fn path_of(name: &str, content: &str, ending: &str) -> String {
    let mut path = format!("/assets/{name}.");
    for byte in Digest::of(content).as_bytes().iter().take(8) {
        // Writing to a text cannot fail.
        let _ = write!(path, "{byte:02x}");
    }
    path.push('.');
    path.push_str(ending);
    path
}

/// The style of the hosted pages.
pub(crate) async fn stylesheet() -> Response {
    ([(CONTENT_TYPE, CSS), (CACHE_CONTROL, FOR_EVER)], STYLESHEET).into_response()
}

/// The colours of the brand, as custom properties that the stylesheet uses.
pub(crate) async fn theme(State(org): State<Org>) -> Result<Response, Failure> {
    let theme = org.store().read(find_theme)?;
    // Both are `#rrggbb`, or they would not have been kept.
    let css = format!(
        ":root{{--brand:{};--brand-contrast:{}}}\n",
        theme.primary_color_hex.as_str(),
        theme.primary_color_contrast_hex.as_str()
    );
    Ok(([(CONTENT_TYPE, CSS), (CACHE_CONTROL, ASKED_ANEW)], css).into_response())
}

/// The mark of the house.
///
/// The policy of other answers would keep the icon from its own style, with which it follows the colour scheme.
pub(crate) async fn icon() -> Response {
    let headers = [
        (CONTENT_TYPE, SVG),
        (CACHE_CONTROL, AN_HOUR),
        (CONTENT_SECURITY_POLICY, ICON_POLICY),
    ];
    (headers, ICON).into_response()
}

/// Uses and makes passkeys.
pub(crate) async fn passkey_script() -> Response {
    let headers = [(CONTENT_TYPE, JAVASCRIPT), (CACHE_CONTROL, FOR_EVER)];
    (headers, PASSKEY_SCRIPT).into_response()
}

/// Sends the form of `response_mode=form_post`.
pub(crate) async fn form_post_script() -> Response {
    (
        [(CONTENT_TYPE, JAVASCRIPT), (CACHE_CONTROL, AN_HOUR)],
        FORM_POST_SCRIPT,
    )
        .into_response()
}

/// Leads on after the other apps were told of a sign-out.
pub(crate) async fn signing_out_script() -> Response {
    (
        [(CONTENT_TYPE, JAVASCRIPT), (CACHE_CONTROL, AN_HOUR)],
        SIGNING_OUT_SCRIPT,
    )
        .into_response()
}
