//! Which policy an app has.

use serde_json::json;

use crate::Fault;
use crate::paths::APPS;
use crate::steps::app;
use crate::walk::{Address, Find, Id, Object, Undo, Update, Walk};

pub(super) const AUTHENTICATION: (&str, &str) = ("ACCESS_POLICY", "accessPolicy");
pub(super) const PROFILE: (&str, &str) = ("PROFILE_ENROLLMENT", "profileEnrollment");

/// Gives the app a policy. An app always has one of each type; the new one takes the place of the old.
pub(super) async fn ensure(
    walk: &mut Walk<'_>,
    (policy_type, link): (&'static str, &'static str),
    policy: &Id,
    policy_name: &str,
) -> Result<(), Fault> {
    let label = &walk.guide.values.app_label;
    let app = app::reference(walk).await?;
    let path = format!("{APPS}/{}", app.text());
    walk.learn_policies(policy_type).await?;
    let what = if policy_type == PROFILE.0 {
        "user profile"
    } else {
        "authentication"
    };
    let object = Object {
        kind: "policy of the app",
        name: format!("{what} policy of {label}"),
        promise: format!("The app {label:?} has the {what} policy {policy_name:?}."),
        find: app.find(|_| Find::PolicyOf {
            app: path.clone(),
            link,
        }),
        create: None,
        wanted: json!({"policy": policy.text()}),
        address: Address::At(path.clone()),
        update: Update::Map {
            app: path,
            policy_type,
        },
        undo: Undo::Restore {
            fresh: json!({"policy": null}),
        },
        warning: None,
    };
    walk.ensure(object).await.map(drop)
}
