//! Walking through the guide: each object is looked for, compared, and, when the walk may write, made as it is wanted.
//!
//! Plan and apply are the same walk, so they cannot disagree. It begins every object with a look, never with what an
//! earlier run remembers, so it can be cut at any call and begun again.

mod create;
mod find;
mod narrator;
mod object;
mod undo;
mod update;
mod visit;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::http::Client;
use crate::journal::{Entry, Journal};
use crate::wanted::{self, Difference};
use crate::{Cases, Fault, Target, Values, paths};

pub(crate) use find::Find;
pub use narrator::{Narrator, Silent};
pub(crate) use object::{Address, Create, Id, Object, Secret, Update};
pub(crate) use undo::{Undo, take_back};
pub(crate) use visit::Found;
pub use visit::{Action, Visit};

/// What a walk may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Look and compare. What is not there is taken for planned.
    Look,
    /// Make and change as well.
    Write,
    /// Look, for taking back: what the org does not have is passed over.
    Retrace,
}

/// What the guide is carried out with.
#[derive(Debug)]
pub struct Guide {
    /// The org's API.
    pub client: Client,
    /// The org.
    pub target: Target,
    /// The names and values.
    pub values: Values,
    /// The chosen use cases.
    pub cases: Cases,
    /// The public address of the app.
    pub app_url: url::Url,
    /// The owner of the API token, who is the admin that the guide speaks of.
    pub admin: Admin,
}

/// The admin that the guide speaks of.
#[derive(Debug, Clone)]
pub struct Admin {
    /// Their id.
    pub id: String,
    /// Their user name.
    pub login: String,
    /// Their address.
    pub email: String,
}

impl Admin {
    /// Asks the org whose token this is.
    pub async fn of(client: &Client) -> Result<Self, Fault> {
        let path = format!("{}/me", paths::USERS);
        let user = client.find(&path).await?;
        let text = |pointer: &str| {
            let value = user.as_ref()?.pointer(pointer)?;
            value.as_str().map(str::to_owned)
        };
        match (text("/id"), text("/profile/login"), text("/profile/email")) {
            (Some(id), Some(login), Some(email)) => Ok(Self { id, login, email }),
            _ => Err(Fault::unexpected(
                "the org does not say whose token this is",
            )),
        }
    }
}

/// One walk through the steps.
#[derive(Debug)]
pub(crate) struct Walk<'w> {
    pub(crate) guide: &'w Guide,
    mode: Mode,
    journal: &'w mut Journal,
    narrator: &'w mut dyn Narrator,
    /// Ids and the names that people know them by.
    names: BTreeMap<String, String>,
    visits: Vec<Visit>,
}

impl<'w> Walk<'w> {
    pub(crate) fn new(
        guide: &'w Guide,
        mode: Mode,
        journal: &'w mut Journal,
        narrator: &'w mut dyn Narrator,
    ) -> Self {
        let admin = (guide.admin.id.clone(), guide.admin.login.clone());
        Self {
            guide,
            mode,
            journal,
            narrator,
            names: BTreeMap::from([admin]),
            visits: Vec::new(),
        }
    }

    pub(crate) fn is_retracing(&self) -> bool {
        self.mode == Mode::Retrace
    }

    /// The objects that were visited since the last call.
    pub(crate) fn take_visits(&mut self) -> Vec<Visit> {
        std::mem::take(&mut self.visits)
    }

    /// Looks for an object and, when the walk may write, makes it as it is wanted.
    pub(crate) async fn ensure(&mut self, object: Object) -> Result<Id, Fault> {
        let found = object.find.run(&self.guide.client).await?;
        let Some(current) = found else {
            return self.absent(object).await;
        };
        let differences = wanted::differences(&current, &object.wanted);
        self.remember(&current, &object.name);
        let id = current["id"].as_str().unwrap_or_default().to_owned();
        if differences.is_empty() || self.mode != Mode::Write {
            self.visit(
                &object,
                Action::of(&differences),
                differences,
                Some(current),
            )?;
            return Ok(Id::Known(id));
        }
        let before = wanted::before(&current, &object.wanted);
        let before = self.with_names(&before, &object);
        self.journal.note(&object.key(), Entry::Changed(before))?;
        self.update(&object, &current, &differences).await?;
        self.visit(&object, Action::Change, differences, Some(current))?;
        Ok(Id::Known(id))
    }

    async fn absent(&mut self, object: Object) -> Result<Id, Fault> {
        let is_planned = matches!(object.find, Find::Nowhere);
        if object.create.is_none() && !is_planned && self.mode != Mode::Retrace {
            return Err(Fault::unexpected(format!(
                "the org has no {} {:?}, which the guide needs",
                object.kind, object.name
            )));
        }
        let fields = wanted::differences(&Value::Null, &object.wanted);
        if self.mode != Mode::Write {
            // What comes with something that is not made yet is changed then, not made.
            let action = object
                .create
                .as_ref()
                .map_or(Action::Change, |_| Action::Create);
            let name = object.name.clone();
            self.visit(&object, action, fields, None)?;
            return Ok(Id::Planned(name));
        }
        self.journal.note(&object.key(), Entry::Made)?;
        let made = self.create(&object).await?;
        self.remember(&made, &object.name);
        let id = made["id"].as_str().unwrap_or_default().to_owned();
        self.visit(&object, Action::Create, fields, Some(made))?;
        Ok(Id::Known(id))
    }

    /// Looks at what no call can make.
    pub(crate) async fn look(&mut self, find: &Find, name: &str) -> Result<Option<Value>, Fault> {
        let found = find.run(&self.guide.client).await?;
        if let Some(found) = &found {
            self.remember(found, name);
        }
        Ok(found)
    }

    /// The id of an object that an earlier step makes, or that every org has.
    pub(crate) async fn reference(&mut self, find: &Find, name: &str) -> Result<Id, Fault> {
        let found = self.look(find, name).await?;
        match found.and_then(|found| found["id"].as_str().map(str::to_owned)) {
            Some(id) => Ok(Id::Known(id)),
            None if self.mode == Mode::Write => Err(Fault::unexpected(format!(
                "the org has no {name:?}, which the guide needs"
            ))),
            None => Ok(Id::Planned(name.to_owned())),
        }
    }

    /// Learns the names of all policies of a type, to show them in the place of ids.
    pub(crate) async fn learn_policies(&mut self, policy_type: &str) -> Result<(), Fault> {
        for policy in self
            .guide
            .client
            .list(&paths::policies_of(policy_type))
            .await?
        {
            let name = policy["name"].as_str().unwrap_or_default().to_owned();
            self.remember(&policy, &name);
        }
        Ok(())
    }

    /// Tells what a person has to do.
    pub(crate) fn manual(&mut self, name: &str, instruction: String) -> Result<(), Fault> {
        let visit = Visit::manual(name, instruction);
        self.tell(visit)
    }

    fn visit(
        &mut self,
        object: &Object,
        action: Action,
        differences: Vec<Difference>,
        current: Option<Value>,
    ) -> Result<(), Fault> {
        let fields = differences.into_iter().map(|difference| Difference {
            path: difference.path,
            before: self.named(&difference.before),
            after: self.named(&difference.after),
        });
        let fields = fields.collect();
        let visit = Visit::of(object, action, fields, current);
        self.tell(visit)
    }

    fn tell(&mut self, visit: Visit) -> Result<(), Fault> {
        if self.mode == Mode::Write {
            self.narrator.done(&visit)?;
        }
        self.visits.push(visit);
        Ok(())
    }

    pub(crate) fn remember(&mut self, object: &Value, name: &str) {
        if let Some(id) = object["id"].as_str() {
            self.names.insert(id.to_owned(), name.to_owned());
        }
    }

    /// The value with names where ids stand.
    pub(crate) fn named(&self, value: &Value) -> Value {
        match value {
            Value::String(id) => {
                let name = self.names.get(id).unwrap_or(id);
                Value::String(name.clone())
            }
            Value::Array(entries) => entries.iter().map(|entry| self.named(entry)).collect(),
            Value::Object(fields) => {
                let fields = fields.iter();
                fields
                    .map(|(name, value)| (name.clone(), self.named(value)))
                    .collect()
            }
            other => other.clone(),
        }
    }

    /// What is journalled of a mapping is the name of the policy: its id may be another one when it is put back.
    fn with_names(&self, before: &Value, object: &Object) -> Value {
        match object.update {
            Update::Map { .. } => self.named(before),
            _ => before.clone(),
        }
    }
}
