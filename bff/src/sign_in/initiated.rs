//! What a link to `/login` may ask for. Anybody can make one: the app's own pages, the org's dashboard, a stranger.

use model::{ReturnTo, SignInError, SignInErrorCode};
use url::{Position, Url, form_urlencoded};

use super::SignInRequest;
use crate::bff::{Bff, Parts};
use crate::fault::Fault;

/// The longest name that is passed on to the org, in bytes.
const MAX_HINT: usize = 255;

impl Bff {
    /// Reads the raw query of a request to `/login`.
    ///
    /// The app's own links say `return_to`. With `iss` it is a sign-in that a third party suggests (OpenID Connect
    /// Core §4): the issuer must be the org of this app, `target_link_uri` may only lead into the app, and
    /// `login_hint` is passed on. Whoever made the link, state, nonce and verifier are always made here.
    ///
    /// # Errors
    ///
    /// `link_issuer_mismatch` when the link names another org.
    pub fn read_login_link(&self, raw_query: &str) -> Result<SignInRequest, SignInError> {
        read(&self.parts, raw_query).map_err(Fault::report)
    }
}

fn read(parts: &Parts, raw_query: &str) -> Result<SignInRequest, Fault> {
    let mut issuers = all(raw_query, "iss");
    let Some(issuer) = issuers.next() else {
        let return_to = first(raw_query, "return_to").unwrap_or_default();
        return Ok(ReturnTo::parse(&return_to).into());
    };
    if issuer != parts.provider.issuer() || issuers.next().is_some() {
        return Err(Fault::new(
            SignInErrorCode::LinkIssuerMismatch,
            "`iss` of a link to sign in is not the org of this app",
        ));
    }
    let target = first(raw_query, "target_link_uri").unwrap_or_default();
    Ok(SignInRequest {
        return_to: place(&parts.app_url, &target),
        login_hint: first(raw_query, "login_hint").filter(|hint| is_hint(hint)),
        ..SignInRequest::default()
    })
}

/// An address of the app, or a path of it. Anything else is the home page.
fn place(app_url: &Url, target: &str) -> ReturnTo {
    match Url::parse(target) {
        Ok(url) if url.origin() == app_url.origin() => {
            ReturnTo::parse(&url[Position::BeforePath..])
        }
        Ok(_) => ReturnTo::default(),
        Err(_) => ReturnTo::parse(target),
    }
}

fn is_hint(hint: &str) -> bool {
    !hint.is_empty() && hint.len() <= MAX_HINT && !hint.chars().any(char::is_control)
}

fn first(raw_query: &str, name: &str) -> Option<String> {
    all(raw_query, name).next()
}

fn all(raw_query: &str, name: &str) -> impl Iterator<Item = String> {
    form_urlencoded::parse(raw_query.as_bytes())
        .filter(move |(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}
