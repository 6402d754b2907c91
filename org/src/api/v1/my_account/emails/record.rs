use model::EnrollmentId;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::api::ApiError;
use crate::api::v1::users::UserRecord;
use crate::authenticator::EnrollmentKind;
use crate::authenticator::enrollment::enrollments_of;
use crate::authenticator::factor::{FactorType, SentCode, find_sent_code, pending_factors_of};
use crate::config::OrgUrl;
use crate::events::wire_time;

/// What the id of a challenge begins with, as at Okta.
const CHALLENGE: &str = "myaccount.";

/// The primary address of a person.
#[derive(Debug)]
pub(super) struct Email {
    pub(super) id: String,
    pub(super) address: String,
    pub(super) standing: Standing,
}

/// How far the org knows that the person reads it.
#[derive(Debug)]
pub(super) enum Standing {
    Verified(EnrollmentId),
    /// A code has been asked for.
    Begun(EnrollmentId),
    Unverified,
}

impl Email {
    pub(super) fn of(db: &Connection, user: &UserRecord) -> rusqlite::Result<Self> {
        let address = user.profile.email.clone();
        let enrolled = enrollments_of(db, &user.id)?.into_iter().find(|one| {
            matches!(&one.kind, EnrollmentKind::Email { address: known } if known.as_str().eq_ignore_ascii_case(&address))
        });
        let begun = pending_factors_of(db, &user.id)?.into_iter().find(|one| {
            one.factor_type == FactorType::Email && one.address.as_deref() == Some(address.as_str())
        });
        Ok(Self {
            // Of the person, so that it stays when the address is verified.
            id: format!("eml{}", user.id.as_str().get(3..).unwrap_or_default()),
            address,
            standing: match (enrolled, begun) {
                (Some(enrollment), _) => Standing::Verified(enrollment.id),
                (None, Some(pending)) => Standing::Begun(pending.id),
                (None, None) => Standing::Unverified,
            },
        })
    }

    /// The one with this id, else `E0000007`.
    pub(super) fn find(db: &Connection, user: &UserRecord, id: &str) -> Result<Self, ApiError> {
        let own = Self::of(db, user)?;
        if own.id == id {
            Ok(own)
        } else {
            Err(ApiError::not_found("EmailEnrollment", id))
        }
    }

    /// The id of the factor that it is, or is about to be.
    pub(super) fn factor(&self) -> Option<String> {
        match &self.standing {
            Standing::Verified(id) | Standing::Begun(id) => Some(FactorType::Email.id_of(id)),
            Standing::Unverified => None,
        }
    }

    const fn status(&self) -> &'static str {
        match self.standing {
            Standing::Verified(_) => "VERIFIED",
            Standing::Begun(_) | Standing::Unverified => "UNVERIFIED",
        }
    }

    pub(super) fn view(&self, url: &OrgUrl) -> Value {
        let path = format!("/idp/myaccount/emails/{}", self.id);
        json!({
            "id": self.id,
            "status": self.status(),
            "roles": ["PRIMARY"],
            "profile": {"email": self.address},
            "_links": {
                "self": {"href": url.to(&path), "hints": {"allow": ["GET"]}},
                "challenge": {"href": url.to(&format!("{path}/challenge")), "hints": {"allow": ["POST"]}},
            },
        })
    }
}

/// A code that is on its way to an address, or was.
#[derive(Debug)]
pub(super) struct Challenge {
    pub(super) factor: String,
    sent: SentCode,
}

impl Challenge {
    /// The newest of an address. `None`: nothing was ever sent for it.
    pub(super) fn newest(
        db: &Connection,
        user: &UserRecord,
        email: &Email,
    ) -> rusqlite::Result<Option<Self>> {
        let sent = find_sent_code(db, &user.id, FactorType::Email.method())?;
        Ok(email
            .factor()
            .zip(sent)
            .and_then(|(factor, sent)| (sent.factor == factor).then_some(Self { factor, sent })))
    }

    /// The one with this id, else `E0000007`.
    pub(super) fn find(
        db: &Connection,
        user: &UserRecord,
        email: &Email,
        id: &str,
    ) -> Result<Self, ApiError> {
        Self::newest(db, user, email)?
            .filter(|challenge| challenge.id() == id)
            .ok_or_else(|| ApiError::not_found("EmailChallenge", id))
    }

    fn id(&self) -> String {
        format!("{CHALLENGE}{}", self.factor)
    }

    pub(super) fn view(&self, email: &Email, url: &OrgUrl) -> Value {
        let path = format!("/idp/myaccount/emails/{}/challenge/{}", email.id, self.id());
        json!({
            "id": self.id(),
            "status": email.status(),
            "expiresAt": wire_time(self.sent.expires_at),
            "profile": {"email": email.address},
            "_links": {
                "verify": {"href": url.to(&format!("{path}/verify")), "hints": {"allow": ["POST"]}},
                "poll": {"href": url.to(&path), "hints": {"allow": ["GET"]}},
            },
        })
    }
}
