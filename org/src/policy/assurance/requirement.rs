use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::acr::{AcrLevel, password, possession};
use super::given::Given;
use super::{chain, constraint};
use crate::authenticator::{Method, Proof};
use crate::policy::sign_on::{FactorPromptMode, GlobalSession, PrimaryFactor};
use crate::policy::verification::{Assurance, ClassConstraint, FactorMode, Verification};
use crate::policy::{AppSignOn, Period};

/// Everything that must be proved before an app gets an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Requirement {
    /// A policy refuses: nothing that could be proved helps.
    is_denied: bool,
    /// All of them must be met.
    demands: Vec<Demand>,
    /// What the app asked for.
    acr: Option<AcrLevel>,
    /// Seconds. Older proofs do not count.
    max_age: Option<u32>,
    /// Of the app's policy: without use of the session for so long, older proofs do not count for it.
    inactivity_period: Option<Period>,
    /// The session was not used for that long when the interaction began.
    is_after_inactivity: bool,
}

/// One thing that is asked, and by whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Demand {
    source: Source,
    verification: Verification,
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Source {
    /// The global session policy.
    GlobalSession,
    /// The authentication policy of the app.
    AppPolicy,
    /// The app, by `acr_values`.
    AcrValues,
}

impl Requirement {
    /// What the rule of the global session policy, the rule of the app's policy and `acr_values` ask together.
    pub(crate) fn new(session: &GlobalSession, app: &AppSignOn, acr: Option<&str>) -> Self {
        let acr = acr.and_then(AcrLevel::parse);
        let mut demands = session_demands(session);
        demands.push(Demand {
            source: Source::AppPolicy,
            verification: app.verification.clone(),
        });
        demands.extend(acr.map(|level| Demand::of(Source::AcrValues, level.assurance())));
        Self {
            is_denied: !(session.access.is_allowed() && app.access.is_allowed()),
            demands,
            acr,
            max_age: None,
            inactivity_period: app.verification.inactivity_period(),
            is_after_inactivity: false,
        }
    }

    /// The same for somebody whose session was last used then.
    pub(crate) fn with_last_use(mut self, last_use: Option<Timestamp>, began: Timestamp) -> Self {
        let idle = last_use.map(|last_use| began.duration_since(last_use));
        self.is_after_inactivity = matches!(
            (idle, self.inactivity_period),
            (Some(idle), Some(longest)) if idle >= longest.as_duration()
        );
        self
    }

    /// The same with `max_age` (OpenID Connect Core §3.1.2.1): what was proved longer ago does not count. `prompt=login` is a
    /// `max_age` of zero.
    pub(crate) fn with_max_age(mut self, seconds: Option<u32>) -> Self {
        self.max_age = match (self.max_age, seconds) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        self
    }

    /// The same, after it is known what the person can do: "two factors if possible" becomes two factors, if that is possible.
    pub(crate) fn settled(self, proofs: &[Proof], available: &[Method], began: Timestamp) -> Self {
        if self.acr != Some(AcrLevel::TwoFactorsIfPossible) {
            return self;
        }
        let mut raised = self.clone();
        raised.demands.push(Demand::of(
            Source::AcrValues,
            Assurance::of(FactorMode::Two),
        ));
        if raised.is_satisfiable(proofs, available, began) {
            raised
        } else {
            self
        }
    }

    /// Whether everything is proved. Proofs stand in the order in which they were given.
    pub(crate) fn is_met(&self, proofs: &[Proof], began: Timestamp) -> bool {
        !self.is_denied && self.unmet(proofs, began).next().is_none()
    }

    /// Who asks for something that is not proved yet.
    pub(crate) fn unmet(&self, proofs: &[Proof], began: Timestamp) -> impl Iterator<Item = Source> {
        let given = self.given(proofs, began);
        let for_app = if self.is_after_inactivity {
            given.of_this_interaction()
        } else {
            given
        };
        let unmet = move |demand: &&Demand| {
            let is_app = demand.source == Source::AppPolicy;
            !demand
                .verification
                .is_met(if is_app { for_app } else { given })
        };
        self.demands
            .iter()
            .filter(unmet)
            .map(|demand| demand.source)
    }

    /// How many proofs may be needed at most.
    pub(super) fn depth(&self) -> usize {
        let depth = |demand: &Demand| match &demand.verification {
            Verification::Assurance(_) => 3,
            Verification::Chain(chains) => chain::length(&chains.chains),
        };
        self.demands.iter().map(depth).sum()
    }

    /// Whether it matters in which order proofs are given.
    pub(super) fn is_ordered(&self) -> bool {
        self.chain_length() > 0
    }

    /// How often some methods must be repeated for every order of them that matters to be part of it.
    pub(super) fn repetitions(&self) -> usize {
        self.chain_length().max(1)
    }

    fn chain_length(&self) -> usize {
        let of_chains = |demand: &Demand| match &demand.verification {
            Verification::Assurance(_) => 0,
            Verification::Chain(chains) => chain::length(&chains.chains),
        };
        self.demands.iter().map(of_chains).sum()
    }

    fn given<'a>(&self, proofs: &'a [Proof], began: Timestamp) -> Given<'a> {
        Given {
            proofs,
            began,
            max_age: self
                .max_age
                .map(|seconds| SignedDuration::from_secs(seconds.into())),
        }
    }
}

impl Demand {
    const fn of(source: Source, assurance: Assurance) -> Self {
        Self {
            source,
            verification: Verification::Assurance(assurance),
        }
    }
}

impl Verification {
    fn is_met(&self, given: Given<'_>) -> bool {
        match self {
            Self::Assurance(assurance) => constraint::is_met(assurance, given),
            Self::Chain(chains) => chain::is_met(chains, given),
        }
    }
}

/// The first factor may be as old as the session. Of two the one that the person has must be as fresh as the rule says.
fn session_demands(session: &GlobalSession) -> Vec<Demand> {
    let mut asked = vec![match session.primary_factor {
        PrimaryFactor::PasswordIdp => Assurance {
            constraints: vec![password()],
            ..Assurance::of(FactorMode::One)
        },
        PrimaryFactor::PasswordIdpAnyFactor => Assurance::of(FactorMode::One),
    }];
    if session.require_factor {
        asked.push(Assurance::of(FactorMode::Two));
        if session.factor_prompt_mode == FactorPromptMode::Session {
            asked.push(Assurance {
                constraints: vec![possession(ClassConstraint::default())],
                reauthenticate_in: Some(Period::new(session.factor_lifetime)),
                ..Assurance::of(FactorMode::One)
            });
        }
    }
    asked
        .into_iter()
        .map(|assurance| Demand::of(Source::GlobalSession, assurance))
        .collect()
}
