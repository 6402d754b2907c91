use model::AppId;

use super::PolicySet;
use super::choose::{Choice, choose};
use crate::policy::app_sign_on::{AppSignOn, AppSignOnActions};
use crate::policy::conditions::Labels;
use crate::policy::enrollment::{EnrollActions, EnrollmentPolicy};
use crate::policy::password::{PasswordActions, PasswordPolicy};
use crate::policy::profile_enrollment::{ProfileActions, ProfileEnrollment};
use crate::policy::sign_on::{GlobalSession, PrimaryFactor, SignOnActions};
use crate::policy::{Actions, Decision, Policy, Status, Subject};

impl PolicySet {
    /// Who may begin a session, with what, and how long it lives.
    pub(crate) fn global_session(&self, who: Subject<'_>) -> Decision<GlobalSession> {
        self.by_person::<SignOnActions>(who)
            .decide(|_, actions| actions.into(), GlobalSession::denied)
    }

    /// Whether everybody who gets in begins with the password, so that the first page may ask for name and password together.
    pub(crate) fn every_global_session_asks_password(&self) -> bool {
        self.sign_on
            .iter()
            .filter(|policy| policy.status == Status::Active)
            .flat_map(|policy| &policy.rules)
            .filter(|rule| rule.status == Status::Active)
            .map(|rule| &rule.actions.signon)
            .filter(|signon| signon.access.is_allowed())
            .all(|signon| signon.primary_factor == PrimaryFactor::PasswordIdp)
    }

    /// What must be proved before tokens of the app are issued.
    pub(crate) fn app_sign_on(&self, app: &AppId, who: Subject<'_>) -> Decision<AppSignOn> {
        self.by_app::<AppSignOnActions>(app, who)
            .decide(|_, actions| actions.into(), AppSignOn::denied)
    }

    /// Which authenticators the person must, may and may not set up.
    pub(crate) fn enrollment(&self, who: Subject<'_>) -> Decision<EnrollmentPolicy> {
        self.by_person::<EnrollActions>(who).decide(
            |policy, actions| EnrollmentPolicy::new(&policy.settings, actions),
            EnrollmentPolicy::nothing,
        )
    }

    /// What the person's password must be, when it locks, and how it is recovered.
    pub(crate) fn password(&self, who: Subject<'_>) -> Decision<PasswordPolicy> {
        self.by_person::<PasswordActions>(who).decide(
            |policy, actions| PasswordPolicy::new(&policy.settings, actions),
            PasswordPolicy::closed,
        )
    }

    /// Whether strangers may register at the app, and what they are asked.
    pub(crate) fn profile_enrollment(&self, app: &AppId) -> Decision<ProfileEnrollment> {
        let nobody = Subject {
            user: None,
            groups: &[],
        };
        self.by_app::<ProfileActions>(app, nobody)
            .decide(|_, actions| actions.into(), ProfileEnrollment::closed)
    }

    /// By the first policy whose conditions the person meets.
    fn by_person<A: Actions>(&self, who: Subject<'_>) -> Choice<'_, A> {
        choose(A::list(self), who, Labels(&self.labels))
    }

    /// By the policy that the app is assigned to.
    fn by_app<A: Actions>(&self, app: &AppId, who: Subject<'_>) -> Choice<'_, A> {
        let candidates = self.candidates(app);
        let what = match candidates.first() {
            Some(policy) if !policy.is_system => {
                format!("The app is assigned to “{}”", policy.name)
            }
            _ => "The app is assigned to no other policy than the default".to_owned(),
        };
        choose(candidates, who, Labels(&self.labels)).after(what)
    }

    /// The policy that the app is assigned to, then the system's. One that is not there or not active is as none.
    pub(super) fn candidates<A: Actions>(&self, app: &AppId) -> Vec<&Policy<A>> {
        let assigned = self.assigned.get(&(app.clone(), A::TYPE));
        let named = A::list(self).iter().find(|policy| {
            Some(&policy.id) == assigned && policy.status == Status::Active && !policy.is_system
        });
        let system = A::list(self).iter().filter(|policy| policy.is_system);
        named.into_iter().chain(system).collect()
    }
}
