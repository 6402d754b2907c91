use crate::session::{SealedTokens, Tokens};

/// Tokens, and whether the browser has them.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) tokens: Tokens,
    /// The same, sealed, where the browser's cookies hold others or none.
    pub(super) to_reissue: Option<SealedTokens>,
}

impl Found {
    pub(super) fn in_cookies(tokens: Tokens) -> Self {
        Self {
            tokens,
            to_reissue: None,
        }
    }
}
