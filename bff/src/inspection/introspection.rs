use http::StatusCode;
use serde_json::{Map, Value};

use super::{TokenKind, TokenTrouble};
use crate::bff::Bff;
use crate::outbound::is_json;
use crate::token_request::about_token;

/// What the org says of a token at this moment (RFC 7662 §2.2).
#[derive(Debug, Clone)]
pub struct Introspection {
    /// Which token.
    pub kind: TokenKind,
    /// Whether it is good.
    pub is_active: bool,
    /// Everything else the org says of it, under its wire names. Nothing of a token that is not good.
    pub facts: Map<String, Value>,
}

impl Bff {
    /// Asks the org about a token of the session that these cookies belong to.
    ///
    /// # Errors
    ///
    /// Every [`TokenTrouble`].
    pub async fn introspect(
        &self,
        cookies: &http::HeaderMap,
        kind: TokenKind,
    ) -> Result<Introspection, TokenTrouble> {
        let parts = &*self.parts;
        let tokens = self.kept_tokens(cookies).await?;
        let token = kind.of(&tokens).ok_or(TokenTrouble::NoSuchToken)?;
        let endpoint = self
            .offered(|metadata| metadata.introspection.clone())
            .await?;
        let request = about_token(parts, &endpoint, (token, kind.hint()))
            .map_err(|_| TokenTrouble::OrgRefused)?;
        let response = parts.outbound.send(request).await?;
        if response.status() != StatusCode::OK || !is_json(&response) {
            tracing::warn!(status = %response.status(), "the org refused to say anything about a token");
            return Err(TokenTrouble::OrgRefused);
        }
        read(kind, response.body()).ok_or(TokenTrouble::OrgRefused)
    }
}

fn read(kind: TokenKind, body: &[u8]) -> Option<Introspection> {
    let mut facts: Map<String, Value> = serde_json::from_slice(body).ok()?;
    let is_active = facts.remove("active")?.as_bool()?;
    Some(Introspection {
        kind,
        is_active,
        facts,
    })
}
