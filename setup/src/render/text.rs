//! Lines for people.

use serde_json::Value;

use crate::render::paint::{Colour, Paint};
use crate::{Action, Promise, StepReport, TakenBack, Visit};

/// A heading and its objects.
pub(super) fn step(paint: Paint, report: &StepReport) -> String {
    let mut text = heading(paint, report.name);
    for object in &report.objects {
        text.push_str(&visit(paint, object));
    }
    text
}

pub(super) fn heading(paint: Paint, name: &str) -> String {
    format!("\n{}\n", paint.with(Colour::Heading, name))
}

/// One object with what differs.
pub(super) fn visit(paint: Paint, visit: &Visit) -> String {
    let (sign, colour) = match visit.action {
        Action::Create => ("+", Colour::Created),
        Action::Change => ("~", Colour::Changed),
        Action::Unchanged => ("=", Colour::Quiet),
        Action::Manual => ("!", Colour::Manual),
    };
    let line = if visit.action == Action::Manual {
        format!("{sign} {}", visit.name)
    } else {
        format!("{sign} {} {}", visit.kind, visit.name)
    };
    let fields = visit.fields.iter().map(|field| {
        let values = match visit.action {
            Action::Create => show(&field.after),
            _ => format!("{} -> {}", show(&field.before), show(&field.after)),
        };
        format!("      {}: {values}\n", field.path)
    });
    let note = visit
        .note
        .iter()
        .map(|note| format!("      {}\n", paint.with(Colour::Manual, note)));
    let first = format!("  {}\n", paint.with(colour, &line));
    std::iter::once(first).chain(fields).chain(note).collect()
}

fn show(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        other => other.to_string(),
    }
}

pub(super) fn taken_back(paint: Paint, taken: &TakenBack) -> String {
    let (sign, colour) = match taken.action {
        "delete" => ("-", Colour::Removed),
        _ => ("~", Colour::Changed),
    };
    let line = format!("{sign} {} {}", taken.kind, taken.name);
    format!("  {}\n", paint.with(colour, &line))
}

pub(super) fn promise(paint: Paint, promise: &Promise) -> String {
    let Some(reason) = &promise.reason else {
        return format!(
            "  {} {}\n",
            paint.with(Colour::Created, "kept  "),
            promise.promise
        );
    };
    let broken = paint.with(Colour::Removed, "BROKEN");
    format!("  {broken} {}\n         {reason}\n", promise.promise)
}

/// How the app finds a real org.
pub(super) fn settings(issuer: &str, client_id: &str) -> String {
    format!(
        "\nThe app finds this org by\n  OKTA_ISSUER={issuer}\n  OKTA_CLIENT_ID={client_id}\n\
         and OKTA_CLIENT_SECRET, which the app's page in the Admin Console shows.\n"
    )
}

/// How many objects there are of each kind.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) create: usize,
    pub(super) change: usize,
    pub(super) unchanged: usize,
    pub(super) manual: usize,
}

impl Count {
    pub(super) fn of(reports: &[StepReport]) -> Self {
        let mut count = Self::default();
        for object in reports.iter().flat_map(|report| &report.objects) {
            match object.action {
                Action::Create => count.create += 1,
                Action::Change => count.change += 1,
                Action::Unchanged => count.unchanged += 1,
                Action::Manual => count.manual += 1,
            }
        }
        count
    }

    pub(super) fn planned(&self) -> String {
        let Self {
            create,
            change,
            unchanged,
            manual,
        } = self;
        format!(
            "\nPlan: {create} to create, {change} to change, {unchanged} unchanged, {manual} by hand.\n"
        )
    }

    pub(super) fn applied(&self) -> String {
        let Self {
            create,
            change,
            unchanged,
            manual,
        } = self;
        format!(
            "\nDone: {create} created, {change} changed, {unchanged} unchanged, {manual} by hand.\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Difference;
    use crate::walk::{Undo, Update};
    use serde_json::json;

    const PLAIN: Paint = Paint { is_on: false };

    fn object(action: Action) -> Visit {
        Visit {
            action,
            kind: "group",
            name: "Retailers".to_owned(),
            fields: vec![Difference {
                path: "profile.description".to_owned(),
                before: Value::Null,
                after: json!("All retailers"),
            }],
            note: None,
            promise: String::new(),
            key: String::new(),
            found: None,
            undo: Undo::Nothing,
            update: Update::Never,
        }
    }

    #[test]
    fn a_change_shows_each_field_before_and_after_and_a_new_object_what_it_will_be() {
        assert_eq!(
            visit(PLAIN, &object(Action::Change)),
            "  ~ group Retailers\n      profile.description: nothing -> \"All retailers\"\n"
        );
        assert_eq!(
            visit(PLAIN, &object(Action::Create)),
            "  + group Retailers\n      profile.description: \"All retailers\"\n"
        );
    }

    #[test]
    fn colours_are_there_when_they_are_wanted() {
        let painted = visit(Paint { is_on: true }, &object(Action::Create));
        assert!(
            painted.contains("\u{1b}[32m+ group Retailers\u{1b}[0m"),
            "{painted}"
        );
        assert!(!visit(PLAIN, &object(Action::Create)).contains('\u{1b}'));
    }

    #[test]
    fn a_broken_promise_is_told_with_its_reason() {
        let broken = Promise::broken("Water is wet.", "it is ice");
        assert_eq!(
            promise(PLAIN, &broken),
            "  BROKEN Water is wet.\n         it is ice\n"
        );
    }
}
