use crate::authenticator::{AuthenticatorKey, Method};
use crate::interaction::{Answer, Choice, Remediation, Screen};

/// The ways to go on that a screen offers to somebody who has them.
pub(super) fn offered(screen: &Screen) -> Vec<Method> {
    let mut methods: Vec<Method> = Vec::new();
    for remediation in &screen.remediations {
        match remediation {
            Remediation::SelectAuthenticatorAuthenticate(offers) => {
                methods.extend(offers.iter().flat_map(|offer| &offer.methods));
            }
            Remediation::AuthenticatorVerificationData(offer) => methods.extend(&offer.methods),
            Remediation::ChallengeAuthenticator => {
                let current = screen.current.as_ref();
                methods.extend(current.and_then(|current| current.method));
            }
            _ => {}
        }
    }
    methods.sort_unstable();
    methods.dedup();
    methods
}

/// Whether an app can ask for it by itself: email and passkeys need a page of the org, or the interaction code flow.
pub(super) const fn is_direct(method: Method) -> bool {
    matches!(
        method,
        Method::Sms | Method::Voice | Method::Otp | Method::Totp
    )
}

/// A time-based code, of Google Authenticator or of Okta Verify.
pub(super) const fn is_time_based(method: Method) -> bool {
    matches!(method, Method::Otp | Method::Totp)
}

pub(super) fn choose(method: Method) -> Answer {
    let key: AuthenticatorKey = method.authenticator();
    Answer::Choose(Choice {
        key,
        method: Some(method),
        phone_number: None,
        identifier: None,
    })
}
