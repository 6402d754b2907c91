use axum::extract::{Path, RawForm, State};
use axum::response::Response;
use http::HeaderMap;

use super::page::{LinkForm, LinkPage, render, subject_of, take_form};
use crate::events::Origin;
use crate::handle::Handle;
use crate::hosted::chrome::FormTarget;
use crate::hosted::problem::Problem;
use crate::hosted::sign_in::to_page;
use crate::sign_in::links::find_user_link;
use crate::sign_in::{LinkPurpose, Visitor, begin_by_link, resend_activation};
use crate::throttle::ClientAddress;
use crate::{Org, paths};

/// What the form that asks for another link is about, for its token.
const ANOTHER: &str = "another activation link";

/// The words for a kind of link.
struct Words {
    title: &'static str,
    lead: &'static str,
    expired: &'static str,
}

const ACTIVATION: Words = Words {
    title: "Activate your account",
    lead: "An account was made for you. Press the button to choose how you will sign in.",
    expired: "Your account activation link is no longer valid. Request a new activation email below.",
};
const RESET: Words = Words {
    title: "Reset your password",
    lead: "Press the button to choose a new password.",
    expired: "Your reset password token is no longer valid.",
};

const fn words_for(purpose: LinkPurpose) -> &'static Words {
    match purpose {
        LinkPurpose::Activation => &ACTIVATION,
        LinkPurpose::PasswordReset => &RESET,
    }
}

const fn path_for(purpose: LinkPurpose) -> &'static str {
    match purpose {
        LinkPurpose::Activation => paths::ACTIVATION,
        LinkPurpose::PasswordReset => paths::RESET_PASSWORD,
    }
}

/// `GET`: the link that begins an account.
pub(crate) async fn activation_link(
    State(org): State<Org>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    open(&org, &headers, &token, LinkPurpose::Activation)
}

/// `GET`: the link that begins a password reset.
pub(crate) async fn reset_link(
    State(org): State<Org>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    open(&org, &headers, &token, LinkPurpose::PasswordReset)
}

/// `POST`: begins an account.
pub(crate) async fn follow_activation_link(
    State(org): State<Org>,
    Path(token): Path<String>,
    visitor: Visitor,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Result<Response, Problem> {
    let link = (token.as_str(), LinkPurpose::Activation);
    follow(&org, &headers, link, visitor, &form).await
}

/// `POST`: begins a password reset.
pub(crate) async fn follow_reset_link(
    State(org): State<Org>,
    Path(token): Path<String>,
    visitor: Visitor,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Result<Response, Problem> {
    let link = (token.as_str(), LinkPurpose::PasswordReset);
    follow(&org, &headers, link, visitor, &form).await
}

/// `POST`: sends another link to begin an account. The answer is the same for everybody.
pub(crate) async fn send_activation_email(
    State(org): State<Org>,
    address: ClientAddress,
    origin: Origin,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Result<Response, Problem> {
    let (_, form) = take_form(&org, &headers, |_| ANOTHER.to_owned(), &form)?;
    if !org.throttle().allow(address, org.now()) {
        return Err(Problem::too_many_attempts());
    }
    // Each may send a mail to somebody who did not ask for it.
    org.throttle().failed(address, org.now());
    let login = form.get("identifier").unwrap_or_default();
    resend_activation(&org, login, origin).await?;
    let page = LinkPage {
        title: ACTIVATION.title,
        lead: Some(
            "New activation link requested. If your information matches our records, you will \
             receive a new activation link in your inbox soon.",
        ),
        way_out: Some(org.app_url()),
        ..LinkPage::default()
    };
    render(&org, &headers, "", &page, &FormTarget::Org)
}

fn open(
    org: &Org,
    headers: &HeaderMap,
    token: &str,
    purpose: LinkPurpose,
) -> Result<Response, Problem> {
    let link = Handle::received(token);
    let (digest, now) = (link.digest(), org.now());
    let owner = org
        .store()
        .read(|db| find_user_link(db, digest, purpose, now))?;
    if owner.is_none() {
        return not_good(org, headers, purpose);
    }
    let words = words_for(purpose);
    let action = path_for(purpose).replace("{token}", token);
    let page = LinkPage {
        title: words.title,
        lead: Some(words.lead),
        form: Some(LinkForm {
            action: &action,
            link: None,
            asks_username: false,
            button: "Continue",
        }),
        ..LinkPage::default()
    };
    let subject = subject_of(words.title, &link);
    render(org, headers, &subject, &page, &FormTarget::Org)
}

async fn follow(
    org: &Org,
    headers: &HeaderMap,
    (token, purpose): (&str, LinkPurpose),
    visitor: Visitor,
    form: &[u8],
) -> Result<Response, Problem> {
    let link = Handle::received(token);
    let subject = subject_of(words_for(purpose).title, &link);
    let (browser, _) = take_form(org, headers, |_| subject, form)?;
    let (device, _) = browser.device_or_new(org);
    match begin_by_link(org, &link, purpose, device, visitor).await? {
        Some(handle) => Ok(to_page(&handle, None)),
        None => not_good(org, headers, purpose),
    }
}

fn not_good(org: &Org, headers: &HeaderMap, purpose: LinkPurpose) -> Result<Response, Problem> {
    let words = words_for(purpose);
    let another = LinkForm {
        action: paths::ACTIVATION_EMAIL,
        link: None,
        asks_username: true,
        button: "Request activation email",
    };
    let page = LinkPage {
        title: words.title,
        alert: Some(words.expired),
        form: (purpose == LinkPurpose::Activation).then_some(another),
        way_out: Some(org.app_url()),
        ..LinkPage::default()
    };
    render(org, headers, ANOTHER, &page, &FormTarget::Org)
}
