use super::{Authenticators, Choice, Field, Form, Forms, Notices, credentials};
use crate::authenticator::{AuthenticatorKey, Method};
use crate::idx::paths;
use crate::interaction::{Current, Offer, Remediation};
use crate::policy::ProfileAttribute;

const CURRENT: &str = "$.currentAuthenticator";
const CURRENT_ENROLLMENT: &str = "$.currentAuthenticatorEnrollment";
/// Where the answer holds what a passkey is to sign on the first page.
const AUTOFILL: &str = "$.webauthnAutofillUIChallenge";

/// Writes the questions of an answer as forms.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writer<'a> {
    pub(super) forms: Forms<'a>,
    pub(super) authenticators: &'a Authenticators<'a>,
    pub(super) notices: &'a Notices,
    pub(super) current: Option<&'a Current>,
}

impl Writer<'_> {
    pub(super) fn write(&self, remediation: &Remediation) -> Vec<Form> {
        match remediation {
            Remediation::Identify {
                suggestion,
                with_password,
                passkey_challenge,
            } => self.identify(
                suggestion.as_deref(),
                *with_password,
                passkey_challenge.is_some(),
            ),
            Remediation::IdentifyRecovery { suggestion } => {
                let fields = vec![self.identifier(suggestion.as_deref())];
                let name = "identify-recovery";
                vec![self.forms.form(name, paths::IDENTIFY, fields)]
            }
            Remediation::SelectIdentify => self.button("select-identify", paths::IDENTIFY_SELECT),
            Remediation::SelectEnrollProfile => self.button("select-enroll-profile", paths::ENROLL),
            Remediation::UnlockAccount => self.button("unlock-account", paths::UNLOCK_ACCOUNT),
            Remediation::Skip => self.button("skip", paths::SKIP),
            Remediation::EnrollProfile(attributes) => vec![self.enroll_profile(attributes)],
            Remediation::KeepMeSignedIn => vec![self.keep_me_signed_in()],
            Remediation::SelectAuthenticatorUnlockAccount(offers) => vec![self.unlock(offers)],
            Remediation::SelectAuthenticatorAuthenticate(offers) => vec![self.select(offers)],
            Remediation::SelectAuthenticatorEnroll(offers) => vec![self.select_to_set_up(offers)],
            Remediation::AuthenticatorVerificationData(offer) => vec![self.verification(offer)],
            Remediation::AuthenticatorEnrollmentData(offer) => vec![self.enrollment(offer)],
            Remediation::ChallengeAuthenticator
            | Remediation::EnrollAuthenticator
            | Remediation::ReenrollAuthenticator
            | Remediation::ResetAuthenticator => self.answer(remediation).into_iter().collect(),
        }
    }

    fn button(&self, name: &'static str, path: &str) -> Vec<Form> {
        vec![self.forms.button(name, path)]
    }

    fn identify(
        &self,
        suggestion: Option<&str>,
        with_password: bool,
        with_passkey: bool,
    ) -> Vec<Form> {
        let mut fields = vec![self.identifier(suggestion)];
        if with_password {
            fields.push(credentials::password_at_identify(self.notices));
        }
        let remember = Field::new("rememberMe").of("boolean");
        fields.push(remember.labelled("Keep me signed in"));
        let mut forms = vec![self.forms.form("identify", paths::IDENTIFY, fields)];
        if with_passkey {
            let name = "challenge-webauthn-autofillui-authenticator";
            let fields = vec![credentials::autofill()];
            let form = self.forms.form(name, paths::CHALLENGE_AUTOFILL, fields);
            forms.push(form.about(AUTOFILL));
        }
        forms
    }

    fn identifier(&self, suggestion: Option<&str>) -> Field {
        let field = Field::text("identifier").labelled("Username").required();
        let field = field.told(self.notices);
        match suggestion {
            Some(suggestion) => field.with_value(suggestion),
            None => field,
        }
    }

    fn enroll_profile(&self, attributes: &[ProfileAttribute]) -> Form {
        let field = |attribute: &ProfileAttribute| {
            let field = Field::text(&attribute.name).labelled(&attribute.label);
            let field = match attribute.name.as_str() {
                "email" | "login" => field,
                _ => field.between(1, 50),
            };
            let field = field.told(self.notices);
            if attribute.required {
                field.required()
            } else {
                field.optional()
            }
        };
        let fields = attributes.iter().map(field).collect();
        let fields = vec![Field::object("userProfile", fields)];
        self.forms.form("enroll-profile", paths::ENROLL_NEW, fields)
    }

    fn keep_me_signed_in(&self) -> Form {
        let field = Field::new("keepMeSignedIn").of("boolean").required();
        let field = field.labelled("Stay signed in").with_value(false);
        let name = "keep-me-signed-in";
        self.forms.form(name, paths::KEEP_ME_SIGNED_IN, vec![field])
    }

    fn select(&self, offers: &[Offer]) -> Form {
        let options = offers.iter().map(|offer| self.option(offer, true));
        let field = Field::choice("authenticator", options.collect()).of("object");
        let name = "select-authenticator-authenticate";
        self.forms.form(name, paths::CHALLENGE, vec![field])
    }

    fn unlock(&self, offers: &[Offer]) -> Form {
        let options = offers.iter().map(|offer| self.option(offer, false));
        let field = Field::choice("authenticator", options.collect()).of("object");
        let fields = vec![self.identifier(None), field];
        let name = "select-authenticator-unlock-account";
        self.forms.form(name, paths::CHALLENGE, fields)
    }

    fn option(&self, offer: &Offer, is_enrolled: bool) -> Choice {
        let mut fields = vec![self.id(offer.key), methods(offer).optional()];
        if is_enrolled && offer.key == AuthenticatorKey::PhoneNumber {
            fields.push(self.enrollment_id(offer.key));
        }
        Choice::form(offer.key.display_name(), fields)
            .relates_to(self.authenticators.enrollment_path(offer.key))
    }

    fn select_to_set_up(&self, offers: &[Offer]) -> Form {
        let option = |offer: &Offer| {
            let mut fields = vec![self.id(offer.key), methods(offer).optional()];
            if offer.key == AuthenticatorKey::PhoneNumber {
                fields.push(phone_number().optional());
            }
            Choice::form(offer.key.display_name(), fields)
                .relates_to(self.authenticators.path(offer.key))
        };
        let field = Field::choice("authenticator", offers.iter().map(option).collect());
        let name = "select-authenticator-enroll";
        let fields = vec![field.of("object").required()];
        self.forms.form(name, paths::CREDENTIAL_ENROLL, fields)
    }

    /// Text message or call?
    fn verification(&self, offer: &Offer) -> Form {
        let fields = vec![
            self.id(offer.key),
            methods(offer).required(),
            self.enrollment_id(offer.key),
        ];
        let field = Field::object("authenticator", fields).labelled(offer.key.display_name());
        let field = field.relates_to(&self.authenticators.enrollment_path(offer.key));
        let name = "authenticator-verification-data";
        let form = self
            .forms
            .form(name, paths::CHALLENGE, vec![field.required()]);
        form.about(CURRENT_ENROLLMENT)
    }

    /// Which number, and by text message or call?
    fn enrollment(&self, offer: &Offer) -> Form {
        let fields = vec![
            self.id(offer.key),
            methods(offer).required(),
            phone_number().required().told(self.notices),
        ];
        let field = Field::object("authenticator", fields).labelled(offer.key.display_name());
        let name = "authenticator-enrollment-data";
        let fields = vec![field.required()];
        let form = self.forms.form(name, paths::CREDENTIAL_ENROLL, fields);
        form.about(CURRENT)
    }

    fn answer(&self, remediation: &Remediation) -> Option<Form> {
        let current = self.current?;
        let (name, field) = match remediation {
            Remediation::ChallengeAuthenticator => (
                "challenge-authenticator",
                credentials::to_verify(current, self.notices),
            ),
            Remediation::EnrollAuthenticator => (
                "enroll-authenticator",
                credentials::to_set_up(current, self.notices),
            ),
            Remediation::ReenrollAuthenticator => (
                "reenroll-authenticator",
                credentials::new_password(false, self.notices),
            ),
            _ => (
                "reset-authenticator",
                credentials::new_password(true, self.notices),
            ),
        };
        let is_enrollment =
            *remediation == Remediation::ChallengeAuthenticator && is_shown_as_enrollment(current);
        let form = self.forms.form(name, paths::CHALLENGE_ANSWER, vec![field]);
        Some(form.about(if is_enrollment {
            CURRENT_ENROLLMENT
        } else {
            CURRENT
        }))
    }

    fn id(&self, key: AuthenticatorKey) -> Field {
        Field::fixed("id", self.authenticators.id(key)).required()
    }

    fn enrollment_id(&self, key: AuthenticatorKey) -> Field {
        Field::fixed("enrollmentId", self.authenticators.enrollment_id(key)).required()
    }
}

/// Whether Okta shows what is being used as the person's enrollment; keys and authenticator apps it shows as such.
pub(super) const fn is_shown_as_enrollment(current: &Current) -> bool {
    current.is_enrolled
        && matches!(
            current.key,
            AuthenticatorKey::OktaPassword
                | AuthenticatorKey::OktaEmail
                | AuthenticatorKey::PhoneNumber
                | AuthenticatorKey::SecurityQuestion
        )
}

/// Telephones are asked in more than one way.
fn methods(offer: &Offer) -> Field {
    const NAME: &str = "methodType";
    match (offer.key, &offer.methods[..]) {
        (AuthenticatorKey::PhoneNumber, methods) => {
            let options = methods.iter().map(|method| {
                let label = match method {
                    Method::Voice => "Voice call",
                    _ => "SMS",
                };
                Choice::text(label, method.as_str())
            });
            Field::choice(NAME, options.collect()).of("string")
        }
        (key, methods) => {
            let first = methods.first().or_else(|| key.methods().first());
            Field::fixed(
                NAME,
                first.map(|method| method.as_str()).unwrap_or_default(),
            )
        }
    }
}

fn phone_number() -> Field {
    Field::text("phoneNumber").labelled("Phone number")
}
