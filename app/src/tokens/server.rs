use bff::{
    InspectedJwt, InspectedToken, Inspection, Offers, Session, SignatureState, TokenContent,
    TokenKind, TokenTrouble,
};
use model::{SignInErrorCode, Timestamp};
use serde_json::{Map, Value};

use super::{Action, Claim, Content, Failure, Kind, Outcome, Report, Signature, Token};
use crate::context::server::AppContext;
use crate::error::AppError;
use crate::path;
use crate::viewer::server::in_words;

/// The inspector, at what became of a form.
const OUTCOME: &str = "/tokens#outcome";

/// Claims that are times, in seconds since 1970.
const TIMES: [&str; 5] = ["exp", "iat", "nbf", "auth_time", "updated_at"];

/// As much of a session's id at the org as is shown, in characters. All of it could be used to end the session.
const SID_SHOWN: usize = 6;

/// What forms leave for the page: one word, or `ask` with the kind of the token to ask about.
const REFRESHED: &str = "tokens:refreshed";
const REVOKED: &str = "tokens:revoked";
const ASK: &str = "tokens:ask:";

pub(super) async fn report() -> Result<Report, AppError> {
    let app = AppContext::current()?;
    let session = app.session().await?;
    let inspection = app.bff().inspect_tokens(app.headers()).await;
    let inspection = inspection.map_err(|trouble| app.failed(code_of(trouble).into()))?;
    let outcome = match app.take_notice(&session) {
        Some(word) => outcome_of(&app, &word).await,
        None => None,
    };
    Ok(Report::of(inspection, outcome))
}

pub(super) async fn refresh() -> Result<(), AppError> {
    let app = AppContext::current()?;
    let Some(session) = app.session_or_sign_in(path::TOKENS).await? else {
        return Ok(());
    };
    let (outcome, cookies) = app.bff().refresh_tokens(app.headers()).await;
    app.add_cookies(cookies);
    let word = outcome.map_or_else(word_of, |()| REFRESHED);
    back(&app, &session, word)
}

pub(super) async fn revoke() -> Result<(), AppError> {
    let app = AppContext::current()?;
    let Some(session) = app.session_or_sign_in(path::TOKENS).await? else {
        return Ok(());
    };
    let word = match app.bff().revoke_access_token(app.headers()).await {
        Ok(()) => REVOKED,
        Err(trouble) => word_of(trouble),
    };
    back(&app, &session, word)
}

pub(super) async fn introspect(kind: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let Some(session) = app.session_or_sign_in(path::TOKENS).await? else {
        return Ok(());
    };
    match TokenKind::parse(kind) {
        Some(kind) => back(&app, &session, &format!("{ASK}{}", kind.as_str())),
        None => back(&app, &session, word_of(TokenTrouble::NoSuchToken)),
    }
}

/// Back to the inspector, at the place where the outcome stands.
fn back(app: &AppContext, session: &Session, word: &str) -> Result<(), AppError> {
    app.leave_notice(session, word);
    app.see_other(OUTCOME)
}

async fn outcome_of(app: &AppContext, word: &str) -> Option<Outcome> {
    match word {
        REFRESHED => Some(Outcome::Refreshed),
        REVOKED => Some(Outcome::Revoked),
        _ => match word.strip_prefix(ASK).and_then(TokenKind::parse) {
            Some(kind) => Some(ask(app, kind).await),
            None => failure_in(word).map(Outcome::Failed),
        },
    }
}

async fn ask(app: &AppContext, kind: TokenKind) -> Outcome {
    match app.bff().introspect(app.headers(), kind).await {
        Ok(answer) if answer.is_active => Outcome::Active(kind.into(), claims(&answer.facts)),
        Ok(answer) => Outcome::Inactive(answer.kind.into()),
        Err(trouble) => failure_in(word_of(trouble))
            .map_or(Outcome::Failed(Failure::OrgUnavailable), Outcome::Failed),
    }
}

const fn word_of(trouble: TokenTrouble) -> &'static str {
    match trouble {
        TokenTrouble::NoSuchToken => "tokens:none",
        TokenTrouble::NotOffered => "tokens:not-offered",
        TokenTrouble::OrgRefused => "tokens:refused",
        TokenTrouble::OrgUnavailable => "tokens:org-down",
        // Somebody who has just been signed out is led to signing in by the page itself.
        TokenTrouble::StoreUnavailable | TokenTrouble::SignedOut => "tokens:store-down",
    }
}

fn failure_in(word: &str) -> Option<Failure> {
    Some(match word {
        "tokens:none" => Failure::NoSuchToken,
        "tokens:not-offered" => Failure::NotOffered,
        "tokens:refused" => Failure::OrgRefused,
        "tokens:org-down" => Failure::OrgUnavailable,
        "tokens:store-down" => Failure::StoreUnavailable,
        _ => return None,
    })
}

const fn code_of(trouble: TokenTrouble) -> SignInErrorCode {
    match trouble {
        TokenTrouble::StoreUnavailable => SignInErrorCode::StoreUnavailable,
        TokenTrouble::OrgUnavailable => SignInErrorCode::OrgUnreachable,
        TokenTrouble::SignedOut
        | TokenTrouble::NoSuchToken
        | TokenTrouble::NotOffered
        | TokenTrouble::OrgRefused => SignInErrorCode::Internal,
    }
}

impl Report {
    fn of(inspection: Inspection, outcome: Option<Outcome>) -> Self {
        let has_refresh_token = inspection
            .tokens
            .iter()
            .any(|token| token.kind == TokenKind::Refresh);
        let token = |token| Token::of(token, inspection.offers, has_refresh_token);
        Self {
            at: inspection.at,
            org_answers: inspection.offers.is_some(),
            tokens: inspection.tokens.into_iter().map(token).collect(),
            outcome,
        }
    }
}

impl Token {
    fn of(token: InspectedToken, offers: Option<Offers>, has_refresh_token: bool) -> Self {
        let is_access = token.kind == TokenKind::Access;
        let may = |is_possible: bool, action| is_possible.then_some(action);
        let actions = offers.map_or_else(Vec::new, |offers| {
            let actions = [
                may(is_access && has_refresh_token, Action::Refresh),
                may(offers.introspection, Action::Introspect),
                may(is_access && offers.revocation, Action::Revoke),
            ];
            actions.into_iter().flatten().collect()
        });
        Self {
            kind: token.kind.into(),
            fingerprint: token.fingerprint,
            length: token.length,
            expires_at: token.expires_at,
            content: token.content.into(),
            actions,
        }
    }
}

impl From<TokenKind> for Kind {
    fn from(kind: TokenKind) -> Self {
        match kind {
            TokenKind::Id => Self::Id,
            TokenKind::Access => Self::Access,
            TokenKind::Refresh => Self::Refresh,
        }
    }
}

impl From<TokenContent> for Content {
    fn from(content: TokenContent) -> Self {
        match content {
            TokenContent::NotForTheApp => Self::NotForTheApp,
            TokenContent::Unreadable => Self::Unreadable,
            TokenContent::Jwt(InspectedJwt {
                algorithm,
                key_id,
                signature,
                claims: all,
            }) => Self::Jwt {
                algorithm,
                signature: Signature::of(signature, key_id),
                claims: claims(&all),
            },
        }
    }
}

impl Signature {
    fn of(state: SignatureState, key_id: Option<String>) -> Self {
        match state {
            SignatureState::Verified(key) => Self::Verified {
                key_id,
                key: key.map(|key| (key.bits, key.thumbprint)),
            },
            SignatureState::NotVerified => Self::NotVerified { key_id },
            SignatureState::CannotCheck => Self::CannotCheck,
        }
    }
}

fn claims(all: &Map<String, Value>) -> Vec<Claim> {
    all.iter().map(|(name, value)| claim(name, value)).collect()
}

fn claim(name: &str, value: &Value) -> Claim {
    let moment = value
        .as_i64()
        .filter(|_| TIMES.contains(&name))
        .and_then(|seconds| Timestamp::from_second(seconds).ok());
    let value = match (name, value) {
        ("sid", Value::String(id)) => {
            format!("{}…", id.chars().take(SID_SHOWN).collect::<String>())
        }
        _ => in_words(name, value),
    };
    Claim {
        name: name.to_owned(),
        value,
        moment,
    }
}
