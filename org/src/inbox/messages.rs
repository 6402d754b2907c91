//! What the org says to people: one function for each message.
//!
//! Names of templates are Okta's where it has one. A code works once and for a few minutes, a link once; how long exactly
//! is up to policy and stands nowhere here.

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::letter::Letter;
use super::{Channel, Outgoing};

const SOON: &str = "It works once, and for a few minutes only.";

/// Proves that somebody who signs in reads this mailbox.
pub(crate) fn email_challenge(
    to: &str,
    code: &SecretString,
    link: Option<&Url>,
    brand: &str,
) -> Outgoing {
    Letter {
        template: "EmailChallenge",
        subject: format!("Sign in to {brand}"),
        opening: format!(
            "Use this code to sign in to {brand}. {SOON} Tell it to nobody; we never ask for it."
        ),
        code: Some(code),
        link: link.map(|url| (url, "Sign in with this link")),
        closing: "Did you not try to sign in? Then somebody may know your password: change it."
            .to_owned(),
        brand,
    }
    .to(to)
}

/// Proves that the owner of an account reads the mailbox that they want to sign in with from now on.
pub(crate) fn email_verification(
    to: &str,
    code: &SecretString,
    link: Option<&Url>,
    brand: &str,
) -> Outgoing {
    Letter {
        template: "EmailFactorVerification",
        subject: format!("Confirm your email address for {brand}"),
        opening: format!(
            "Use this code to confirm that you read mail sent to this address. {SOON}"
        ),
        code: Some(code),
        link: link.map(|url| (url, "Confirm with this link")),
        closing: "Did you not ask for this? Then ignore this message, and nothing will change."
            .to_owned(),
        brand,
    }
    .to(to)
}

/// Proves that somebody who makes an account reads the mailbox that they gave.
pub(crate) fn registration_verification(
    to: &str,
    code: &SecretString,
    link: Option<&Url>,
    brand: &str,
) -> Outgoing {
    Letter {
        template: "RegistrationEmailVerification",
        subject: format!("Confirm your new {brand} account"),
        opening: format!(
            "Welcome to {brand}. Use this code to confirm your address and to open your account. {SOON}"
        ),
        code: Some(code),
        link: link.map(|url| (url, "Confirm with this link")),
        closing: "Did you not make an account? Then ignore this message, and none will be made."
            .to_owned(),
        brand,
    }
    .to(to)
}

/// Tells the owner of an account that somebody, most likely themselves, tried to make another one with this address.
/// `link` leads to where they sign in.
pub(crate) fn registration_attempt(to: &str, link: Option<&Url>, brand: &str) -> Outgoing {
    Letter {
        template: "RegistrationAttempt",
        subject: format!("You already have a {brand} account"),
        opening: format!(
            "Somebody tried to make a {brand} account with this address. There is one already, \
             so nothing was made and nothing has changed."
        ),
        code: None,
        link: link.map(|url| (url, "Sign in to your account")),
        closing: "Was it you? Then sign in, or have your password reset there. If it was not, \
                  you need do nothing."
            .to_owned(),
        brand,
    }
    .to(to)
}

/// Invites somebody for whom an account was made.
pub(crate) fn activation(to: &str, link: &Url, brand: &str) -> Outgoing {
    Letter {
        template: "UserActivation",
        subject: format!("Activate your {brand} account"),
        opening: format!(
            "A {brand} account was made for you. Open the link to choose how you sign in. It works once."
        ),
        code: None,
        link: Some((link, "Activate your account")),
        closing: "Did you not expect this? Then ignore this message.".to_owned(),
        brand,
    }
    .to(to)
}

/// Lets somebody choose another password because an administrator says so.
pub(crate) fn password_reset(to: &str, link: &Url, brand: &str) -> Outgoing {
    Letter {
        template: "PasswordResetByAdmin",
        subject: format!("Choose another {brand} password"),
        opening: format!(
            "The password of your {brand} account is to be replaced. Open the link to choose another. It works once."
        ),
        code: None,
        link: Some((link, "Choose another password")),
        closing: "Did you not expect this? Then ask the people who run the service.".to_owned(),
        brand,
    }
    .to(to)
}

/// Lets somebody who forgot their password choose another.
pub(crate) fn forgot_password(
    to: &str,
    code: &SecretString,
    link: Option<&Url>,
    brand: &str,
) -> Outgoing {
    Letter {
        template: "ForgotPassword",
        subject: format!("Reset your {brand} password"),
        opening: format!(
            "Use this code to choose another password for {brand}. {SOON} \
             Until you do, your present password keeps working."
        ),
        code: Some(code),
        link: link.map(|url| (url, "Reset your password with this link")),
        closing:
            "Did you not ask for this? Then ignore this message; your password stays as it is."
                .to_owned(),
        brand,
    }
    .to(to)
}

/// Tells the owner of an account that its password is another now.
pub(crate) fn password_changed(to: &str, brand: &str) -> Outgoing {
    Letter {
        template: "PasswordChanged",
        subject: format!("Your {brand} password was changed"),
        opening: format!("The password of your {brand} account was changed just now."),
        code: None,
        link: None,
        closing: NOT_YOU.to_owned(),
        brand,
    }
    .to(to)
}

/// Lets the owner of a locked account open it again.
pub(crate) fn unlock_account(
    to: &str,
    code: &SecretString,
    link: Option<&Url>,
    brand: &str,
) -> Outgoing {
    Letter {
        template: "SelfServiceUnlock",
        subject: format!("Unlock your {brand} account"),
        opening: format!(
            "Your {brand} account is locked after too many failed attempts. Use this code to unlock it. {SOON}"
        ),
        code: Some(code),
        link: link.map(|url| (url, "Unlock your account with this link")),
        closing: "Did you not ask for this? Then ignore this message; the account stays locked."
            .to_owned(),
        brand,
    }
    .to(to)
}

/// Tells the owner of an account that it is locked.
pub(crate) fn account_locked(to: &str, brand: &str) -> Outgoing {
    Letter {
        template: "AccountLockout",
        subject: format!("Your {brand} account is locked"),
        opening: format!(
            "There were too many failed attempts to sign in to your {brand} account, so it is locked for now."
        ),
        code: None,
        link: None,
        closing: "Were the attempts not yours? Then your account is safe; choose another password \
                  when it is open again."
            .to_owned(),
        brand,
    }
    .to(to)
}

/// Tells the owner of an account that there is one more way to sign in to it. `authenticator` is its name: `Phone`.
pub(crate) fn authenticator_enrolled(to: &str, authenticator: &str, brand: &str) -> Outgoing {
    Letter {
        template: "AuthenticatorEnrolled",
        subject: format!("{authenticator} was set up for your {brand} account"),
        opening: format!("{authenticator} can be used to sign in to your {brand} account now."),
        code: None,
        link: None,
        closing: NOT_YOU.to_owned(),
        brand,
    }
    .to(to)
}

/// Tells the owner of an account that there is one way less to sign in to it.
pub(crate) fn authenticator_removed(to: &str, authenticator: &str, brand: &str) -> Outgoing {
    Letter {
        template: "AuthenticatorReset",
        subject: format!("{authenticator} was removed from your {brand} account"),
        opening: format!(
            "{authenticator} cannot be used to sign in to your {brand} account any more."
        ),
        code: None,
        link: None,
        closing: NOT_YOU.to_owned(),
        brand,
    }
    .to(to)
}

const NOT_YOU: &str =
    "Was it not you? Then reset your password at once, and tell the people who run the service.";

/// A code by text message, for whatever it is to prove.
pub(crate) fn sms_code(to: &str, code: &SecretString, brand: &str) -> Outgoing {
    let digits = code.expose_secret();
    let text = format!("{digits} is your {brand} code. We never ask for it.");
    by_phone(Channel::Sms, to, "SmsCode", text, code, brand)
}

/// A code by a call, which says each digit by itself, and all of them twice.
pub(crate) fn voice_code(to: &str, code: &SecretString, brand: &str) -> Outgoing {
    let digits: Vec<String> = code.expose_secret().chars().map(String::from).collect();
    let digits = digits.join(", ");
    let text = format!("Hello. Your {brand} code is: {digits}. Once more: {digits}. Goodbye.");
    by_phone(Channel::Voice, to, "VoiceCode", text, code, brand)
}

/// Says nothing, and shows that messages arrive. It has a code and a link like others, which are good for nothing.
pub(crate) fn trial(channel: Channel, to: &str, link: &Url, brand: &str) -> Outgoing {
    let code = SecretString::from("123456");
    match channel {
        Channel::Email => Letter {
            template: TRIAL,
            subject: format!("A trial message from {brand}"),
            opening: "This message shows that mail arrives. Its code is an example.".to_owned(),
            code: Some(&code),
            link: Some((link, "Open the org")),
            closing: "There is nothing to do.".to_owned(),
            brand,
        }
        .to(to),
        Channel::Sms => Outgoing {
            template: TRIAL,
            ..sms_code(to, &code, brand)
        },
        Channel::Voice => Outgoing {
            template: TRIAL,
            ..voice_code(to, &code, brand)
        },
    }
}

const TRIAL: &str = "Trial";

fn by_phone(
    channel: Channel,
    to: &str,
    template: &'static str,
    text: String,
    code: &SecretString,
    brand: &str,
) -> Outgoing {
    Outgoing {
        channel,
        to: to.to_owned(),
        template,
        subject: format!("Your {brand} code"),
        text,
        html: None,
        code: Some(code.clone()),
        link: None,
    }
}
