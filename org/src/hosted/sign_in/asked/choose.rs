use std::borrow::Cow;

use super::Asked;
use crate::authenticator::{AuthenticatorKey, Method};
use crate::hosted::sign_in::form::{Button, Form};
use crate::hosted::sign_in::step::{Offers, Part, Row, Step};
use crate::hosted::sign_in::words::{description_of, name_of, picture_of};
use crate::interaction::{Offer, Remediation};

/// What is sent for a method of an authenticator.
pub(super) fn choice_of(method: Method) -> String {
    format!("{}/{}", method.authenticator().as_str(), method.as_str())
}

/// The words of a button that sends a code.
pub(super) const fn send_by(method: Method) -> &'static str {
    match method {
        Method::Email => "Receive a code by email",
        Method::Voice => "Receive a voice call",
        _ => "Receive a code via SMS",
    }
}

impl Asked<'_> {
    /// One authenticator of several is to be used.
    pub(super) fn select(&self, offers: &[Offer]) -> Step {
        let rows = offers.iter().map(of_authenticator).collect();
        Step::new("Verify it's you with a security method")
            .about(self.identity())
            .lead("Select from the following options")
            .part(Part::Offers(Offers {
                summary: None,
                rows,
            }))
            .way_if(
                self.may_recover_instead(offers),
                "recover",
                "Forgot password?",
            )
    }

    fn may_recover_instead(&self, offers: &[Offer]) -> bool {
        let has_password = offers
            .iter()
            .any(|offer| offer.key == AuthenticatorKey::OktaPassword);
        has_password && self.may_reset()
    }

    /// A text message, or a call?
    pub(super) fn phone_method(&self, offer: &Offer) -> Step {
        let mut form = Form::new("choose", Vec::new(), "");
        form.buttons = buttons_for(offer);
        let lead = match &offer.hint {
            Some(number) => format!("How do you want to get a code at {number}?"),
            None => "How do you want to get a code on your phone?".to_owned(),
        };
        let step = Step::new("Verify with your phone")
            .about(self.identity())
            .lead(lead)
            .form(form);
        self.with_other_methods(step, None)
    }

    /// One authenticator of several is to be set up.
    pub(super) fn select_set_up(&self, offers: &[Offer]) -> Step {
        let rows = offers.iter().map(to_set_up).collect();
        let has_begun = !self.state.set_up.is_empty();
        let later = if has_begun {
            "Continue"
        } else {
            "Set up later"
        };
        Step::new("Set up security methods")
            .about(self.identity())
            .lead("Security methods help protect your account by ensuring only you have access.")
            .part(Part::Offers(Offers {
                summary: None,
                rows,
            }))
            .way_if(self.offers_way(&Remediation::Skip), "skip", later)
    }

    /// Adds the other ways to verify, folded.
    pub(super) fn with_other_methods(&self, step: Step, current: Option<Method>) -> Step {
        let rows: Vec<Row> = self
            .offers()
            .iter()
            .flat_map(|offer| offer.methods.iter().map(move |method| (offer, *method)))
            .filter(|(offer, method)| match current {
                Some(current) => *method != current,
                None => offer.key != AuthenticatorKey::PhoneNumber,
            })
            .map(|(offer, method)| of_method(offer, method))
            .collect();
        with_folded(step, "Verify with something else", rows)
    }

    /// Adds the other authenticators that can be set up, folded.
    pub(super) fn with_other_set_ups(&self, step: Step, current: AuthenticatorKey) -> Step {
        let others = self.offers().iter().filter(|offer| offer.key != current);
        with_folded(
            step,
            "Set up something else",
            others.map(to_set_up).collect(),
        )
        .way_if(self.offers_way(&Remediation::Skip), "skip", "Set up later")
    }
}

fn with_folded(step: Step, summary: &'static str, rows: Vec<Row>) -> Step {
    if rows.is_empty() {
        return step;
    }
    step.part(Part::Offers(Offers {
        summary: Some(summary),
        rows,
    }))
}

/// One button for each way to send a code.
pub(super) fn buttons_for(offer: &Offer) -> Vec<Button> {
    let mut buttons: Vec<Button> = offer
        .methods
        .iter()
        .map(|method| Button::choice(send_by(*method), "choice", choice_of(*method)))
        .collect();
    for button in buttons.iter_mut().skip(1) {
        button.is_main = false;
    }
    buttons
}

fn of_authenticator(offer: &Offer) -> Row {
    Row {
        name: offer.key.display_name(),
        hint: offer.hint.clone().map(Cow::Owned),
        choice: offer.key.as_str().to_owned(),
        action: "Select",
        picture: picture_of(offer.key),
    }
}

fn of_method(offer: &Offer, method: Method) -> Row {
    Row {
        name: name_of(method),
        hint: offer.hint.clone().map(Cow::Owned),
        choice: choice_of(method),
        action: "Select",
        picture: picture_of(offer.key),
    }
}

fn to_set_up(offer: &Offer) -> Row {
    Row {
        name: offer.key.display_name(),
        hint: Some(Cow::Borrowed(description_of(offer.key))),
        choice: offer.key.as_str().to_owned(),
        action: "Set up",
        picture: picture_of(offer.key),
    }
}
