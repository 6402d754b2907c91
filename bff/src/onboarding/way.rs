//! What is known of a person on the way: by the app's store, by the org, and by whoever brought them here.

use http::{HeaderMap, HeaderValue};
use model::{EmailFact, FactorFacts, OnboardingFacts};

use super::{Onboarding, OnboardingError, OnboardingMarks, OnboardingWish};
use crate::bff::Bff;
use crate::my_account::{AccountTrouble, Authenticator, OwnAttribute, OwnEmail, SetUp};
use crate::session::Session;

/// Authenticators that are no second way to prove who one is, or have a step of their own.
const NOT_COUNTED: [&str; 3] = ["okta_password", "okta_email", "security_question"];

/// The one that the org sets up when a proof that cannot be phished is demanded.
const PASSKEY: &str = "webauthn";

/// What the org tells the person's token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnAccount {
    /// The attributes of the profile that the person may see.
    pub attributes: Vec<OwnAttribute>,
    /// The address.
    pub email: Option<OwnEmail>,
    /// The authenticators that the org has for the person.
    pub authenticators: Vec<Authenticator>,
}

/// Where a person stands.
#[derive(Debug, Clone)]
pub struct OnboardingWay {
    /// What the person has saved.
    pub onboarding: Onboarding,
    /// What the person has seen and said besides.
    pub marks: OnboardingMarks,
    /// What is wanted of them.
    pub wish: OnboardingWish,
    /// What the org tells. An error: why it tells nothing.
    pub account: Result<OwnAccount, AccountTrouble>,
    /// What decides about the steps.
    pub facts: OnboardingFacts,
    /// `Set-Cookie` values: tokens may have been renewed.
    pub cookies: Vec<HeaderValue>,
}

impl Bff {
    /// Where the person of this session stands, of whom something may be wanted. The org is not asked any more when all is done.
    ///
    /// # Errors
    ///
    /// [`OnboardingError::StoreUnavailable`]. An org that does not answer is no error: it tells nothing.
    pub async fn onboarding_way(
        &self,
        cookies: &HeaderMap,
        session: &Session,
        wish: OnboardingWish,
    ) -> Result<OnboardingWay, OnboardingError> {
        let onboarding = self.onboarding(session).await?;
        let marks = self.onboarding_marks(session).await?;
        let (account, cookies) = match onboarding {
            Onboarding::Finished { .. } => (Err(AccountTrouble::NotAllowed), Vec::new()),
            Onboarding::NotStarted | Onboarding::NamesSaved(_) => self.own_account(cookies).await,
        };
        Ok(OnboardingWay {
            facts: facts(&onboarding, &marks, &wish, account.as_ref().ok()),
            onboarding,
            marks,
            wish,
            account,
            cookies,
        })
    }

    /// Asks the org for everything. An org that tells one thing and not another has granted some scopes and not others: what
    /// it does not tell is left out.
    async fn own_account(
        &self,
        headers: &HeaderMap,
    ) -> (Result<OwnAccount, AccountTrouble>, Vec<HeaderValue>) {
        let listed = self.authenticators(headers).await;
        let mut cookies = listed.cookies;
        let authenticators = match listed.outcome {
            Ok(authenticators) => authenticators,
            Err(trouble) => return (Err(trouble), cookies),
        };
        let email = self.own_email(headers).await;
        let attributes = self.own_attributes(headers).await;
        cookies.extend(email.cookies);
        cookies.extend(attributes.cookies);
        let account = OwnAccount {
            attributes: attributes.outcome.unwrap_or_default(),
            email: email.outcome.ok().flatten(),
            authenticators,
        };
        (Ok(account), cookies)
    }
}

fn facts(
    onboarding: &Onboarding,
    marks: &OnboardingMarks,
    wish: &OnboardingWish,
    account: Option<&OwnAccount>,
) -> OnboardingFacts {
    OnboardingFacts {
        is_welcomed: marks.is_welcomed,
        email: match account.and_then(|account| account.email.as_ref()) {
            None => EmailFact::Untold,
            Some(email) if email.is_verified => EmailFact::Verified,
            Some(_) => EmailFact::Unverified,
        },
        is_email_wanted: wish.wants_email(),
        is_email_put_off: marks.is_email_put_off,
        is_profile_saved: !matches!(onboarding, Onboarding::NotStarted),
        lacks_attribute: account
            .is_some_and(|account| account.attributes.iter().any(OwnAttribute::is_lacking)),
        factors: factor_facts(wish, account),
        are_factors_put_off: marks.are_factors_put_off,
        is_finished: matches!(onboarding, Onboarding::Finished { .. }),
    }
}

fn factor_facts(wish: &OnboardingWish, account: Option<&OwnAccount>) -> FactorFacts {
    let all: &[Authenticator] = account.map_or(&[], |account| &account.authenticators);
    let counted = || {
        all.iter()
            .filter(|one| !NOT_COUNTED.contains(&one.key.as_str()))
    };
    let has_any = |keys: &[&str]| {
        counted().any(|one| keys.contains(&one.key.as_str()) && !one.enrollments.is_empty())
    };
    let can_add = |keys: &[&str]| {
        counted().any(|one| keys.contains(&one.key.as_str()) && is_offered(one, all))
    };
    let lacking: Vec<_> = wish.wanted_keys().filter(|keys| !has_any(keys)).collect();
    FactorFacts {
        is_told: account.is_some(),
        have: number(counted().map(|one| one.enrollments.len()).sum()),
        offered: number(counted().filter(|one| is_offered(one, all)).count()),
        lacking: number(lacking.len()),
        lacking_offered: number(lacking.iter().filter(|keys| can_add(keys)).count()),
    }
}

/// Whether the person can set the authenticator up now. Where the org has no page for it, it asks for it by itself only
/// when a sign-in demands what nothing else can prove.
fn is_offered(one: &Authenticator, all: &[Authenticator]) -> bool {
    match one.set_up {
        SetUp::No => false,
        SetUp::ByNumber | SetUp::AtTheOrg(_) => true,
        SetUp::WhenAsked if one.key == PASSKEY => one.enrollments.is_empty(),
        SetUp::WhenAsked => all
            .iter()
            .all(|other| other.key == "okta_password" || other.enrollments.is_empty()),
    }
}

impl OwnAccount {
    /// The authenticators besides password and email that are set up, or can be set up now, with whether they can.
    pub fn factors(&self) -> impl Iterator<Item = (&Authenticator, bool)> {
        let all = &self.authenticators;
        all.iter()
            .filter(|one| !NOT_COUNTED.contains(&one.key.as_str()))
            .map(|one| (one, is_offered(one, all)))
    }
}

fn number(count: usize) -> u8 {
    u8::try_from(count).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests;
