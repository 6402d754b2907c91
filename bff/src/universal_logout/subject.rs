use http::{HeaderMap, header};
use serde::Deserialize;
use serde_json::Value;

use super::UniversalLogout;
use crate::bff::Parts;
use crate::onboarding::Onboarding;
use crate::session::store::{Account, EmailDigest, Whose};
use crate::signed_token::Payload;

/// The longest name of a person, in bytes: an email address may have 254, a subject 255.
const MAX_NAME: usize = 255;

/// Who is meant (RFC 9493 §3.2), in the formats that can name somebody here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum SubjectId {
    /// `iss_sub`
    OfIssuer { issuer: String, subject: String },
    /// `opaque`: what the org calls the person by, which is the subject of its tokens.
    Opaque { subject: String },
    /// `email`
    Email { address: String },
}

/// The body. Members that the draft does not know are left alone.
#[derive(Deserialize)]
struct Body {
    sub_id: Payload,
}

impl SubjectId {
    /// Reads the body of a request.
    pub(super) fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, UniversalLogout> {
        if !is_json(headers) {
            return Err(UniversalLogout::Malformed("send application/json"));
        }
        let Body { sub_id } = serde_json::from_slice(body).map_err(|_| {
            UniversalLogout::Malformed("the body must be a JSON object with an object `sub_id`")
        })?;
        Self::parse(&sub_id)
    }

    fn parse(sub_id: &Payload) -> Result<Self, UniversalLogout> {
        let Payload(members) = sub_id;
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let name = |member: &str, problem: &'static str| {
            text(member)
                .filter(|name| !name.is_empty() && name.len() <= MAX_NAME)
                .map(str::to_owned)
                .ok_or(UniversalLogout::Malformed(problem))
        };
        let (wanted, count) = match text("format") {
            Some("iss_sub") => {
                let problem = "`sub_id` of format `iss_sub` needs `iss` and `sub`";
                let (issuer, subject) = (name("iss", problem)?, name("sub", problem)?);
                (Self::OfIssuer { issuer, subject }, 3)
            }
            Some("opaque") => {
                let subject = name("id", "`sub_id` of format `opaque` needs `id`")?;
                (Self::Opaque { subject }, 2)
            }
            Some("email") => {
                let address = name("email", "`sub_id` of format `email` needs `email`")?;
                (Self::Email { address }, 2)
            }
            _ => {
                return Err(UniversalLogout::Malformed(
                    "`format` of `sub_id` must be `iss_sub`, `email` or `opaque`",
                ));
            }
        };
        if members.len() == count {
            Ok(wanted)
        } else {
            Err(UniversalLogout::Malformed(
                "`sub_id` has members that do not belong to its format",
            ))
        }
    }

    /// The person, if they have ever signed in here.
    pub(super) async fn find(self, parts: &Parts) -> Result<Account, UniversalLogout> {
        let own = parts.provider.issuer();
        match self {
            Self::OfIssuer { issuer, .. } if issuer != own => Err(UniversalLogout::UnknownSubject),
            Self::OfIssuer { subject, .. } | Self::Opaque { subject } => {
                known(parts, Account::new(own, &subject)).await
            }
            Self::Email { address } => {
                let whose = Whose::Email(EmailDigest::new(own, &address));
                only(parts.store.people(whose).await?)
            }
        }
    }
}

/// Sessions are forgotten some time after their end; how far somebody has come in onboarding is not.
async fn known(parts: &Parts, account: Account) -> Result<Account, UniversalLogout> {
    let has_sessions = !parts
        .store
        .people(Whose::Account(account.clone()))
        .await?
        .is_empty();
    if has_sessions || parts.store.onboarding(account.clone()).await? != Onboarding::NotStarted {
        Ok(account)
    } else {
        Err(UniversalLogout::UnknownSubject)
    }
}

/// One address may belong to several people, or have belonged: then nobody can tell who is meant.
fn only(mut people: Vec<Account>) -> Result<Account, UniversalLogout> {
    match (people.pop(), people.is_empty()) {
        (Some(account), true) => Ok(account),
        (Some(_), false) => Err(UniversalLogout::Ambiguous),
        (None, _) => Err(UniversalLogout::UnknownSubject),
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}
