use model::{EnrollmentId, GroupId, UserId};
use std::collections::BTreeMap;

use super::{Account, Effect, Flow, Message, NotExpected, SetUp, Stage, Turn, Who};
use crate::authenticator::{
    AuthenticatorKey, Enrollment, EnrollmentKind, Method, email::EmailAddress,
};
use crate::directory::{Profile, UserStatus};
use crate::interaction::{Occasion, Registration};
use crate::policy::ProfileEnrollment;

/// As long as an attribute of the base profile may be at Okta, in characters.
const MAX_ATTRIBUTE: usize = 50;
const MAX_LOGIN: usize = 100;

impl Turn<'_> {
    /// "Sign up"
    pub(super) fn start_registration(&mut self) -> Result<(), NotExpected> {
        if !matches!(
            self.state.stage,
            Stage::Identify | Stage::IdentifyForRecovery
        ) {
            return Err(NotExpected);
        }
        if self.profile_policy().registration {
            self.state.stage = Stage::Profile;
        } else {
            self.tell(Message::RegistrationUnavailable);
        }
        Ok(())
    }

    fn profile_policy(&self) -> ProfileEnrollment {
        self.world
            .policies
            .profile_enrollment(&self.world.app)
            .outcome
    }

    /// The attributes of a new account. What the policy does not list is not taken.
    pub(super) fn register(&mut self, values: BTreeMap<String, String>) -> Result<(), NotExpected> {
        if !matches!(self.state.stage, Stage::Profile) {
            return Err(NotExpected);
        }
        let policy = self.profile_policy();
        let mut profile = BTreeMap::new();
        for attribute in &policy.attributes {
            let value = values
                .get(&attribute.name)
                .map(|value| value.trim().to_owned())
                .unwrap_or_default();
            match check(&attribute.name, &value, attribute.required) {
                Ok(()) if value.is_empty() => {}
                Ok(()) => {
                    profile.insert(attribute.name.clone(), value);
                }
                Err(message) => self.tell_at(&attribute.name, message),
            }
        }
        if !self.state.notices.is_empty() {
            return Ok(());
        }
        let Some(email) = profile.get("email").cloned() else {
            self.tell_at("email", Message::Blank);
            return Ok(());
        };
        let login = profile
            .get("login")
            .cloned()
            .unwrap_or_else(|| email.clone());
        profile.insert("login".to_owned(), login.clone());
        if self.world.is_taken && !policy.email_verification {
            // Without a letter there is no other way to say it.
            self.tell_at("email", Message::NotUnique);
            return Ok(());
        }
        self.begin_account(Registration {
            login,
            email,
            profile,
            is_taken: self.world.is_taken,
        });
        Ok(())
    }

    fn begin_account(&mut self, registration: Registration) {
        self.state.identifier = Some(registration.login.clone());
        let group = self.profile_policy().target_group;
        self.account = Some(registration.account(&self.world.everyone, group));
        self.state.who = Who::Decoy;
        self.state.flow = Flow::Register(Box::new(registration));
        self.go_on();
    }

    /// Sends the code that shows whose the address is. Whoever has an account there is told so, and nobody else.
    pub(super) fn verify_new_address(&mut self) {
        let Flow::Register(registration) = &self.state.flow else {
            return;
        };
        let (to, occasion) = if registration.is_taken {
            (registration.email.clone(), Occasion::AddressTaken)
        } else {
            (registration.email.clone(), Occasion::Register)
        };
        if let Some(sent) = self.send(Method::Email, Some(to), occasion) {
            self.state.stage = Stage::SetUp(SetUp::Email(sent));
        }
    }

    /// The policy wants no proof that the address is theirs.
    pub(super) fn create_account(&mut self) {
        self.make_account();
        self.go_on();
    }

    /// The right code, or the link, for an address that was to be verified.
    pub(super) fn email_is_verified(&mut self) -> Result<(), NotExpected> {
        if !self.is_email_set_up() {
            return Err(NotExpected);
        }
        if let Flow::Register(registration) = &self.state.flow {
            if registration.is_taken || self.world.is_taken {
                self.wrong_code(Message::WrongCode);
                return Ok(());
            }
            self.make_account();
        }
        let address = self.account.as_ref().and_then(Account::address);
        let address = address.ok_or(NotExpected)?;
        self.add(
            AuthenticatorKey::OktaEmail,
            EnrollmentKind::Email { address },
        );
        self.accept(Method::Email);
        Ok(())
    }

    /// From here on there is an account, and the person goes on as its owner.
    fn make_account(&mut self) {
        let flow = std::mem::replace(&mut self.state.flow, Flow::Activate);
        let (Flow::Register(registration), Some(account)) = (flow, &mut self.account) else {
            return;
        };
        let user = UserId::generate(self.materials.entropy);
        account.id = Some(user.clone());
        account.status = UserStatus::Provisioned;
        self.state.who = Who::User(user.clone());
        let group = self.profile_policy().target_group;
        self.effects.push(Effect::CreateUser {
            user,
            profile: Box::new(to_profile(&registration.profile)),
            group,
        });
    }

    /// Enrolls the person, here and in the directory.
    pub(super) fn add(&mut self, key: AuthenticatorKey, kind: EnrollmentKind) {
        let Some(user) = self.user() else { return };
        let id = EnrollmentId::generate(self.materials.entropy);
        if let Some(account) = &mut self.account {
            account.enrollments.push(Enrollment {
                id: id.clone(),
                key,
                kind: kind.clone(),
                created_at: self.world.now,
            });
        }
        self.state.set_up.push(key);
        self.effects.push(Effect::Enroll {
            user,
            id,
            key,
            kind,
        });
    }
}

fn check(name: &str, value: &str, required: bool) -> Result<(), Message> {
    let longest = if matches!(name, "login" | "email") {
        MAX_LOGIN
    } else {
        MAX_ATTRIBUTE
    };
    if value.is_empty() {
        return if required || name == "email" {
            Err(Message::Blank)
        } else {
            Ok(())
        };
    }
    if value.chars().count() > longest || value.chars().any(char::is_control) {
        return Err(Message::InvalidValue);
    }
    if matches!(name, "login" | "email") && EmailAddress::parse(value).is_err() {
        return Err(Message::InvalidEmail);
    }
    Ok(())
}

impl Registration {
    /// The account that is being made, as the engine sees it before there is one.
    pub(crate) fn account(&self, everyone: &GroupId, group: Option<GroupId>) -> Account {
        let mut groups = vec![everyone.clone()];
        groups.extend(group);
        Account {
            profile: to_profile(&self.profile),
            groups,
            has_signed_in_before: false,
            ..Account::blank(&self.login)
        }
    }
}

fn to_profile(values: &BTreeMap<String, String>) -> Profile {
    let json = values
        .iter()
        .map(|(name, value)| (name.clone(), serde_json::Value::from(value.clone())))
        .collect();
    // Names that the profile does not have are not kept; the policy decides what is asked.
    serde_json::from_value(serde_json::Value::Object(json)).unwrap_or_default()
}
