use http::{HeaderMap, HeaderValue};
use url::Url;

use super::TokenKind;
use crate::bff::Bff;
use crate::outbound::HttpError;
use crate::provider::Metadata;
use crate::refresh::{Demand, Renewal, RenewalTrouble, TokensCheck, TokensState};
use crate::revocation::revoke;
use crate::session::Tokens;

/// Why nothing could be done with a token, or be said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenTrouble {
    /// Nobody is signed in, or no longer.
    #[error("nobody is signed in")]
    SignedOut,
    /// The session store does not answer.
    #[error("the session store cannot be reached")]
    StoreUnavailable,
    /// The app holds no such token for this person.
    #[error("the app holds no such token")]
    NoSuchToken,
    /// The org cannot do that, by its metadata.
    #[error("the org does not offer that")]
    NotOffered,
    /// The org answered that it does not want to.
    #[error("the org refused")]
    OrgRefused,
    /// The org cannot be reached right now.
    #[error("the org cannot be reached")]
    OrgUnavailable,
}

impl Bff {
    /// Gets new tokens now, however long the old ones are still good. The cookies go into the answer, whatever came of it.
    pub async fn refresh_tokens(
        &self,
        cookies: &HeaderMap,
    ) -> (Result<(), TokenTrouble>, Vec<HeaderValue>) {
        let TokensCheck { state, cookies } = self.tokens(cookies, Demand::New).await;
        let outcome = match state {
            TokensState::SignedOut => Err(TokenTrouble::SignedOut),
            TokensState::CannotCheck => Err(TokenTrouble::StoreUnavailable),
            TokensState::Lost(_) => Err(TokenTrouble::NoSuchToken),
            TokensState::Held(held) => outcome_of(held.renewal),
        };
        (outcome, cookies)
    }

    /// Ends the access token at the org. The app keeps what it holds: that the token is worth nothing now shows where it
    /// is used, and when the org is asked.
    ///
    /// # Errors
    ///
    /// Every [`TokenTrouble`].
    pub async fn revoke_access_token(&self, cookies: &HeaderMap) -> Result<(), TokenTrouble> {
        let parts = &*self.parts;
        let tokens = self.kept_tokens(cookies).await?;
        let endpoint = self.offered(|metadata| metadata.revocation.clone()).await?;
        let token = (&tokens.access_token, TokenKind::Access.hint());
        if revoke(parts, &endpoint, token).await? {
            Ok(())
        } else {
            Err(TokenTrouble::OrgRefused)
        }
    }

    /// Where the org takes a request about a token, by its metadata.
    pub(super) async fn offered(
        &self,
        endpoint: fn(&Metadata) -> Option<Url>,
    ) -> Result<Url, TokenTrouble> {
        let metadata = self.parts.provider.metadata().await;
        let metadata = metadata.map_err(|_| TokenTrouble::OrgUnavailable)?;
        endpoint(&metadata).ok_or(TokenTrouble::NotOffered)
    }

    /// The tokens of a living session, as they are: none is renewed by being looked at.
    pub(super) async fn kept_tokens(&self, cookies: &HeaderMap) -> Result<Tokens, TokenTrouble> {
        match self.tokens(cookies, Demand::AsKept).await.state {
            TokensState::SignedOut => Err(TokenTrouble::SignedOut),
            TokensState::CannotCheck => Err(TokenTrouble::StoreUnavailable),
            TokensState::Lost(_) => Err(TokenTrouble::NoSuchToken),
            TokensState::Held(held) => Ok(held.tokens),
        }
    }
}

const fn outcome_of(renewal: Renewal) -> Result<(), TokenTrouble> {
    match renewal {
        // Another request has been quicker, and these are its tokens.
        Renewal::Done | Renewal::NotNeeded => Ok(()),
        Renewal::Impossible => Err(TokenTrouble::NoSuchToken),
        Renewal::Failed(RenewalTrouble::OrgRefused) => Err(TokenTrouble::OrgRefused),
        Renewal::Failed(RenewalTrouble::StoreUnavailable) => Err(TokenTrouble::StoreUnavailable),
        Renewal::Failed(RenewalTrouble::OrgUnavailable | RenewalTrouble::UnderWay) => {
            Err(TokenTrouble::OrgUnavailable)
        }
    }
}

impl From<HttpError> for TokenTrouble {
    fn from(error: HttpError) -> Self {
        tracing::warn!(%error, "the org could not be asked about a token");
        Self::OrgUnavailable
    }
}
