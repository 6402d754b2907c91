/// Why what a browser sent is not accepted. For the log: the person is told that it did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Not base64, or longer than anything that a browser sends.
    #[error("it is not base64")]
    Encoding,
    /// `clientDataJSON` is not JSON of its shape.
    #[error("the client data cannot be read")]
    ClientData,
    /// An answer to `create` was given for one to `get`, or the reverse.
    #[error("the client data is of another ceremony")]
    Ceremony,
    /// It answers another challenge.
    #[error("the challenge is another one")]
    Challenge,
    /// It comes from another page than the org's.
    #[error("the origin is not the org's")]
    Origin,
    /// It comes from a page inside another page.
    #[error("the page was framed by another origin")]
    CrossOrigin,
    /// The attestation object is not CBOR of its shape.
    #[error("the attestation object cannot be read")]
    AttestationObject,
    /// The authenticator data is not of its shape.
    #[error("the authenticator data cannot be read")]
    AuthenticatorData,
    /// The passkey is for another site.
    #[error("the relying party is another one")]
    RelyingParty,
    /// Nobody touched the authenticator.
    #[error("the user was not present")]
    UserPresence,
    /// The authenticator did not make sure who uses it.
    #[error("the user was not verified")]
    UserVerification,
    /// Backed up though it cannot be, or no longer what it was.
    #[error("the backup flags contradict one another or what they were")]
    BackupState,
    /// The key is not one of the kinds that were asked for, or is not a key.
    #[error("the public key cannot be used")]
    PublicKey,
    /// The id of the credential is empty or over 1023 bytes.
    #[error("the credential id has a length that is not allowed")]
    CredentialId,
    /// The attestation is of a kind that was not asked for, or does not hold.
    #[error("the attestation statement cannot be accepted")]
    AttestationStatement,
    /// The person has no such passkey.
    #[error("the passkey is not one of this user's")]
    UnknownCredential,
    /// The authenticator says that it belongs to somebody else.
    #[error("the user handle is another user's")]
    UserHandle,
    /// Not signed by the passkey.
    #[error("the signature is wrong")]
    Signature,
    /// The counter went back or stood still: there may be a copy of the authenticator.
    #[error("the signature counter did not grow")]
    Counter,
}
