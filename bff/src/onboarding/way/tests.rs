use model::RequiredFactor::{self, AuthenticatorApp, Email, Passkey, Phone};

use super::*;
use crate::my_account::{Enrollment, Removal};

/// An authenticator with so many enrollments.
fn one(key: &str, count: usize, set_up: SetUp) -> Authenticator {
    let enrollment = Enrollment {
        id: "x".to_owned(),
        name: key.to_owned(),
        detail: None,
        created_at: None,
        last_used_at: None,
        removal: Removal::No,
    };
    Authenticator {
        id: key.to_owned(),
        key: key.to_owned(),
        name: key.to_owned(),
        enrollments: vec![enrollment; count],
        set_up,
    }
}

/// Have, offered, lacking, and lacking but offered.
fn numbers(wanted: &[RequiredFactor], authenticators: Vec<Authenticator>) -> [u8; 4] {
    let wish = OnboardingWish {
        factors: wanted.to_vec(),
        landing: None,
    };
    let account = OwnAccount {
        attributes: Vec::new(),
        email: None,
        authenticators,
    };
    let facts = factor_facts(&wish, Some(&account));
    assert!(facts.is_told);
    [
        facts.have,
        facts.offered,
        facts.lacking,
        facts.lacking_offered,
    ]
}

#[test]
fn password_and_email_are_no_second_way_and_only_what_can_be_set_up_now_is_offered() {
    let usual = |emails| {
        vec![
            one("okta_password", 1, SetUp::No),
            one("okta_email", emails, SetUp::No),
            one("security_question", 0, SetUp::WhenAsked),
            one("phone_number", 0, SetUp::ByNumber),
            one("webauthn", 0, SetUp::WhenAsked),
            one("google_otp", 0, SetUp::WhenAsked),
        ]
    };
    // With an address that proves something, no sign-in would ask for an app.
    assert_eq!(numbers(&[], usual(1)), [0, 2, 0, 0]);
    assert_eq!(numbers(&[], usual(0)), [0, 3, 0, 0]);
    assert_eq!(numbers(&[Email], usual(1)), [0, 2, 0, 0]);
    assert_eq!(numbers(&[Phone, Passkey], usual(1)), [0, 2, 2, 2]);
    assert_eq!(numbers(&[AuthenticatorApp], usual(1)), [0, 2, 1, 0]);
    assert_eq!(numbers(&[AuthenticatorApp], usual(0)), [0, 3, 1, 1]);
}

#[test]
fn what_is_demanded_is_met_by_any_authenticator_of_its_kind() {
    let page = SetUp::AtTheOrg("https://a.okta.com/setup".to_owned());
    let all = || {
        vec![
            one("okta_verify", 1, SetUp::No),
            one("google_otp", 0, page.clone()),
            one("webauthn", 2, page.clone()),
            one("phone_number", 0, SetUp::No),
        ]
    };
    assert_eq!(numbers(&[AuthenticatorApp, Passkey], all()), [3, 2, 0, 0]);
    assert_eq!(numbers(&[Phone], all()), [3, 2, 1, 0]);
}

#[test]
fn an_org_that_tells_nothing_still_lacks_what_is_demanded() {
    let wish = OnboardingWish {
        factors: vec![Phone, Email],
        landing: None,
    };
    let told = facts(
        &Onboarding::NotStarted,
        &OnboardingMarks::default(),
        &wish,
        None,
    );
    assert!(told.is_email_wanted && !told.factors.is_told);
    assert_eq!((told.factors.lacking, told.factors.lacking_offered), (1, 0));
}
