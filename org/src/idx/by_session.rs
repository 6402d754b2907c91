use http::HeaderMap;
use http::header::ORIGIN;

use super::error::IdxError;
use super::outcome::Shown;
use crate::Org;
use crate::apps::is_origin_of;
use crate::browser::Browser;
use crate::interaction::Interaction;
use crate::oauth::authorize::SignedIn;
use crate::sign_in::{Continued, continue_by_session, may_answer};

/// What came of the session of the browser.
pub(super) enum Answered {
    /// It has none, or none that says anything about the request: the interaction is as it was.
    Not,
    /// It says who the person is, and something is asked besides.
    InPart,
    /// It is all that is needed, and the interaction is over.
    Whole(SignedIn),
}

/// Lets the session of the browser answer an interaction that an app shows for the first time.
pub(super) async fn answer(
    shown: &Shown<'_>,
    interaction: &Interaction,
) -> Result<Answered, IdxError> {
    let (org, request) = (shown.org, &interaction.request);
    if !interaction.state.is_untouched() || !is_shown_by_app(org, shown.headers, interaction)? {
        return Ok(Answered::Not);
    }
    let browser = Browser::of(org, shown.headers)?;
    let Some(session) = browser
        .session()
        .filter(|session| may_answer(org, session, request))
    else {
        return Ok(Answered::Not);
    };
    let visitor = shown.visitor.clone();
    let continued = continue_by_session(org, shown.handle, request, session, visitor).await?;
    Ok(match continued {
        Continued::No => Answered::Not,
        Continued::InPart => Answered::InPart,
        Continued::Whole(because) => Answered::Whole(SignedIn::by(session).because(because)),
    })
}

/// Whether it is no script of another app that lets the browser send its cookie. Programs that are no browsers name no origin.
fn is_shown_by_app(
    org: &Org,
    headers: &HeaderMap,
    interaction: &Interaction,
) -> Result<bool, IdxError> {
    let Some(origin) = headers.get(ORIGIN) else {
        return Ok(true);
    };
    let origin = origin.to_str().unwrap_or_default();
    let app = &interaction.request.app_id;
    Ok(org.store().read(|db| is_origin_of(db, app, origin))?)
}
