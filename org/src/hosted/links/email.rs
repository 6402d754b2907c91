use axum::extract::{Path, RawForm, RawQuery, State};
use axum::response::Response;
use http::HeaderMap;
use secrecy::ExposeSecret as _;

use super::page::{LinkForm, LinkPage, render, subject_of, take_form};
use crate::authenticator::Method;
use crate::browser::Browser;
use crate::handle::Handle;
use crate::hosted::chrome::FormTarget;
use crate::hosted::problem::Problem;
use crate::hosted::sign_in::{finish, to_page};
use crate::interaction::{Answer, Interaction, find_interaction};
use crate::oauth::parameters::Parameters;
use crate::sign_in::links::{EmailLink, find_email_link};
use crate::sign_in::{Taken, Visitor, take_answer};
use crate::{Org, paths};

const EXPIRED: &str =
    "This email link has expired. To resend it, return to the screen where you requested it.";
const STALE: &str = "This email link is out of date. Return to the screen where you requested it.";

/// A link that is good, and what it goes on with.
struct Found {
    link: EmailLink,
    interaction: Interaction,
}

/// `GET`: asks for the button to be pressed.
pub(crate) async fn email_link(
    State(org): State<Org>,
    Path(app): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let query = Parameters::parse(&query.unwrap_or_default());
    let token = Handle::received(query.get("token").unwrap_or_default());
    let Some(found) = find(&org, &token)? else {
        return not_good(&org, &headers, EXPIRED);
    };
    let action = format!("{}/{app}", paths::EMAIL_VERIFY);
    let page = LinkPage {
        title: "Verify with your email",
        lead: Some("Press the button if it is you who is signing in."),
        form: Some(LinkForm {
            action: &action,
            link: Some(token.expose()),
            asks_username: false,
            button: "Continue",
        }),
        ..LinkPage::default()
    };
    let forms = FormTarget::App(&found.interaction.request.redirect_uri);
    render(&org, &headers, &subject(&token), &page, &forms)
}

/// `POST`: goes on in the browser that waits for the code; any other browser shows the code.
pub(crate) async fn follow_email_link(
    State(org): State<Org>,
    visitor: Visitor,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Result<Response, Problem> {
    let of_link = |form: &Parameters| subject(&link_in(form));
    let (browser, form) = take_form(&org, &headers, of_link, &form)?;
    let Some(found) = find(&org, &link_in(&form))? else {
        return not_good(&org, &headers, EXPIRED);
    };
    if is_theirs(&browser, &found.interaction) {
        go_on(&org, &headers, found, visitor).await
    } else {
        show_code(&org, &headers, &found.link)
    }
}

fn link_in(form: &Parameters) -> Handle {
    Handle::received(form.get("link").unwrap_or_default())
}

fn subject(token: &Handle) -> String {
    subject_of("email link", token)
}

fn is_theirs(browser: &Browser, interaction: &Interaction) -> bool {
    interaction.device.is_some_and(|device| browser.is(device))
}

fn find(org: &Org, token: &Handle) -> Result<Option<Found>, Problem> {
    let now = org.now();
    let link = org
        .store()
        .read(|db| Ok(find_email_link(db, org.sealer(), token, now)))??;
    let Some(link) = link else {
        return Ok(None);
    };
    let digest = link.interaction;
    let interaction = org.store().read(|db| find_interaction(db, digest, now))?;
    Ok(interaction
        .filter(|interaction| !interaction.state.is_over())
        .map(|interaction| Found { link, interaction }))
}

async fn go_on(
    org: &Org,
    headers: &HeaderMap,
    found: Found,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let origin = visitor.origin.clone();
    let Found { link, interaction } = found;
    let answer = Answer::FollowLink(Method::Email);
    match take_answer(org, &link.handle, answer, visitor).await? {
        Taken::Gone | Taken::NotExpected => not_good(org, headers, STALE),
        Taken::Asked => Ok(to_page(&link.handle, None)),
        Taken::Finished(finished) => finish(org, &interaction.request, finished, &origin).await,
    }
}

fn show_code(org: &Org, headers: &HeaderMap, link: &EmailLink) -> Result<Response, Problem> {
    let page = LinkPage {
        title: "Your verification code",
        lead: Some("Enter this code in the browser or on the device where you began to sign in."),
        code: Some(link.code.expose_secret()),
        ..LinkPage::default()
    };
    render(org, headers, "", &page, &FormTarget::Org)
}

fn not_good(org: &Org, headers: &HeaderMap, alert: &'static str) -> Result<Response, Problem> {
    let page = LinkPage {
        title: "Verify with your email",
        alert: Some(alert),
        way_out: Some(org.app_url()),
        ..LinkPage::default()
    };
    render(org, headers, "", &page, &FormTarget::Org)
}
