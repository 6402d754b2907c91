use model::{GroupId, UserId};
use std::collections::HashMap;

use super::Actions;
use super::conditions::{Conditions, IncludeExclude};
use super::draft::{Draft, PolicyDraft, each_draft};

/// Where the names in a draft lead.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    groups: HashMap<String, GroupId>,
    users: HashMap<String, UserId>,
}

impl Names {
    /// Group names and logins; letter case does not count.
    pub(crate) fn new<'a>(
        groups: impl IntoIterator<Item = (&'a str, &'a GroupId)>,
        users: impl IntoIterator<Item = (&'a str, &'a UserId)>,
    ) -> Self {
        Self {
            groups: groups
                .into_iter()
                .map(|(name, id)| (name.to_lowercase(), id.clone()))
                .collect(),
            users: users
                .into_iter()
                .map(|(login, id)| (login.to_lowercase(), id.clone()))
                .collect(),
        }
    }

    fn id_of(&self, noun: Noun, name: &str) -> Option<String> {
        let key = name.to_lowercase();
        match noun {
            Noun::Group => self.groups.get(&key).map(ToString::to_string),
            Noun::User => self.users.get(&key).map(ToString::to_string),
        }
    }
}

/// What a name in a draft is the name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Noun {
    /// A group, by its name.
    Group,
    /// A user, by the login.
    User,
}

type Visit<'a> = dyn FnMut(Noun, &mut String) + 'a;

impl PolicyDraft {
    /// Puts ids where names stand. Ids, and names that are not known, stay as they are.
    pub(crate) fn resolve(&mut self, names: &Names) {
        self.visit_names(&mut |noun, name| {
            if let Some(id) = names.id_of(noun, name) {
                *name = id;
            }
        });
    }

    /// Goes through all groups and users that the draft names.
    pub(crate) fn visit_names(&mut self, visit: &mut Visit<'_>) {
        each_draft!(self, draft => visit_conditions(draft, visit));
        if let Self::Profile(draft) = self {
            let rules = draft.rules.iter_mut();
            rules
                .filter_map(|rule| rule.actions.profile_enrollment.target_group_ids.as_mut())
                .flatten()
                .for_each(|group| visit(Noun::Group, group));
        }
    }
}

/// The groups and users that conditions name.
pub(super) fn named_in(conditions: &Conditions) -> Vec<(Noun, String)> {
    let mut named = Vec::new();
    visit_people(&mut conditions.clone(), &mut |noun, name| {
        named.push((noun, name.clone()));
    });
    named
}

/// The groups that the actions of a rule name.
pub(super) fn named_in_actions<A: Actions>(actions: &A) -> Vec<(Noun, String)> {
    let groups = actions.target_groups().iter();
    groups.map(|id| (Noun::Group, id.clone())).collect()
}

fn visit_conditions<A: Actions>(draft: &mut Draft<A>, visit: &mut Visit<'_>) {
    let of_rules = draft.rules.iter_mut().map(|rule| &mut rule.conditions);
    std::iter::once(&mut draft.conditions)
        .chain(of_rules)
        .flatten()
        .for_each(|conditions| visit_people(conditions, visit));
}

fn visit_people(conditions: &mut Conditions, visit: &mut Visit<'_>) {
    let Some(people) = &mut conditions.people else {
        return;
    };
    let lists = [
        (Noun::Group, &mut people.groups),
        (Noun::User, &mut people.users),
    ];
    for (noun, list) in lists {
        list.iter_mut()
            .flat_map(IncludeExclude::iter_mut)
            .for_each(|name| visit(noun, name));
    }
}
