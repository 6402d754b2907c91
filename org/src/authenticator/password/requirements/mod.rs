//! What a new password must be, and which of it a password is not.

mod words;

use secrecy::{ExposeSecret as _, SecretString};

use super::common::is_common;
use super::normal::{LONGEST, normal_form};
use crate::directory::Profile;

use words::{longest_run, names_username, occurs};

/// What the password policy asks of a new password.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are independent of one another"
)]
pub(crate) struct Rules {
    /// In characters (Unicode code points).
    pub(crate) min_length: u16,
    pub(crate) min_lower_case: u16,
    pub(crate) min_upper_case: u16,
    pub(crate) min_number: u16,
    pub(crate) min_symbol: u16,
    /// Whether no part of the username may occur.
    pub(crate) exclude_username: bool,
    pub(crate) exclude_first_name: bool,
    pub(crate) exclude_last_name: bool,
    /// Whether passwords that many people use are refused.
    pub(crate) exclude_common: bool,
    /// How often the same character may follow upon itself.
    pub(crate) max_consecutive: Option<u16>,
    /// So many of the last passwords may not come back.
    pub(crate) history_count: u16,
}

/// A requirement that a password does not meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unmet {
    TooShort,
    /// Over [`LONGEST`] characters, whatever the policy says.
    TooLong,
    LowerCase,
    UpperCase,
    Number,
    Symbol,
    Username,
    FirstName,
    LastName,
    Consecutive,
    /// Many people use it.
    Common,
    /// It was used before.
    History,
}

/// Everything that a new password lacks; nothing for one that can be taken. The history is looked through before, because it
/// is hashed.
pub(crate) fn check(
    password: &SecretString,
    rules: &Rules,
    profile: &Profile,
    is_in_history: bool,
) -> Vec<Unmet> {
    // Normal forms can be many times as long as what was typed, but only of what is too long anyway is that much.
    if password.expose_secret().chars().count() > LONGEST {
        return vec![Unmet::TooLong];
    }
    let password = normal_form(password.expose_secret());
    let password = password.expose_secret();
    let named = names(password, rules, profile);
    let rest = [
        (
            rules
                .max_consecutive
                .is_some_and(|most| longest_run(password) > usize::from(most)),
            Unmet::Consecutive,
        ),
        (rules.exclude_common && is_common(password), Unmet::Common),
        (is_in_history, Unmet::History),
    ];
    let findings = composition(password, rules)
        .into_iter()
        .chain(named)
        .chain(rest);
    findings
        .filter_map(|(is_unmet, unmet)| is_unmet.then_some(unmet))
        .collect()
}

/// A requirement, and whether it is not met.
type Finding = (bool, Unmet);

/// Of how many characters of which kinds the password is.
fn composition(password: &str, rules: &Rules) -> [Finding; 6] {
    let count = |is: fn(char) -> bool| password.chars().filter(|c| is(*c)).count();
    let lacks = |is, least: u16| count(is) < usize::from(least);
    let is_symbol = |c: char| !c.is_alphanumeric();
    [
        (lacks(|_| true, rules.min_length), Unmet::TooShort),
        (count(|_| true) > LONGEST, Unmet::TooLong),
        (
            lacks(char::is_lowercase, rules.min_lower_case),
            Unmet::LowerCase,
        ),
        (
            lacks(char::is_uppercase, rules.min_upper_case),
            Unmet::UpperCase,
        ),
        (lacks(char::is_numeric, rules.min_number), Unmet::Number),
        (lacks(is_symbol, rules.min_symbol), Unmet::Symbol),
    ]
}

/// Whose names stand in the password.
fn names(password: &str, rules: &Rules, profile: &Profile) -> [Finding; 3] {
    let excluded = |is_excluded: bool, name: &str| is_excluded && occurs(name, password);
    [
        (
            rules.exclude_username && names_username(&profile.login, password),
            Unmet::Username,
        ),
        (
            excluded(rules.exclude_first_name, &profile.first_name),
            Unmet::FirstName,
        ),
        (
            excluded(rules.exclude_last_name, &profile.last_name),
            Unmet::LastName,
        ),
    ]
}

/// What the policy asks, in phrases that can be listed.
pub(crate) fn sentences(rules: &Rules) -> Vec<String> {
    let least = |count: u16, one: &str, many: &str| match count {
        0 => None,
        1 => Some(one.to_owned()),
        _ => Some(format!("at least {count} {many}")),
    };
    let said = |is_said: bool, phrase: &str| is_said.then(|| phrase.to_owned());
    let phrases = [
        least(rules.min_length, "at least 1 character", "characters"),
        least(
            rules.min_lower_case,
            "a lowercase letter",
            "lowercase letters",
        ),
        least(
            rules.min_upper_case,
            "an uppercase letter",
            "uppercase letters",
        ),
        least(rules.min_number, "a number", "numbers"),
        least(rules.min_symbol, "a symbol", "symbols"),
        said(rules.exclude_username, "no parts of your username"),
        said(rules.exclude_first_name, "does not include your first name"),
        said(rules.exclude_last_name, "does not include your last name"),
        rules
            .max_consecutive
            .map(|most| format!("at most {most} times the same character in a row")),
        match rules.history_count {
            0 => None,
            1 => Some("not your last password".to_owned()),
            count => Some(format!("none of your last {count} passwords")),
        },
    ];
    phrases.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests;
