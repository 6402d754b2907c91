use aws_lc_rs::digest::{SHA256, digest};
use serde_json::{Map, Value, json};

use crate::authenticator::{AuthenticatorKey, Catalog, Method};
use crate::interaction::{Current, Detail, Offer, Remediation, Screen};

/// The authenticators that an answer speaks of, so that forms can point at them.
#[derive(Debug)]
pub(super) struct Authenticators<'a> {
    catalog: &'a Catalog,
    state_handle: &'a str,
    /// Those that can be set up, one is being set up among them.
    pub(super) to_set_up: Vec<(AuthenticatorKey, Value)>,
    /// What the person is enrolled in, as far as it can be used now.
    pub(super) enrollments: Vec<(AuthenticatorKey, Value)>,
}

impl<'a> Authenticators<'a> {
    pub(super) fn of(screen: &Screen, catalog: &'a Catalog, state_handle: &'a str) -> Self {
        let mut all = Self {
            catalog,
            state_handle,
            to_set_up: Vec::new(),
            enrollments: Vec::new(),
        };
        for remediation in &screen.remediations {
            match remediation {
                Remediation::SelectAuthenticatorEnroll(offers) => all.set_up(offers),
                Remediation::AuthenticatorEnrollmentData(offer) => {
                    all.set_up(std::slice::from_ref(offer));
                }
                Remediation::SelectAuthenticatorAuthenticate(offers)
                | Remediation::SelectAuthenticatorUnlockAccount(offers) => all.enrolled(offers),
                Remediation::AuthenticatorVerificationData(offer) => {
                    all.enrolled(std::slice::from_ref(offer));
                }
                _ => {}
            }
        }
        if let Some(current) = &screen.current {
            all.add_current(current);
        }
        all
    }

    fn set_up(&mut self, offers: &[Offer]) {
        for offer in offers {
            let described = self.describe(offer.key, &offer.methods);
            add(&mut self.to_set_up, offer.key, Value::Object(described));
        }
    }

    fn enrolled(&mut self, offers: &[Offer]) {
        for offer in offers {
            let id = self.enrollment_id(offer.key);
            let mut described = self.describe(offer.key, &offer.methods);
            described.insert("id".to_owned(), json!(id));
            if let Some(profile) = profile(offer.key, offer.hint.as_deref()) {
                described.insert("profile".to_owned(), profile);
            }
            add(&mut self.enrollments, offer.key, Value::Object(described));
        }
    }

    fn add_current(&mut self, current: &Current) {
        let methods: Vec<Method> = current.method.into_iter().collect();
        let offer = Offer {
            key: current.key,
            methods,
            enrollment: current.enrollment.clone(),
            hint: current.hint.clone(),
        };
        match &current.detail {
            Detail::SignIn { credentials, .. } => self.passkeys(&offer, credentials),
            Detail::NewPasskey { credentials, .. } => {
                self.set_up(std::slice::from_ref(&offer));
                self.passkeys(&offer, credentials);
            }
            _ if current.is_enrolled => self.enrolled(std::slice::from_ref(&offer)),
            _ => self.set_up(std::slice::from_ref(&offer)),
        }
    }

    /// One for each passkey, because clients tell the browser by these which ones are meant.
    fn passkeys(&mut self, offer: &Offer, credentials: &[String]) {
        self.enrollments.retain(|(key, _)| *key != offer.key);
        for credential in credentials {
            let mut described = self.describe(offer.key, &[Method::Webauthn]);
            let id = pseudonym(&[self.state_handle, credential]);
            described.insert("id".to_owned(), json!(id));
            described.insert("credentialId".to_owned(), json!(credential));
            self.enrollments.push((offer.key, Value::Object(described)));
        }
    }

    /// An authenticator as Okta describes it.
    pub(super) fn describe(&self, key: AuthenticatorKey, methods: &[Method]) -> Map<String, Value> {
        let methods = if methods.is_empty() {
            key.methods()
        } else {
            methods
        };
        let methods: Vec<Value> = methods
            .iter()
            .map(|method| json!({ "type": method.as_str() }))
            .collect();
        [
            ("type", json!(key.kind())),
            ("key", json!(key.as_str())),
            ("id", json!(self.id(key))),
            ("displayName", json!(key.display_name())),
            ("methods", json!(methods)),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into_iter()
        .collect()
    }

    pub(super) fn id(&self, key: AuthenticatorKey) -> &'a str {
        let record = self.catalog.get(key);
        record.map_or_else(Default::default, |record| record.id.as_str())
    }

    /// The id of an enrollment for the time of this interaction. The real one would tell whether there is such a person:
    /// nobody else's would stay the same from one interaction to the next.
    pub(super) fn enrollment_id(&self, key: AuthenticatorKey) -> String {
        pseudonym(&[self.state_handle, key.as_str()])
    }

    /// Where the answer describes an authenticator to be set up.
    pub(super) fn path(&self, key: AuthenticatorKey) -> String {
        format!("$.authenticators.value[{}]", position(&self.to_set_up, key))
    }

    /// Where the answer describes the person's enrollment.
    pub(super) fn enrollment_path(&self, key: AuthenticatorKey) -> String {
        let position = position(&self.enrollments, key);
        format!("$.authenticatorEnrollments.value[{position}]")
    }
}

fn add(list: &mut Vec<(AuthenticatorKey, Value)>, key: AuthenticatorKey, value: Value) {
    if !list.iter().any(|(listed, _)| *listed == key) {
        list.push((key, value));
    }
}

fn position(list: &[(AuthenticatorKey, Value)], key: AuthenticatorKey) -> usize {
    let found = list.iter().position(|(listed, _)| *listed == key);
    found.unwrap_or_default()
}

/// Where a code goes, mostly hidden.
pub(super) fn profile(key: AuthenticatorKey, hint: Option<&str>) -> Option<Value> {
    let hint = hint?;
    match key {
        AuthenticatorKey::OktaEmail => Some(json!({ "email": hint })),
        AuthenticatorKey::PhoneNumber => Some(json!({ "phoneNumber": hint })),
        _ => None,
    }
}

/// Looks like the id of an enrollment.
fn pseudonym(parts: &[&str]) -> String {
    const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let hash = digest(&SHA256, parts.join(" ").as_bytes());
    let letters = hash.as_ref().iter().take(17);
    let letters = letters.map(|byte| char::from(ALPHABET[usize::from(byte % 62)]));
    "eae".chars().chain(letters).collect()
}
