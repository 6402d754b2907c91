use http::StatusCode;
use serde_json::{Value, json};

use super::Form;
use crate::idx::message::{Said, said};
use crate::interaction::Notice;

/// What is to be said with the forms of an answer.
#[derive(Debug, Clone, Default)]
pub(super) struct Notices(Vec<(Option<String>, Said)>);

impl Notices {
    /// In the words of clients. `label` tells what people know a field by.
    pub(super) fn new(notices: &[Notice], app: &str, label: impl Fn(&str) -> String) -> Self {
        let of = |notice: &Notice| {
            let field = notice.field.clone();
            let said = said(
                &notice.message,
                &label(field.as_deref().unwrap_or_default()),
                app,
            )?;
            let field = field.filter(|_| !said.is_of_page);
            Some((field, said))
        };
        Self(notices.iter().filter_map(of).collect())
    }

    /// What is said of the field of this name.
    pub(super) fn on(&self, name: &str) -> Option<Value> {
        messages(
            self.0
                .iter()
                .filter_map(|(field, said)| (field.as_deref() == Some(name)).then_some(said)),
        )
    }

    /// What is said of the page: also what no field of the forms says.
    pub(super) fn on_page(&self, forms: &[Form]) -> Option<Value> {
        let is_said = |name: &str| forms.iter().any(|form| form.says_of(name));
        messages(self.0.iter().filter_map(|(field, said)| match field {
            Some(name) if is_said(name) => None,
            _ => Some(said),
        }))
    }

    /// The status of the answer: the gravest one.
    pub(super) fn status(&self) -> StatusCode {
        let statuses = self.0.iter().map(|(_, said)| said.status);
        statuses.max().unwrap_or(StatusCode::OK)
    }
}

fn messages<'a>(all: impl Iterator<Item = &'a Said>) -> Option<Value> {
    let list: Vec<Value> = all.map(Said::to_json).collect();
    (!list.is_empty()).then(|| json!({ "type": "array", "value": list }))
}
