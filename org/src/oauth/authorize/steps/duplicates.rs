use model::OAuthError;

use super::invalid_request;
use crate::oauth::authorize::draft::Draft;

/// No parameter may be given twice (RFC 6749 §3.1): two readers could see two different requests.
pub(in super::super) fn check(draft: &mut Draft<'_>) -> Result<(), OAuthError> {
    let duplicates: Vec<&str> = draft.parameters.duplicates().into_iter().collect();
    if duplicates.is_empty() {
        return Ok(());
    }
    let names = duplicates.join(", ");
    Err(invalid_request(format!(
        "Duplicate parameter provided in request. Duplicated parameters: [{names}]."
    )))
}
