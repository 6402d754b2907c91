//! The key that an authenticator app needs, as a picture and as text.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

use super::step::AppKey;
use super::{Opened, open};
use crate::authenticator::AuthenticatorKey;
use crate::authenticator::totp::{QrCode, TotpSecret};
use crate::failure::Failure;
use crate::handle::Handle;
use crate::hosted::problem::Problem;
use crate::interaction::{self, Detail, Screen, SetUp, Stage, Who};
use crate::{Org, branding, paths};

const SVG: HeaderValue = HeaderValue::from_static("image/svg+xml");
/// So many letters of a key stand together.
const GROUP: usize = 4;

/// `GET`: the QR code of the app that is being set up.
pub(crate) async fn qr_code(
    State(org): State<Org>,
    Path(handle): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let opened = open(&org, &headers, &handle)?;
    let Some(key) = find(&org, &opened)? else {
        return Err(Problem::no_page());
    };
    let picture = QrCode::new(&key.uri).map_err(Failure::from)?.svg();
    Ok(([(CONTENT_TYPE, SVG)], picture.expose_secret().to_owned()).into_response())
}

/// What an app is given, opened.
struct Opening {
    app: AuthenticatorKey,
    secret: TotpSecret,
    uri: SecretString,
}

fn find(org: &Org, opened: &Opened) -> Result<Option<Opening>, Failure> {
    open_key(org, &opened.interaction.state)
}

fn open_key(org: &Org, state: &interaction::State) -> Result<Option<Opening>, Failure> {
    let (Stage::SetUp(SetUp::Totp { key, secret }), Who::User(user)) = (&state.stage, &state.who)
    else {
        return Ok(None);
    };
    let secret = secret.open(org.sealer(), user, *key)?;
    let account = state.identifier.as_deref().unwrap_or("account");
    let uri = secret.uri(branding::NAME, account);
    Ok(Some(Opening {
        app: *key,
        secret,
        uri,
    }))
}

/// What the page shows of the key, when there is one to show.
pub(super) fn app_key(
    org: &Org,
    handle: &Handle,
    state: &interaction::State,
    screen: &Screen,
) -> Result<Option<AppKey>, Failure> {
    let current = screen.current.as_ref().map(|current| &current.detail);
    if !matches!(current, Some(Detail::Totp { .. })) {
        return Ok(None);
    }
    let Some(opening) = open_key(org, state)? else {
        return Ok(None);
    };
    Ok(Some(AppKey {
        app: opening.app.display_name(),
        picture: paths::of_interaction(paths::SIGN_IN_QR_CODE, handle.expose()),
        key: grouped(opening.secret.base32().expose_secret()),
        link: opening.uri.expose_secret().to_owned(),
    }))
}

/// As apps show keys, so that one does not lose one's place.
fn grouped(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    let groups: Vec<String> = letters
        .chunks(GROUP)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn a_key_is_shown_in_groups_of_four() {
        assert_eq!(grouped("ABCDEFGHIJ"), "ABCD EFGH IJ");
        assert_eq!(grouped(""), "");
    }
}
