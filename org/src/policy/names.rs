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

    /// Replaces a name that is known by its id. Ids, and names that are not known, stay as they are.
    fn group(&self, name: &mut String) {
        if let Some(id) = self.groups.get(&name.to_lowercase()) {
            *name = id.to_string();
        }
    }

    fn user(&self, login: &mut String) {
        if let Some(id) = self.users.get(&login.to_lowercase()) {
            *login = id.to_string();
        }
    }
}

impl PolicyDraft {
    /// Puts ids where names stand.
    pub(crate) fn resolve(&mut self, names: &Names) {
        self.visit(&mut |name| names.group(name), &mut |login| {
            names.user(login)
        });
    }

    /// Shows each group and each user that the draft names.
    pub(crate) fn visit(
        &mut self,
        group: &mut dyn FnMut(&mut String),
        user: &mut dyn FnMut(&mut String),
    ) {
        each_draft!(self, draft => visit_conditions(draft, group, user));
        if let Self::Profile(draft) = self {
            let rules = draft.rules.iter_mut();
            rules
                .filter_map(|rule| rule.actions.profile_enrollment.target_group_ids.as_mut())
                .flatten()
                .for_each(group);
        }
    }
}

fn visit_conditions<A: Actions>(
    draft: &mut Draft<A>,
    group: &mut dyn FnMut(&mut String),
    user: &mut dyn FnMut(&mut String),
) {
    let of_rules = draft.rules.iter_mut().map(|rule| &mut rule.conditions);
    for conditions in std::iter::once(&mut draft.conditions).chain(of_rules) {
        visit_people(conditions.as_mut(), group, user);
    }
}

fn visit_people(
    conditions: Option<&mut Conditions>,
    group: &mut dyn FnMut(&mut String),
    user: &mut dyn FnMut(&mut String),
) {
    let Some(people) = conditions.and_then(|conditions| conditions.people.as_mut()) else {
        return;
    };
    people
        .groups
        .iter_mut()
        .for_each(|list| visit_both(list, group));
    people
        .users
        .iter_mut()
        .for_each(|list| visit_both(list, user));
}

fn visit_both(list: &mut IncludeExclude, visit: &mut dyn FnMut(&mut String)) {
    list.include
        .iter_mut()
        .chain(&mut list.exclude)
        .for_each(visit);
}
