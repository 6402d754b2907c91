use jiff::SignedDuration;

use super::refusal;
use crate::Org;
use crate::apps::App;
use crate::authenticator::Method;
use crate::events::Origin;
use crate::failure::Failure;
use crate::handle::Handle;
use crate::housekeeping;
use crate::interaction::{
    Answer, Interaction, Plan, Screen, State, Who, create_interaction, find_interaction,
    fresh_challenge, plan,
};
use crate::oauth::authorize::{AuthorizationRequest, SignedIn};
use crate::oauth::error::EndpointError;
use crate::oauth::server::AuthorizationServer;
use crate::sign_in::{Taken, Visitor, count_if_wrong, screen_of, take_answer};

/// How long an `mfa_token` or an `oob_code` is good. Fixed by Okta.
pub(super) const LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// A sign-in that an app carries from call to call.
#[derive(Debug)]
pub(super) struct Dialogue<'a> {
    org: &'a Org,
    handle: Handle,
    /// No browser takes part: no mark, no session.
    visitor: Visitor,
}

/// What the engine says to an answer.
#[derive(Debug)]
pub(super) enum Reply {
    /// The person is signed in, for this request.
    Finished(Box<AuthorizationRequest>, SignedIn),
    /// Something is asked, or the answer was wrong: the notices of the state say so.
    Asked(Box<Interaction>),
    /// The answer does not belong to what is asked, and counts for nothing.
    NotExpected,
}

impl<'a> Dialogue<'a> {
    /// Begins with a checked request.
    pub(super) async fn begin(
        org: &'a Org,
        request: AuthorizationRequest,
        origin: &Origin,
    ) -> Result<Self, EndpointError> {
        let now = org.now();
        let mut state = State::begin(None, fresh_challenge(org.entropy()), now);
        // The app has no page for these.
        state.has_skipped = true;
        state.has_answered_keep_me_signed_in = true;
        let interaction = Interaction {
            device: None,
            request,
            state,
            expires_at: now.saturating_add(LIFETIME).unwrap_or(now),
        };
        let dialogue = Self::new(org, Handle::generate(org.entropy()), origin);
        let digest = dialogue.handle.digest();
        org.store()
            .write(move |db| {
                housekeeping::sweep(db, now)?;
                create_interaction(db, digest, &interaction).map_err(Failure::from)
            })
            .await?;
        Ok(dialogue)
    }

    /// Goes on with what an earlier call began, for the same app at the same server. `token`: an `mfa_token` or an `oob_code`.
    pub(super) fn resume(
        org: &'a Org,
        (server, app): (&AuthorizationServer, &App),
        token: &str,
        origin: &Origin,
    ) -> Result<(Self, Interaction), EndpointError> {
        let dialogue = Self::new(org, Handle::received(token), origin);
        let interaction = dialogue.find()?.filter(|interaction| {
            interaction.request.app_id == app.id
                && interaction.request.server == server.id
                && !interaction.state.is_over()
        });
        interaction
            .map(|interaction| (dialogue, interaction))
            .ok_or_else(|| refusal::expired(token))
    }

    fn new(org: &'a Org, handle: Handle, origin: &Origin) -> Self {
        Self {
            org,
            handle,
            visitor: Visitor {
                device: None,
                session: None,
                origin: origin.clone(),
            },
        }
    }

    /// Says something to the engine. Who guesses too much from one address has to wait.
    pub(super) async fn say(&self, answer: Answer) -> Result<Reply, EndpointError> {
        let (org, address) = (self.org, self.visitor.origin.address);
        if !org.throttle().allow(address, org.now()) {
            return Err(refusal::too_many());
        }
        let taken = take_answer(org, &self.handle, answer, self.visitor.clone()).await?;
        let Some(interaction) = self.find()? else {
            return Err(refusal::expired(self.handle.expose()));
        };
        Ok(match taken {
            Taken::Gone => return Err(refusal::expired(self.handle.expose())),
            Taken::NotExpected => Reply::NotExpected,
            Taken::Finished(finished) => {
                Reply::Finished(Box::new(interaction.request), finished.signed_in)
            }
            Taken::Asked => {
                count_if_wrong(org, address, &interaction.state);
                Reply::Asked(Box::new(interaction))
            }
        })
    }

    /// What can be answered now.
    pub(super) fn screen(&self, interaction: &Interaction) -> Result<Screen, EndpointError> {
        Ok(screen_of(self.org, interaction, &self.visitor)?.0)
    }

    /// Whether a name that nobody has would be asked for a password and for nothing else: then nobody begins with anything else,
    /// and saying so tells nothing about anybody.
    pub(super) fn begins_with_password(
        &self,
        interaction: &Interaction,
    ) -> Result<bool, EndpointError> {
        let mut ordinary = interaction.clone();
        ordinary.state.who = Who::Decoy;
        let (_, world) = screen_of(self.org, &ordinary, &self.visitor)?;
        let planned = world
            .account
            .as_ref()
            .map(|account| plan(&ordinary.state, account, &world).plan);
        Ok(match planned {
            Some(Plan::Verify {
                methods,
                is_password_first,
            }) => is_password_first || methods == [Method::Password],
            _ => false,
        })
    }

    /// For an `mfa_token` or an `oob_code`.
    pub(super) const fn handle(&self) -> &Handle {
        &self.handle
    }

    fn find(&self) -> Result<Option<Interaction>, EndpointError> {
        let (digest, now) = (self.handle.digest(), self.org.now());
        let found = self
            .org
            .store()
            .read(|db| find_interaction(db, digest, now))?;
        Ok(found.filter(|interaction| interaction.request.is_direct))
    }
}
