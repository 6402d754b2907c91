use crate::Org;
use crate::apps::App;
use crate::events::{self, Event, EventType};
use crate::failure::Failure;
use crate::handle::Handle;
use crate::housekeeping;
use crate::interaction::{Interaction, LIFETIME, create_interaction};
use crate::oauth::authorize::AuthorizationRequest;
use crate::oauth::error::EndpointError;
use crate::oauth::parameters::Parameters;
use crate::sign_in::{LinkPurpose, Visitor, begin_for_app_by_link, first_state};

/// A link that only its owner got, and that the app received in place of the hosted page.
#[derive(Debug)]
pub(super) struct Link {
    token: Handle,
    purpose: LinkPurpose,
}

/// The token of an activation or of a password reset, if the app brings one.
pub(super) fn link_of(app: &App, parameters: &Parameters) -> Result<Option<Link>, EndpointError> {
    if let Some(token) = parameters.get("activation_token") {
        if !app.token_endpoint_auth_method.is_confidential() {
            return Err(EndpointError::invalid_request(
                "Only confidential clients can use the activation token flow",
            ));
        }
        return Ok(Some(Link {
            token: Handle::received(token),
            purpose: LinkPurpose::Activation,
        }));
    }
    Ok(parameters.get("recovery_token").map(|token| Link {
        token: Handle::received(token),
        purpose: LinkPurpose::PasswordReset,
    }))
}

/// Keeps the request. Whoever has the handle goes on with it, for the app may be anything; the code at the end is worth
/// nothing without what only the app knows.
pub(super) async fn begin(
    org: &Org,
    request: AuthorizationRequest,
    link: Option<Link>,
    visitor: Visitor,
) -> Result<Handle, EndpointError> {
    if let Some(Link { token, purpose }) = link {
        let begun = begin_for_app_by_link(org, &token, purpose, request, visitor).await?;
        return begun.ok_or_else(|| {
            EndpointError::invalid_request(match purpose {
                LinkPurpose::Activation => "The activation token is invalid",
                LinkPurpose::PasswordReset => "The recovery token is invalid",
            })
        });
    }
    let now = org.now();
    let handle = Handle::generate(org.entropy());
    let (digest, entropy, origin) = (handle.digest(), org.kit().entropy, visitor.origin);
    let interaction = Interaction {
        device: None,
        state: first_state(org, &request, None),
        request,
        expires_at: now.saturating_add(LIFETIME).unwrap_or(now),
    };
    org.store()
        .write(move |db| {
            housekeeping::sweep(db, now)?;
            create_interaction(db, digest, &interaction)?;
            let app = events::client_of(db, &interaction.request.app_id)?;
            let event = Event::of(EventType::InteractionHandle).by(app);
            events::record(db, &event, &origin, &*entropy, now).map_err(Failure::from)
        })
        .await?;
    Ok(handle)
}
