//! The email authenticator, which a new org has for recovery alone.

use serde_json::json;

use crate::Fault;
use crate::paths::AUTHENTICATORS;
use crate::walk::{Address, Find, Object, Undo, Update, Walk};

/// "This authenticator can be used for": Authentication and recovery.
pub(super) async fn set_up(walk: &mut Walk<'_>) -> Result<(), Fault> {
    let object = Object {
        kind: "authenticator",
        name: "Email".to_owned(),
        promise: "Email can be used for authentication and recovery.".to_owned(),
        find: Find::by(AUTHENTICATORS, "/key", "okta_email"),
        create: None,
        wanted: json!({"status": "ACTIVE", "settings": {"allowedFor": "any"}}),
        address: Address::Below(AUTHENTICATORS.to_owned()),
        update: Update::Whole,
        undo: Undo::Restore {
            fresh: json!({"settings": {"allowedFor": "recovery"}}),
        },
        warning: None,
    };
    walk.ensure(object).await.map(drop)
}
