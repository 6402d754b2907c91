//! The list of authenticators as the org writes it.

use model::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};
use url::Url;

use super::{Authenticator, Enrollment, PHONES, Removal, SetUp, WEBAUTHN};

/// The longest id that is taken for one, in bytes.
const MAX_ID: usize = 64;

/// The longest text that is shown, in characters.
const MAX_TEXT: usize = 100;

/// The authenticators that have calls of their own.
const PHONE: &str = "phone_number";
const PASSKEY: &str = "webauthn";

/// What tells one enrollment from another, in the order in which it is looked for.
const DETAILS: [&str; 2] = ["phoneNumber", "email"];

#[derive(Deserialize)]
struct WireAuthenticator {
    id: String,
    #[serde(default)]
    key: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    enrollable: bool,
    #[serde(rename = "_links", default)]
    links: Links,
    #[serde(rename = "_embedded", default)]
    embedded: Embedded,
}

#[derive(Default, Deserialize)]
struct Embedded {
    #[serde(default)]
    enrollments: Vec<WireEnrollment>,
}

/// Okta's schema calls the links `_links`, and its example `links`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireEnrollment {
    id: String,
    name: Option<String>,
    nickname: Option<String>,
    created: Option<String>,
    last_challenged: Option<String>,
    #[serde(default)]
    profile: Map<String, Value>,
    #[serde(default)]
    can_unenroll: bool,
    #[serde(alias = "_links", default)]
    links: Links,
}

#[derive(Default, Deserialize)]
struct Links {
    #[serde(rename = "self")]
    itself: Option<Link>,
    enroll: Option<Link>,
    unenroll: Option<Link>,
}

#[derive(Deserialize)]
struct Link {
    href: String,
    #[serde(default)]
    hints: Hints,
}

#[derive(Default, Deserialize)]
struct Hints {
    #[serde(default)]
    allow: Vec<String>,
}

/// Reads the list. `None`: it is none. Links that lead away from the org at `origin` are left out.
pub(super) fn read(body: &[u8], origin: &str) -> Option<Vec<Authenticator>> {
    let listed: Vec<WireAuthenticator> = serde_json::from_slice(body).ok()?;
    let known = listed.into_iter().filter(|one| is_id(&one.id));
    Some(known.map(|one| one.known(origin)).collect())
}

impl WireAuthenticator {
    fn known(self, origin: &str) -> Authenticator {
        let set_up = self.set_up(origin);
        let name = short(if self.name.is_empty() {
            &self.key
        } else {
            &self.name
        });
        let enrollments = self.embedded.enrollments.into_iter();
        Authenticator {
            enrollments: enrollments
                .filter(|one| is_id(&one.id))
                .map(|one| one.known((&self.id, &self.key, &name), origin))
                .collect(),
            set_up,
            name,
            key: short(&self.key),
            id: self.id,
        }
    }

    fn set_up(&self, origin: &str) -> SetUp {
        if !self.enrollable {
            return SetUp::No;
        }
        let page = self.links.enroll.as_ref();
        match page.and_then(|link| page_of(link, origin)) {
            Some(page) => SetUp::AtTheOrg(page),
            None if self.key == PHONE => SetUp::ByNumber,
            None => SetUp::WhenAsked,
        }
    }
}

impl WireEnrollment {
    fn known(self, (authenticator, key, kind): (&str, &str, &str), origin: &str) -> Enrollment {
        let name = self.nickname.as_deref().or(self.name.as_deref());
        let moment = |text: &Option<String>| text.as_deref()?.parse::<Timestamp>().ok();
        let detail = DETAILS
            .iter()
            .find_map(|name| self.profile.get(*name)?.as_str());
        Enrollment {
            name: short(name.filter(|name| !name.is_empty()).unwrap_or(kind)),
            detail: detail.map(short),
            created_at: moment(&self.created),
            last_used_at: moment(&self.last_challenged),
            removal: self.removal((authenticator, key), origin),
            id: self.id,
        }
    }

    /// By the call that the org hints at, or on its page, or by the call of its kind.
    fn removal(&self, (authenticator, key): (&str, &str), origin: &str) -> Removal {
        if !self.can_unenroll {
            return Removal::No;
        }
        let hints = self.links.itself.as_ref().map(|link| &link.hints.allow);
        let id = &self.id;
        if hints.is_some_and(|allow| allow.iter().any(|method| method == "DELETE")) {
            let of = format!("/idp/myaccount/authenticators/{authenticator}");
            return Removal::Here(format!("{of}/enrollments/{id}"));
        }
        if key == PASSKEY {
            return Removal::Here(format!("{WEBAUTHN}/{id}"));
        }
        let page = self.links.unenroll.as_ref();
        match page.and_then(|link| page_of(link, origin)) {
            Some(page) => Removal::AtTheOrg(page),
            None if key == PHONE => Removal::Here(format!("{PHONES}/{id}")),
            None => Removal::No,
        }
    }
}

/// Ids become parts of addresses.
pub(super) fn is_id(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    !text.is_empty() && text.len() <= MAX_ID && text.bytes().all(is_plain)
}

fn page_of(link: &Link, origin: &str) -> Option<String> {
    let page = Url::parse(&link.href).ok()?;
    (page.origin().ascii_serialization() == origin).then(|| page.into())
}

fn short(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .take(MAX_TEXT)
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ORG: &str = "https://a.okta.com";

    fn read_json(list: &Value) -> Vec<Authenticator> {
        read(list.to_string().as_bytes(), ORG).expect("a list")
    }

    #[test]
    fn what_was_set_up_is_removed_by_the_call_or_page_that_the_org_names() {
        let list = json!([
            {
                "id": "aut1", "key": "webauthn", "name": "Passkeys", "enrollable": true,
                "_links": {"enroll": {"href": "https://a.okta.com/idp/authenticators/setup/aut1"}},
                "_embedded": {"enrollments": [
                    {"id": "fwf1", "name": "Laptop", "created": "2026-01-05T09:00:00.000Z", "canUnenroll": true, "links": {}},
                    {"id": "fwf2", "nickname": "Key", "name": "YubiKey", "canUnenroll": false, "links": {}},
                ]},
            },
            {
                "id": "aut2", "key": "phone_number", "name": "Phone", "enrollable": false,
                "_links": {"enroll": {"href": "https://a.okta.com/idp/authenticators/setup/aut2"}},
                "_embedded": {"enrollments": [
                    {"id": "sms1", "profile": {"phoneNumber": "+1 *** 4444"}, "canUnenroll": true,
                     "_links": {"self": {"href": "https://a.okta.com/x", "hints": {"allow": ["GET", "DELETE"]}}}},
                    {"id": "sms2", "canUnenroll": true,
                     "_links": {"unenroll": {"href": "https://a.okta.com/idp/authenticators/aut2/unenroll"}}},
                    {"id": "sms3", "canUnenroll": true},
                ]},
            },
        ]);
        let authenticators = read_json(&list);
        let [passkeys, phone] = &authenticators[..] else {
            panic!("two: {authenticators:?}");
        };
        assert!(matches!(passkeys.set_up, SetUp::AtTheOrg(_)));
        assert_eq!(phone.set_up, SetUp::No);
        assert!(passkeys.enrollments[0].created_at.is_some());
        assert_eq!(passkeys.enrollments[1].name, "Key");
        assert_eq!(phone.enrollments[0].name, "Phone");
        assert_eq!(phone.enrollments[0].detail.as_deref(), Some("+1 *** 4444"));
        let removals: Vec<_> = authenticators
            .iter()
            .flat_map(|one| &one.enrollments)
            .map(|one| one.removal.clone())
            .collect();
        let expected = [
            Removal::Here("/idp/myaccount/webauthn/fwf1".to_owned()),
            Removal::No,
            Removal::Here("/idp/myaccount/authenticators/aut2/enrollments/sms1".to_owned()),
            Removal::AtTheOrg("https://a.okta.com/idp/authenticators/aut2/unenroll".to_owned()),
            Removal::Here("/idp/myaccount/phones/sms3".to_owned()),
        ];
        assert_eq!(removals, expected);
    }

    #[test]
    fn links_that_lead_away_and_ids_that_are_paths_are_left_out() {
        let list = json!([
            {"id": "../x", "name": "Odd"},
            {
                "id": "aut1", "key": "okta_email", "enrollable": true,
                "_links": {"enroll": {"href": "https://evil.example/setup"}},
                "_embedded": {"enrollments": [
                    {"id": "a/b", "canUnenroll": true},
                    {"id": "eae1", "canUnenroll": true, "links": {"unenroll": {"href": "javascript:alert(1)"}}},
                ]},
            },
        ]);
        let authenticators = read_json(&list);
        assert_eq!(authenticators.len(), 1);
        assert_eq!(authenticators[0].name, "okta_email");
        assert_eq!(authenticators[0].set_up, SetUp::WhenAsked);
        assert_eq!(authenticators[0].enrollments.len(), 1);
        assert_eq!(authenticators[0].enrollments[0].removal, Removal::No);
        assert_eq!(read(b"{}", ORG), None);
    }
}
