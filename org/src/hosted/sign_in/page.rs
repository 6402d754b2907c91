//! The page of the present question.

use askama::Template;
use axum::response::Response;
use std::borrow::Cow;

use super::Opened;
use super::app_key::app_key;
use super::asked::Asked;
use super::passkey::ceremony;
use super::step::{Part, Step};
use super::told::{Alert, Told};
use super::why::{Reason, reasons};
use crate::apps::origin_of;
use crate::hosted::assets::passkey_script_path;
use crate::hosted::chrome::{Chrome, FormTarget, Scripts, html_with};
use crate::hosted::problem::Problem;
use crate::oauth::parameters::Parameters;
use crate::sign_in::{Visitor, screen_of};
use crate::{Org, paths};

/// What a page says besides what the engine says.
#[derive(Debug, Default)]
pub(super) struct Extra {
    /// What was typed into the form that is shown again.
    pub(super) typed: Parameters,
    /// A field and what is wrong with it.
    pub(super) error: Option<(&'static str, &'static str)>,
    /// The answer came from a page that was out of date.
    pub(super) has_moved_on: bool,
}

#[derive(Template)]
#[template(path = "sign_in/step.html")]
struct StepPage<'a> {
    chrome: Chrome,
    step: Step,
    alerts: Vec<Alert>,
    /// The address of the interaction; an answer is a segment below it.
    base: String,
    token: &'a str,
    script: Option<&'static str>,
    /// Only in development.
    why: Vec<Reason>,
}

const MOVED_ON: &str =
    "This sign-in has gone on meanwhile, perhaps in another tab. Here is what comes next.";

/// Renders what is asked now.
pub(super) fn render(
    org: &Org,
    opened: &Opened,
    visitor: &Visitor,
    extra: Extra,
) -> Result<Response, Problem> {
    let interaction = &opened.interaction;
    let (screen, world) = screen_of(org, interaction, visitor)?;
    let mut asked = Asked {
        ceremony: ceremony(org, &interaction.state, &screen, &world)?,
        app_key: app_key(org, &opened.handle, &interaction.state, &screen)?,
        told: Told::new(&screen.notices, extra.error),
        screen: &screen,
        state: &interaction.state,
        world: &world,
        typed: &extra.typed,
        way_out: origin_of(&interaction.request.redirect_uri)
            .unwrap_or_else(|| paths::HOME.to_owned()),
    };
    let step = asked.step();
    let mut alerts = asked.told.alerts();
    if extra.has_moved_on {
        alerts.insert(
            0,
            Alert {
                text: Cow::Borrowed(MOVED_ON),
                is_error: false,
            },
        );
    }
    let script = step.has_passkey().then(passkey_script_path);
    let page = StepPage {
        chrome: Chrome::new(step.title),
        alerts,
        base: paths::of_interaction(paths::SIGN_IN, opened.handle.expose()),
        token: opened.token.as_str(),
        script,
        why: if org.is_dev() {
            reasons(&interaction.state.trail)
        } else {
            Vec::new()
        },
        step,
    };
    let scripts = if script.is_some() {
        Scripts::Own
    } else {
        Scripts::None
    };
    let forms = FormTarget::App(&interaction.request.redirect_uri);
    Ok(html_with(&page, &forms, scripts)?)
}
