use axum::extract::{FromRequestParts, MatchedPath};
use http::header::USER_AGENT;
use http::request::Parts;
use std::convert::Infallible;

use crate::request_id::RequestId;
use crate::throttle::ClientAddress;

/// Where a request came from, for the System Log.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    pub(crate) address: ClientAddress,
    pub(crate) user_agent: String,
    /// The id of the request, which is that of the event's transaction.
    pub(crate) request: String,
    /// The path, without the query, which may hold a secret; handles in it are left out.
    pub(crate) uri: String,
}

/// Longer ones say nothing more.
const USER_AGENT_LENGTH: usize = 400;

impl Origin {
    /// Of what the org does by itself.
    pub(crate) fn of_the_org() -> Self {
        Self {
            address: ClientAddress::UNKNOWN,
            user_agent: String::new(),
            request: "none".to_owned(),
            uri: String::new(),
        }
    }
}

impl<S: Sync> FromRequestParts<S> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let address = ClientAddress::from_request_parts(parts, state).await?;
        let route = parts.extensions.get::<MatchedPath>();
        let user_agent = parts.headers.get(USER_AGENT).map(|value| {
            let text = String::from_utf8_lossy(value.as_bytes());
            text.chars()
                .filter(|c| !c.is_control())
                .take(USER_AGENT_LENGTH)
                .collect()
        });
        let request = parts.extensions.get::<RequestId>();
        Ok(Self {
            address,
            user_agent: user_agent.unwrap_or_default(),
            request: request.map_or_else(|| "none".to_owned(), |id| id.as_str().to_owned()),
            uri: route.map_or_else(String::new, |route| route.as_str().to_owned()),
        })
    }
}
