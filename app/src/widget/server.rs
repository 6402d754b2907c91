use std::sync::PoisonError;

use bff::security_headers::with_calls_to;
use bff::{BrandColors, Interaction, InteractionTrouble};
use http::header;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use serde_json::json;

use super::{Embedding, EmbeddingState, WidgetFiles};
use crate::context::server::AppContext;
use crate::error::AppError;
use crate::path;
use crate::texts::Language;

pub(super) async fn begin_interaction(query: &str) -> Result<Embedding, AppError> {
    let app = AppContext::current()?;
    let request = app
        .bff()
        .read_login_link(query)
        .map_err(|error| app.failed(error))?;
    let return_to = request.return_to.as_str().to_owned();
    let embedding = |state| Embedding { return_to, state };
    let Some(files) = use_context::<WidgetFiles>() else {
        return Ok(embedding(EmbeddingState::FilesMissing));
    };
    let brand = app.bff().brand_colors().await;
    Ok(embedding(
        match app.bff().begin_interaction(app.headers(), request).await {
            Ok(mut interaction) => {
                app.add_cookies(std::mem::take(&mut interaction.cookies));
                allow_calls_to_the_org(&app);
                EmbeddingState::Ready(configuration(&interaction, &files, brand, query))
            }
            Err(InteractionTrouble::NotOffered) => EmbeddingState::NotOffered,
            Err(InteractionTrouble::SwitchedOff) => EmbeddingState::SwitchedOff,
            Err(InteractionTrouble::NotGranted) => EmbeddingState::NotGranted,
            Err(InteractionTrouble::Failed(error)) => EmbeddingState::Failed(error),
        },
    ))
}

/// The widget asks the org by itself, which no other page of the app may.
fn allow_calls_to_the_org(app: &AppContext) {
    let Some(response) = use_context::<ResponseOptions>() else {
        return;
    };
    let origins = app.bff().web_policy().org_origins();
    let allowed = {
        let answer = response.0.read().unwrap_or_else(PoisonError::into_inner);
        let policy = answer.headers.get(header::CONTENT_SECURITY_POLICY);
        policy.map(|policy| with_calls_to(policy, &origins))
    };
    if let Some(policy) = allowed {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// What `start.js` reads.
fn configuration(
    interaction: &Interaction,
    files: &WidgetFiles,
    brand: Option<BrandColors>,
    query: &str,
) -> String {
    let anew = match query {
        "" => path::server::SIGN_IN_WIDGET.to_owned(),
        query => format!(
            "{}?{}",
            path::server::SIGN_IN_WIDGET,
            query.trim_start_matches('?')
        ),
    };
    let configuration = json!({
        "interaction": {
            "interactionHandle": interaction.handle,
            "issuer": interaction.issuer,
            "clientId": interaction.client_id,
            "redirectUri": interaction.redirect_uri,
            "state": interaction.state,
            "codeChallenge": interaction.code_challenge,
            "codeChallengeMethod": "S256",
            "scopes": interaction.scopes,
        },
        "files": files.address(),
        "brand": brand,
        "language": Language::current().tag(),
        "anew": anew,
        "nonce": use_nonce().map(|nonce| nonce.to_string()),
    });
    configuration.to_string()
}
