use jiff::{SignedDuration, Timestamp};
use model::{AppId, GroupId, UserId};
use std::sync::Arc;

use super::{Flow, Recovery};
use crate::authenticator::attempts::Lockout;
use crate::authenticator::catalog::UserVerification;
use crate::authenticator::email::EmailAddress;
use crate::authenticator::phone::PhoneNumber;
use crate::authenticator::{AuthenticatorKey, Catalog, Enrollment, EnrollmentKind, Method};
use crate::directory::{Profile, UserStatus};
use crate::policy::{EnrollmentRequirement, PolicySet, ProfileEnrollment, Subject};

/// What is so at the moment of an answer. It is read in the transaction that the answer is taken in.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) now: Timestamp,
    pub(crate) app: AppId,
    /// The level that the app asked for.
    pub(crate) acr: Option<String>,
    /// How old a proof may be at most, in seconds, as the app asked.
    pub(crate) max_age: Option<u32>,
    pub(crate) policies: Arc<PolicySet>,
    pub(crate) catalog: Arc<Catalog>,
    /// The group that everybody is in.
    pub(crate) everyone: GroupId,
    /// Whom the state, or the answer, names. A name that nobody has leads to a decoy.
    pub(crate) account: Option<Account>,
    /// Whether the login or the address of a registration is somebody's already.
    pub(crate) is_taken: bool,
    /// Whether passkeys work on the page that asks.
    pub(crate) has_passkeys: bool,
    /// An app carries the answers to the token endpoint: nothing is sent that it did not choose, and no browser is signed in.
    pub(crate) is_direct: bool,
    /// What the app wants the person to set up, in this order.
    pub(crate) enroll: Vec<AuthenticatorKey>,
}

/// What an authenticator is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// To satisfy the policies of a sign-in.
    SignIn,
    /// To choose a new password or to lift a lock.
    Recovery,
}

impl World {
    /// Whether a method may be used for this. What is switched off may be used for nothing.
    pub(crate) fn allows(&self, method: Method, what: Use) -> bool {
        self.is_method_active(method)
            && self
                .catalog
                .get(method.authenticator())
                .is_some_and(|record| match what {
                    Use::SignIn => record.is_for_sign_in(),
                    Use::Recovery => record.is_for_recovery(),
                })
    }

    pub(crate) fn is_active(&self, key: AuthenticatorKey) -> bool {
        self.is_possible(key) && self.catalog.get(key).is_some_and(|record| record.is_active)
    }

    fn is_possible(&self, key: AuthenticatorKey) -> bool {
        key != AuthenticatorKey::Webauthn || self.has_passkeys
    }

    pub(crate) fn is_method_active(&self, method: Method) -> bool {
        let record = self.catalog.get(method.authenticator());
        let is_possible = self.is_possible(method.authenticator());
        record.is_some_and(|record| {
            is_possible && record.is_active && record.methods().any(|active| active == method)
        })
    }

    /// How long a code by email is good.
    pub(crate) fn email_code_lifetime(&self) -> SignedDuration {
        let record = self.catalog.get(AuthenticatorKey::OktaEmail);
        record.map_or(SignedDuration::ZERO, |record| {
            record.settings.token_lifetime()
        })
    }

    /// Passkeys always make sure who uses them, whatever the setting: a policy that counts two factors counts one passkey as
    /// both.
    pub(crate) const USER_VERIFICATION: UserVerification = UserVerification::Required;

    /// The policies for somebody who has not said who they are.
    pub(crate) fn nobody(&self) -> Subject<'_> {
        Subject {
            user: None,
            groups: std::slice::from_ref(&self.everyone),
        }
    }
}

/// A user as the engine sees them.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are independent of one another"
)]
pub(crate) struct Account {
    /// `None`: a decoy.
    pub(crate) id: Option<UserId>,
    pub(crate) profile: Profile,
    pub(crate) status: UserStatus,
    pub(crate) groups: Vec<GroupId>,
    pub(crate) enrollments: Vec<Enrollment>,
    pub(crate) has_password: bool,
    pub(crate) is_password_expired: bool,
    pub(crate) password_changed_at: Option<Timestamp>,
    pub(crate) has_signed_in_before: bool,
    /// When failures lock.
    pub(crate) lockout: Lockout,
    /// Whether they get an email when failures lock.
    pub(crate) hears_of_locks: bool,
    /// Whether too many wrong passwords came from where this one comes from.
    pub(crate) is_password_locked: bool,
    /// The same for codes.
    pub(crate) is_code_locked: bool,
    /// The same where the lock of the account itself does not count, because a code is to lift it.
    pub(crate) is_code_locked_for_recovery: bool,
}

impl Account {
    /// Nobody, who looks like somebody who came to the app in the usual way: by registering there if that is possible, else by
    /// an administrator. They have a verified address, and a password where one is required.
    pub(crate) fn decoy(login: &str, world: &World) -> Self {
        let mut groups = vec![world.everyone.clone()];
        groups.extend(
            world
                .policies
                .profile_enrollment(&world.app)
                .outcome
                .newcomers(),
        );
        let subject = Subject {
            user: None,
            groups: &groups,
        };
        let requirement = world
            .policies
            .enrollment(subject)
            .outcome
            .of(AuthenticatorKey::OktaPassword);
        Self {
            has_password: requirement == EnrollmentRequirement::Required,
            groups,
            ..Self::blank(login)
        }
    }

    /// Nobody, who has nothing.
    pub(super) fn blank(login: &str) -> Self {
        Self {
            id: None,
            profile: Profile {
                login: login.to_owned(),
                email: login.to_owned(),
                ..Profile::default()
            },
            status: UserStatus::Active,
            groups: Vec::new(),
            enrollments: Vec::new(),
            has_password: false,
            is_password_expired: false,
            password_changed_at: None,
            has_signed_in_before: true,
            lockout: Lockout::NONE,
            hears_of_locks: false,
            is_password_locked: false,
            is_code_locked: false,
            is_code_locked_for_recovery: false,
        }
    }

    pub(crate) fn subject(&self) -> Subject<'_> {
        Subject {
            user: self.id.as_ref(),
            groups: &self.groups,
        }
    }

    /// Whether anything they prove may count. For the others everything looks the same and nothing is right.
    pub(crate) fn may_prove(&self, flow: &Flow) -> bool {
        let is_open = match self.status {
            UserStatus::Active | UserStatus::PasswordExpired => true,
            // A registration that was broken off goes on; an invitation waits for its link.
            UserStatus::Provisioned => matches!(flow, Flow::Activate) || !self.has_password,
            UserStatus::Recovery => matches!(flow, Flow::Recover(_)),
            UserStatus::LockedOut => matches!(flow, Flow::Recover(_) | Flow::Unlock),
            UserStatus::Staged => matches!(flow, Flow::Activate),
            UserStatus::Suspended | UserStatus::Deprovisioned => false,
        };
        self.id.is_some() && is_open
    }

    /// Whether the account can be signed in to, recovered or unlocked by somebody who has nothing but its name yet.
    pub(crate) fn may_do_something(&self) -> bool {
        let flows = [
            Flow::SignIn,
            Flow::Recover(Recovery::default()),
            Flow::Unlock,
        ];
        let is_possible = flows.iter().any(|flow| self.may_prove(flow));
        is_possible && !self.methods(|_| true).is_empty()
    }

    /// Whether signing in for the first time makes them active.
    pub(crate) const fn awaits_activation(&self) -> bool {
        matches!(self.status, UserStatus::Provisioned | UserStatus::Staged)
    }

    /// Whether they are enrolled. A decoy is enrolled in what an ordinary user is.
    pub(crate) fn has(&self, key: AuthenticatorKey) -> bool {
        match key {
            AuthenticatorKey::OktaPassword => self.has_password,
            AuthenticatorKey::OktaEmail if self.id.is_none() => true,
            _ => self.enrollment(key).is_some(),
        }
    }

    pub(crate) fn enrollment(&self, key: AuthenticatorKey) -> Option<&Enrollment> {
        self.enrollments
            .iter()
            .find(|enrollment| enrollment.key == key)
    }

    pub(crate) fn phone_number(&self) -> Option<&PhoneNumber> {
        self.enrollments
            .iter()
            .find_map(|enrollment| match &enrollment.kind {
                EnrollmentKind::Phone { number } => Some(number),
                _ => None,
            })
    }

    pub(crate) fn email(&self) -> &str {
        &self.profile.email
    }

    /// The address of the profile, if it is one.
    pub(crate) fn address(&self) -> Option<EmailAddress> {
        EmailAddress::parse(self.email()).ok()
    }

    /// The methods that they are enrolled in and that pass `is_offered`, in the order in which they are offered.
    pub(crate) fn methods(&self, is_offered: impl Fn(Method) -> bool) -> Vec<Method> {
        Method::ALL
            .into_iter()
            .filter(|method| self.has(method.authenticator()) && is_offered(*method))
            .collect()
    }
}

impl ProfileEnrollment {
    /// The group that people join who register here.
    fn newcomers(self) -> Option<GroupId> {
        self.target_group.filter(|_| self.registration)
    }
}
