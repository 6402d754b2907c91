//! Objects of the guide that others ask about.

use serde_json::Value;

use crate::Fault;
use crate::paths::{self, USERS};
use crate::steps::{app, group};
use crate::walk::Guide;

/// The ids that a simulation needs.
#[derive(Debug)]
pub(crate) struct References {
    pub(crate) app: Option<String>,
    pub(crate) john: Option<String>,
}

pub(crate) async fn references(guide: &Guide) -> Result<References, Fault> {
    let john = format!("{USERS}/{}", paths::part(&guide.values.john_email));
    Ok(References {
        app: app_of(guide).await?.as_ref().and_then(id),
        john: guide.client.find(&john).await?.as_ref().and_then(id),
    })
}

/// The app of the guide.
pub(crate) async fn app_of(guide: &Guide) -> Result<Option<Value>, Fault> {
    app::find(&guide.values.app_label).run(&guide.client).await
}

/// The id of a group.
pub(crate) async fn group_of(
    guide: &Guide,
    name: &str,
    group_type: &str,
) -> Result<Option<String>, Fault> {
    let group = group::find(name, group_type).run(&guide.client).await?;
    Ok(group.as_ref().and_then(id))
}

fn id(object: &Value) -> Option<String> {
    object["id"].as_str().map(str::to_owned)
}
