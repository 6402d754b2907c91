use serde_json::json;

use super::{
    any_session, app, asks, assurance, began, fresh, is_met_by, old, password_and, session,
};
use crate::authenticator::Method;
use crate::authenticator::Method::{Email, Otp, Password, SecurityQuestion, Sms, Webauthn};
use crate::policy::assurance::requirement::Source;
use crate::policy::{Access, Requirement};

#[test]
fn the_global_session_may_ask_for_the_password_and_for_a_second_factor() {
    let any_factor = app(assurance("1FA", json!([])));
    let password = session(json!({"primaryFactor": "PASSWORD_IDP"}));
    let requirement = Requirement::new(&password, &any_factor, None);
    assert!(requirement.asks_password_first(&[], began()));
    assert!(!is_met_by(&requirement, &[Email]));
    assert_eq!(
        requirement
            .unmet(&[fresh(Email)], began())
            .collect::<Vec<_>>(),
        [Source::GlobalSession]
    );
    assert!(is_met_by(&requirement, &[Password]));

    let second = session(json!({"requireFactor": true, "factorPromptMode": "ALWAYS"}));
    let requirement = Requirement::new(&second, &any_factor, None);
    assert!(!is_met_by(&requirement, &[Email, Sms]));
    assert!(is_met_by(&requirement, &[Email, Password]));
}

#[test]
fn a_second_factor_counts_for_its_lifetime_and_the_first_as_long_as_the_session() {
    let any_factor = app(assurance("1FA", json!([])));
    let lifetime = session(
        json!({"requireFactor": true, "factorPromptMode": "SESSION", "factorLifetime": 15}),
    );
    let requirement = Requirement::new(&lifetime, &any_factor, None);
    assert!(requirement.is_met(&[old(Password, 600), old(Email, 15)], began()));
    let stale = [old(Password, 600), old(Email, 16)];
    assert!(!requirement.is_met(&stale, began()));
    assert_eq!(
        requirement.useful(&stale, &[Password, Email, Sms], began()),
        [Email, Sms]
    );
}

#[test]
fn acr_values_raise_what_is_asked() {
    for (acr, enough, too_little) in [
        (None, Some(vec![Email]), vec![]),
        (Some("urn:okta:loa:1fa:any"), Some(vec![Email]), vec![]),
        (
            Some("urn:okta:loa:1fa:pwd"),
            Some(vec![Password]),
            vec![Webauthn, SecurityQuestion],
        ),
        (
            Some("urn:okta:loa:2fa:any"),
            Some(vec![Email, Password]),
            vec![Email, Sms],
        ),
        (Some("phr"), Some(vec![Webauthn]), vec![Password, Otp]),
        (Some("phrh"), None, vec![Webauthn, Password]),
        (Some("urn:example:unknown"), Some(vec![Email]), vec![]),
        (
            Some("urn:example:unknown urn:okta:loa:1fa:pwd"),
            Some(vec![Password]),
            vec![Email],
        ),
    ] {
        let any_factor = app(assurance("1FA", json!([])));
        let requirement = Requirement::new(&any_session(), &any_factor, acr);
        assert!(!is_met_by(&requirement, &too_little), "{acr:?}");
        assert_eq!(
            requirement.is_satisfiable(&[], &Method::ALL, began()),
            enough.is_some(),
            "{acr:?}"
        );
        match enough {
            Some(methods) => assert!(is_met_by(&requirement, &methods), "{acr:?}"),
            None => assert_eq!(
                requirement.useful(&[], &Method::ALL, began()),
                [],
                "{acr:?}"
            ),
        }
    }
}

#[test]
fn two_factors_if_possible_are_asked_of_those_who_have_them() {
    let acr = Some("urn:okta:loa:2fa:any:ifpossible");
    let requirement = Requirement::new(&any_session(), &app(assurance("1FA", json!([]))), acr);
    let proofs = [fresh(Password)];
    let poor = requirement.clone().settled(&proofs, &[Password], began());
    assert!(poor.is_met(&proofs, began()));
    let rich = requirement
        .clone()
        .settled(&proofs, &[Password, Sms], began());
    assert!(!rich.is_met(&proofs, began()));
    assert_eq!(rich.useful(&proofs, &[Password, Sms], began()), [Sms]);
}

#[test]
fn max_age_makes_older_proofs_worthless_and_the_smaller_one_counts() {
    let requirement = asks(assurance("2FA", json!([])));
    let proofs = [old(Password, 10), fresh(Email)];
    assert!(requirement.is_met(&proofs, began()));
    let an_hour = requirement.clone().with_max_age(Some(3600));
    assert!(an_hour.is_met(&proofs, began()));
    let five_minutes = an_hour.with_max_age(Some(300)).with_max_age(Some(3600));
    assert!(!five_minutes.is_met(&proofs, began()));
    assert_eq!(
        five_minutes.useful(&proofs, &[Password, Email], began()),
        [Password]
    );
    assert!(requirement.with_max_age(None).is_met(&proofs, began()));
}

#[test]
fn after_a_time_without_use_the_app_asks_again_for_what_it_asks() {
    let verification = json!({"type": "ASSURANCE", "factorMode": "2FA", "constraints": [],
        "reauthenticateIn": "PT12H", "inactivityPeriod": "PT1H"});
    let requirement = Requirement::new(&any_session(), &app(verification), None);
    let proofs = [old(Password, 300), old(Email, 300)];
    let ago = |minutes| Some(began() - jiff::SignedDuration::from_mins(minutes));
    for (last_use, is_met) in [(None, true), (ago(59), true), (ago(60), false)] {
        let requirement = requirement.clone().with_last_use(last_use, began());
        assert_eq!(requirement.is_met(&proofs, began()), is_met, "{last_use:?}");
    }
    let idle = requirement.with_last_use(ago(60), began());
    assert_eq!(
        idle.useful(&proofs, &[Password, Email], began()),
        [Password, Email]
    );
    let again = [old(Email, 300), fresh(Password), fresh(Email)];
    assert!(idle.is_met(&again, began()));
    assert_eq!(
        idle.unmet(&proofs, began()).collect::<Vec<_>>(),
        [Source::AppPolicy]
    );
}

#[test]
fn nothing_helps_against_a_refusal() {
    let any = app(assurance("1FA", json!([])));
    let mut denied = any.clone();
    denied.access = Access::Deny;
    let mut no_session = any_session();
    no_session.access = Access::Deny;
    for requirement in [
        Requirement::new(&any_session(), &denied, None),
        Requirement::new(&no_session, &any, None),
    ] {
        assert!(!is_met_by(&requirement, &Method::ALL));
        assert!(!requirement.is_satisfiable(&[], &Method::ALL, began()));
        assert_eq!(requirement.useful(&[], &Method::ALL, began()), []);
        assert!(!requirement.asks_password_first(&[], began()));
    }
}

#[test]
fn a_requirement_is_the_same_after_it_was_stored() {
    let requirement = Requirement::new(
        &session(json!({"requireFactor": true, "factorPromptMode": "SESSION"})),
        &app(password_and("2FA")),
        Some("phr"),
    )
    .with_max_age(Some(60));
    let text = serde_json::to_string(&requirement).expect("json");
    assert_eq!(
        serde_json::from_str::<Requirement>(&text).expect("a requirement"),
        requirement
    );
}
