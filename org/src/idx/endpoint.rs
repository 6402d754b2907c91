use super::paths;

/// Something that a client can say, by the path that it says it at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Endpoint {
    Introspect,
    Identify,
    IdentifySelect,
    Enroll,
    EnrollNew,
    Challenge,
    ChallengeAnswer,
    ChallengeAutofill,
    ChallengePoll,
    AuthenticatorsPoll,
    ChallengeResend,
    CredentialEnroll,
    Recover,
    Skip,
    Cancel,
    UnlockAccount,
    KeepMeSignedIn,
}

impl Endpoint {
    pub(super) const ALL: [Self; 17] = [
        Self::Introspect,
        Self::Identify,
        Self::IdentifySelect,
        Self::Enroll,
        Self::EnrollNew,
        Self::Challenge,
        Self::ChallengeAnswer,
        Self::ChallengeAutofill,
        Self::ChallengePoll,
        Self::AuthenticatorsPoll,
        Self::ChallengeResend,
        Self::CredentialEnroll,
        Self::Recover,
        Self::Skip,
        Self::Cancel,
        Self::UnlockAccount,
        Self::KeepMeSignedIn,
    ];

    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Introspect => paths::INTROSPECT,
            Self::Identify => paths::IDENTIFY,
            Self::IdentifySelect => paths::IDENTIFY_SELECT,
            Self::Enroll => paths::ENROLL,
            Self::EnrollNew => paths::ENROLL_NEW,
            Self::Challenge => paths::CHALLENGE,
            Self::ChallengeAnswer => paths::CHALLENGE_ANSWER,
            Self::ChallengeAutofill => paths::CHALLENGE_AUTOFILL,
            Self::ChallengePoll => paths::CHALLENGE_POLL,
            Self::AuthenticatorsPoll => paths::AUTHENTICATORS_POLL,
            Self::ChallengeResend => paths::CHALLENGE_RESEND,
            Self::CredentialEnroll => paths::CREDENTIAL_ENROLL,
            Self::Recover => paths::RECOVER,
            Self::Skip => paths::SKIP,
            Self::Cancel => paths::CANCEL,
            Self::UnlockAccount => paths::UNLOCK_ACCOUNT,
            Self::KeepMeSignedIn => paths::KEEP_ME_SIGNED_IN,
        }
    }

    /// Whether what is said there may be wrong, so that it counts for the address that it comes from.
    pub(super) const fn takes_proof(self) -> bool {
        matches!(
            self,
            Self::Identify | Self::ChallengeAnswer | Self::ChallengeAutofill
        )
    }
}
