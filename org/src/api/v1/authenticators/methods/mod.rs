//! The methods of an authenticator. Those of the phone are switched on and off by themselves.

mod get;
mod lifecycle;
mod list;
mod replace;
mod view;

use super::record::Record;
use super::{MANAGE, READ};
use crate::api::{ApiError, Table};
use crate::authenticator::Method;

pub(super) fn table(table: Table) -> Table {
    table
        .get(
            "/api/v1/authenticators/{authenticatorId}/methods",
            "listAuthenticatorMethods",
            READ,
            list::list,
        )
        .get(
            "/api/v1/authenticators/{authenticatorId}/methods/{methodType}",
            "getAuthenticatorMethod",
            READ,
            get::get,
        )
        .put(
            "/api/v1/authenticators/{authenticatorId}/methods/{methodType}",
            "replaceAuthenticatorMethod",
            MANAGE,
            replace::replace,
        )
        .post(
            "/api/v1/authenticators/{authenticatorId}/methods/{methodType}/lifecycle/activate",
            "activateAuthenticatorMethod",
            MANAGE,
            lifecycle::activate,
        )
        .post(
            "/api/v1/authenticators/{authenticatorId}/methods/{methodType}/lifecycle/deactivate",
            "deactivateAuthenticatorMethod",
            MANAGE,
            lifecycle::deactivate,
        )
}

/// The method of this name, if the authenticator has it; else `E0000007`.
fn find_method(record: &Record, named: &str) -> Result<Method, ApiError> {
    let methods = record.key.methods().iter().copied();
    methods
        .into_iter()
        .find(|method| method.as_str() == named)
        .ok_or_else(|| ApiError::not_found("AuthenticatorMethod", named))
}

/// Switches a method on or off. Of an authenticator with one method that cannot be done apart from it.
fn switch(record: &mut Record, method: Method, is_active: bool) -> Result<(), ApiError> {
    if record.has_active(method) == is_active {
        return Ok(());
    }
    let inactive = &mut record.settings.inactive_methods;
    if is_active {
        inactive.retain(|other| *other != method);
        return Ok(());
    }
    if inactive.len() + 1 >= record.key.methods().len() {
        let message =
            "An authenticator has at least one active method; deactivate the authenticator instead";
        return Err(ApiError::invalid("status", message));
    }
    inactive.push(method);
    Ok(())
}
