use serde_json::{Value, json};

use super::{asks, assurance, began, fresh, is_met_by, old, password_and, useful_after};
use crate::authenticator::Method::{
    Email, Otp, Password, SecurityQuestion, Sms, Totp, Voice, Webauthn,
};
use crate::authenticator::{Method, Proof};
use crate::policy::carried_over;

#[test]
fn one_factor_is_any_factor() {
    let requirement = asks(assurance("1FA", json!([])));
    assert!(!is_met_by(&requirement, &[]));
    for method in Method::ALL {
        assert!(is_met_by(&requirement, &[method]), "{method:?}");
    }
    assert_eq!(useful_after(&requirement, &[]), Method::ALL);
    assert!(!requirement.asks_password_first(&[], began()));
}

#[test]
fn two_factors_are_of_two_classes() {
    let requirement = asks(assurance("2FA", json!([])));
    for alike in [
        [Email, Sms],
        [Sms, Voice],
        [Otp, Totp],
        [Email, Otp],
        [Password, SecurityQuestion],
        [Password, Password],
    ] {
        assert!(!is_met_by(&requirement, &alike), "{alike:?}");
    }
    for different in [[Password, Email], [SecurityQuestion, Otp], [Sms, Password]] {
        assert!(is_met_by(&requirement, &different), "{different:?}");
    }
    assert!(
        is_met_by(&requirement, &[Webauthn]),
        "a passkey shows possession and inherence"
    );
    assert_eq!(useful_after(&requirement, &[]), Method::ALL);
    let useful_to = |owned: &[Method]| requirement.useful(&[], owned, began());
    assert_eq!(
        useful_to(&[Password, Email, Webauthn]),
        [Password, Email, Webauthn]
    );
    // Whoever has the passkey gets in by it alone: the password would be one step more and nothing else.
    assert_eq!(useful_to(&[Password, Webauthn]), [Webauthn]);
    let possession = [Email, Sms, Voice, Otp, Totp];
    assert_eq!(
        useful_after(&requirement, &[Email]),
        [Password, Webauthn, SecurityQuestion]
    );
    let after_password = [possession.as_slice(), &[Webauthn]].concat();
    assert_eq!(useful_after(&requirement, &[Password]), after_password);
}

#[test]
fn the_password_is_asked_first_where_there_is_no_way_around_it() {
    for factor_mode in ["1FA", "2FA"] {
        let requirement = asks(password_and(factor_mode));
        assert!(
            requirement.asks_password_first(&[], began()),
            "{factor_mode}"
        );
        assert!(!requirement.asks_password_first(&[fresh(Password)], began()));
        assert!(!is_met_by(&requirement, &[SecurityQuestion, Email]));
    }
    assert!(is_met_by(&asks(password_and("1FA")), &[Password]));
    let both = asks(password_and("2FA"));
    assert!(!is_met_by(&both, &[Password]));
    assert!(!is_met_by(&both, &[Password, SecurityQuestion]));
    assert!(is_met_by(&both, &[Password, Email]));
    assert_eq!(
        useful_after(&both, &[Password]),
        [Email, Sms, Voice, Otp, Totp, Webauthn]
    );
}

#[test]
fn a_possession_is_as_its_constraint_says() {
    let possession = |part: Value| asks(assurance("1FA", json!([{"possession": part}])));
    for (part, met_by) in [
        (json!({}), vec![Email, Sms, Voice, Otp, Totp, Webauthn]),
        (
            json!({"deviceBound": "REQUIRED"}),
            vec![Otp, Totp, Webauthn],
        ),
        (
            json!({"deviceBound": "OPTIONAL"}),
            vec![Email, Sms, Voice, Otp, Totp, Webauthn],
        ),
        (json!({"phishingResistant": "REQUIRED"}), vec![Webauthn]),
        (json!({"userVerification": "REQUIRED"}), vec![Webauthn]),
        (
            json!({"userPresence": "REQUIRED"}),
            vec![Email, Sms, Voice, Otp, Totp, Webauthn],
        ),
        (json!({"hardwareProtection": "REQUIRED"}), vec![]),
        (
            json!({"types": ["PHONE", "app"]}),
            vec![Sms, Voice, Otp, Totp],
        ),
        (json!({"methods": ["SMS", "webauthn"]}), vec![Sms, Webauthn]),
        (
            json!({"authenticationMethods": [{"key": "phone_number"}]}),
            vec![Sms, Voice],
        ),
        (
            json!({"authenticationMethods": [{"key": "phone_number", "method": "voice"}]}),
            vec![Voice],
        ),
        (
            json!({"authenticationMethods": [{"key": "yubikey_token"}]}),
            vec![],
        ),
        (
            json!({"required": true, "excludedAuthenticationMethods": [{"key": "okta_email"}]}),
            vec![Sms, Voice, Otp, Totp, Webauthn],
        ),
    ] {
        let requirement = possession(part.clone());
        let met: Vec<Method> = Method::ALL
            .into_iter()
            .filter(|one| is_met_by(&requirement, &[*one]))
            .collect();
        assert_eq!(met, met_by, "{part}");
        assert_eq!(
            requirement.useful(&[], &Method::ALL, began()),
            met_by,
            "{part}"
        );
        assert_eq!(
            requirement.is_satisfiable(&[], &Method::ALL, began()),
            !met_by.is_empty()
        );
    }
}

#[test]
fn what_is_excluded_and_not_required_may_be_left_out_and_does_not_count() {
    let excluded = json!({"required": false, "excludedAuthenticationMethods": [
        {"key": "phone_number", "method": "sms"}, {"key": "webauthn"}
    ]});
    let one = asks(assurance("1FA", json!([{"possession": excluded}])));
    assert!(is_met_by(&one, &[Password]) && is_met_by(&one, &[Voice]));
    assert!(!is_met_by(&one, &[Sms]) && !is_met_by(&one, &[Webauthn]));
    let two = asks(assurance("2FA", json!([{"possession": excluded}])));
    assert!(is_met_by(&two, &[Password, Voice]));
    assert!(!is_met_by(&two, &[Password, Sms]) && !is_met_by(&two, &[Password, Webauthn]));
}

#[test]
fn one_of_the_constraints_is_enough_and_all_of_its_parts_are_needed() {
    let requirement = asks(assurance(
        "2FA",
        json!([
            {"knowledge": {"types": ["password"]}, "possession": {"types": ["phone"]}},
            {"possession": {"phishingResistant": "REQUIRED"}}
        ]),
    ));
    assert!(is_met_by(&requirement, &[Password, Sms]));
    assert!(is_met_by(&requirement, &[Webauthn]));
    assert!(!is_met_by(&requirement, &[Password, Email]));
    assert!(!is_met_by(&requirement, &[SecurityQuestion, Sms]));
    // A question is no password, and an email is sent by nobody.
    assert_eq!(
        useful_after(&requirement, &[]),
        [Password, Sms, Voice, Webauthn]
    );
    assert_eq!(
        useful_after(&requirement, &[Password]),
        [Sms, Voice, Webauthn]
    );
    assert!(!requirement.asks_password_first(&[], began()));
}

#[test]
fn a_proof_counts_as_long_as_the_rule_says_seen_from_the_beginning() {
    let within = |interval: &str| {
        asks(json!({"type": "ASSURANCE", "factorMode": "1FA", "reauthenticateIn": interval}))
    };
    let two_hours = within("PT2H");
    assert!(two_hours.is_met(&[old(Password, 120)], began()));
    assert!(!two_hours.is_met(&[old(Password, 121)], began()));
    let always = within("PT0S");
    assert!(!always.is_met(&[old(Password, 1)], began()));
    assert!(always.is_met(&[fresh(Password)], began()));
    let no_interval = asks(json!({"type": "ASSURANCE", "factorMode": "1FA"}));
    assert!(no_interval.is_met(&[old(Password, 50_000)], began()));
    assert_eq!(
        always.useful(&[old(Password, 1)], &[Password, Email], began()),
        [Password, Email]
    );
}

#[test]
fn what_an_interaction_takes_over_lies_before_it_even_if_no_time_has_passed() {
    let every_time =
        asks(json!({"type": "ASSURANCE", "factorMode": "1FA", "reauthenticateIn": "PT0S"}));
    let just_now = [Proof {
        method: Password,
        at: began(),
    }];
    assert!(every_time.is_met(&just_now, began()));
    assert!(!every_time.is_met(&carried_over(&just_now, began()), began()));
    let long_ago = [old(Password, 5)];
    assert_eq!(carried_over(&long_ago, began()), long_ago);
}

#[test]
fn a_class_may_have_an_interval_of_its_own() {
    let requirement = asks(json!({
        "type": "ASSURANCE", "factorMode": "2FA", "reauthenticateIn": "PT2H",
        "constraints": [{
            "knowledge": {"types": ["password"], "reauthenticateIn": "PT24H"},
            "possession": {"reauthenticateIn": "PT10M"}
        }]
    }));
    assert!(requirement.is_met(&[old(Password, 1200), old(Email, 9)], began()));
    assert!(!requirement.is_met(&[old(Password, 1200), old(Email, 11)], began()));
    assert!(!requirement.is_met(&[old(Password, 1500), old(Email, 9)], began()));
    let missing = requirement.useful(
        &[old(Password, 1200), old(Email, 11)],
        &[Password, Email],
        began(),
    );
    assert_eq!(missing, [Email]);
}
