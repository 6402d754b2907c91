//! The authenticators of a person:
//! <https://developer.okta.com/docs/api/openapi/okta-myaccount/myaccount/tag/Authenticators/>.

mod nickname;
mod read;
mod view;

use jiff::Timestamp;
use model::GroupId;
use rusqlite::Connection;
use std::collections::HashMap;

use super::find_own;
use crate::Org;
use crate::api::v1::users::UserRecord;
use crate::api::{ApiError, Caller, Rights, Table};
use crate::authenticator::catalog::AuthenticatorRecord;
use crate::authenticator::enrollment::enrollments_of;
use crate::authenticator::factor::FactorType;
use crate::authenticator::{AuthenticatorKey, Catalog, Enrollment, EnrollmentKind};
use crate::directory::groups_of;
use crate::policy::{EnrollmentPolicy, EnrollmentRequirement, PolicySet, Subject};

pub(super) fn table(table: Table) -> Table {
    const READ: Rights = Rights::Myself("okta.myAccount.authenticators.read");
    const MANAGE: Rights = Rights::Myself("okta.myAccount.authenticators.manage");
    const ONE: &str = "/idp/myaccount/authenticators/{authenticatorId}/enrollments/{enrollmentId}";
    table
        .get(
            "/idp/myaccount/authenticators",
            "listAuthenticators",
            READ,
            read::list,
        )
        .get(
            "/idp/myaccount/authenticators/{authenticatorId}",
            "getAuthenticator",
            READ,
            read::get,
        )
        .get(
            "/idp/myaccount/authenticators/{authenticatorId}/enrollments",
            "listEnrollments",
            READ,
            read::enrollments,
        )
        .get(ONE, "getEnrollment", READ, read::enrollment)
        .patch(ONE, "updateEnrollment", MANAGE, nickname::update)
}

/// A person with all that their authenticators are shown by.
pub(super) struct Own {
    pub(super) user: UserRecord,
    pub(super) catalog: Catalog,
    enrollments: Vec<Enrollment>,
    nicknames: HashMap<String, String>,
    policy: EnrollmentPolicy,
    pub(super) groups: Vec<GroupId>,
    pub(super) policies: std::sync::Arc<PolicySet>,
}

/// One enrollment, the password among them.
struct Enrolled {
    id: String,
    nickname: Option<String>,
    profile: Option<serde_json::Value>,
    created_at: Timestamp,
}

impl Own {
    /// Reads it. The inner error: nobody is meant.
    pub(super) fn load(
        db: &Connection,
        org: &Org,
        caller: &Caller,
    ) -> rusqlite::Result<Result<Self, ApiError>> {
        let user = match find_own(db, caller) {
            Ok(user) => user,
            Err(error) => return Ok(Err(error)),
        };
        let policies = org.kit().policies.current(db)?;
        let groups = groups_of(db, &user.id)?;
        let subject = Subject {
            user: Some(&user.id),
            groups: &groups,
        };
        Ok(Ok(Self {
            policy: policies.enrollment(subject).outcome,
            policies,
            groups,
            catalog: Catalog::load(db)?,
            enrollments: enrollments_of(db, &user.id)?,
            nicknames: nicknames_of(db, &user)?,
            user,
        }))
    }

    /// Whether the org offers the authenticator and the policy lets the person set it up.
    pub(super) fn may_enroll(&self, key: AuthenticatorKey) -> bool {
        let is_offered = self.catalog.get(key).is_some_and(|record| record.is_active);
        is_offered && self.policy.of(key) != EnrollmentRequirement::NotAllowed
    }

    /// Whether the person may do without it: not without what the policy asks for, and not without their address.
    pub(super) fn may_remove(&self, key: AuthenticatorKey) -> bool {
        key != AuthenticatorKey::OktaEmail && self.policy.of(key) != EnrollmentRequirement::Required
    }

    /// The enrollments in an authenticator, passkeys from the oldest on.
    fn enrolled_in(&self, key: AuthenticatorKey) -> Vec<Enrolled> {
        if key == AuthenticatorKey::OktaPassword {
            let password = self.user.password_changed_at.map(|created_at| Enrolled {
                id: super::password::id_of(&self.user),
                nickname: None,
                profile: None,
                created_at,
            });
            return password.into_iter().collect();
        }
        let own = self.enrollments.iter().filter(|one| one.key == key);
        own.map(|one| Enrolled {
            id: wire_id(one),
            nickname: self.nicknames.get(one.id.as_str()).cloned(),
            profile: view::profile(&one.kind),
            created_at: one.created_at,
        })
        .collect()
    }

    /// The active authenticator with this id, else `E0000007`.
    fn authenticator(&self, id: &str) -> Result<&AuthenticatorRecord, ApiError> {
        let found = self
            .catalog
            .find_by_id(id)
            .filter(|record| record.is_active);
        found.ok_or_else(|| ApiError::not_found("Authenticator", id))
    }
}

/// The id by which this API knows an enrollment: the same as that of the passkey, the telephone or the factor that it is.
pub(super) fn wire_id(enrollment: &Enrollment) -> String {
    let factor = match (&enrollment.kind, enrollment.key) {
        (EnrollmentKind::Phone { .. }, _) => FactorType::Sms,
        (EnrollmentKind::Webauthn { .. }, _) => FactorType::Webauthn,
        (EnrollmentKind::SecurityQuestion { .. }, _) => FactorType::Question,
        (EnrollmentKind::Totp { .. }, AuthenticatorKey::OktaVerify) => FactorType::OktaTotp,
        (EnrollmentKind::Totp { .. }, _) => FactorType::GoogleTotp,
        (EnrollmentKind::Email { .. }, _) => return enrollment.id.as_str().to_owned(),
    };
    factor.id_of(&enrollment.id)
}

pub(super) fn nicknames_of(
    db: &Connection,
    user: &UserRecord,
) -> rusqlite::Result<HashMap<String, String>> {
    db.prepare_cached(
        "SELECT id, nickname FROM enrollments WHERE user_id = ?1 AND nickname IS NOT NULL",
    )?
    .query_map([user.id.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?
    .collect()
}
