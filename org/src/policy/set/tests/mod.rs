mod apps;
mod people;

use model::{AppId, GroupId, UserId};
use testkit::SeededEntropy;

use super::PolicySet;
use crate::policy::{Names, PolicyDraft, PolicyId, PolicyType, Subject};

/// A new org with the group "Testers", its member Jane, and John, who is in no group but Everyone.
struct Fixture {
    set: PolicySet,
    entropy: SeededEntropy,
    names: Names,
    everyone: GroupId,
    testers: GroupId,
    jane: UserId,
    john: UserId,
    app: AppId,
}

impl Fixture {
    fn new() -> Self {
        let entropy = SeededEntropy::new(7);
        let everyone = GroupId::generate(&entropy);
        let testers = GroupId::generate(&entropy);
        let [jane, john] = [UserId::generate(&entropy), UserId::generate(&entropy)];
        Self {
            set: PolicySet::of_new_org(&everyone, &entropy),
            names: Names::new([("Testers", &testers)], [("jane@example.com", &jane)]),
            app: AppId::generate(&entropy),
            everyone,
            testers,
            jane,
            john,
            entropy,
        }
    }

    fn put(&mut self, policy: serde_json::Value) -> &mut Self {
        let mut draft: PolicyDraft = serde_json::from_value(policy).expect("a policy");
        draft.resolve(&self.names);
        self.set.put(draft, &self.entropy);
        self
    }

    fn assign(&mut self, policy_type: PolicyType, name: &str) {
        let id = self.find(policy_type, name).expect("a policy");
        self.set.assign(self.app.clone(), policy_type, id);
    }

    fn find(&self, policy_type: PolicyType, name: &str) -> Option<PolicyId> {
        let access = self.set.access.iter().map(|one| (&one.name, &one.id));
        let profile = self.set.profile.iter().map(|one| (&one.name, &one.id));
        let all: Vec<_> = match policy_type {
            PolicyType::AccessPolicy => access.collect(),
            _ => profile.collect(),
        };
        let mut found = all.into_iter().filter(|(other, _)| *other == name);
        found.next().map(|(_, id)| id.clone())
    }

    fn groups_of_jane(&self) -> [GroupId; 2] {
        [self.everyone.clone(), self.testers.clone()]
    }

    /// The access and the name of the policy that gives Jane and John their sessions, and somebody unknown.
    fn sessions(&self) -> [String; 3] {
        let of_jane = self.groups_of_jane();
        let of_john = [self.everyone.clone()];
        [
            (Some(&self.jane), of_jane.as_slice()),
            (Some(&self.john), of_john.as_slice()),
            (None, &[]),
        ]
        .map(|(user, groups)| {
            let because = self.set.global_session(Subject { user, groups }).because;
            format!(
                "{}: {}",
                because.policy_name.expect("a policy"),
                because.rule_name.expect("a rule")
            )
        })
    }
}

const NOBODY: Subject<'_> = Subject {
    user: None,
    groups: &[],
};
