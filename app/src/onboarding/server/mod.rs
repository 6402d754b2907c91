//! What stands behind the forms.

mod account;
mod factors;
mod finish;
mod names;
mod show;
mod way;

use bff::{AccountTrouble, Freshness, ONBOARDING_SCOPES, OnboardingError, Session};
use model::SignInErrorCode;

pub(super) use account::{put_off, send_code, start, verify_email};
pub(super) use factors::{add_phone, set_up, verify_phone};
pub(super) use finish::finish;
pub(super) use names::save_names;
pub(super) use show::progress;

use super::Outcome;
use super::address::address;
use crate::context::server::AppContext;
use crate::error::AppError;

/// Every outcome, with the word that forms leave for the page.
const WORDS: [(&str, Outcome); 8] = [
    ("onboarding:code-sent", Outcome::CodeSent),
    ("onboarding:email-verified", Outcome::EmailVerified),
    ("onboarding:factor-added", Outcome::FactorAdded),
    ("onboarding:profile-refused", Outcome::ProfileRefused),
    ("onboarding:still-missing", Outcome::StillMissing),
    ("onboarding:not-allowed", Outcome::NotAllowed),
    ("onboarding:org-down", Outcome::OrgUnavailable),
    ("onboarding:store-down", Outcome::StoreUnavailable),
];

/// Less than the 15 minutes within which an org lets people change how they sign in, in seconds.
const FRESH: u32 = 10 * 60;

fn outcome_in(word: &str) -> Option<Outcome> {
    let known = WORDS.iter().find(|(known, _)| *known == word)?;
    Some(known.1)
}

/// Back to the page, with a word of what became of the form.
fn back(
    app: &AppContext,
    session: &Session,
    outcome: Outcome,
    (then, asked): (&str, &[(&str, &str)]),
) -> Result<(), AppError> {
    if let Some((word, _)) = WORDS.iter().find(|(_, known)| *known == outcome) {
        app.leave_notice(session, word);
    }
    app.see_other(&address(then, asked))
}

/// Whether the person has just proved who they are, with scopes for what is to come; else the answer leads to the org.
async fn is_fresh(
    app: &AppContext,
    session: &Session,
    (then, step): (&str, &str),
) -> Result<bool, AppError> {
    let wanted = Freshness {
        max_age: FRESH,
        scopes: scopes(),
        ..Freshness::RECENT
    };
    app.is_fresh_or_step_up(session, &wanted, &address(then, &[("step", step)]))
        .await
}

fn scopes() -> Vec<String> {
    ONBOARDING_SCOPES.map(str::to_owned).to_vec()
}

impl From<AccountTrouble> for Outcome {
    fn from(trouble: AccountTrouble) -> Self {
        match trouble {
            AccountTrouble::NotAllowed
            | AccountTrouble::NothingToRemove
            | AccountTrouble::NotOffered
            | AccountTrouble::OrgRefused
            | AccountTrouble::WrongInput => Self::NotAllowed,
            AccountTrouble::OrgUnavailable => Self::OrgUnavailable,
            // Somebody who has just been signed out is led to signing in by the page itself.
            AccountTrouble::StoreUnavailable | AccountTrouble::SignedOut => Self::StoreUnavailable,
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
