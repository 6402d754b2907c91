use model::{OAuthError, OAuthErrorCode};

use crate::oauth::authorize::draft::Draft;

/// A password is one factor of knowledge: it meets these levels.
const MET: [&str; 3] = [
    "urn:okta:loa:1fa:any",
    "urn:okta:loa:1fa:pwd",
    "urn:okta:loa:2fa:any:ifpossible",
];
/// These need an authenticator that the org does not have.
const UNMET: [&str; 3] = ["urn:okta:loa:2fa:any", "phr", "phrh"];

/// The level of assurance that the app asks for. A value that is not one of Okta's is ignored, as it is voluntary
/// (OpenID Connect Core §3.1.2.1).
pub(in super::super) fn check(draft: &mut Draft<'_>) -> Result<(), OAuthError> {
    let asked = draft.parameters.get("acr_values").unwrap_or_default();
    let mut levels = asked.split(' ');
    let Some(level) = levels.find(|level| MET.contains(level) || UNMET.contains(level)) else {
        return Ok(());
    };
    if UNMET.contains(&level) {
        return Err(OAuthError::new(
            OAuthErrorCode::UnmetAuthenticationRequirements,
            "The authorization server is unable to meet the requirements of the requested authentication context class.",
        ));
    }
    draft.request.acr = Some(level.to_owned());
    Ok(())
}
