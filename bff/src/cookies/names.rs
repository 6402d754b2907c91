use url::Url;

/// The names of the app's cookies. With `__Host-` a browser accepts them only over https, for this host and path `/`.
#[derive(Debug, Clone)]
pub(crate) struct CookieNames {
    prefix: &'static str,
    session: String,
    transaction_prefix: String,
    signed_out: String,
    notice: String,
    direct: String,
    language: String,
    zone: String,
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
            notice: format!("{prefix}portico_word"),
            direct: format!("{prefix}portico_sign_in"),
            language: format!("{prefix}portico_language"),
            zone: format!("{prefix}portico_zone"),
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

    pub(crate) fn is_of_tokens(&self, name: &str) -> bool {
        let name = name.strip_prefix(self.prefix).unwrap_or_default();
        name.starts_with("portico_tokens.")
    }

    /// Whether a cookie is of the app, and not of something else on its host.
    pub(crate) fn is_own(&self, name: &str) -> bool {
        let name = name.strip_prefix(self.prefix).unwrap_or_default();
        name.starts_with("portico_")
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

    pub(crate) fn notice(&self) -> &str {
        &self.notice
    }

    pub(crate) fn direct(&self) -> &str {
        &self.direct
    }

    pub(crate) fn zone(&self) -> &str {
        &self.zone
    }

    pub(crate) fn language(&self) -> &str {
        &self.language
    }
}
