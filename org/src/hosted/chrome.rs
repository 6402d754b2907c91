use askama::Template;
use axum::response::{IntoResponse as _, Response};
use http::HeaderValue;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use std::collections::BTreeSet;

use super::assets::stylesheet_path;
use crate::apps::origin_of;
use crate::branding;
use crate::failure::Failure;
use crate::paths;

/// What every page has around its content.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chrome {
    pub(crate) title: &'static str,
    pub(crate) brand: &'static str,
    pub(crate) stylesheet: &'static str,
    pub(crate) theme: &'static str,
    pub(crate) icon: &'static str,
    pub(crate) form_script: &'static str,
}

impl Chrome {
    pub(crate) fn new(title: &'static str) -> Self {
        Self {
            title,
            brand: branding::NAME,
            stylesheet: stylesheet_path(),
            theme: paths::THEME,
            icon: paths::ICON,
            form_script: paths::FORM_POST_SCRIPT,
        }
    }
}

/// Where the forms of a page may lead. A browser applies this to the redirect that follows a form as well, so a page whose
/// last form ends at an app must name the app.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FormTarget<'a> {
    /// The org itself.
    Org,
    /// The org, and from there this URI of an app.
    App(&'a str),
}

/// Which scripts a page may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scripts {
    None,
    /// Those of the org.
    Own,
}

impl Scripts {
    const fn source(self) -> &'static str {
        match self {
            Self::None => "'none'",
            Self::Own => "'self'",
        }
    }
}

/// Renders a page without scripts, with the content security policy that goes with its forms.
pub(crate) fn html(page: &impl Template, forms: &FormTarget<'_>) -> Result<Response, Failure> {
    html_with(page, forms, Scripts::None)
}

/// Renders a page, with the content security policy that goes with its forms and scripts.
pub(crate) fn html_with(
    page: &impl Template,
    forms: &FormTarget<'_>,
    scripts: Scripts,
) -> Result<Response, Failure> {
    let body = page.render()?;
    let mut response = ([(CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response();
    set_policy(&mut response, scripts, forms, &[]);
    Ok(response)
}

/// Renders a page that loads pages of apps in frames, with a policy that lets it load nothing of anybody else.
pub(crate) fn html_with_frames(
    page: &impl Template,
    scripts: Scripts,
    frames: &[String],
) -> Result<Response, Failure> {
    let body = page.render()?;
    let mut response = ([(CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response();
    set_policy(&mut response, scripts, &FormTarget::Org, frames);
    Ok(response)
}

/// Lets the page run the script that sends its form, and nothing else.
pub(crate) fn with_form_script(mut response: Response, action: &str) -> Response {
    set_policy(&mut response, Scripts::Own, &FormTarget::App(action), &[]);
    response
}

fn set_policy(
    response: &mut Response,
    scripts: Scripts,
    forms: &FormTarget<'_>,
    frames: &[String],
) {
    let scripts = scripts.source();
    let app = match forms {
        FormTarget::Org => String::new(),
        FormTarget::App(uri) => app_source(uri),
    };
    let mut policy = format!(
        "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self'; base-uri 'none'; \
         frame-ancestors 'none'; form-action 'self'{app}"
    );
    let sources: BTreeSet<String> = frames.iter().map(|uri| app_source(uri)).collect();
    if !sources.is_empty() {
        policy.push_str("; frame-src");
        policy.extend(sources);
    }
    // A registered URI was parsed, so its origin is plain ASCII and the policy a valid header.
    if let Ok(policy) = HeaderValue::try_from(policy) {
        response
            .headers_mut()
            .insert(CONTENT_SECURITY_POLICY, policy);
    }
}

/// An app's origin as a source expression, or its scheme when it has no origin.
fn app_source(uri: &str) -> String {
    match (origin_of(uri), uri.split_once(':')) {
        (Some(origin), _) => format!(" {origin}"),
        (None, Some((scheme, _))) => format!(" {scheme}:"),
        (None, None) => String::new(),
    }
}
