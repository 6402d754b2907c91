use axum::response::Response;
use http::HeaderMap;

use super::answers;
use super::body::Body;
use super::by_session::{self, Answered};
use super::endpoint::Endpoint;
use super::error::IdxError;
use super::outcome::Shown;
use crate::Org;
use crate::authenticator::Catalog;
use crate::handle::Handle;
use crate::interaction::{Interaction, find_interaction};
use crate::sign_in::{Taken, Visitor, count_if_wrong, take_answer};
use crate::throttle::ClientAddress;

/// Takes what a client says and shows what comes of it.
pub(super) async fn handle(
    org: &Org,
    endpoint: Endpoint,
    (address, visitor): (ClientAddress, Visitor),
    headers: &HeaderMap,
    body: &Body,
) -> Result<Response, IdxError> {
    let handle = body.handle().ok_or(IdxError::Expired)?;
    let interaction = find(org, &handle)?;
    let shown = Shown {
        org,
        handle: &handle,
        headers,
        visitor: &visitor,
    };
    if endpoint == Endpoint::Introspect && body.is_first() {
        return begin(&shown, interaction).await;
    }
    if matches!(
        endpoint,
        Endpoint::Introspect | Endpoint::ChallengePoll | Endpoint::AuthenticatorsPoll
    ) {
        return shown.as_it_is(&interaction);
    }
    if endpoint.takes_proof() && !org.throttle().allow(address, org.now()) {
        return Err(IdxError::TooMany);
    }
    let catalog = org.store().read(Catalog::load)?;
    let Some(answer) = answers::read(endpoint, body, &interaction.state.stage, &catalog) else {
        return shown.not_expected(&interaction);
    };
    match take_answer(org, &handle, answer, visitor.clone()).await? {
        Taken::Gone => Err(IdxError::Expired),
        Taken::NotExpected => shown.not_expected(&find(org, &handle)?),
        Taken::Finished(finished) => {
            let interaction = find_any(org, &handle)?.ok_or(IdxError::Expired)?;
            shown.finished(&interaction, finished).await
        }
        Taken::Asked => {
            let interaction = find(org, &handle)?;
            count_if_wrong(org, address, &interaction.state);
            shown.after_answer(&interaction)
        }
    }
}

/// Shows an interaction to the app that began it. Whoever is signed in in this browser is asked for what is missing only.
async fn begin(shown: &Shown<'_>, interaction: Interaction) -> Result<Response, IdxError> {
    match by_session::answer(shown, &interaction).await? {
        Answered::Not => shown.as_it_is(&interaction),
        Answered::InPart => shown.as_it_is(&find(shown.org, shown.handle)?),
        Answered::Whole(signed_in) => {
            let interaction = find_any(shown.org, shown.handle)?.ok_or(IdxError::Expired)?;
            shown.signed_in(&interaction, signed_in).await
        }
    }
}

/// An interaction that is not over.
fn find(org: &Org, handle: &Handle) -> Result<Interaction, IdxError> {
    let found = find_any(org, handle)?.filter(|interaction| !interaction.state.is_over());
    found.ok_or(IdxError::Expired)
}

/// An interaction that an app began by `interact`. Those of the hosted pages belong to a browser and are none of an app's
/// business; those of the token endpoint have no steps here.
fn find_any(org: &Org, handle: &Handle) -> Result<Option<Interaction>, IdxError> {
    let (digest, now) = (handle.digest(), org.now());
    let found = org.store().read(|db| find_interaction(db, digest, now))?;
    Ok(found.filter(|interaction| interaction.device.is_none() && !interaction.request.is_direct))
}
