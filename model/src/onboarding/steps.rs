//! Which steps a person has to take, from what is known of them and nothing else.

use serde::{Deserialize, Serialize};

/// A step of onboarding, in the order in which people take them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// What is about to happen.
    Welcome,
    /// The person proves that they read their email address.
    Email,
    /// The person says what the org or the app has to know of them.
    Profile,
    /// The person sets up how they prove who they are, besides the password.
    Factors,
    /// Language, time zone, and where to start.
    Preferences,
}

impl StepKind {
    /// Every step, in their order.
    pub const ALL: [Self; 5] = [
        Self::Welcome,
        Self::Email,
        Self::Profile,
        Self::Factors,
        Self::Preferences,
    ];

    /// The word in addresses and in tables of tests.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::Email => "email",
            Self::Profile => "profile",
            Self::Factors => "factors",
            Self::Preferences => "preferences",
        }
    }

    /// Reads what [`StepKind::as_str`] writes.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What the org tells of the person's email address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailFact {
    /// Nothing: the app may not look, or there is no address.
    Untold,
    /// The person has proved that they read it.
    Verified,
    /// They have not, and can do it now.
    Unverified,
}

/// What the org tells of how the person proves who they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactorFacts {
    /// Whether the app may look at all. If not, the rest is zero.
    pub is_told: bool,
    /// How many are set up besides password and email.
    pub have: u8,
    /// How many more can be set up now.
    pub offered: u8,
    /// How many are demanded and not set up.
    pub lacking: u8,
    /// How many of those can be set up now.
    pub lacking_offered: u8,
}

/// Everything that decides about the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own, and all of them can be combined"
)]
pub struct OnboardingFacts {
    /// The person has seen what is about to happen.
    pub is_welcomed: bool,
    /// What is known of the address.
    pub email: EmailFact,
    /// A proved address is demanded.
    pub is_email_wanted: bool,
    /// The person wants to prove it later.
    pub is_email_put_off: bool,
    /// The person has confirmed their names.
    pub is_profile_saved: bool,
    /// The org demands an attribute that the person can give and that has no value.
    pub lacks_attribute: bool,
    /// What is known of authenticators.
    pub factors: FactorFacts,
    /// The person wants to set them up later.
    pub are_factors_put_off: bool,
    /// The last step has been saved. It is, once and for all.
    pub is_finished: bool,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Nothing is left to do, or the person has put it off.
    Done,
    /// It is the one to be shown.
    Current,
    /// It comes later.
    Waiting,
}

/// A step of one person's way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Which it is.
    pub kind: StepKind,
    /// Where it stands.
    pub state: StepState,
    /// Whether nothing is left to do in it. A step to which the person has gone back is current and done.
    pub is_done: bool,
    /// Whether the person may put it off.
    pub is_skippable: bool,
}

/// The steps of a person, and which of them to show: the one `asked` for, if the way leads there by now, else the first that
/// is not done.
///
/// No combination of facts leads into a dead end: what is demanded and cannot be done now can be put off. After the last step
/// all are done, whatever is demanded since.
pub fn onboarding_steps(facts: &OnboardingFacts, asked: Option<StepKind>) -> Vec<Step> {
    let listed = StepKind::ALL
        .into_iter()
        .filter(|kind| facts.has_step(*kind));
    let mut steps: Vec<Step> = listed
        .map(|kind| {
            let is_done = facts.is_finished || facts.is_done(kind);
            Step {
                kind,
                state: if is_done {
                    StepState::Done
                } else {
                    StepState::Waiting
                },
                is_done,
                is_skippable: facts.is_skippable(kind),
            }
        })
        .collect();
    let Some(first) = steps.iter().position(|step| !step.is_done) else {
        return steps;
    };
    let wanted = steps.iter().position(|step| Some(step.kind) == asked);
    let current = wanted.filter(|index| *index < first).unwrap_or(first);
    if let Some(step) = steps.get_mut(current) {
        step.state = StepState::Current;
    }
    steps
}

impl OnboardingFacts {
    /// Whether the step is part of the way.
    fn has_step(&self, kind: StepKind) -> bool {
        let FactorFacts {
            have,
            offered,
            lacking,
            ..
        } = self.factors;
        match kind {
            StepKind::Welcome | StepKind::Profile | StepKind::Preferences => true,
            StepKind::Email => self.email != EmailFact::Untold || self.is_email_wanted,
            StepKind::Factors => have > 0 || offered > 0 || lacking > 0,
        }
    }

    /// Whether the person may put the step off: nothing in it is demanded, or what is cannot be done now.
    pub fn is_skippable(&self, kind: StepKind) -> bool {
        match kind {
            StepKind::Welcome | StepKind::Profile | StepKind::Preferences => false,
            StepKind::Email => !(self.is_email_wanted && self.email == EmailFact::Unverified),
            StepKind::Factors => self.factors.lacking_offered == 0,
        }
    }

    fn is_done(&self, kind: StepKind) -> bool {
        let is_put_off = |put_off: bool| put_off && self.is_skippable(kind);
        match kind {
            StepKind::Welcome => self.is_welcomed || self.is_profile_saved,
            StepKind::Email => {
                self.email == EmailFact::Verified || is_put_off(self.is_email_put_off)
            }
            StepKind::Profile => self.is_profile_saved && !self.lacks_attribute,
            StepKind::Factors => {
                (self.factors.have > 0 && self.factors.lacking == 0)
                    || is_put_off(self.are_factors_put_off)
            }
            StepKind::Preferences => self.is_finished,
        }
    }

    /// The first step that has to be taken before the last one may be saved.
    pub fn missing_before_the_end(&self) -> Option<StepKind> {
        let demanded = |kind: &StepKind| {
            *kind != StepKind::Preferences && self.has_step(*kind) && !self.is_skippable(*kind)
        };
        StepKind::ALL
            .into_iter()
            .filter(demanded)
            .find(|kind| !self.is_done(*kind))
    }
}

#[cfg(test)]
mod tests;
