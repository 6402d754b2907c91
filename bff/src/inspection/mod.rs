//! What may be told of the tokens that the app holds for a person: what is in them, who signed them, until when they are
//! good. Never a value, nor a part of one.

mod actions;
mod introspection;
mod jwt;

use aws_lc_rs::digest;
use http::HeaderMap;
use model::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

pub use actions::TokenTrouble;
pub use introspection::Introspection;
pub use jwt::{InspectedJwt, SignatureState};

use crate::bff::{Bff, Parts};
use crate::provider::Metadata;
use crate::session::Tokens;
use crate::signed_token::{Kind, seconds};
use crate::token_request::TokenHint;

/// One of the tokens of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Who signed in, when and how: for this app to read.
    Id,
    /// What the app may ask for in the person's name: for the API that it is sent to.
    Access,
    /// Gets new tokens without asking the person: for the org alone.
    Refresh,
}

/// What the app holds for a person, at one moment.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// The moment, by the app's clock.
    pub at: Timestamp,
    /// ID token, access token, and the refresh token where there is one.
    pub tokens: Vec<InspectedToken>,
    /// What the org can do about tokens; nothing while it cannot be reached.
    pub offers: Option<Offers>,
}

/// What an org can do about tokens, by its metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offers {
    /// It says whether a token is good (RFC 7662).
    pub introspection: bool,
    /// It ends tokens (RFC 7009).
    pub revocation: bool,
}

/// A token, without the token.
#[derive(Debug, Clone)]
pub struct InspectedToken {
    /// Which one.
    pub kind: TokenKind,
    /// The first 64 bits of its SHA-256 in hexadecimal digits: tells one token from the next, and gives nothing away.
    pub fingerprint: String,
    /// Its length in characters.
    pub length: usize,
    /// When it expires, where that is known.
    pub expires_at: Option<Timestamp>,
    /// What is in it.
    pub content: TokenContent,
}

/// What the app can read in a token.
#[derive(Debug, Clone)]
pub enum TokenContent {
    /// Signed statements.
    Jwt(InspectedJwt),
    /// Nothing: the token is for somebody else, and an app that looks into it relies on what may change any day. So are
    /// access tokens of an org's own authorization server, even where they look like a JWT, and all refresh tokens.
    NotForTheApp,
    /// Nothing: it should be a JWT and is none.
    Unreadable,
}

impl TokenKind {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Id, Self::Access, Self::Refresh];

    /// Its name in forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Access => "access",
            Self::Refresh => "refresh",
        }
    }

    /// Reads what [`TokenKind::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    const fn hint(self) -> TokenHint {
        match self {
            Self::Id => TokenHint::Id,
            Self::Access => TokenHint::Access,
            Self::Refresh => TokenHint::Refresh,
        }
    }

    fn of(self, tokens: &Tokens) -> Option<&SecretString> {
        match self {
            Self::Id => Some(&tokens.id_token),
            Self::Access => Some(&tokens.access_token),
            Self::Refresh => tokens.refresh_token.as_ref(),
        }
    }
}

impl Bff {
    /// Looks at the tokens of the session that these cookies belong to.
    ///
    /// # Errors
    ///
    /// [`TokenTrouble::SignedOut`] and [`TokenTrouble::StoreUnavailable`].
    pub async fn inspect_tokens(&self, cookies: &HeaderMap) -> Result<Inspection, TokenTrouble> {
        let parts = &*self.parts;
        let tokens = self.kept_tokens(cookies).await?;
        let metadata = parts.provider.metadata().await;
        if let Err(fault) = &metadata {
            tracing::info!(?fault, "tokens are shown without what the org says of them");
        }
        let metadata = metadata.ok();
        let mut inspected = Vec::with_capacity(TokenKind::ALL.len());
        for kind in TokenKind::ALL {
            if let Some(token) = kind.of(&tokens) {
                inspected.push(inspect(parts, metadata.as_deref(), kind, (token, &tokens)).await);
            }
        }
        Ok(Inspection {
            at: parts.clock.now(),
            tokens: inspected,
            offers: metadata.map(|metadata| Offers {
                introspection: metadata.introspection.is_some(),
                revocation: metadata.revocation.is_some(),
            }),
        })
    }
}

async fn inspect(
    parts: &Parts,
    metadata: Option<&Metadata>,
    kind: TokenKind,
    (token, tokens): (&SecretString, &Tokens),
) -> InspectedToken {
    let text = token.expose_secret();
    let readable = match kind {
        TokenKind::Id => Some(Kind::ID_TOKEN),
        TokenKind::Access if is_custom_server(parts.provider.issuer()) => Some(Kind::ACCESS_TOKEN),
        TokenKind::Access | TokenKind::Refresh => None,
    };
    let content = match readable {
        Some(readable) => jwt::inspect(&parts.provider, metadata, readable, text)
            .await
            .map_or(TokenContent::Unreadable, TokenContent::Jwt),
        None => TokenContent::NotForTheApp,
    };
    InspectedToken {
        kind,
        fingerprint: fingerprint(text),
        length: text.len(),
        expires_at: match kind {
            TokenKind::Access => tokens.access_expires_at.or_else(|| content.expires_at()),
            TokenKind::Id | TokenKind::Refresh => content.expires_at(),
        },
        content,
    }
}

impl TokenContent {
    fn expires_at(&self) -> Option<Timestamp> {
        let Self::Jwt(jwt) = self else {
            return None;
        };
        let expires_at = jwt.claims.get("exp").and_then(seconds)?;
        Timestamp::from_second(expires_at).ok()
    }
}

/// Whether the issuer is a custom authorization server, `https://<org>/oauth2/<id>`, whose access tokens are JWTs that
/// apps may read. Those of the org's own server are for the org alone
/// (<https://developer.okta.com/docs/concepts/auth-servers/>).
fn is_custom_server(issuer: &str) -> bool {
    Url::parse(issuer).is_ok_and(|issuer| {
        let mut segments = issuer.path().split('/').skip(1);
        segments.next() == Some("oauth2") && segments.next().is_some_and(|id| !id.is_empty())
    })
}

fn fingerprint(token: &str) -> String {
    let digest = digest::digest(&digest::SHA256, token.as_bytes());
    let first = digest.as_ref().first_chunk().copied();
    format!("{:016x}", u64::from_be_bytes(first.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_access_tokens_of_custom_authorization_servers_are_read() {
        for custom in [
            "https://a.okta.com/oauth2/default",
            "http://localhost:7000/oauth2/aus1",
        ] {
            assert!(is_custom_server(custom), "{custom}");
        }
        for org in [
            "https://a.okta.com",
            "https://a.okta.com/",
            "https://a.okta.com/oauth2",
            "https://a.okta.com/oauth2/",
            "https://op.example/realms/oauth2/x",
        ] {
            assert!(!is_custom_server(org), "{org}");
        }
    }

    #[test]
    fn a_fingerprint_is_the_beginning_of_the_hash() {
        assert_eq!(fingerprint("abc"), "ba7816bf8f01cfea");
    }

    #[test]
    fn kinds_are_read_as_they_are_written() {
        for kind in TokenKind::ALL {
            assert_eq!(TokenKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(TokenKind::parse("ID"), None);
    }
}
