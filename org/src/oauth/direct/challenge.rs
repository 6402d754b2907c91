use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::HeaderMap;
use serde_json::json;

use super::channel::Channel;
use super::{Dialogue, Reply, factor, oob_code, refusal};
use crate::Org;
use crate::apps::App;
use crate::authenticator::Method;
use crate::events::Origin;
use crate::failure::Failure;
use crate::handle::Handle;
use crate::interaction::{Answer, Challenge, Interaction, Message, Stage};
use crate::oauth::GrantType;
use crate::oauth::error::EndpointError;
use crate::oauth::log::{token_request, told};
use crate::oauth::parameters::Parameters;
use crate::oauth::server::{AuthorizationServer, RequestServer};
use crate::oauth::token::client;
use crate::oauth::token::client_form::ClientForm;

/// `POST …/v1/challenge`: an app that was told `mfa_required` says what it can ask for, and hears what it shall ask for.
pub(crate) async fn challenge(
    State(org): State<Org>,
    RequestServer(server): RequestServer,
    origin: Origin,
    headers: HeaderMap,
    ClientForm(parameters): ClientForm,
) -> Result<Response, EndpointError> {
    let app = client::authenticate(&org, &origin, &headers, &parameters).await?;
    let outcome = ask(&org, (&server, &app), &parameters, &origin).await;
    let told_as = (&app.id, token_request(&server.id));
    told(&org, &origin, told_as, outcome).await
}

async fn ask(
    org: &Org,
    (server, app): (&AuthorizationServer, &App),
    parameters: &Parameters,
    origin: &Origin,
) -> Result<Response, EndpointError> {
    let token = parameters
        .get("mfa_token")
        .ok_or_else(|| refusal::missing("mfa_token"))?;
    let types = supported(app, parameters)?;
    let channel = Channel::read(parameters)?;
    let (dialogue, interaction) = Dialogue::resume(org, (server, app), token, origin)?;
    if interaction.state.proofs.is_empty() {
        return Err(refusal::expired(token));
    }
    let offered = factor::offered(&dialogue.screen(&interaction)?);
    let can = |grant: GrantType| types.contains(&grant);
    if can(GrantType::MfaOob)
        && let Some(method) = out_of_band(&offered, channel)
    {
        let sent = send(org, &dialogue, &interaction, method).await?;
        let mut body = sent.body();
        body["challenge_type"] = json!(GrantType::MfaOob.as_str());
        return Ok(Json(body).into_response());
    }
    let has_codes = offered.iter().any(|method| factor::is_time_based(*method));
    if can(GrantType::MfaOtp) && has_codes {
        return Ok(Json(json!({"challenge_type": GrantType::MfaOtp.as_str()})).into_response());
    }
    Err(refusal::unusable())
}

/// What the app says it can ask for, of what it may.
fn supported(app: &App, parameters: &Parameters) -> Result<Vec<GrantType>, EndpointError> {
    let names = parameters
        .get("challenge_types_supported")
        .ok_or_else(|| refusal::missing("challenge_types_supported"))?;
    let mut types = Vec::new();
    for name in names.split(' ').filter(|name| !name.is_empty()) {
        let known = [GrantType::MfaOob, GrantType::MfaOtp]
            .into_iter()
            .find(|grant| grant.as_str() == name);
        types.push(known.ok_or_else(|| refusal::unknown_challenge_type(name))?);
    }
    types.retain(|grant| app.has_grant(grant.as_str()));
    if types.is_empty() {
        return Err(refusal::no_grant(&app.grant_types));
    }
    Ok(types)
}

/// The way of the hint; without one a text message before a call.
fn out_of_band(offered: &[Method], hint: Option<Channel>) -> Option<Method> {
    let wanted = match hint {
        Some(channel) => vec![channel.method()?],
        None => vec![Method::Sms, Method::Voice],
    };
    wanted.into_iter().find(|method| offered.contains(method))
}

/// A code on its way.
#[derive(Debug)]
pub(super) struct Sent {
    /// What the app shows together with what the person types.
    pub(super) code: Handle,
    pub(super) channel: Channel,
}

impl Sent {
    /// The person reads the code and types it in, so it is bound by a prompt.
    pub(super) fn body(&self) -> serde_json::Value {
        json!({
            "oob_code": self.code.expose(),
            "channel": self.channel.as_str(),
            "binding_method": "prompt",
            "expires_in": super::dialogue::LIFETIME.as_secs(),
        })
    }
}

/// Sends a code. Who asks for another one too soon has to wait.
pub(super) async fn send(
    org: &Org,
    dialogue: &Dialogue<'_>,
    interaction: &Interaction,
    method: Method,
) -> Result<Sent, EndpointError> {
    let channel = Channel::of(method).ok_or_else(refusal::unusable)?;
    let is_sent = matches!(
        &interaction.state.stage,
        Stage::Challenge(Challenge::Sent(sent, _)) if *sent == method
    );
    let answer = if is_sent {
        Answer::Resend
    } else {
        factor::choose(method)
    };
    let Reply::Asked(after) = dialogue.say(answer).await? else {
        return Err(refusal::unusable());
    };
    let mut notices = after.state.notices.iter();
    let is_too_soon = |message: &Message| {
        matches!(
            message,
            Message::ResendTooSoon(_) | Message::TooManyCodes(_)
        )
    };
    if notices.any(|notice| is_too_soon(&notice.message)) {
        return Err(refusal::too_many());
    }
    let code = Handle::generate(org.entropy());
    keep(org, dialogue, &code).await?;
    Ok(Sent { code, channel })
}

/// Makes a code the one of the interaction.
pub(super) async fn keep(
    org: &Org,
    dialogue: &Dialogue<'_>,
    code: &Handle,
) -> Result<(), EndpointError> {
    let (interaction, code) = (dialogue.handle().digest(), code.digest());
    org.store()
        .write(move |db| oob_code::keep(db, interaction, code).map_err(Failure::from))
        .await?;
    Ok(())
}
