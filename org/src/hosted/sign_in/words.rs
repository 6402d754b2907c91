//! What people read: the words for everything that the engine says.

use std::borrow::Cow;

use crate::authenticator::{AuthenticatorKey, Method};
use crate::interaction::Message;

/// The words for a message.
pub(super) fn text_of(message: &Message) -> Cow<'static, str> {
    let text = match message {
        Message::AuthenticationFailed | Message::WrongPassword => "Unable to sign in",
        Message::WrongCode => "Invalid code. Try again.",
        Message::WrongTotp => "Your code doesn't match our records. Please try again.",
        Message::UsedTotp => {
            "Each code can only be used once. Please wait for a new code and try again."
        }
        Message::WrongAnswer => "Your answer doesn't match our records. Please try again.",
        Message::WebauthnFailed => "The passkey could not be verified. Try again.",
        Message::Blank => "This field cannot be left blank",
        Message::TooManyAttempts => {
            "Too many wrong answers. For your safety this sign-in has ended."
        }
        Message::ResendTooSoon(method) => too_soon(*method),
        Message::TooManyCodes(_) => "Too many codes were requested. Please try again later.",
        Message::CodeSent(method) => sent(*method),
        Message::InvalidPhone => "Invalid phone number.",
        Message::InvalidEmail => "Enter an email address such as john.doe@example.com",
        Message::InvalidValue => "This value is too long or has characters that cannot be used",
        Message::NotUnique => "An account with this value already exists",
        Message::PasswordTooCommon => {
            "This password was found in a list of commonly used passwords. Please try another password."
        }
        // The page lists them above the field.
        Message::PasswordRequirements(_) => "Password requirements were not met.",
        Message::AnswerTooShort => {
            "The answer must have at least 4 characters and not be part of the question"
        }
        Message::PasswordTooYoung(minutes) => return Cow::Owned(too_young(*minutes)),
        _ => ending(message),
    };
    Cow::Borrowed(text)
}

/// The words for messages that end an interaction, or begin another.
const fn ending(message: &Message) -> &'static str {
    match message {
        Message::AccessDenied => "You do not have permission to perform the requested action.",
        Message::Unsatisfiable => {
            "Unable to sign in at this time. For assistance, please contact your administrator."
        }
        Message::RegistrationUnavailable => "Registration is currently unavailable.",
        Message::ResetNotAllowed => {
            "Reset password is not allowed at this time. Please contact support for assistance."
        }
        Message::UnlockNotAllowed => {
            "Self Service Unlock is not allowed at this time. Please contact support for assistance."
        }
        Message::Unlocked => {
            "Account successfully unlocked! Verify your account with a security method to continue."
        }
        Message::NotAssigned => "User is not assigned to this application.",
        Message::LinkExpired => {
            "This email link has expired. To resend it, return to the screen where you requested it."
        }
        Message::ActivationExpired => "Your account activation link is no longer valid.",
        Message::ResetLinkExpired => "Your reset password token is no longer valid.",
        Message::SessionExpired => {
            "You have been logged out due to inactivity. Return to the app and sign in again."
        }
        _ => "This could not be done. Please try again.",
    }
}

fn too_young(minutes: u32) -> String {
    format!(
        "Your password was changed recently. It can be reset {minutes} minutes after the last change."
    )
}

const fn too_soon(method: Method) -> &'static str {
    match method {
        Method::Sms | Method::Voice => {
            "A code is on its way. You can ask for another one after 30 seconds."
        }
        _ => "An email is on its way. You can ask for another one after 5 seconds.",
    }
}

const fn sent(method: Method) -> &'static str {
    match method {
        Method::Sms => "A new code was sent by text message.",
        Method::Voice => "You will get another call.",
        _ => "A new email was sent.",
    }
}

/// What is said of an authenticator that can be set up.
pub(super) const fn description_of(key: AuthenticatorKey) -> &'static str {
    match key {
        AuthenticatorKey::OktaPassword => "Choose a password for your account",
        AuthenticatorKey::OktaEmail => "Verify with a link or code sent to your email",
        AuthenticatorKey::PhoneNumber => "Verify with a code sent to your phone",
        AuthenticatorKey::GoogleOtp => {
            "Enter a temporary code generated from the Google Authenticator app"
        }
        AuthenticatorKey::OktaVerify => "Enter a temporary code generated from the Okta Verify app",
        AuthenticatorKey::Webauthn => {
            "Use your fingerprint, face, PIN or a security key, with nothing to remember"
        }
        AuthenticatorKey::SecurityQuestion => {
            "Choose a security question and answer that will be used for signing in"
        }
    }
}

/// The name of a method in a list, where its authenticator has several.
pub(super) const fn name_of(method: Method) -> &'static str {
    match method {
        Method::Sms => "Text message",
        Method::Voice => "Phone call",
        Method::Webauthn => "Passkey",
        _ => method.authenticator().display_name(),
    }
}

/// The name of the picture of an authenticator.
pub(super) const fn picture_of(key: AuthenticatorKey) -> &'static str {
    match key {
        AuthenticatorKey::OktaPassword => "password",
        AuthenticatorKey::OktaEmail => "email",
        AuthenticatorKey::PhoneNumber => "phone",
        AuthenticatorKey::GoogleOtp | AuthenticatorKey::OktaVerify => "app",
        AuthenticatorKey::Webauthn => "passkey",
        AuthenticatorKey::SecurityQuestion => "question",
    }
}
