use axum::Json;
use axum::extract::State;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use model::ErrorCode;
use serde_json::{Value, json};

use super::ALL;
use super::record::keep_challenge;
use crate::Org;
use crate::api::v1::my_account::authenticators::Own;
use crate::api::{ApiError, Change, OptionalBody};
use crate::authenticator::enrollment::enrollments_of;
use crate::authenticator::webauthn::{ActivationData, NewPasskey};
use crate::authenticator::{AuthenticatorKey, EnrollmentKind};
use crate::events::wire_time;
use crate::failure::Failure;
use crate::interaction::World;

/// How long the browser may take.
const LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// `POST /idp/myaccount/webauthn/registration`: what a browser makes a passkey from.
pub(super) async fn begin(
    State(org): State<Org>,
    change: Change,
    OptionalBody(_): OptionalBody<Value>,
) -> Result<Json<Value>, ApiError> {
    let own = org
        .store()
        .read(|db| Own::load(db, &org, &change.caller))??;
    if !own.may_enroll(AuthenticatorKey::Webauthn) {
        return Err(ApiError::new(ErrorCode::WrongStatus)
            .saying("WebAuthn enrollment is not allowed.".to_owned())
            .because("WebAuthn is not enabled for the org."));
    }
    let party = org.kit().relying_party;
    change
        .run(move |writing| {
            let challenge = URL_SAFE_NO_PAD.encode(writing.entropy.bytes::<32>());
            let expires_at = writing.now.saturating_add(LIFETIME).unwrap_or(writing.now);
            let user = &own.user;
            keep_challenge(writing.db, &user.id, &challenge, expires_at)?;
            let enrollments = enrollments_of(writing.db, &user.id)?;
            let existing: Vec<_> = enrollments
                .iter()
                .filter_map(|one| match &one.kind {
                    EnrollmentKind::Webauthn { credential } => Some(credential),
                    _ => None,
                })
                .collect();
            let passkey = NewPasskey {
                user: &user.id,
                login: &user.profile.login,
                display_name: &user.profile.full_name(),
                org: crate::branding::NAME,
                existing: &existing,
            };
            let verification = World::USER_VERIFICATION;
            let options = ActivationData::new(&party, &challenge, verification, passkey);
            Ok(Json(json!({
                "options": serde_json::to_value(options).map_err(Failure::from)?,
                "expiresAt": wire_time(expires_at),
                "_links": {"enroll": {
                    "href": writing.url.to(ALL),
                    "hints": {"allow": ["POST"]},
                }},
            })))
        })
        .await
}
