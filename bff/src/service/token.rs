use bytes::Bytes;
use http::{Method, Request, header};
use model::Timestamp;
use secrecy::SecretString;
use serde::Deserialize;
use url::form_urlencoded::Serializer;

use super::{Service, ServiceTrouble};
use crate::client::ServiceAssertion;
use crate::session::after;
use crate::sign_in::random;

/// Tokens are not used in their last seconds.
const MARGIN_SECONDS: i64 = 60;

/// What the org says where it does not say how long a token is good, in seconds.
const USUAL_LIFETIME: i64 = 3600;

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// An access token of the service app.
#[derive(Clone)]
pub(super) struct HeldToken {
    pub(super) text: SecretString,
    good_until: Timestamp,
}

#[derive(Deserialize)]
struct TokenBody {
    access_token: String,
    expires_in: Option<i64>,
}

/// RFC 6749 §5.2.
#[derive(Deserialize)]
struct RefusalBody {
    error: String,
}

impl Service {
    /// A token that is good, from before or anew.
    pub(super) async fn token(&self) -> Result<SecretString, ServiceTrouble> {
        let mut held = self.token.lock().await;
        let now = self.clock.now();
        if let Some(token) = held.as_ref().filter(|token| now < token.good_until) {
            return Ok(token.text.clone());
        }
        let token = self.new_token(now).await?;
        let text = token.text.clone();
        *held = Some(token);
        Ok(text)
    }

    /// Throws the token away, because the org does not take it any more.
    pub(super) async fn forget_token(&self) {
        *self.token.lock().await = None;
    }

    async fn new_token(&self, now: Timestamp) -> Result<HeldToken, ServiceTrouble> {
        let request = self.token_request(now).ok_or(ServiceTrouble::Refused)?;
        let response = self.outbound.send(request).await.map_err(|error| {
            tracing::warn!(%error, "no token for the service app");
            ServiceTrouble::Unavailable
        })?;
        if !response.status().is_success() {
            let refusal = serde_json::from_slice::<RefusalBody>(response.body());
            let error = refusal.map_or_else(|_| String::new(), |refusal| refusal.error);
            tracing::error!(status = %response.status(), ?error, "the org gives the service app no token");
            return Err(ServiceTrouble::Refused);
        }
        let body: TokenBody = serde_json::from_slice(response.body()).map_err(|_| {
            tracing::error!("the org's token for the service app cannot be read");
            ServiceTrouble::Refused
        })?;
        let lifetime = body.expires_in.unwrap_or(USUAL_LIFETIME);
        Ok(HeldToken {
            text: body.access_token.into(),
            good_until: after(now, lifetime.saturating_sub(MARGIN_SECONDS)),
        })
    }

    fn token_request(&self, now: Timestamp) -> Option<Request<Bytes>> {
        let endpoint = format!("{}/oauth2/v1/token", self.origin);
        let assertion = ServiceAssertion {
            client_id: &self.credentials.client_id,
            audience: &endpoint,
            now: now.as_second(),
            jti: &random(&*self.entropy),
        };
        let form = Serializer::new(String::new())
            .append_pair("grant_type", "client_credentials")
            .append_pair("scope", &self.scopes.join(" "))
            .append_pair("client_assertion_type", ASSERTION_TYPE)
            .append_pair("client_assertion", &assertion.sign(&self.credentials.key)?)
            .finish();
        Request::builder()
            .method(Method::POST)
            .uri(endpoint)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json")
            .body(Bytes::from(form))
            .ok()
    }
}
