use super::recipient::Recipient;
use super::request::{AuthorizationRequest, ResponseMode};
use crate::Org;
use crate::apps::App;
use crate::oauth::parameters::Parameters;
use crate::oauth::server::AuthorizationServer;
use crate::policy::global_session::Demand;

/// A request while it is checked. Each step reads its parameters and fills in its part.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) org: &'a Org,
    pub(super) server: &'a AuthorizationServer,
    pub(super) parameters: &'a Parameters,
    pub(super) app: App,
    pub(super) request: AuthorizationRequest,
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        org: &'a Org,
        server: &'a AuthorizationServer,
        parameters: &'a Parameters,
        recipient: Recipient,
    ) -> Self {
        let request = AuthorizationRequest {
            server: server.id.clone(),
            issuer: server.issuer.clone(),
            app_id: recipient.app.id.clone(),
            redirect_uri: recipient.reply.redirect_uri,
            response_mode: ResponseMode::Query,
            state: String::new(),
            nonce: None,
            scopes: Vec::new(),
            code_challenge: None,
            is_silent: false,
            demand: Demand {
                fresh_sign_in: false,
                max_age: None,
            },
            acr: None,
            login_hint: None,
            expected_user: None,
            landing: None,
            is_direct: false,
            enroll: Vec::new(),
        };
        Self {
            org,
            server,
            parameters,
            app: recipient.app,
            request,
        }
    }

    /// Whether people are to set something up, and the app gets no code.
    pub(super) fn is_enrollment(&self) -> bool {
        !self.request.enroll.is_empty()
    }
}
