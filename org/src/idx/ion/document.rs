use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use url::Url;

use super::current::{self, Particulars, SharedKey};
use super::remediations::{Writer, is_shown_as_enrollment};
use super::{Authenticators, Form, Forms, Notices};
use crate::Org;
use crate::authenticator::webauthn::{
    ActivationData, ChallengeData, Credential, NewPasskey, RelyingParty,
};
use crate::authenticator::{AuthenticatorKey, EnrollmentKind, totp::QrCode};
use crate::branding;
use crate::idx::paths;
use crate::interaction::{
    Account, Current, Detail, Interaction, Remediation, Screen, Stage, World,
};
use crate::policy::Access;

/// An answer about an interaction that goes on.
#[derive(Debug, Clone, Copy)]
pub(in crate::idx) struct Document<'a> {
    pub(in crate::idx) org: &'a Org,
    pub(in crate::idx) state_handle: &'a str,
    /// What people know the app by.
    pub(in crate::idx) app_label: &'a str,
    pub(in crate::idx) interaction: &'a Interaction,
    pub(in crate::idx) screen: &'a Screen,
    pub(in crate::idx) world: &'a World,
}

impl Document<'_> {
    /// The status and the body.
    pub(in crate::idx) fn write(&self) -> (StatusCode, Value) {
        let notices = Notices::new(&self.screen.notices, self.app_label, |name| {
            self.label(name)
        });
        let authenticators =
            Authenticators::of(self.screen, &self.world.catalog, self.state_handle);
        let writer = Writer {
            forms: self.forms(),
            authenticators: &authenticators,
            notices: &notices,
            current: self.screen.current.as_ref(),
        };
        let remediations = self.screen.remediations.iter();
        let forms: Vec<Form> = remediations
            .flat_map(|remediation| writer.write(remediation))
            .collect();
        let mut body = self.envelope();
        if !forms.is_empty() {
            set(&mut body, "remediation", array(json!(forms)));
        }
        if let Some(messages) = notices.on_page(&forms) {
            set(&mut body, "messages", messages);
        }
        self.add_current(&mut body, &authenticators);
        add_authenticators(&mut body, &authenticators);
        (notices.status(), Value::Object(body))
    }

    fn forms(&self) -> Forms<'_> {
        Forms {
            url: self.org.url(),
            state_handle: self.state_handle,
        }
    }

    /// What every answer has.
    pub(super) fn envelope(&self) -> Map<String, Value> {
        let mut body = Map::new();
        set(&mut body, "version", json!("1.0.0"));
        set(&mut body, "stateHandle", json!(self.state_handle));
        set(
            &mut body,
            "expiresAt",
            json!(moment(self.interaction.expires_at)),
        );
        set(&mut body, "intent", json!("LOGIN"));
        if let Some(user) = self.user() {
            set(&mut body, "user", object(user));
        }
        let cancel = self.forms().button("cancel", paths::CANCEL);
        set(&mut body, "cancel", json!(cancel));
        let app = json!({
            "name": "oidc_client",
            "label": self.app_label,
            "id": self.interaction.request.app_id,
        });
        set(&mut body, "app", object(app));
        body
    }

    /// Whoever has proved nothing yet hears nothing but what they typed.
    fn user(&self) -> Option<Value> {
        if matches!(self.interaction.state.stage, Stage::Identify) {
            return None;
        }
        let identifier = self.screen.identifier.as_deref()?;
        let has_proved = !self.interaction.state.proofs.is_empty();
        let known = self.account().and_then(|account| {
            let id = account.id.as_ref().filter(|_| has_proved)?;
            Some(json!({
                "id": id,
                "identifier": account.profile.login,
                "profile": {
                    "firstName": account.profile.first_name,
                    "lastName": account.profile.last_name,
                    "timeZone": account.profile.timezone.as_deref().unwrap_or("America/Los_Angeles"),
                    "locale": account.profile.locale.as_deref().unwrap_or("en_US"),
                },
            }))
        });
        Some(known.unwrap_or_else(|| json!({ "identifier": identifier })))
    }

    fn account(&self) -> Option<&Account> {
        self.world.account.as_ref()
    }

    fn add_current(&self, body: &mut Map<String, Value>, authenticators: &Authenticators<'_>) {
        for remediation in &self.screen.remediations {
            if let Remediation::Identify {
                with_password,
                passkey_challenge,
                ..
            } = remediation
            {
                self.add_first_page(body, authenticators, *with_password);
                if let Some(challenge) = passkey_challenge {
                    let data = json!({ "challengeData": self.challenge_data(challenge) });
                    set(body, "webauthnAutofillUIChallenge", object(data));
                }
            }
        }
        let Some(shown) = &self.screen.current else {
            return;
        };
        let particulars = self.particulars(shown);
        let mut described = current::describe(shown, &particulars, authenticators, self.forms());
        if is_shown_as_enrollment(shown) && !self.is_replacing_password() {
            let id = authenticators.enrollment_id(shown.key);
            set(&mut described, "id", json!(id));
            set(
                body,
                "currentAuthenticatorEnrollment",
                object(Value::Object(described)),
            );
            return;
        }
        let described = object(Value::Object(described));
        if self.is_replacing_password() {
            set(body, "recoveryAuthenticator", described.clone());
        } else if !shown.is_enrolled {
            set(body, "enrollmentAuthenticator", described.clone());
        }
        set(body, "currentAuthenticator", described);
    }

    fn is_replacing_password(&self) -> bool {
        matches!(
            self.interaction.state.stage,
            Stage::ResetPassword | Stage::ReplaceExpiredPassword
        )
    }

    /// The password beside the username, which may have been forgotten.
    fn add_first_page(
        &self,
        body: &mut Map<String, Value>,
        authenticators: &Authenticators<'_>,
        with_password: bool,
    ) {
        set(body, "step", json!("IDENTIFY"));
        if !with_password {
            return;
        }
        let mut password = authenticators.describe(AuthenticatorKey::OktaPassword, &[]);
        let policy = self.world.policies.password(self.world.nobody()).outcome;
        if policy.self_service_password_reset.access == Access::Allow {
            let recover = self.forms().button("recover", paths::RECOVER);
            set(&mut password, "recover", json!(recover));
        }
        set(
            body,
            "currentAuthenticator",
            object(Value::Object(password)),
        );
    }

    fn particulars(&self, shown: &Current) -> Particulars {
        let webauthn = match &shown.detail {
            Detail::SignIn { challenge, .. } => Some(self.challenge_data(challenge)),
            Detail::NewPasskey { challenge, .. } => self.activation_data(challenge),
            _ => None,
        };
        Particulars {
            shared_key: self.shared_key(shown),
            webauthn,
        }
    }

    fn relying_party(&self) -> Option<RelyingParty> {
        let url = Url::parse(self.org.url().as_str()).ok()?;
        Some(RelyingParty::of(&url))
    }

    fn challenge_data(&self, challenge: &str) -> Value {
        let verification = World::USER_VERIFICATION;
        let data = self
            .relying_party()
            .map(|party| ChallengeData::new(&party, challenge, verification));
        json!(data)
    }

    fn activation_data(&self, challenge: &str) -> Option<Value> {
        let account = self.account()?;
        let existing: Vec<&Credential> = account
            .enrollments
            .iter()
            .filter_map(|enrollment| match &enrollment.kind {
                EnrollmentKind::Webauthn { credential } => Some(credential),
                _ => None,
            })
            .collect();
        let passkey = NewPasskey {
            user: account.id.as_ref()?,
            login: &account.profile.login,
            display_name: &account.profile.full_name(),
            org: branding::NAME,
            existing: &existing,
        };
        let verification = World::USER_VERIFICATION;
        let party = self.relying_party()?;
        Some(json!(ActivationData::new(
            &party,
            challenge,
            verification,
            passkey
        )))
    }

    fn shared_key(&self, shown: &Current) -> Option<SharedKey> {
        let Detail::Totp { secret } = &shown.detail else {
            return None;
        };
        let account = self.account()?;
        let user = account.id.as_ref()?;
        let opened = secret
            .open(self.org.sealer(), user, shown.key)
            .inspect_err(|error| tracing::error!(%error, "the key of a time-based code is lost"))
            .ok()?;
        let address = opened.uri(branding::NAME, &account.profile.login);
        let picture = QrCode::new(&address).and_then(|code| code.png_data_uri());
        let picture = picture
            .inspect_err(|error| tracing::error!(%error, "a QR code could not be drawn"))
            .ok()?;
        Some(SharedKey {
            secret: opened.base32(),
            picture,
        })
    }

    /// What people know a field by.
    fn label(&self, name: &str) -> String {
        let attribute = self.screen.remediations.iter().find_map(|remediation| {
            let Remediation::EnrollProfile(attributes) = remediation else {
                return None;
            };
            attributes.iter().find(|attribute| attribute.name == name)
        });
        attribute.map_or_else(|| name.to_owned(), |attribute| attribute.label.clone())
    }
}

fn add_authenticators(body: &mut Map<String, Value>, all: &Authenticators<'_>) {
    let list = |members: &[(AuthenticatorKey, Value)]| {
        array(members.iter().map(|(_, member)| member.clone()).collect())
    };
    if !all.to_set_up.is_empty() {
        set(body, "authenticators", list(&all.to_set_up));
    }
    if !all.enrollments.is_empty() || !all.to_set_up.is_empty() {
        set(body, "authenticatorEnrollments", list(&all.enrollments));
    }
}

/// As Okta writes moments: in UTC, to the millisecond.
pub(super) fn moment(at: Timestamp) -> String {
    format!("{at:.3}")
}

pub(super) fn object(value: Value) -> Value {
    json!({ "type": "object", "value": value })
}

fn array(value: Value) -> Value {
    json!({ "type": "array", "value": value })
}

pub(super) fn set(body: &mut Map<String, Value>, name: &str, value: Value) {
    body.insert(name.to_owned(), value);
}
