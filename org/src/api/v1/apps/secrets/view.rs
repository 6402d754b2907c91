use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::AppId;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use super::super::view::{Secrets, credential_links};
use crate::api::ApiError;
use crate::apps::{SecretRecord, open_secret};
use crate::config::OrgUrl;
use crate::events::wire_time;
use crate::failure::Failure;
use crate::store::Digest;

/// As much of the hash as tells two secrets apart: 22 characters.
const HASH: usize = 16;

/// The secret in Okta's shape.
pub(super) fn view(
    app: &AppId,
    secret: &SecretRecord,
    secrets: Secrets<'_>,
    url: &OrgUrl,
) -> Result<Value, ApiError> {
    let own = format!("/apps/{app}/credentials/secrets/{}", secret.id);
    let mut shape = json!({
        "id": secret.id,
        "created": wire_time(secret.created_at),
        "lastUpdated": wire_time(secret.updated_at),
        "status": secret.status,
        "_links": credential_links(&own, secret.status, url),
    });
    if let Secrets::Shown(sealer) = secrets {
        let text = open_secret(app, &secret.sealed, sealer).map_err(Failure::from)?;
        let hash = Digest::of(text.expose_secret());
        shape["client_secret"] = json!(text.expose_secret());
        shape["secret_hash"] = json!(URL_SAFE_NO_PAD.encode(&hash.as_bytes()[..HASH]));
    }
    Ok(shape)
}
