use serde::{Deserialize, Serialize};

use super::Labels;
use super::finding::{Finding, matches};
use crate::policy::Subject;

/// Whom it is for. Users and groups are both asked when both are named; an exclusion always wins.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct People {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) users: Option<IncludeExclude>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) groups: Option<IncludeExclude>,
}

/// Two lists of ids; in a seed, of names. An empty `include` is everybody.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct IncludeExclude {
    pub(crate) include: Vec<String>,
    pub(crate) exclude: Vec<String>,
}

impl People {
    /// Whether anybody is left out.
    pub(super) fn restricts(&self) -> bool {
        let lists = [&self.users, &self.groups];
        lists
            .into_iter()
            .flatten()
            .any(|list| !list.include.is_empty() || !list.exclude.is_empty())
    }

    pub(super) fn examine(
        &self,
        who: Subject<'_>,
        labels: Labels<'_>,
    ) -> Vec<(&'static str, Finding)> {
        let mut findings = Vec::new();
        if let Some(users) = &self.users {
            let is_among = |ids: &[String]| {
                who.user
                    .is_some_and(|user| ids.iter().any(|id| id == user.as_str()))
            };
            let words = [
                ("people.users.include", "is one of"),
                ("people.users.exclude", "is none of"),
            ];
            users.examine(&words, is_among, labels, &mut findings);
        }
        if let Some(groups) = &self.groups {
            let is_among = |ids: &[String]| {
                who.groups
                    .iter()
                    .any(|of| ids.iter().any(|id| id == of.as_str()))
            };
            let words = [
                ("people.groups.include", "is a member of"),
                ("people.groups.exclude", "is not a member of"),
            ];
            groups.examine(&words, is_among, labels, &mut findings);
        }
        findings
    }
}

impl IncludeExclude {
    /// All that is named.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut String> {
        self.include.iter_mut().chain(&mut self.exclude)
    }

    fn examine(
        &self,
        [included, excluded]: &[(&'static str, &str); 2],
        is_among: impl Fn(&[String]) -> bool,
        labels: Labels<'_>,
        findings: &mut Vec<(&'static str, Finding)>,
    ) {
        if !self.include.is_empty() {
            let what = format!("the person {} {}", included.1, labels.list(&self.include));
            findings.push((included.0, matches(what, is_among(&self.include))));
        }
        if !self.exclude.is_empty() {
            let what = format!("the person {} {}", excluded.1, labels.list(&self.exclude));
            findings.push((excluded.0, matches(what, !is_among(&self.exclude))));
        }
    }
}
