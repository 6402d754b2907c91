//! Back-channel logout: the org tells the app, server to server, that a session or a person is signed out
//! (OpenID Connect Back-Channel Logout 1.0).

use crate::bff::{Bff, Parts};
use crate::front_channel_logout::{is_short_name, single};
use crate::session::StoreError;
use crate::session::store::{Account, UsedOnce, Whose};
use crate::sign_in::LEEWAY;
use crate::signed_token::{
    self, ClaimReader, Kind, MalformedClaim, TokenFault, object, seconds, text, texts,
};

/// The member of `events` that makes a token a logout token (§2.4).
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// What became of a request of back-channel logout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackChannelLogout {
    /// The session, or every session of the person, has ended (200).
    Done,
    /// The logout token is not the org's word for this app (400).
    Refused(String),
    /// It cannot be checked or written down right now (503).
    Unavailable,
}

/// A logout token after every check.
struct LogoutToken {
    id: String,
    expires_at: i64,
    whose: Whose,
}

impl Bff {
    /// Answers a request to `POST /logout/back-channel` by its form.
    pub async fn back_channel_logout(&self, form: &[u8]) -> BackChannelLogout {
        let outcome = receive(&self.parts, form).await;
        let outcome = outcome.map_or_else(|refused| refused, |()| BackChannelLogout::Done);
        if let BackChannelLogout::Refused(problem) = &outcome {
            tracing::warn!(problem, "back-channel logout refused");
        }
        outcome
    }
}

async fn receive(parts: &Parts, form: &[u8]) -> Result<(), BackChannelLogout> {
    let token = single(form, "logout_token").ok_or_else(|| refused("send `logout_token` once"))?;
    let metadata = parts.provider.metadata().await;
    let metadata = metadata.map_err(TokenFault::from)?;
    let payload =
        signed_token::verify(&parts.provider, &metadata, Kind::LOGOUT_TOKEN, &token).await?;
    let token = LogoutToken::check(parts, ClaimReader(&payload))?;
    let now = parts.clock.now().as_second();
    let what = UsedOnce::signed_token(parts.provider.issuer(), &token.id);
    let forget_at = token.expires_at + LEEWAY;
    if !parts.store.use_once(what, now, forget_at).await? {
        return Err(refused("`jti` was used before"));
    }
    parts.store.end_all(token.whose, None, now).await?;
    Ok(())
}

impl LogoutToken {
    /// §2.6, steps 4 to 9.
    fn check(parts: &Parts, claims: ClaimReader<'_>) -> Result<Self, BackChannelLogout> {
        let now = parts.clock.now().as_second();
        let token = Self::read(claims).map_err(TokenFault::from)?;
        let audience = claims.required("aud", texts).map_err(TokenFault::from)?;
        let issued_at = claims.required("iat", seconds).map_err(TokenFault::from)?;
        let events = claims
            .required("events", object)
            .map_err(TokenFault::from)?;
        let issuer = claims.required("iss", text).map_err(TokenFault::from)?;
        if issuer != parts.provider.issuer() {
            return Err(refused("`iss` is another issuer"));
        }
        if audience.iter().any(|name| *name != parts.client.client_id) {
            return Err(refused("`aud` names another app"));
        }
        if now >= token.expires_at + LEEWAY {
            return Err(refused("`exp` has passed"));
        }
        if issued_at > now + LEEWAY {
            return Err(refused("`iat` lies in the future"));
        }
        if !events.get(EVENT).is_some_and(serde_json::Value::is_object) {
            return Err(refused("`events` does not say that this is a logout token"));
        }
        // An ID token must never pass for a logout token.
        if claims.0.contains_key("nonce") {
            return Err(refused("a logout token has no `nonce`"));
        }
        Ok(token)
    }

    fn read(claims: ClaimReader<'_>) -> Result<Self, MalformedClaim> {
        let issuer = claims.required("iss", text)?;
        let whose = match claims.optional("sid", text)? {
            Some(id) if is_short_name(&id) => Whose::OrgSession { issuer, id },
            Some(_) => return Err(MalformedClaim("sid")),
            // Without a session, all of the person's are meant.
            None => Whose::Account(Account::new(&issuer, &claims.required("sub", text)?)),
        };
        let id = claims.required("jti", text)?;
        if !is_short_name(&id) {
            return Err(MalformedClaim("jti"));
        }
        Ok(Self {
            id,
            expires_at: claims.required("exp", seconds)?,
            whose,
        })
    }
}

fn refused(problem: &str) -> BackChannelLogout {
    BackChannelLogout::Refused(problem.to_owned())
}

impl From<TokenFault> for BackChannelLogout {
    fn from(fault: TokenFault) -> Self {
        match fault {
            TokenFault::Malformed(problem) => Self::Refused(problem.into_owned()),
            TokenFault::Unsigned(problem) => refused(problem),
            TokenFault::KeysUnavailable(fault) => {
                drop(fault.report());
                Self::Unavailable
            }
        }
    }
}

impl From<StoreError> for BackChannelLogout {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "back-channel logout: the session store does not answer");
        Self::Unavailable
    }
}
