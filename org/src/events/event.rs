use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{EventType, Severity};

/// Something that was done, to be written to the System Log.
///
/// A sentence in code: `Event::of(EventType::UserLifecycleCreate).by(actor).to(target)`.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(super) kind: EventType,
    pub(super) actor: Actor,
    pub(super) outcome: Outcome,
    pub(super) reason: Option<String>,
    pub(super) targets: Vec<Target>,
    pub(super) debug: Map<String, Value>,
    pub(super) authentication: Map<String, Value>,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Outcome {
    Success,
    Failure,
    Allow,
    Deny,
    Challenge,
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Actor {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) alternate_id: String,
    pub(super) display_name: String,
    pub(super) detail_entry: Option<Value>,
}

/// What it was done to: the same shape, for an object.
pub(crate) type Target = Actor;

impl Actor {
    /// An actor or target of a type as Okta names it: `User`, `UserGroup`, `AppInstance`, `PublicClientApp`, …
    pub(crate) fn new(
        kind: &'static str,
        id: impl Into<String>,
        alternate_id: impl Into<String>,
        display_name: impl Into<String>,
    ) -> Self {
        Self {
            id: id.into(),
            kind,
            alternate_id: alternate_id.into(),
            display_name: display_name.into(),
            detail_entry: None,
        }
    }

    /// Somebody whom the org does not know.
    pub(crate) fn unknown(alternate_id: &str) -> Self {
        Self::new("User", "unknown", shortened(alternate_id), "unknown")
    }

    /// The org itself.
    pub(crate) fn system() -> Self {
        Self::new(
            "SystemPrincipal",
            "okta-system",
            "system@okta.com",
            "Okta System",
        )
    }

    /// Adds what else is known.
    #[must_use]
    pub(crate) fn with(mut self, detail: Value) -> Self {
        self.detail_entry = Some(detail);
        self
    }
}

/// What people typed, so that it stays one short line.
fn shortened(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(100).collect()
}

impl Event {
    /// A success that the org brought about itself, until it is said otherwise.
    pub(crate) fn of(kind: EventType) -> Self {
        Self {
            kind,
            actor: Actor::system(),
            outcome: Outcome::Success,
            reason: None,
            targets: Vec::new(),
            debug: Map::new(),
            authentication: Map::new(),
        }
    }

    /// Says who did it.
    #[must_use]
    pub(crate) fn by(mut self, actor: Actor) -> Self {
        self.actor = actor;
        self
    }

    /// Says to what; several times for several.
    #[must_use]
    pub(crate) fn to(mut self, target: Target) -> Self {
        self.targets.push(target);
        self
    }

    /// Says how it ended, and why, in a word of Okta's: `INVALID_CREDENTIALS`.
    #[must_use]
    pub(crate) fn ended(mut self, outcome: Outcome, reason: impl Into<String>) -> Self {
        self.outcome = outcome;
        self.reason = Some(reason.into());
        self
    }

    /// Adds a fact for those who look closer. Never a secret.
    #[must_use]
    pub(crate) fn debug(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.debug.insert(name.to_owned(), value.into());
        self
    }

    /// Adds a fact about how the actor proved who they are, such as `credentialType`.
    #[must_use]
    pub(crate) fn authentication(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.authentication.insert(name.to_owned(), value.into());
        self
    }

    pub(super) const fn severity(&self) -> Severity {
        match self.outcome {
            Outcome::Failure | Outcome::Deny => Severity::Warn,
            Outcome::Success | Outcome::Allow | Outcome::Challenge => self.kind.severity(),
        }
    }

    /// The `authenticationContext` of Okta's shape.
    pub(super) fn authentication_context(&self) -> Value {
        let mut context = json!({
            "authenticationProvider": null, "credentialProvider": null, "credentialType": null,
            "issuer": null, "interface": null, "authenticationStep": 0, "externalSessionId": "unknown",
        });
        if let Value::Object(fields) = &mut context {
            fields.extend(self.authentication.clone());
        }
        context
    }
}
