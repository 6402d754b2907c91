use axum::Json;
use axum::response::{IntoResponse as _, Response};
use http::header::{ACCEPT, CONTENT_TYPE, SET_COOKIE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::Value;

use super::error::IdxError;
use super::ion::{self, Document};
use super::state_handle;
use crate::apps::{find_app, find_app_label};
use crate::cookies;
use crate::handle::Handle;
use crate::interaction::{Interaction, Message, Notice, Screen, Stage, World};
use crate::oauth::GrantType;
use crate::oauth::authorize::{SignedIn, issue_code};
use crate::oauth::issue::Refusal;
use crate::sign_in::{Finished, Visitor, screen_of};
use crate::{Org, paths};

/// Whom an answer goes to, and about which interaction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) org: &'a Org,
    pub(super) handle: &'a Handle,
    pub(super) headers: &'a HeaderMap,
    pub(super) visitor: &'a Visitor,
}

impl Shown<'_> {
    /// The present step, as for somebody who comes to it anew. What the last answer was told is over; not so the end.
    pub(super) fn as_it_is(&self, interaction: &Interaction) -> Result<Response, IdxError> {
        let (mut screen, world) = screen_of(self.org, interaction, self.visitor)?;
        let is_end = matches!(interaction.state.stage, Stage::Terminal);
        if !is_end {
            screen.notices.clear();
        }
        let (status, body) = self.document(interaction, &screen, &world)?;
        Ok(self.respond(if is_end { status } else { StatusCode::OK }, body))
    }

    /// The present step, with what an answer is told.
    pub(super) fn after_answer(&self, interaction: &Interaction) -> Result<Response, IdxError> {
        let (screen, world) = screen_of(self.org, interaction, self.visitor)?;
        let (status, body) = self.document(interaction, &screen, &world)?;
        Ok(self.respond(status, body))
    }

    /// The present step, for an answer that belongs to another one.
    pub(super) fn not_expected(&self, interaction: &Interaction) -> Result<Response, IdxError> {
        self.told(interaction, Message::NotExpected)
    }

    fn told(&self, interaction: &Interaction, message: Message) -> Result<Response, IdxError> {
        let (mut screen, world) = screen_of(self.org, interaction, self.visitor)?;
        screen.notices = vec![Notice::on_page(message)];
        let (status, body) = self.document(interaction, &screen, &world)?;
        Ok(self.respond(status, body))
    }

    /// The end: a code for the app, and the session for the browser, if it is one.
    pub(super) async fn finished(
        &self,
        interaction: &Interaction,
        finished: Finished,
    ) -> Result<Response, IdxError> {
        let mut response = self.signed_in(interaction, finished.signed_in).await?;
        let keep = finished.keep_me_signed_in;
        let cookie = cookies::set_session(self.org.url(), &finished.session, keep);
        if let Some(cookie) = cookie {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        Ok(response)
    }

    /// The same for somebody whose session the browser has already.
    pub(super) async fn signed_in(
        &self,
        interaction: &Interaction,
        signed_in: SignedIn,
    ) -> Result<Response, IdxError> {
        let grant = GrantType::InteractionCode;
        match issue_code(
            self.org,
            &interaction.request,
            signed_in,
            grant,
            &self.visitor.origin,
        )
        .await?
        {
            Ok(code) => self.success(interaction, &code),
            Err(refusal) => self.told(interaction, reason(refusal)),
        }
    }

    fn success(&self, interaction: &Interaction, code: &Handle) -> Result<Response, IdxError> {
        let request = &interaction.request;
        let app = self
            .org
            .store()
            .read(|db| find_app(db, request.app_id.as_str()))?
            .ok_or(IdxError::Expired)?;
        let servers = self.org.servers();
        let server = servers
            .by_issuer(&request.issuer)
            .ok_or(IdxError::Expired)?;
        let endpoint = self.org.url().to(&server.path_of(paths::TOKEN));
        let (screen, world) = screen_of(self.org, interaction, self.visitor)?;
        let (label, state_handle) = self.names(interaction)?;
        let document = Document {
            org: self.org,
            state_handle: &state_handle,
            app_label: &label,
            interaction,
            screen: &screen,
            world: &world,
        };
        let (status, body) = ion::success(&document, &app, &endpoint, code);
        Ok(self.respond(status, body))
    }

    fn document(
        &self,
        interaction: &Interaction,
        screen: &Screen,
        world: &World,
    ) -> Result<(StatusCode, Value), IdxError> {
        let (label, state_handle) = self.names(interaction)?;
        let document = Document {
            org: self.org,
            state_handle: &state_handle,
            app_label: &label,
            interaction,
            screen,
            world,
        };
        Ok(document.write())
    }

    fn names(&self, interaction: &Interaction) -> Result<(String, String), IdxError> {
        let app = &interaction.request.app_id;
        let label = self.org.store().read(|db| find_app_label(db, app))?;
        Ok((label.unwrap_or_default(), state_handle::write(self.handle)))
    }

    /// Okta's media type for those who ask for it, as long as all is well: Okta's SDK reads errors only as plain JSON.
    fn respond(&self, status: StatusCode, body: Value) -> Response {
        let accepted = self
            .headers
            .get(ACCEPT)
            .and_then(|value| value.to_str().ok());
        let is_ion = accepted.is_some_and(|accepted| accepted.contains("application/ion+json"));
        let mut response = (status, Json(body)).into_response();
        if is_ion && status == StatusCode::OK {
            let ion = HeaderValue::from_static(ion::PRODUCES);
            response.headers_mut().insert(CONTENT_TYPE, ion);
        }
        response
    }
}

const fn reason(refusal: Refusal) -> Message {
    match refusal {
        Refusal::Assignment => Message::NotAssigned,
        Refusal::User | Refusal::App | Refusal::Policy => Message::AccessDenied,
    }
}
