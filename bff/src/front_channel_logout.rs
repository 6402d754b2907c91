//! Front-channel logout: the org's sign-out page shows an address of the app in a frame, which ends one session
//! (OpenID Connect Front-Channel Logout 1.0 §3).
//!
//! The frame is a page of another site, so it brings no cookies. The org's name for its session, which only the org and
//! the app know, says which session is meant.

use url::form_urlencoded;

use crate::bff::Bff;
use crate::session::store::Whose;

/// The longest name of a session or of a token, in bytes.
const MAX_NAME: usize = 255;

/// What became of a request of front-channel logout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrontChannelLogout {
    /// No session of that name lives here any more. Whether one did is told to nobody.
    Done,
    /// The request does not say whose session of which org should end. The text names the parameter.
    Malformed(&'static str),
    /// The store does not answer right now.
    Unavailable,
}

impl Bff {
    /// Answers a request to `/logout/front-channel` by its raw parameters, from the query or the form.
    pub async fn front_channel_logout(&self, parameters: &[u8]) -> FrontChannelLogout {
        let parts = &*self.parts;
        let Some(issuer) = single(parameters, "iss") else {
            return FrontChannelLogout::Malformed("send `iss` once");
        };
        if issuer != parts.provider.issuer() {
            return FrontChannelLogout::Malformed("`iss` is not the org of this app");
        }
        let Some(sid) = single(parameters, "sid").filter(|sid| is_short_name(sid)) else {
            return FrontChannelLogout::Malformed("send `sid` once, with 1 to 255 bytes");
        };
        let now = parts.clock.now().as_second();
        let whose = Whose::OrgSession { issuer, id: sid };
        match parts.store.end_all(whose, None, now).await {
            Ok(_) => FrontChannelLogout::Done,
            Err(error) => {
                tracing::error!(%error, "front-channel logout: the session store does not answer");
                FrontChannelLogout::Unavailable
            }
        }
    }
}

/// The value of a parameter that occurs exactly once.
pub(crate) fn single(parameters: &[u8], name: &str) -> Option<String> {
    let mut values = form_urlencoded::parse(parameters).filter(|(key, _)| key == name);
    match (values.next(), values.next()) {
        (Some((_, value)), None) => Some(value.into_owned()),
        _ => None,
    }
}

pub(crate) fn is_short_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= MAX_NAME
}
