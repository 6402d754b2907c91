use model::OAuthErrorCode;

use crate::Org;
use crate::apps::App;
use crate::oauth::GrantType;
use crate::oauth::error::EndpointError;
use crate::oauth::server::{AuthorizationServer, load_rules};
use crate::settings::is_interaction_code_on;

const GRANT: &str = GrantType::InteractionCode.as_str();

/// Whether the org, the app and the authorization server have the interaction code flow. Each can be switched off alone, and
/// is asked again for every request.
pub(super) fn check(
    org: &Org,
    server: &AuthorizationServer,
    app: &App,
) -> Result<(), EndpointError> {
    let is_on = org.store().read(is_interaction_code_on)?;
    if !is_on {
        return Err(not_enabled());
    }
    if !app.has_grant(GRANT) {
        return Err(EndpointError::refused(
            OAuthErrorCode::UnauthorizedClient,
            format!(
                "The client is not authorized to use the provided grant type. Configured grant types: [{}].",
                app.grant_types.join(", ")
            ),
        ));
    }
    let rules = org.store().read(|db| load_rules(db, &server.id))?;
    let has_grant =
        rules.is_none_or(|rules| rules.iter().any(|rule| rule.has_grant(&app.id, GRANT)));
    if has_grant {
        Ok(())
    } else {
        Err(not_enabled())
    }
}

fn not_enabled() -> EndpointError {
    EndpointError::refused(
        OAuthErrorCode::AccessDenied,
        "The requested feature (Interaction Code flow) isn't enabled in this environment. Ensure that you have Okta Identity \
         Engine enabled and the Interaction Code flow enabled for this application and authorization server.",
    )
}
