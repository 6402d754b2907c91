//! Single sign-on: what the session of a browser already answers.

use rusqlite::Connection;

use super::{Kit, Visitor, open_interaction, read_world};
use crate::Org;
use crate::failure::Failure;
use crate::handle::Handle;
use crate::interaction::{
    Interaction, Plan, Stage, State, Who, find_interaction, fresh_challenge, plan, save_state,
};
use crate::oauth::authorize::AuthorizationRequest;
use crate::policy::global_session::satisfies;
use crate::policy::{Explanation, carried_over};
use crate::session::{Session, touch_session};
use crate::store::Digest;

/// Where a sign-in begins. Somebody whose session is good, and only not enough, need not say again who they are.
pub(crate) fn first_state(
    org: &Org,
    request: &AuthorizationRequest,
    session: Option<&Session>,
) -> State {
    let mut state = State::begin(
        request.login_hint.clone(),
        fresh_challenge(org.entropy()),
        org.now(),
    );
    if let Some(session) = session {
        state.who = Who::User(session.user_id.clone());
        state.proofs = carried_over(&session.proofs, state.began_at);
        state.last_use = Some(session.last_seen_at);
        state.keep_me_signed_in = session.keep_me_signed_in;
        // Both are asked at a sign-in, and this is none.
        state.has_skipped = true;
        state.has_answered_keep_me_signed_in = true;
    }
    state
}

/// Whether a session may answer a request at all: it is the person's whom the app expects, and fresh enough.
pub(crate) fn may_answer(org: &Org, session: &Session, request: &AuthorizationRequest) -> bool {
    let is_expected_user = request
        .expected_user
        .as_ref()
        .is_none_or(|expected| *expected == session.user_id);
    is_expected_user && satisfies(request.demand, session.signed_in_at, org.now())
}

/// Why a session satisfies the policies for a request, so that nothing need be asked. `None`: it does not. `device`: the
/// browser of a hosted page.
pub(crate) fn is_enough(
    org: &Org,
    session: &Session,
    request: &AuthorizationRequest,
    device: Option<Digest>,
    visitor: &Visitor,
) -> Result<Option<Vec<Explanation>>, Failure> {
    let now = org.now();
    let interaction = Interaction {
        device,
        request: request.clone(),
        state: first_state(org, request, Some(session)),
        expires_at: now,
    };
    let world = org
        .store()
        .read(|db| read_world(db, &org.kit(), &interaction, None, visitor, now))?;
    let planned = world
        .account
        .as_ref()
        .map(|account| plan(&interaction.state, account, &world));
    Ok(planned
        .filter(|planned| planned.plan == Plan::Finish)
        .map(|planned| planned.because))
}

/// Writes down that a session was used, which keeps it alive.
pub(crate) async fn keep_alive(org: &Org, session: &Session) -> Result<(), Failure> {
    let now = org.now();
    if !session.is_touch_due(now) {
        return Ok(());
    }
    let handle = session.handle;
    org.store()
        .write(move |db| touch_session(db, handle, now).map_err(Failure::from))
        .await
}

/// What a session answers of an interaction that an app began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Continued {
    /// Nothing: somebody went on with it meanwhile.
    No,
    /// Who it is. Something is asked besides.
    InPart,
    /// Everything, and why. The interaction is over.
    Whole(Vec<Explanation>),
}

/// Lets a session answer an interaction of an app that nobody has answered yet.
pub(crate) async fn continue_by_session(
    org: &Org,
    handle: &Handle,
    request: &AuthorizationRequest,
    session: &Session,
    visitor: Visitor,
) -> Result<Continued, Failure> {
    let because = is_enough(org, session, request, None, &visitor)?;
    let mut state = first_state(org, request, Some(session));
    if because.is_some() {
        keep_alive(org, session).await?;
        state.stage = Stage::Complete;
    }
    let continuation = Continuation {
        kit: org.kit(),
        handle: handle.clone(),
        state,
        because: because.unwrap_or_default(),
        visitor,
    };
    let now = org.now();
    let (continued, has_written) = org
        .store()
        .write(move |db| continuation.run(db, now))
        .await?;
    if has_written {
        org.inbox().announce();
    }
    Ok(continued)
}

struct Continuation {
    kit: Kit,
    handle: Handle,
    state: State,
    because: Vec<Explanation>,
    visitor: Visitor,
}

impl Continuation {
    fn run(mut self, db: &Connection, now: jiff::Timestamp) -> Result<(Continued, bool), Failure> {
        let digest = self.handle.digest();
        let found = find_interaction(db, digest, now)?;
        let Some(mut interaction) = found.filter(|found| found.state.is_untouched()) else {
            return Ok((Continued::No, false));
        };
        // Beginning again is no way to more guesses or to more letters.
        self.state.wrong_codes = interaction.state.wrong_codes;
        self.state.codes_sent = interaction.state.codes_sent;
        interaction.state = self.state;
        if interaction.state.is_over() {
            save_state(db, digest, &interaction.state)?;
            return Ok((Continued::Whole(self.because), false));
        }
        let opened = open_interaction(db, &self.kit, self.handle, &interaction, self.visitor, now)?;
        save_state(db, digest, &opened.state)?;
        Ok((Continued::InPart, opened.has_written))
    }
}
