use model::OAuthError;

use crate::oauth::authorize::draft::Draft;
use crate::policy::AcrLevel;

/// The level of assurance that the app asks for: it can only raise what the policies ask. A value that is not one of Okta's is
/// ignored, as it is voluntary (OpenID Connect Core §3.1.2.1).
#[expect(
    clippy::unnecessary_wraps,
    reason = "it stands in a table of steps that may refuse"
)]
pub(in super::super) fn check(draft: &mut Draft<'_>) -> Result<(), OAuthError> {
    let asked = draft.parameters.get("acr_values").unwrap_or_default();
    let level = asked
        .split(' ')
        .find(|level| AcrLevel::parse(level).is_some());
    draft.request.acr = level.map(str::to_owned);
    Ok(())
}
