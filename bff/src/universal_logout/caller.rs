use http::{HeaderMap, header};

use super::{PATH, UniversalLogout};
use crate::bff::Parts;
use crate::front_channel_logout::is_short_name;
use crate::session::store::UsedOnce;
use crate::sign_in::LEEWAY;
use crate::signed_token::{
    self, ClaimReader, Kind, MalformedClaim, RegisteredClaims, TokenFault, text,
};

/// The longest time between `iat` and `exp`, in seconds.
const MAX_LIFETIME: i64 = 5 * 60;

/// The org, as it shows by a token that it made for this request.
#[derive(Debug)]
pub(super) struct Caller {
    id: String,
    expires_at: i64,
}

/// What the token of a request says, each of the right JSON type.
struct Claims {
    id: String,
    registered: RegisteredClaims,
}

/// Finds out whether the org sends this request.
pub(super) async fn authenticate(
    parts: &Parts,
    headers: &HeaderMap,
) -> Result<Caller, UniversalLogout> {
    let token = bearer(headers).ok_or(UniversalLogout::Unauthenticated(
        "send one `Authorization: Bearer` header with a JWT",
    ))?;
    let metadata = parts.provider.metadata().await.map_err(|fault| {
        // The report writes the reason to the log; the sender need not know it.
        drop(fault.report());
        UniversalLogout::Unavailable
    })?;
    let kind = Kind::GLOBAL_TOKEN_REVOCATION;
    let payload = signed_token::verify(&parts.provider, &metadata, kind, token).await?;
    let claims = Claims::read(ClaimReader(&payload)).map_err(TokenFault::from)?;
    claims.check(parts)?;
    Ok(Caller {
        id: claims.id,
        expires_at: claims.registered.expires_at,
    })
}

impl Caller {
    /// Uses the token up: the same one counts once, in all processes together.
    pub(super) async fn use_up(&self, parts: &Parts) -> Result<(), UniversalLogout> {
        let what = UsedOnce::signed_token(parts.provider.issuer(), &self.id);
        let now = parts.clock.now().as_second();
        let forget_at = self.expires_at + LEEWAY;
        let is_first = parts.store.use_once(what, now, forget_at).await?;
        if is_first {
            Ok(())
        } else {
            Err(UniversalLogout::Unauthenticated(
                "`jti` was used before: sign a new token for each request",
            ))
        }
    }
}

impl Claims {
    fn read(claims: ClaimReader<'_>) -> Result<Self, MalformedClaim> {
        Ok(Self {
            id: claims.required("jti", text)?,
            registered: RegisteredClaims::read(claims)?,
        })
    }

    fn check(&self, parts: &Parts) -> Result<(), UniversalLogout> {
        let now = parts.clock.now().as_second();
        let said = &self.registered;
        let lifetime = said.expires_at - said.issued_at;
        let problem = if said.issuer != parts.provider.issuer() {
            "`iss` is another issuer"
        } else if said.audience != [parts.address(PATH)] {
            "`aud` is not the address of this endpoint"
        } else if now >= said.expires_at + LEEWAY {
            "`exp` has passed"
        } else if said.issued_at > now + LEEWAY {
            "`iat` lies in the future"
        } else if said.not_before.is_some_and(|from| from > now + LEEWAY) {
            "`nbf` lies in the future"
        } else if !(0..=MAX_LIFETIME).contains(&lifetime) {
            "`exp` must follow `iat` within five minutes"
        } else if !is_short_name(&self.id) {
            "`jti` must have 1 to 255 bytes"
        } else if said.subject != parts.client.client_id {
            return Err(UniversalLogout::Forbidden("`sub` is another app"));
        } else {
            return Ok(());
        };
        Err(UniversalLogout::Unauthenticated(problem))
    }
}

/// The token of the one `Authorization` header there may be (RFC 6750 §2.1).
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return None;
    };
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("Bearer").then_some(token)
}

impl From<TokenFault> for UniversalLogout {
    fn from(fault: TokenFault) -> Self {
        match fault {
            TokenFault::Malformed(detail) => {
                tracing::warn!(%detail, "universal logout: a token cannot be used");
                Self::Unauthenticated(
                    "the token must be a JWT of type `global-token-revocation+jwt` with jti, iss, sub, aud, iat and exp",
                )
            }
            TokenFault::Unsigned(problem) => Self::Unauthenticated(problem),
            TokenFault::KeysUnavailable(fault) => {
                drop(fault.report());
                Self::Unavailable
            }
        }
    }
}
