//! Apps that a role is limited to: single ones, or all of one definition of the catalog.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use rusqlite::Connection;
use serde_json::Value;

use super::view::{app_view, kind_target, kind_view};
use super::{Given, Holder, MOST, OfUser, Told, USUAL, last, record};
use crate::Org;
use crate::api::v1::apps::{APP_NAME, app_target, find_app};
use crate::api::{ApiError, Caller, Change, Listing, Path, TargetKind, Writing, cut};
use crate::apps::AppRecord;
use crate::config::OrgUrl;

/// `GET …/targets/catalog/apps`. No app: the role is for all of them.
pub(super) async fn list<H: Holder>(
    State(org): State<Org>,
    caller: Caller,
    Path((holder, id)): Path<(String, String)>,
    listing: Listing,
) -> Result<Response, ApiError> {
    let limit = listing.limit(USUAL, MOST)?;
    let after = listing.after(1)?.unwrap_or_default().concat();
    let (items, next) = org.store().read(|db| {
        let given = match Given::find::<H>(db, &caller, (&holder, &id), TargetKind::App) {
            Ok(given) => given,
            Err(error) => return Ok(Err(error)),
        };
        let targets = record::app_targets(db, &given.role, &after, limit + 1)?;
        let (targets, next) = cut(targets, limit, |target| vec![target.clone()]);
        Ok(views(db, &targets, org.url()).map(|items| (items, next)))
    })??;
    Ok(listing.page(items, next))
}

/// Kinds of apps and apps in Okta's shape.
pub(super) fn views(
    db: &Connection,
    targets: &[String],
    url: &OrgUrl,
) -> Result<Vec<Value>, ApiError> {
    let view = |target: &String| match target.as_str() {
        APP_NAME => Ok(kind_view(url)),
        id => find_app(db, id).map(|app| app_view(&app, url)),
    };
    targets.iter().map(view).collect()
}

/// `PUT …/targets/catalog/apps/{appName}`. It takes the place of single apps of that kind.
pub(super) async fn assign_kind<H: Holder>(
    change: Change,
    Path((holder, id, name)): Path<(String, String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let given = find::<H>(writing, (&holder, &id), TargetKind::App)?;
            known(&name)?;
            record::clear(writing.db, &given.role, TargetKind::AppInstance)?;
            if record::add(writing.db, &given.role, TargetKind::App, &name)? {
                given.log(writing, Told::Added, kind_target())?;
            }
            Ok(H::ASSIGNED_KIND)
        })
        .await
}

/// `DELETE …/targets/catalog/apps/{appName}`.
pub(super) async fn unassign_kind<H: Holder>(
    change: Change,
    Path((holder, id, name)): Path<(String, String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let given = find::<H>(writing, (&holder, &id), TargetKind::App)?;
            known(&name)?;
            remove(writing.db, &given, TargetKind::App, &name)?;
            given.log(writing, Told::Removed, kind_target())?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

/// `PUT …/targets/catalog/apps/{appName}/{appId}`. Not where the role is for all of that kind already.
pub(super) async fn assign_app<H: Holder>(
    change: Change,
    Path((holder, id, name, app)): Path<(String, String, String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let kind = TargetKind::AppInstance;
            let given = find::<H>(writing, (&holder, &id), kind)?;
            let app = instance(writing.db, &name, &app)?;
            if record::has(writing.db, &given.role, TargetKind::App)? {
                return Err(ApiError::invalid(
                    "appName",
                    "The role is for all apps of this kind already, so it cannot be limited to one of them",
                ));
            }
            if record::add(writing.db, &given.role, kind, app.id.as_str())? {
                given.log(writing, Told::Added, app_target(&app))?;
            }
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

/// `DELETE …/targets/catalog/apps/{appName}/{appId}`.
pub(super) async fn unassign_app<H: Holder>(
    change: Change,
    Path((holder, id, name, app)): Path<(String, String, String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let kind = TargetKind::AppInstance;
            let given = find::<H>(writing, (&holder, &id), kind)?;
            let app = instance(writing.db, &name, &app)?;
            remove(writing.db, &given, kind, app.id.as_str())?;
            given.log(writing, Told::Removed, app_target(&app))?;
            Ok(StatusCode::NO_CONTENT)
        })
        .await
}

/// `PUT /api/v1/users/{userId}/roles/{roleAssignmentId}/targets/catalog/apps`: the role is for all apps again.
pub(super) async fn assign_all(
    change: Change,
    Path((user, id)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    change
        .run(move |writing| {
            let given = find::<OfUser>(writing, (&user, &id), TargetKind::App)?;
            let kinds = record::clear(writing.db, &given.role, TargetKind::App)?;
            let apps = record::clear(writing.db, &given.role, TargetKind::AppInstance)?;
            if kinds + apps > 0 {
                given.log(writing, Told::AllRemoved, kind_target())?;
            }
            Ok(StatusCode::OK)
        })
        .await
}

fn find<H: Holder>(
    writing: &Writing<'_>,
    names: (&str, &str),
    kind: TargetKind,
) -> Result<Given, ApiError> {
    Given::find::<H>(writing.db, writing.caller, names, kind)
}

/// Whether the org has apps of this name: there is one definition.
fn known(name: &str) -> Result<(), ApiError> {
    if name == APP_NAME {
        Ok(())
    } else {
        Err(ApiError::not_found("App", name))
    }
}

fn instance(db: &Connection, name: &str, id: &str) -> Result<AppRecord, ApiError> {
    known(name)?;
    find_app(db, id)
}

/// Takes a target away that is there and not the last.
fn remove(db: &Connection, given: &Given, kind: TargetKind, target: &str) -> Result<(), ApiError> {
    if !record::remove(db, &given.role, kind, target)? {
        return Err(ApiError::not_found("RoleTarget", target));
    }
    if record::app_targets(db, &given.role, "", 1)?.is_empty() {
        return Err(last());
    }
    Ok(())
}
