use serde_json::{Value, json};

use super::{asks, began, chains, fresh, is_met_by, old, useful_after};
use crate::authenticator::Method;
use crate::authenticator::Method::{Email, Password, Sms, Voice, Webauthn};

fn step(method: &str, key: &str, next: Value) -> Value {
    json!({"authenticationMethods": [{"key": key, "method": method}], "next": next})
}

#[test]
fn a_chain_is_gone_through_in_its_order() {
    let email = step("email", "okta_email", json!([]));
    let requirement = asks(chains(json!([step(
        "password",
        "okta_password",
        json!([email])
    )])));
    assert!(requirement.asks_password_first(&[], began()));
    assert_eq!(useful_after(&requirement, &[]), [Password]);
    assert_eq!(useful_after(&requirement, &[Password]), [Email]);
    assert!(is_met_by(&requirement, &[Password, Email]));
    assert!(!is_met_by(&requirement, &[Email, Password]));
    assert_eq!(useful_after(&requirement, &[Email]), [Password]);
    assert_eq!(useful_after(&requirement, &[Email, Password]), [Email]);
    assert!(is_met_by(&requirement, &[Email, Password, Sms, Email]));
    assert!(!requirement.is_satisfiable(&[], &[Password, Sms], began()));
}

#[test]
fn a_password_that_comes_later_in_a_chain_is_not_asked_first() {
    let password = step("password", "okta_password", json!([]));
    let requirement = asks(chains(json!([step(
        "email",
        "okta_email",
        json!([password])
    )])));
    assert!(!requirement.asks_password_first(&[], began()));
    assert!(requirement.asks_password_first(&[fresh(Email)], began()));
}

#[test]
fn any_of_the_chains_will_do_and_a_step_may_have_an_interval() {
    let requirement = asks(json!({
        "type": "AUTH_METHOD_CHAIN",
        "reauthenticateIn": "PT2H",
        "chains": [
            {"authenticationMethods": [{"key": "webauthn", "method": "webauthn", "userVerification": "REQUIRED"}]},
            {"authenticationMethods": [{"key": "okta_password"}], "reauthenticateIn": "PT24H",
             "next": [{"authenticationMethods": [{"key": "phone_number"}, {"key": "okta_email"}]}]}
        ]
    }));
    assert_eq!(useful_after(&requirement, &[]), [Password, Webauthn]);
    assert_eq!(
        useful_after(&requirement, &[Password]),
        [Email, Sms, Voice, Webauthn]
    );
    assert!(requirement.is_met(&[old(Password, 1000), old(Sms, 100)], began()));
    assert!(!requirement.is_met(&[old(Password, 1000), old(Sms, 130)], began()));
    let hardware = asks(chains(json!([{"authenticationMethods": [
        {"key": "webauthn", "method": "webauthn", "hardwareProtection": "REQUIRED"}
    ]}])));
    assert!(!hardware.is_satisfiable(&[], &Method::ALL, began()));
}
