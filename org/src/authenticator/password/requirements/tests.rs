use super::*;
use proptest::prelude::*;

fn okta_defaults() -> Rules {
    Rules {
        min_length: 8,
        min_lower_case: 1,
        min_upper_case: 1,
        min_number: 1,
        min_symbol: 0,
        exclude_username: true,
        exclude_first_name: false,
        exclude_last_name: false,
        exclude_common: false,
        max_consecutive: None,
        history_count: 4,
    }
}

fn lenient() -> Rules {
    Rules {
        min_length: 8,
        min_lower_case: 0,
        min_upper_case: 0,
        min_number: 0,
        exclude_username: false,
        history_count: 0,
        ..okta_defaults()
    }
}

fn john() -> Profile {
    Profile {
        login: "john.doe@example.com".to_owned(),
        first_name: "John".to_owned(),
        last_name: "Doe".to_owned(),
        ..Profile::default()
    }
}

fn unmet(password: &str, rules: &Rules) -> Vec<Unmet> {
    check(&password.into(), rules, &john(), false)
}

#[test]
fn everything_that_is_missing_is_said_at_once() {
    use Unmet::{LowerCase, Number, TooShort, UpperCase, Username};
    let rules = okta_defaults();
    assert_eq!(unmet("", &rules), [TooShort, LowerCase, UpperCase, Number]);
    assert_eq!(
        unmet("JOHN", &rules),
        [TooShort, LowerCase, Number, Username]
    );
    assert_eq!(unmet("Passw0rd", &rules), []);
}

#[test]
fn each_requirement_is_looked_at() {
    let rows: [(&str, Rules, &[Unmet]); 10] = [
        (
            "abcdefg!",
            Rules {
                min_symbol: 1,
                ..lenient()
            },
            &[],
        ),
        (
            "abcdefgh",
            Rules {
                min_symbol: 1,
                ..lenient()
            },
            &[Unmet::Symbol],
        ),
        (
            "abc 1defg",
            Rules {
                min_number: 2,
                ..lenient()
            },
            &[Unmet::Number],
        ),
        ("my-Example-1", okta_defaults(), &[Unmet::Username]),
        ("communicatioN1", okta_defaults(), &[]),
        (
            "xxDOExxxx",
            Rules {
                exclude_last_name: true,
                ..lenient()
            },
            &[Unmet::LastName],
        ),
        (
            "ｊｏｈｎxxxx",
            Rules {
                exclude_first_name: true,
                ..lenient()
            },
            &[Unmet::FirstName],
        ),
        (
            "aaabbbccc",
            Rules {
                max_consecutive: Some(3),
                ..lenient()
            },
            &[],
        ),
        (
            "aaaabbbcc",
            Rules {
                max_consecutive: Some(3),
                ..lenient()
            },
            &[Unmet::Consecutive],
        ),
        (
            "P@ssw0rd",
            Rules {
                exclude_common: true,
                ..lenient()
            },
            &[Unmet::Common],
        ),
    ];
    for (password, rules, expected) in rows {
        assert_eq!(unmet(password, &rules), expected, "{password}");
    }
}

#[test]
fn length_counts_characters_and_the_longest_is_256() {
    let rules = lenient();
    assert_eq!(unmet(&"😀".repeat(7), &rules), [Unmet::TooShort]);
    assert_eq!(unmet(&"😀".repeat(8), &rules), []);
    assert_eq!(unmet(&"😀".repeat(256), &rules), []);
    assert_eq!(unmet(&"😀".repeat(257), &rules), [Unmet::TooLong]);
    assert_eq!(unmet(" a b \0 c", &rules), []);
    // One character whose normal form has eighteen.
    assert_eq!(unmet(&"\u{fdfa}".repeat(15), &rules), [Unmet::TooLong]);
}

#[test]
fn a_password_of_the_history_is_refused() {
    let unmet = check(&"Fresh-enough-1".into(), &okta_defaults(), &john(), true);
    assert_eq!(unmet, [Unmet::History]);
}

#[test]
fn what_is_asked_is_said_in_oktas_order() {
    assert_eq!(
        sentences(&okta_defaults()),
        [
            "at least 8 characters",
            "a lowercase letter",
            "an uppercase letter",
            "a number",
            "no parts of your username",
            "none of your last 4 passwords"
        ]
    );
    let more = Rules {
        min_number: 2,
        exclude_last_name: true,
        max_consecutive: Some(2),
        ..lenient()
    };
    assert_eq!(
        sentences(&more),
        [
            "at least 8 characters",
            "at least 2 numbers",
            "does not include your last name",
            "at most 2 times the same character in a row"
        ]
    );
}

proptest! {
    #[test]
    fn a_stricter_policy_never_takes_what_a_laxer_one_refuses(
        password in ".{0,40}", length in 0_u16..20, upper in 0_u16..3, number in 0_u16..3,
    ) {
        let lax = Rules { min_length: length, min_upper_case: upper, min_number: number, ..lenient() };
        let strict = Rules { min_length: length + 1, min_symbol: 1, exclude_username: true, ..lax.clone() };
        let (lax, strict) = (unmet(&password, &lax), unmet(&password, &strict));
        prop_assert!(lax.iter().all(|unmet| strict.contains(unmet)), "{lax:?} {strict:?}");
    }
}

proptest! {
    // Looking for common passwords takes a while without optimisation.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_password_makes_it_panic(password in any::<String>()) {
        let rules = Rules { exclude_common: true, max_consecutive: Some(1), ..okta_defaults() };
        unmet(&password, &rules);
    }
}
