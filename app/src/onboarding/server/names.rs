use std::collections::BTreeMap;

use bff::{AccountTrouble, NamesField, NamesForm, OnboardingError, OnboardingWay, OwnAttribute};

use super::back;
use super::show::{NAMES, locale_of};
use super::way::way_of;
use crate::context::server::AppContext;
use crate::error::AppError;
use crate::onboarding::address::address;
use crate::onboarding::{Field, Outcome};

const STEP: (&str, &str) = ("step", "profile");

pub(in crate::onboarding) async fn save_names(
    [first_name, last_name]: [String; 2],
    attributes: BTreeMap<String, String>,
    then: &str,
) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let Some(session) = app.session_or_sign_in(&address(then, &[])).await? else {
        return Ok(());
    };
    let wrong = |name: &str| app.see_other(&address(then, &[STEP, ("problem", name)]));
    let way = way_of(&app, &session).await?;
    let form = NamesForm {
        locale: locale_of(&session, &way.onboarding),
        first_name,
        last_name,
    };
    if let Err(OnboardingError::Invalid(errors)) = form.checked() {
        let field = errors
            .first()
            .map_or(NamesField::FirstName, |error| error.field);
        return wrong(field_of(field).name());
    }
    let asked = asked(&way);
    if let Some(name) = unfit(&asked, &attributes) {
        return wrong(&format!("{}[{name}]", Field::Attribute.name()));
    }
    if way.facts.is_finished {
        return app.see_other(&address(then, &[]));
    }
    if way.account.is_ok() {
        let changes = changes(&form, &asked, &attributes);
        let saved = app.bff().save_attributes(app.headers(), &changes).await;
        app.add_cookies(saved.cookies);
        if matches!(saved.outcome, Err(AccountTrouble::WrongInput)) {
            return back(&app, &session, Outcome::ProfileRefused, (then, &[STEP]));
        }
    }
    match app.bff().save_names(&session, form).await {
        Ok(_) => app.see_other(&address(then, &[])),
        Err(_) => back(&app, &session, Outcome::StoreUnavailable, (then, &[])),
    }
}

/// What the org demands besides the names.
fn asked(way: &OnboardingWay) -> Vec<&OwnAttribute> {
    let all = way.account.as_ref().map(|account| &account.attributes);
    let all = all.into_iter().flatten();
    all.filter(|one| one.is_required && one.is_writable && !NAMES.contains(&one.name.as_str()))
        .collect()
}

/// The first of them without a value that fits.
fn unfit<'a>(asked: &[&'a OwnAttribute], attributes: &BTreeMap<String, String>) -> Option<&'a str> {
    let fits = |one: &OwnAttribute| {
        let value = attributes.get(&one.name).map(|value| value.trim());
        value.is_some_and(|value| {
            !value.is_empty()
                && value.chars().count() <= one.longest
                && !value.chars().any(char::is_control)
        })
    };
    asked
        .iter()
        .find(|one| !fits(one))
        .map(|one| one.name.as_str())
}

/// What the org is to know. Attributes that it did not ask for are left alone, whatever was sent.
fn changes<'a>(
    form: &'a NamesForm,
    asked: &[&'a OwnAttribute],
    attributes: &'a BTreeMap<String, String>,
) -> Vec<(&'a str, &'a str)> {
    let given = asked.iter().filter_map(|one| {
        let value = attributes.get(&one.name)?;
        Some((one.name.as_str(), value.trim()))
    });
    [
        (NAMES[0], form.first_name.trim()),
        (NAMES[1], form.last_name.trim()),
    ]
    .into_iter()
    .chain(given)
    .collect()
}

const fn field_of(field: NamesField) -> Field {
    match field {
        NamesField::FirstName => Field::FirstName,
        NamesField::LastName => Field::LastName,
        NamesField::Locale => Field::Locale,
    }
}
