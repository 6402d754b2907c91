use axum::Json;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::super::find_app;
use super::super::view::target;
use super::assign::check_priority;
use super::find;
use super::view::view;
use crate::api::{ApiError, Body, Change, Path};
use crate::apps::{GroupAssignment, GroupTerms, put_group};
use crate::events::{Event, EventType};

/// A step of a JSON Patch (RFC 6902), as far as Okta has it.
#[derive(Debug, Deserialize)]
pub(super) struct Step {
    op: Op,
    path: String,
    #[serde(default)]
    value: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Op {
    Add,
    Replace,
    Remove,
}

/// `PATCH /api/v1/apps/{appId}/groups/{groupId}`: changes the priority, the profile or an attribute of it.
pub(super) async fn update(
    change: Change,
    Path((id, group)): Path<(String, String)>,
    Body(steps): Body<Vec<Step>>,
) -> Result<Json<Value>, ApiError> {
    change
        .run(move |writing| {
            let app = find_app(writing.db, &id)?;
            let mut assignment = find(writing.db, &app, &group)?;
            for step in steps {
                apply(&mut assignment, step)?;
            }
            let terms = GroupTerms {
                priority: Some(assignment.priority),
                profile: Some(assignment.profile),
            };
            let group_id = assignment.group_id;
            put_group(writing.db, &app.id, &group_id, &terms, writing.now)?;
            writing.log(Event::of(EventType::AppUpdate).to(target(&app)))?;
            let assignment = find(writing.db, &app, group_id.as_str())?;
            Ok(Json(view(&app.id, &assignment, writing.url)))
        })
        .await
}

fn apply(assignment: &mut GroupAssignment, step: Step) -> Result<(), ApiError> {
    let Step { op, path, value } = step;
    match (path.as_str(), op, value) {
        ("/priority", Op::Add | Op::Replace, Value::Number(number)) => {
            let number = number.as_i64().unwrap_or(-1);
            assignment.priority = check_priority(number)?;
        }
        ("/profile", Op::Add | Op::Replace, Value::Object(profile)) => assignment.profile = profile,
        ("/profile", Op::Remove, _) => assignment.profile = Map::new(),
        (path, op, value) => {
            let name = path
                .strip_prefix("/profile/")
                .filter(|name| !name.is_empty() && !name.contains(['/', '~']))
                .ok_or_else(|| {
                    ApiError::invalid("path", "Expected /priority, /profile or /profile/{name}")
                })?;
            if op == Op::Remove {
                assignment.profile.remove(name);
            } else {
                assignment.profile.insert(name.to_owned(), value);
            }
        }
    }
    Ok(())
}
