use axum::response::Response;
use secrecy::SecretString;

use super::next::mfa_required;
use super::tokens::tokens;
use super::{Dialogue, Next, Reply, factor, oob_code, refusal, scope};
use crate::Org;
use crate::apps::App;
use crate::events::Origin;
use crate::interaction::{Answer, Interaction};
use crate::oauth::GrantType;
use crate::oauth::authorize::check_direct;
use crate::oauth::error::EndpointError;
use crate::oauth::parameters::Parameters;
use crate::oauth::server::AuthorizationServer;

/// A call of the token endpoint.
#[derive(Debug, Clone, Copy)]
struct Call<'a> {
    org: &'a Org,
    server: &'a AuthorizationServer,
    app: &'a App,
    parameters: &'a Parameters,
    origin: &'a Origin,
}

/// Takes what a person told the app, and answers with tokens, with `mfa_required`, or with a refusal.
pub(in crate::oauth) async fn grant(
    grant_type: GrantType,
    org: &Org,
    server: &AuthorizationServer,
    app: &App,
    parameters: &Parameters,
    origin: &Origin,
) -> Result<Response, EndpointError> {
    let call = Call {
        org,
        server,
        app,
        parameters,
        origin,
    };
    let (dialogue, next) = match grant_type {
        GrantType::Password => call.password().await?,
        GrantType::Otp => call.otp().await?,
        GrantType::Oob => call.oob().await?,
        GrantType::MfaOtp => call.mfa_otp().await?,
        _ => call.mfa_oob().await?,
    };
    match next {
        Next::SecondFactor => Ok(mfa_required(&dialogue)),
        Next::Tokens(request, signed_in) => {
            let about = (&*request, signed_in);
            tokens(org, (server, app), grant_type, about, origin).await
        }
    }
}

type Taken<'a> = Result<(Dialogue<'a>, Next), EndpointError>;

impl<'a> Call<'a> {
    /// `grant_type=password`: name and password together.
    async fn password(self) -> Taken<'a> {
        let identifier = self.required("username")?.to_owned();
        let password: SecretString = self.required("password")?.into();
        let dialogue = self.begin().await?;
        let answer = Answer::Identify {
            identifier,
            password: Some(password),
            keep_me_signed_in: false,
        };
        let reply = dialogue.say(answer).await?;
        let next = Next::of(&dialogue, reply, refusal::wrong_credentials)?;
        Ok((dialogue, next))
    }

    /// A time-based code as the first factor.
    async fn otp(self) -> Taken<'a> {
        let identifier = self.required("login_hint")?.to_owned();
        let code: SecretString = self.required("otp")?.into();
        let dialogue = self.begin().await?;
        let interaction = named(&dialogue, identifier).await?;
        let without = if dialogue.begins_with_password(&interaction)? {
            refusal::unusable
        } else {
            refusal::wrong_code
        };
        let next = time_based(&dialogue, &interaction, &code, without).await?;
        Ok((dialogue, next))
    }

    /// The code of a text message or a call as the first factor.
    async fn oob(self) -> Taken<'a> {
        let token = self.required("oob_code")?;
        let (dialogue, interaction) = self.resume(token)?;
        if !oob_code::belongs(self.org, dialogue.handle(), token)? {
            return Err(refusal::expired(token));
        }
        let next = self.out_of_band(&dialogue, &interaction).await?;
        Ok((dialogue, next))
    }

    /// A time-based code after another factor.
    async fn mfa_otp(self) -> Taken<'a> {
        let token = self.required("mfa_token")?;
        let code: SecretString = self.required("otp")?.into();
        let (dialogue, interaction) = self.second(token)?;
        let next = time_based(&dialogue, &interaction, &code, refusal::unusable).await?;
        Ok((dialogue, next))
    }

    /// The code of a text message or a call after another factor.
    async fn mfa_oob(self) -> Taken<'a> {
        let (token, code) = (self.required("mfa_token")?, self.required("oob_code")?);
        let (dialogue, interaction) = self.second(token)?;
        if !oob_code::belongs(self.org, dialogue.handle(), code)? {
            return Err(refusal::not_associated());
        }
        let next = self.out_of_band(&dialogue, &interaction).await?;
        Ok((dialogue, next))
    }

    async fn out_of_band(
        self,
        dialogue: &Dialogue<'_>,
        interaction: &Interaction,
    ) -> Result<Next, EndpointError> {
        scope::check(self.parameters, &interaction.request)?;
        let code: SecretString = self.required("binding_code")?.into();
        let reply = dialogue.say(Answer::Passcode(code)).await?;
        Next::of(dialogue, reply, refusal::wrong_code)
    }

    fn second(self, token: &str) -> Result<(Dialogue<'a>, Interaction), EndpointError> {
        let (dialogue, interaction) = self.resume(token)?;
        scope::check(self.parameters, &interaction.request)?;
        // An `oob_code` of a first factor is no `mfa_token`.
        if interaction.state.proofs.is_empty() {
            return Err(refusal::expired(token));
        }
        Ok((dialogue, interaction))
    }

    async fn begin(self) -> Result<Dialogue<'a>, EndpointError> {
        let request = check_direct(self.org, self.server, self.app.clone(), self.parameters);
        let request = request.map_err(EndpointError::Refused)?;
        Dialogue::begin(self.org, request, self.origin).await
    }

    fn resume(self, token: &str) -> Result<(Dialogue<'a>, Interaction), EndpointError> {
        Dialogue::resume(self.org, (self.server, self.app), token, self.origin)
    }

    fn required(self, name: &str) -> Result<&'a str, EndpointError> {
        let value = self.parameters.get(name);
        value.ok_or_else(|| refusal::missing(name))
    }
}

/// Names a person. Every name leads on, also one that nobody has.
pub(super) async fn named(
    dialogue: &Dialogue<'_>,
    identifier: String,
) -> Result<Interaction, EndpointError> {
    let answer = Answer::Identify {
        identifier,
        password: None,
        keep_me_signed_in: false,
    };
    match dialogue.say(answer).await? {
        Reply::Asked(interaction) => Ok(*interaction),
        Reply::Finished(..) | Reply::NotExpected => Err(refusal::wrong_credentials()),
    }
}

/// Tries the code with the authenticators that make such codes, for an app does not say which one made it. `without`: what
/// somebody hears who has none.
async fn time_based(
    dialogue: &Dialogue<'_>,
    interaction: &Interaction,
    code: &SecretString,
    without: fn() -> EndpointError,
) -> Result<Next, EndpointError> {
    let offered = factor::offered(&dialogue.screen(interaction)?);
    let mut outcome = Err(without());
    for method in offered
        .into_iter()
        .filter(|method| factor::is_time_based(*method))
    {
        dialogue.say(factor::choose(method)).await?;
        let reply = dialogue.say(Answer::Passcode(code.clone())).await?;
        outcome = Next::of(dialogue, reply, refusal::wrong_code);
        if outcome.is_ok() {
            break;
        }
    }
    outcome
}
