use url::Url;

/// The names of the app's cookies. With `__Host-` a browser accepts them only over https, for this host and path `/`.
#[derive(Debug, Clone)]
pub(crate) struct CookieNames {
    prefix: &'static str,
    session: String,
    transaction_prefix: String,
    signed_out: String,
}

impl CookieNames {
    pub(crate) fn for_app(app_url: &Url) -> Self {
        let prefix = if app_url.scheme() == "https" {
            "__Host-"
        } else {
            ""
        };
        Self {
            prefix,
            session: format!("{prefix}portico_session"),
            transaction_prefix: format!("{prefix}portico_tx_"),
            signed_out: format!("{prefix}portico_out"),
        }
    }

    /// Whether the cookies carry `Secure`.
    pub(crate) fn are_secure(&self) -> bool {
        !self.prefix.is_empty()
    }

    pub(crate) fn session(&self) -> &str {
        &self.session
    }

    pub(crate) fn tokens(&self, index: usize) -> String {
        format!("{}portico_tokens.{index}", self.prefix)
    }

    pub(crate) fn transaction_prefix(&self) -> &str {
        &self.transaction_prefix
    }

    /// The cookie for one `state`; 12 of its characters tell 72 bits apart.
    pub(crate) fn transaction(&self, state: &str) -> Option<String> {
        let start = state.get(..12)?;
        let is_plain = start
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        is_plain.then(|| format!("{}{start}", self.transaction_prefix))
    }

    pub(crate) fn signed_out(&self) -> &str {
        &self.signed_out
    }
}
