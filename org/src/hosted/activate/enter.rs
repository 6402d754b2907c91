use axum::extract::{RawForm, RawQuery, State};
use axum::response::Response;
use http::HeaderMap;
use http::header::SET_COOKIE;

use super::page::EnterPage;
use super::{USER_CODE, confirm_address, find as find_waiting};
use crate::Org;
use crate::browser::Browser;
use crate::hosted::chrome::{Chrome, FormTarget, html};
use crate::hosted::form_token::FormToken;
use crate::hosted::problem::Problem;
use crate::oauth::authorize::sign_in_first;
use crate::oauth::device::request_of;
use crate::oauth::parameters::Parameters;
use crate::sign_in::Visitor;

/// More than any code with whatever stands between its letters.
const LONGEST: usize = 32;
pub(super) const UNKNOWN_CODE: &str =
    "This code is not known or has expired. Check what your device shows, and try again.";

/// `GET`: asks for the code. One in the address is filled in, and the person sends it.
pub(crate) async fn enter(
    State(org): State<Org>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = Parameters::parse(&query.unwrap_or_default());
    show(
        &org,
        &headers,
        query.get_single(USER_CODE).unwrap_or_default(),
        None,
    )
}

/// `POST`: finds the device and leads on to the sign-in, or to the question if the browser's session is good enough.
pub(crate) async fn find(
    State(org): State<Org>,
    visitor: Visitor,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Result<Response, Problem> {
    let form = Parameters::parse(&String::from_utf8_lossy(&form));
    let (device, new) = Browser::of(&org, &headers)?.device_or_new(&org);
    let token = FormToken::new(org.sealer(), "activate", device);
    if new.is_some() || !token.is(form.get("token").unwrap_or_default()) {
        return Err(Problem::foreign_form());
    }
    let typed = form.get_single(USER_CODE).unwrap_or_default();
    let Some((code, waiting)) = find_waiting(&org, typed, &visitor.origin)? else {
        return show(&org, &headers, typed, Some(UNKNOWN_CODE));
    };
    let request = request_of(&waiting, confirm_address(&org, &code));
    sign_in_first(&org, &headers, request, visitor).await
}

/// Renders the form, which is bound to the browser.
pub(super) fn show(
    org: &Org,
    headers: &HeaderMap,
    typed: &str,
    error: Option<&'static str>,
) -> Result<Response, Problem> {
    let (device, cookie) = Browser::of(org, headers)?.device_or_new(org);
    let token = FormToken::new(org.sealer(), "activate", device);
    let typed: String = typed.chars().take(LONGEST).collect();
    let page = EnterPage {
        chrome: Chrome::new("Activate your device"),
        token: token.as_str(),
        typed: &typed,
        error,
    };
    let mut response = html(&page, &FormTarget::Org)?;
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}
