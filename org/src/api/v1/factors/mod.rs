//! Factors of users: <https://developer.okta.com/docs/api/openapi/okta-management/management/tag/UserFactor/>.

mod activate;
mod answer;
mod catalog;
mod enroll;
mod get;
mod letter;
mod list;
mod picture;
mod questions;
mod record;
mod resend;
mod sent;
mod unenroll;
mod verify;
mod view;

use super::super::{Resource, Rights, Table};

pub(in crate::api::v1) use activate::enroll as enroll_factor;
pub(in crate::api::v1) use answer::{Verdict, judge};
pub(in crate::api::v1) use letter::{event as log_of_code, send as send_code};
pub(in crate::api::v1) use record::find_factor;

pub(in crate::api::v1) use record::{Factor, State, factors_of};
pub(in crate::api::v1) use verify::{Given, Sent};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::read(Resource::Factors);
    const SUPPORT: Rights = Rights::support(Resource::Factors);
    const ALL: &str = "/api/v1/users/{userId}/factors";
    const ONE: &str = "/api/v1/users/{userId}/factors/{factorId}";
    table
        .get(ALL, "listFactors", READ, list::list)
        .post(ALL, "enrollFactor", SUPPORT, enroll::enroll)
        .get(
            "/api/v1/users/{userId}/factors/catalog",
            "listSupportedFactors",
            READ,
            catalog::list,
        )
        .get(
            "/api/v1/users/{userId}/factors/questions",
            "listSupportedSecurityQuestions",
            READ,
            questions::list,
        )
        .get(ONE, "getFactor", READ, get::get)
        .delete(ONE, "unenrollFactor", SUPPORT, unenroll::unenroll)
        .post(
            "/api/v1/users/{userId}/factors/{factorId}/lifecycle/activate",
            "activateFactor",
            SUPPORT,
            activate::activate,
        )
        .post(
            "/api/v1/users/{userId}/factors/{factorId}/resend",
            "resendEnrollFactor",
            SUPPORT,
            resend::resend,
        )
        .post(
            "/api/v1/users/{userId}/factors/{factorId}/verify",
            "verifyFactor",
            SUPPORT,
            verify::verify,
        )
        .get(
            "/api/v1/users/{userId}/factors/{factorId}/qr/{pictureToken}",
            "localGetFactorPicture",
            Rights::Anybody,
            picture::get,
        )
}
