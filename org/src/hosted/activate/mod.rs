//! The page for people whose device shows a code (RFC 8628 §3.3): they say which device they mean, sign in, see what asks, and
//! answer.

mod confirm;
mod enter;
mod page;

use url::form_urlencoded;

use super::problem::Problem;
use crate::Org;
use crate::events::Origin;
use crate::oauth::device::{self, UserCode, WaitingDevice};
use crate::paths;

pub(crate) use confirm::{answer as answer_device, ask as ask_about_device};
pub(crate) use enter::{enter as activate, find as find_device};

/// What the form and the address call the code.
const USER_CODE: &str = "user_code";

/// Finds the device that a person means. Each code that means none counts against the address that it comes from, as a wrong
/// password does: otherwise somebody could try codes until one is a stranger's.
fn find(
    org: &Org,
    typed: &str,
    origin: &Origin,
) -> Result<Option<(UserCode, WaitingDevice)>, Problem> {
    if !org.throttle().allow(origin.address, org.now()) {
        return Err(Problem::too_many_attempts());
    }
    let code = UserCode::read(typed);
    let device = match &code {
        Some(code) => device::find_device(org, code)?,
        None => None,
    };
    let found = code.zip(device);
    if found.is_none() {
        org.throttle().failed(origin.address, org.now());
    }
    Ok(found)
}

/// A page of these with a code in its address.
fn with_code(path: &str, code: &UserCode) -> String {
    let code: String = form_urlencoded::byte_serialize(code.as_str().as_bytes()).collect();
    format!("{path}?{USER_CODE}={code}")
}

/// Where the browser goes when the person is signed in.
fn confirm_address(org: &Org, code: &UserCode) -> String {
    org.url().to(&with_code(paths::ACTIVATE_CONFIRM, code))
}
