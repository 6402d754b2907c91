//! What the engine says, in the words and by the keys of Okta: one table.

use http::StatusCode;
use serde_json::{Value, json};

use crate::authenticator::Method;
use crate::interaction::{Class, Message};

/// A message as a client gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    /// Okta's key, by which clients know the message in every language.
    pub(super) key: &'static str,
    pub(super) text: String,
    pub(super) parameters: Vec<String>,
    pub(super) class: &'static str,
    /// The status of an answer that says this.
    pub(super) status: StatusCode,
    /// Whether it is said of the whole page, wherever the engine puts it.
    pub(super) is_of_page: bool,
}

impl Said {
    fn new(status: StatusCode, key: &'static str, text: impl Into<String>) -> Self {
        Self {
            key,
            text: text.into(),
            parameters: Vec::new(),
            class: "ERROR",
            status,
            is_of_page: false,
        }
    }

    fn with(mut self, parameter: &str) -> Self {
        self.parameters.push(parameter.to_owned());
        self
    }

    fn of_page(mut self) -> Self {
        self.is_of_page = true;
        self
    }

    pub(super) fn to_json(&self) -> Value {
        json!({
            "message": self.text,
            "i18n": { "key": self.key, "params": self.parameters },
            "class": self.class,
        })
    }
}

/// What a client is told, if anything: that a code was sent stands in the answer anyway. `label` is what people know the
/// field by, `app` the app.
pub(super) fn said(message: &Message, label: &str, app: &str) -> Option<Said> {
    let said = of_proof(message)
        .or_else(|| of_code(message))
        .or_else(|| of_value(message, label))
        .or_else(|| of_decision(message, app))?;
    Some(match message.class() {
        Class::Info => Said {
            class: "INFO",
            status: StatusCode::OK,
            ..said
        },
        Class::Error => said,
    })
}

/// Proofs that prove nothing.
fn of_proof(message: &Message) -> Option<Said> {
    let wrong = |key, text: &str| Said::new(StatusCode::UNAUTHORIZED, key, text);
    Some(match message {
        Message::AuthenticationFailed => {
            wrong("errors.E0000004", "Authentication failed").of_page()
        }
        Message::WrongPassword => wrong("incorrectPassword", "Password is incorrect").of_page(),
        Message::WrongCode => wrong(
            "api.authn.error.PASSCODE_INVALID",
            "Invalid code. Try again.",
        ),
        Message::WrongTotp => wrong(
            "authfactor.challenge.soft_token.invalid_passcode",
            "Your code doesn't match our records. Please try again.",
        ),
        Message::UsedTotp => wrong(
            "authfactor.challenge.soft_token.used_passcode",
            "Each code can only be used once. Please wait for a new code and try again.",
        ),
        Message::WrongAnswer => wrong(
            "authfactor.challenge.question_factor.answer_invalid",
            "Your answer doesn't match our records. Please try again.",
        )
        .of_page(),
        Message::WebauthnFailed => wrong(
            "authfactor.webauthn.error.assertion_validation_failure",
            "None of the WebAuthn authenticators the user has enrolled for was able to validate the assertion",
        )
        .of_page(),
        Message::SessionExpired => wrong(
            "idx.session.expired",
            "You have been logged out due to inactivity. Refresh or return to the sign in screen.",
        )
        .of_page(),
        _ => return None,
    })
}

/// Codes that were asked for or tried too often.
fn of_code(message: &Message) -> Option<Said> {
    let too_many = |key, text: &str| Said::new(StatusCode::TOO_MANY_REQUESTS, key, text).of_page();
    Some(match message {
        Message::TooManyAttempts => too_many("tooManyRequests", "Too many requests"),
        Message::ResendTooSoon(Method::Sms) => too_many(
            "errors.E0000109",
            "An SMS message was recently sent. Please wait 30 seconds before trying again.",
        ),
        Message::ResendTooSoon(Method::Voice) => too_many(
            "errors.E0000133",
            "A phone call was recently made. Please wait 30 seconds before trying again.",
        ),
        Message::ResendTooSoon(_) => too_many(
            "errors.E0000118",
            "An email was recently sent. Please wait 5 seconds before trying again.",
        ),
        Message::TooManyCodes(Method::Sms) => too_many(
            "errors.E0000150",
            "You have reached the limit of sms requests, please try again later.",
        ),
        Message::TooManyCodes(Method::Voice) => too_many(
            "errors.E0000151",
            "You have reached the limit of call requests, please try again later.",
        ),
        Message::TooManyCodes(_) => too_many(
            "errors.E0000047",
            "API call exceeded rate limit due to too many requests.",
        ),
        _ => return None,
    })
}

/// Values that cannot be taken.
fn of_value(message: &Message, label: &str) -> Option<Said> {
    let invalid = |key, text: String| Said::new(StatusCode::BAD_REQUEST, key, text);
    Some(match message {
        Message::Blank => invalid(
            "model.validation.field.blank",
            "This field cannot be left blank".to_owned(),
        ),
        Message::InvalidPhone => invalid(
            "api.factors.error.sms.invalid_phone",
            "Invalid Phone Number.".to_owned(),
        ),
        Message::InvalidEmail => invalid(
            "registration.error.invalidLoginEmail",
            format!("'{label}' must be in the form of an email address"),
        )
        .with(label),
        Message::InvalidValue => invalid(
            "registration.error.doesNotMatchPattern",
            format!("Provided value for property '{label}' does not match required pattern"),
        )
        .with(label),
        Message::NotUnique => invalid(
            "registration.error.notUniqueWithinOrg",
            format!("A user with this {label} already exists"),
        )
        .with(label),
        Message::PasswordTooCommon => invalid(
            "password.common",
            "This password was found in a list of commonly used passwords. Please try another password."
                .to_owned(),
        ),
        Message::PasswordRequirements(asked) => {
            let asked = format!("Password requirements: {}.", asked.join(", "));
            invalid(
                "password.passwordRequirementsNotMet",
                format!("Password requirements were not met. {asked}"),
            )
            .with(&asked)
        }
        Message::AnswerTooShort => invalid(
            "securityQuestion.answer.tooShort.arg",
            "The security question answer must be at least 4 characters in length".to_owned(),
        )
        .with("4"),
        Message::NotExpected => invalid(
            "errors.E0000001",
            "Api validation failed: the request does not belong to the present step".to_owned(),
        )
        .of_page(),
        _ => return None,
    })
}

/// What policies and the state of things decide.
fn of_decision(message: &Message, app: &str) -> Option<Said> {
    let said = |status, key, text: &str| Said::new(status, key, text).of_page();
    let (refused, forbidden) = (StatusCode::BAD_REQUEST, StatusCode::FORBIDDEN);
    Some(match message {
        Message::AccessDenied => said(
            forbidden,
            "security.access_denied",
            "You do not have permission to perform the requested action.",
        ),
        Message::Unsatisfiable => said(
            forbidden,
            "oie.assurance.unsatisfiable",
            &format!(
                "Unable to login to \"{app}\" at this time. For assistance, please contact your administrator."
            ),
        )
        .with(app),
        Message::RegistrationUnavailable => said(
            refused,
            "idx.error.registration.unavailable",
            "Registration is currently unavailable.",
        ),
        Message::ResetNotAllowed => said(
            forbidden,
            "oie.selfservice.reset.password.not.allowed",
            "Reset password is not allowed at this time. Please contact support for assistance.",
        ),
        Message::PasswordTooYoung(minutes) => {
            let minutes = minutes.to_string();
            let text = format!(
                "At least {minutes} minute(s) must have elapsed since you last changed your password."
            );
            said(refused, "password.complexity.minAgeMinutes", &text).with(&minutes)
        }
        Message::UnlockNotAllowed => said(
            forbidden,
            "oie.selfservice.user.unlock.not.allowed",
            "Self Service Unlock is not allowed at this time. Please contact support for assistance.",
        ),
        Message::Unlocked => said(
            StatusCode::OK,
            "oie.selfservice.unlock_user.landing.to.app.success.message",
            "Account successfully unlocked! Verify your account with a security method to continue.",
        ),
        Message::NotAssigned => said(
            refused,
            "idx.error.user.not.assigned.to.app",
            "User is not assigned to this application.",
        ),
        Message::LinkExpired => said(
            refused,
            "idx.return.link.expired",
            "This email link has expired. To resend it, return to the screen where you requested it.",
        ),
        Message::ActivationExpired => said(
            refused,
            "idx.expired.activation.token",
            "Your account activation link is no longer valid. Contact your administrator to request a new activation link.",
        ),
        Message::ResetLinkExpired => said(
            refused,
            "idx.invalid.forgot.password.token",
            "Your reset password token is no longer valid.",
        ),
        _ => return None,
    })
}
