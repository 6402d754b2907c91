use axum::Json;
use axum::extract::State;
use model::{AppId, EnrollmentId};
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::Value;

use super::record::take_challenge;
use super::view;
use crate::Org;
use crate::api::v1::my_account::find_own;
use crate::api::{ApiError, Body, Change, Credential};
use crate::apps::{UriKind, list_uris};
use crate::authenticator::enrollment::{CreateError, create_enrollment};
use crate::authenticator::webauthn::{Attestation, RelyingParty, verify_attestation};
use crate::authenticator::{AuthenticatorKey, Enrollment, EnrollmentKind};
use crate::branding;
use crate::events::{Event, EventType};
use crate::failure::Failure;
use crate::inbox::{self, messages};
use crate::interaction::World;

/// What the browser made. The lists are JSON in texts, as Okta has them.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewPasskey {
    client_data: String,
    attestation: String,
    #[serde(default)]
    transports: Option<String>,
    /// Nothing is asked of the extensions.
    #[serde(default, rename = "clientExtensions")]
    _client_extensions: Option<String>,
}

impl NewPasskey {
    fn attestation(self) -> Result<Attestation, ApiError> {
        let transports = self.transports.as_deref().unwrap_or("[]");
        Ok(Attestation {
            client_data: self.client_data,
            attestation: self.attestation,
            transports: serde_json::from_str(transports)
                .map_err(|_| ApiError::invalid("transports", "Expected a JSON array of texts"))?,
        })
    }
}

/// `POST /idp/myaccount/webauthn`. What is wrong with it, the passkey has to be made anew.
pub(super) async fn create(
    State(org): State<Org>,
    change: Change,
    Body(new): Body<NewPasskey>,
) -> Result<Json<Value>, ApiError> {
    let user = org.store().read(|db| Ok(find_own(db, &change.caller)))??;
    let attestation = new.attestation()?;
    let (id, now) = (user.id.clone(), change.now);
    let taken = org
        .store()
        .write(move |db| take_challenge(db, &id, now).map_err(ApiError::from));
    let challenge = taken.await?;
    let challenge =
        challenge.ok_or_else(|| ApiError::not_found("WebAuthnRegistration", user.id.as_str()))?;
    let Credential::AccessToken { app, .. } = &change.caller.credential else {
        return Err(ApiError::forbidden());
    };
    let parties = org.store().read(|db| parties(&org, db, app))?;
    let verify = |party: &RelyingParty| {
        verify_attestation(party, &challenge, World::USER_VERIFICATION, &attestation)
    };
    let credential = parties.iter().find_map(|party| verify(party).ok());
    let credential = credential.ok_or_else(|| {
        ApiError::invalid(
            "attestation",
            "It is not a new passkey for this org and this registration",
        )
    })?;
    let shape = change
        .run(move |writing| {
            let enrollment = Enrollment {
                id: EnrollmentId::generate(writing.entropy),
                key: AuthenticatorKey::Webauthn,
                kind: EnrollmentKind::Webauthn { credential },
                created_at: writing.now,
            };
            create_enrollment(writing.db, &user.id, &enrollment).map_err(|error| match error {
                CreateError::Taken => {
                    ApiError::invalid("attestation", "The passkey is registered already")
                }
                other => Failure::from(other).into(),
            })?;
            let name = enrollment.key.display_name();
            let letter =
                messages::authenticator_enrolled(&user.profile.email, name, branding::NAME);
            inbox::put(writing.db, &letter, writing.now)?;
            let event = Event::of(EventType::FactorActivate)
                .to(user.target())
                .debug("factor", enrollment.key.as_str());
            writing.log(event)?;
            Ok(view(&enrollment, None, writing.url))
        })
        .await?;
    org.inbox().announce();
    Ok(Json(shape.unwrap_or_default()))
}

/// On whose pages it may be made: the org's own, and those of the app that are on the org's host.
fn parties(org: &Org, db: &Connection, app: &AppId) -> rusqlite::Result<Vec<RelyingParty>> {
    let own = org.kit().relying_party;
    let pages = list_uris(db, app, UriKind::Redirect)?;
    let of_app = pages.iter().filter_map(|page| own.on_page_of_app(page));
    let of_app: Vec<_> = of_app.collect();
    Ok(std::iter::once(own).chain(of_app).collect())
}
