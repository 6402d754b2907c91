//! The endpoints of the sign-in API. Clients find them in the forms of each answer; the first one they know.

/// `POST`: shows an interaction.
pub(crate) const INTROSPECT: &str = "/idp/idx/introspect";
/// `POST`: says who wants to sign in, or whose password is to be reset.
pub(crate) const IDENTIFY: &str = "/idp/idx/identify";
/// `POST`: back to the first question.
pub(crate) const IDENTIFY_SELECT: &str = "/idp/idx/identify/select";
/// `POST`: the way to a new account.
pub(crate) const ENROLL: &str = "/idp/idx/enroll";
/// `POST`: the attributes of a new account.
pub(crate) const ENROLL_NEW: &str = "/idp/idx/enroll/new";
/// `POST`: chooses an authenticator to use.
pub(crate) const CHALLENGE: &str = "/idp/idx/challenge";
/// `POST`: a password, a code, a signature.
pub(crate) const CHALLENGE_ANSWER: &str = "/idp/idx/challenge/answer";
/// `POST`: the signature of a passkey that brings its user along.
pub(crate) const CHALLENGE_AUTOFILL: &str = "/idp/idx/challenge/answer/webauthn-autofillui";
/// `POST`: whether anything has happened meanwhile.
pub(crate) const CHALLENGE_POLL: &str = "/idp/idx/challenge/poll";
/// `POST`: the same, where an authenticator is set up.
pub(crate) const AUTHENTICATORS_POLL: &str = "/idp/idx/authenticators/poll";
/// `POST`: another code.
pub(crate) const CHALLENGE_RESEND: &str = "/idp/idx/challenge/resend";
/// `POST`: chooses an authenticator to set up.
pub(crate) const CREDENTIAL_ENROLL: &str = "/idp/idx/credential/enroll";
/// `POST`: the way to a new password.
pub(crate) const RECOVER: &str = "/idp/idx/recover";
/// `POST`: not now.
pub(crate) const SKIP: &str = "/idp/idx/skip";
/// `POST`: begins again.
pub(crate) const CANCEL: &str = "/idp/idx/cancel";
/// `POST`: the way to lift a lock.
pub(crate) const UNLOCK_ACCOUNT: &str = "/idp/idx/unlock-account";
/// `POST`: whether to stay signed in.
pub(crate) const KEEP_ME_SIGNED_IN: &str = "/idp/idx/keep-me-signed-in";
