//! What people do: at random, or along a way with something random in between.

use proptest::prelude::*;

pub(super) const PEOPLE: [&str; 5] = ["ann", "cat", "fay", "ivy", "nil"];
pub(super) const APPS: [&str; 5] = ["Pwd", "One", "Two", "Mfa", "Free"];

/// What a person does, fitting or not.
#[derive(Debug, Clone, Copy)]
pub(super) enum Deed {
    Identify(usize),
    Password {
        is_right: bool,
    },
    Code {
        is_right: bool,
    },
    Choose(&'static str),
    Skip,
    Recover,
    Register,
    /// The attributes of a new account, with an address that has one or none.
    Profile {
        is_taken: bool,
    },
    /// A password that nobody had before.
    NewPassword,
    Cancel,
    /// An administrator suspends the person, or lets them in again.
    Suspend(bool),
}

const RIGHT_CODE: Deed = Deed::Code { is_right: true };

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => (0..PEOPLE.len()).prop_map(Deed::Identify),
        4 => prop::bool::weighted(0.8).prop_map(|is_right| Deed::Password { is_right }),
        4 => prop::bool::weighted(0.8).prop_map(|is_right| Deed::Code { is_right }),
        4 => prop::sample::select(&["okta_password", "okta_email", "phone_number"][..])
            .prop_map(Deed::Choose),
        1 => Just(Deed::Skip),
        1 => Just(Deed::Recover),
        1 => Just(Deed::Register),
        1 => any::<bool>().prop_map(|is_taken| Deed::Profile { is_taken }),
        1 => Just(Deed::NewPassword),
        1 => Just(Deed::Cancel),
        1 => any::<bool>().prop_map(Deed::Suspend),
    ]
}

/// The deeds in this order, and now and then one that does not belong.
fn with_detours(way: Vec<Deed>) -> impl Strategy<Value = Vec<Deed>> {
    let detours = prop::collection::vec(prop::option::weighted(0.2, deed()), way.len());
    detours.prop_map(move |detours| {
        let steps = detours.into_iter().zip(&way);
        steps
            .flat_map(|(detour, step)| detour.into_iter().chain([*step]))
            .collect()
    })
}

/// To a new password and beyond.
fn recovery() -> impl Strategy<Value = (Vec<Deed>, &'static str)> {
    let key = prop::sample::select(&["okta_email", "phone_number"][..]);
    let way = (0..PEOPLE.len(), key).prop_flat_map(|(person, key)| {
        with_detours(vec![
            Deed::Identify(person),
            Deed::Choose("okta_password"),
            Deed::Recover,
            Deed::Choose(key),
            Deed::Choose(key),
            RIGHT_CODE,
            Deed::NewPassword,
            Deed::Choose(key),
            RIGHT_CODE,
        ])
    });
    (way, prop::sample::select(&APPS[..]))
}

/// To an account that was not there before, or was.
fn registration() -> impl Strategy<Value = (Vec<Deed>, &'static str)> {
    let way = prop::bool::weighted(0.2).prop_flat_map(|is_taken| {
        with_detours(vec![
            Deed::Register,
            Deed::Profile { is_taken },
            RIGHT_CODE,
            Deed::Choose("okta_password"),
            Deed::NewPassword,
            Deed::Skip,
        ])
    });
    (way, Just("Free"))
}

/// What somebody does at one of the apps.
pub(super) fn walk() -> impl Strategy<Value = (Vec<Deed>, &'static str)> {
    let random = (
        prop::collection::vec(deed(), 1..=8),
        prop::sample::select(&APPS[..]),
    );
    prop_oneof![2 => random, 1 => recovery(), 1 => registration()]
}
