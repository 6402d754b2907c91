//! The steps of the guide, a heading each, in the guide's order.

mod accounts;
mod app;
mod default_policies;
mod email_authenticator;
pub(crate) mod enrollment_policy;
mod group;
mod interaction_code;
mod mapping;
mod multifactor;
mod password_only;
pub(crate) mod password_optional;
mod policy;
mod profile_policy;
mod reference;

use serde::Serialize;

use crate::http::Boxed;
use crate::journal::Journal;
use crate::walk::{Guide, Mode, Narrator, Silent, Visit, Walk};
use crate::{Case, Cases, Fault};

pub(crate) use reference::{app_of, group_of, references};

/// A heading of the guide.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// The heading.
    pub name: &'static str,
    /// The use cases it belongs to.
    cases: &'static [Case],
    /// Looks at each object of the heading, and makes it when the walk may write.
    walk: for<'a, 'w> fn(&'a mut Walk<'w>) -> Boxed<'a, Result<(), Fault>>,
}

/// What was found, or done, under a heading.
#[derive(Debug, Clone, Serialize)]
pub struct StepReport {
    /// The heading.
    pub name: &'static str,
    /// Its objects.
    pub objects: Vec<Visit>,
}

impl Step {
    /// What of this step is missing. Writes nothing.
    pub async fn check(&self, guide: &Guide) -> Result<StepReport, Fault> {
        let mut journal = Journal::in_memory();
        let mut silent = Silent;
        self.run(&mut Walk::new(guide, Mode::Look, &mut journal, &mut silent))
            .await
    }

    /// Makes what is missing, and returns what that was.
    pub async fn apply(
        &self,
        guide: &Guide,
        journal: &mut Journal,
        narrator: &mut dyn Narrator,
    ) -> Result<StepReport, Fault> {
        self.run(&mut Walk::new(guide, Mode::Write, journal, narrator))
            .await
    }

    pub(crate) async fn run(&self, walk: &mut Walk<'_>) -> Result<StepReport, Fault> {
        (self.walk)(walk).await?;
        Ok(StepReport {
            name: self.name,
            objects: walk.take_visits(),
        })
    }
}

const BASE: &[Case] = &[Case::Base];
const MFA: &[Case] = &[Case::Mfa];
const PASSWORD_ONLY: &[Case] = &[Case::PasswordOnly];
const PASSWORD_OPTIONAL: &[Case] = &[Case::PasswordOptional];
const WITH_EMAIL: &[Case] = &[Case::Mfa, Case::PasswordOptional];

macro_rules! steps {
    ($($name:literal, $cases:ident, $walk:path;)*) => {
        /// Every step, in the guide's order.
        const STEPS: &[Step] = &[$(Step { name: $name, cases: $cases, walk: |walk| Box::pin($walk(walk)) }),*];
    };
}

steps! {
    "Create your Okta account", BASE, accounts::your_account;
    "Create an end user test account", BASE, accounts::john;
    "Create an Okta service account", BASE, accounts::service;
    "Assign admin permissions", BASE, accounts::permissions;
    "Activate the accounts", BASE, accounts::activate;
    "Create a group", BASE, group::retailers;
    "Add a user to the group", BASE, group::membership;
    "Enable interaction code for your org", BASE, interaction_code::of_the_org;
    "Enable interaction code for a custom authorization server", BASE, interaction_code::of_the_server;
    "Create an app", BASE, app::create;
    "Create a second test account", PASSWORD_ONLY, accounts::alex;
    "Assign the Password only policy to your app", PASSWORD_ONLY, password_only::policy;
    "Check that the password needs no additional verification", PASSWORD_ONLY, password_only::recovery;
    "Set up the email authenticator", WITH_EMAIL, email_authenticator::set_up;
    "Update your authentication policy with multifactor authentication", MFA, multifactor::update;
    "Create a group for password-optional users", PASSWORD_OPTIONAL, password_optional::group;
    "Create a user profile policy for password-optional users", PASSWORD_OPTIONAL, profile_policy::create;
    "Create a password-optional authenticator enrollment policy", PASSWORD_OPTIONAL, enrollment_policy::create;
    "Create a rule for the policy", PASSWORD_OPTIONAL, enrollment_policy::rule;
    "Add a global session policy for password-optional users", PASSWORD_OPTIONAL, password_optional::session;
    "Let the default policies require a password", PASSWORD_OPTIONAL, default_policies::require_password;
    "Add an authentication policy for password-optional users", PASSWORD_OPTIONAL, password_optional::authentication;
}

/// The steps of the chosen use cases.
pub fn steps(cases: &Cases) -> impl Iterator<Item = Step> {
    let is_chosen = |step: &&Step| step.cases.iter().any(|case| cases.has(*case));
    STEPS.iter().filter(is_chosen).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(cases: &[Case]) -> Vec<&'static str> {
        steps(&Cases::new(cases)).map(|step| step.name).collect()
    }

    #[test]
    fn the_email_authenticator_is_set_up_once_for_both_cases_that_need_it() {
        let count = |cases: &[Case]| {
            let names = names(cases).into_iter();
            names
                .filter(|name| name.contains("email authenticator"))
                .count()
        };
        assert_eq!(count(&[Case::Mfa, Case::PasswordOptional]), 1);
        assert_eq!(count(&[Case::PasswordOptional]), 1);
        assert_eq!(count(&[Case::PasswordOnly]), 0);
    }

    #[test]
    fn passwords_are_required_of_all_others_before_the_app_takes_an_email_alone() {
        let names = names(&[Case::PasswordOptional]);
        let place = |part: &str| names.iter().position(|name| name.contains(part));
        assert!(place("require a password") < place("Add an authentication policy"));
        assert!(place("default policies").is_some());
    }
}
