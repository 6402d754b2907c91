use model::{EnrollmentId, GroupId, UserId};
use secrecy::SecretString;

use crate::authenticator::webauthn::Credential;
use crate::authenticator::{AuthenticatorKey, EnrollmentKind, Method, Proof};
use crate::directory::Profile;

/// Something that must be done in the same transaction as the change of state.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// Send a code.
    Send(Letter),
    /// A wrong password or code for this user.
    CountFailure { user: UserId, kind: AttemptKind },
    /// A right one.
    ClearFailures { user: UserId, kind: AttemptKind },
    /// Make an account that has a verified address and nothing else yet.
    CreateUser {
        user: UserId,
        profile: Box<Profile>,
        group: Option<GroupId>,
    },
    SetPassword {
        user: UserId,
        hash: String,
        end_sessions: bool,
    },
    /// Keep the hash of the same password at the present cost.
    Rehash {
        user: UserId,
        old: String,
        new: String,
    },
    Enroll {
        user: UserId,
        id: EnrollmentId,
        key: AuthenticatorKey,
        kind: EnrollmentKind,
    },
    /// A time-based code was used and is not good again.
    UseTotpStep { enrollment: EnrollmentId, step: i64 },
    /// A passkey was used; what is known of it moves on.
    UsePasskey {
        enrollment: EnrollmentId,
        credential: Credential,
    },
    /// Lift the lock.
    Unlock(UserId),
    /// The user has all that they need: they are active from now on.
    Activate(UserId),
    /// Open a session for this user and answer the app.
    Finish(Proven),
}

/// What a failure counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttemptKind {
    Password,
    Code,
}

/// A message with a code or a link in it.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub(crate) method: Method,
    /// A telephone number or an email address.
    pub(crate) to: String,
    pub(crate) occasion: Occasion,
    /// Absent in the letter to somebody who has an account already.
    pub(crate) code: Option<SecretString>,
}

/// What a code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occasion {
    SignIn,
    SetUp,
    Register,
    /// Somebody tried to register an address that has an account.
    AddressTaken,
    Recover,
    Unlock,
}

/// Who signed in, and by what.
#[derive(Debug, Clone)]
pub(crate) struct Proven {
    pub(crate) user: UserId,
    pub(crate) proofs: Vec<Proof>,
    pub(crate) keep_me_signed_in: bool,
}
