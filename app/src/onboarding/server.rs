use bff::{NamesField, NamesForm, Onboarding, OnboardingError, Session};
use model::{Landing, ReturnTo, SignInErrorCode};

use super::{Progress, Step};
use crate::context::server::AppContext;
use crate::error::AppError;
use crate::path;

pub(super) async fn progress() -> Result<Progress, AppError> {
    let app = AppContext::current()?;
    let session = app.session().await?;
    let onboarding = app.bff().onboarding(&session)?;
    Ok(Progress::of(&session, &onboarding))
}

pub(super) async fn save_names(
    [first_name, last_name, locale]: [String; 3],
    then: &str,
) -> Result<(), AppError> {
    let form = NamesForm {
        first_name,
        last_name,
        locale,
    };
    let app = AppContext::current()?;
    let Some(session) = app.session_or_sign_in(&page(then, None)).await? else {
        return Ok(());
    };
    let at_fault = match app.bff().save_names(&session, form).await {
        Err(OnboardingError::Invalid(errors)) => errors.first().map(|error| error.field),
        // A store that does not answer is what the page says next; the draft is still in the form.
        Ok(_) | Err(OnboardingError::NamesMissing | OnboardingError::StoreUnavailable) => None,
    };
    app.see_other(&page(then, at_fault))
}

pub(super) async fn finish(landing: &str, then: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let Some(session) = app.session_or_sign_in(&page(then, None)).await? else {
        return Ok(());
    };
    let landing = Landing::find(landing).unwrap_or(Landing::Home);
    match app.bff().finish_onboarding(&session, landing).await {
        Ok(_) => app.see_other(&destination(landing, then)),
        Err(
            OnboardingError::Invalid(_)
            | OnboardingError::NamesMissing
            | OnboardingError::StoreUnavailable,
        ) => app.see_other(&page(then, None)),
    }
}

/// The deep link that began the sign-in, or else the place just chosen.
fn destination(landing: Landing, then: &str) -> String {
    let wanted = ReturnTo::parse(then);
    if wanted == ReturnTo::default() {
        landing.path().to_owned()
    } else {
        wanted.to_string()
    }
}

/// The onboarding page, with the deep link to follow in the end and the field at fault, if any.
fn page(then: &str, at_fault: Option<NamesField>) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    let wanted = ReturnTo::parse(then);
    if wanted != ReturnTo::default() {
        query.append_pair("return_to", wanted.as_str());
    }
    if let Some(field) = at_fault {
        query.append_pair("problem", field_name(field));
    }
    let query = query.finish();
    if query.is_empty() {
        path::ONBOARDING.to_owned()
    } else {
        format!("{}?{query}", path::ONBOARDING)
    }
}

const fn field_name(field: NamesField) -> &'static str {
    match field {
        NamesField::FirstName => "first_name",
        NamesField::LastName => "last_name",
        NamesField::Locale => "locale",
    }
}

impl Progress {
    fn of(session: &Session, onboarding: &Onboarding) -> Self {
        let claim = |name| session.claim(name).unwrap_or_default().to_owned();
        let (step, names) = match onboarding {
            Onboarding::NotStarted => (Step::Names, None),
            Onboarding::NamesSaved(names) => (Step::Landing, Some(names)),
            Onboarding::Finished { names, .. } => (Step::Done, Some(names)),
        };
        Self {
            step,
            first_name: names
                .map_or_else(|| claim("given_name"), |names| names.first_name.to_string()),
            last_name: names
                .map_or_else(|| claim("family_name"), |names| names.last_name.to_string()),
            locale: names.map_or_else(
                || claim("locale").replace('_', "-"),
                |names| names.locale.as_str().to_owned(),
            ),
            draft_key: format!("portico.draft.{}", session.subject),
        }
    }
}

impl From<OnboardingError> for AppError {
    fn from(error: OnboardingError) -> Self {
        match error {
            OnboardingError::StoreUnavailable => SignInErrorCode::StoreUnavailable.into(),
            OnboardingError::Invalid(_) | OnboardingError::NamesMissing => {
                SignInErrorCode::Internal.into()
            }
        }
    }
}
