//! Who sends a request, as far as it is counted by that.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _};
use serde_json::Value;

use super::bucket::{ALL, Face};
use super::settings::UseCase;
use super::window::Key;
use crate::cookies;
use crate::idx::read_state_handle;
use crate::oauth::parameters::Parameters;
use crate::store::{Digest, Moment};
use crate::throttle::ClientAddress;

/// As long as any body may be.
const MAX_BODY: usize = 64 * 1024;

/// Who asks, and about whom.
#[derive(Debug, Default)]
pub(super) struct Asker {
    /// What it shows of a token; the id is in the database.
    token: Option<Digest>,
    /// The app that it says it is.
    client: Option<String>,
    /// The browser, where browsers are limited.
    pub(super) browser: Option<([u8; 32], UseCase)>,
    pub(super) interaction: Option<[u8; 32]>,
    pub(super) username: Option<[u8; 32]>,
    /// The sign-in that is gone on with; whose it is stands in the database.
    state: Option<Digest>,
    /// The refresh token that is used, likewise.
    refresh: Option<Digest>,
    /// Whom it turned out to be about, after [`Self::find_user`].
    pub(super) user: Option<(String, Deed)>,
}

/// What is done in the name of a user, as far as it is counted by user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Deed {
    /// An answer of a sign-in.
    SignIn,
    /// A use of a refresh token.
    Renewal,
}

impl Asker {
    /// Reads what counts. A body that is read is put back.
    pub(super) async fn of(request: Request, bucket: usize) -> Result<(Self, Request), Response> {
        let (parts, body) = request.into_parts();
        let bucket = ALL.get(bucket);
        let mut asker = Self {
            token: token_of(&parts.headers),
            browser: bucket.and_then(|bucket| browser_of(&parts, bucket.path)),
            ..Self::default()
        };
        let query = Parameters::parse(parts.uri.query().unwrap_or_default());
        asker.client =
            basic_of(&parts.headers).or_else(|| query.get("client_id").map(str::to_owned));
        let path = parts.uri.path();
        let is_oauth = bucket.is_some_and(|bucket| bucket.face == Face::OAuth);
        let is_about_somebody = path.starts_with("/idp/idx/") || path == "/api/v1/authn";
        if !is_oauth && !is_about_somebody {
            return Ok((asker, Request::from_parts(parts, body)));
        }
        let bytes = to_bytes(body, MAX_BODY)
            .await
            .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE.into_response())?;
        if is_about_somebody {
            asker.read_json(&bytes);
        } else if is_form(&parts.headers) {
            let form = Parameters::parse(&String::from_utf8_lossy(&bytes));
            asker.read_form(&form, path.ends_with("/v1/token"));
        }
        Ok((asker, Request::from_parts(parts, Body::from(bytes))))
    }

    fn read_json(&mut self, bytes: &Bytes) {
        let Ok(body) = serde_json::from_slice::<Value>(bytes) else {
            return;
        };
        let part = |name: &str| {
            body.get(name)
                .and_then(Value::as_str)
                .map(str::to_lowercase)
        };
        let state = body.get("stateHandle").and_then(Value::as_str);
        self.state = state.map(|state| read_state_handle(state).digest());
        self.interaction = part("stateHandle").map(|handle| Key::part(&handle));
        self.username = part("username").map(|name| Key::part(name.trim()));
    }

    fn read_form(&mut self, form: &Parameters, is_for_tokens: bool) {
        let given = |name: &str| form.get(name).map(str::to_owned);
        self.client = self.client.take().or_else(|| given("client_id"));
        if is_for_tokens {
            self.refresh = given("refresh_token").map(|token| Digest::of(&token));
            let username = given("username").map(|name| name.trim().to_lowercase());
            self.username = username.map(|name| Key::part(&name));
        }
    }

    /// Finds out whose sign-in is gone on with, or whose refresh token is used.
    pub(super) fn find_user(&mut self, db: &Connection) -> rusqlite::Result<()> {
        let (query, digest, deed) = match (self.state, self.refresh) {
            (Some(state), _) => (
                "SELECT user_id FROM interactions WHERE handle_hash = ?1 AND user_id IS NOT NULL",
                state,
                Deed::SignIn,
            ),
            (None, Some(refresh)) => (
                "SELECT user_id FROM refresh_tokens JOIN refresh_grants ON refresh_grants.id = grant_id \
                 WHERE token_hash = ?1",
                refresh,
                Deed::Renewal,
            ),
            (None, None) => return Ok(()),
        };
        let found = db
            .prepare_cached(query)?
            .query_row([digest], |row| row.get(0))
            .optional()?;
        self.user = found.map(|user| (user, deed));
        Ok(())
    }

    /// The id of the token or of the app, if there is such a one. Made-up names are nobody's, and count for the org alone.
    pub(super) fn principal(
        &self,
        db: &Connection,
        now: Timestamp,
    ) -> rusqlite::Result<Option<String>> {
        if let Some(token) = self.token {
            return db
                .prepare_cached(
                    "SELECT id FROM api_tokens WHERE token_hash = ?1 \
                     UNION ALL SELECT app_id FROM access_tokens WHERE token_hash = ?1 AND expires_at > ?2 LIMIT 1",
                )?
                .query_row((token, Moment(now)), |row| row.get(0))
                .optional();
        }
        let Some(client) = &self.client else {
            return Ok(None);
        };
        db.prepare_cached("SELECT id FROM apps WHERE id = ?1")?
            .query_row([client], |row| row.get(0))
            .optional()
    }
}

fn token_of(headers: &HeaderMap) -> Option<Digest> {
    let text = headers.get(AUTHORIZATION)?.to_str().ok()?.trim();
    let after = |scheme: &str| {
        let (named, rest) = text.split_at_checked(scheme.len())?;
        named.eq_ignore_ascii_case(scheme).then(|| rest.trim())
    };
    after("SSWS").or_else(|| after("Bearer ")).map(Digest::of)
}

fn basic_of(headers: &HeaderMap) -> Option<String> {
    let text = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = text.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    Some(decoded.split(':').next().unwrap_or_default().to_owned())
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

/// A browser is its address and its mark; at the address that apps send it to, also the app.
fn browser_of(parts: &Parts, path: &str) -> Option<([u8; 32], UseCase)> {
    let use_case = match path {
        "/oauth2/v1/authorize" | "/oauth2/{}/v1/authorize" => UseCase::Authorize,
        "/signin*" => UseCase::LoginPage,
        _ => return None,
    };
    let address = parts.extensions.get::<ClientAddress>();
    let device = cookies::read(&parts.headers, cookies::DEVICE).map(|device| device.digest());
    let app = match use_case {
        UseCase::Authorize => {
            let query = Parameters::parse(parts.uri.query().unwrap_or_default());
            query.get("client_id").map(str::to_owned)
        }
        UseCase::LoginPage | UseCase::AppIntent => None,
    };
    let text = format!("{use_case:?} {address:?} {device:?} {app:?}");
    Some((Key::part(&text), use_case))
}
