/// What the provider does wrong. Where the OpenID Foundation's conformance suite has a module for it, the comment names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing: the control of every test. (`oidcc-client-test`)
    None,

    // What the ID token says.
    /// `oidcc-client-test-invalid-iss`
    InvalidIss,
    /// `oidcc-client-test-missing-sub`
    MissingSub,
    /// `oidcc-client-test-invalid-aud`
    InvalidAud,
    /// `oidcc-client-test-missing-aud`
    MissingAud,
    /// `oidcc-client-test-missing-iat`
    MissingIat,
    /// `invalid-missing-exp`
    MissingExp,
    /// `invalid-missing-iss`
    MissingIss,
    /// `invalid-missing-nonce`
    MissingNonce,
    /// `oidcc-client-test-nonce-invalid`
    NonceInvalid,
    /// `invalid-expired-exp`
    ExpiredExp,
    /// `iat` an hour ahead.
    IatInTheFuture,
    /// `nbf` an hour ahead.
    NbfInTheFuture,
    /// `invalid-secondary-aud`
    InvalidSecondaryAud,
    /// `valid-aud-as-array`, which is no fault.
    AudAsArray,
    /// `azp` names another client.
    InvalidAzp,
    /// `oidcc-client-test-invalid-athash`
    InvalidAtHash,
    /// `oidcc-client-test-missing-athash`, which is no fault in the code flow.
    MissingAtHash,
    /// `auth_time` a day ago.
    OldAuthTime,
    /// `acr` of a single factor.
    LowAcr,
    /// `sub` twice, with two values.
    DuplicateSub,

    // How the ID token is signed.
    /// `oidcc-client-test-kid-absent-single-jwks`, which is no fault.
    KidAbsentSingleJwks,
    /// `oidcc-client-test-kid-absent-multiple-jwks`
    KidAbsentMultipleJwks,
    /// `oidcc-client-test-idtoken-sig-none`
    IdTokenSigNone,
    /// `invalid-null-alg`: `alg` is `none` but there is a signature.
    NullAlg,
    /// `oidcc-client-test-invalid-sig-rs256`
    InvalidSigRs256,
    /// `oidcc-client-test-invalid-sig-hs256`: an HMAC with the public key as its secret.
    InvalidSigHs256,
    /// `oidcc-client-test-invalid-sig-es256`: a correct signature of a key in the set, by another algorithm than agreed.
    InvalidSigEs256,
    /// The header brings the key that verifies the token.
    KeyInHeader,
    /// The header says where a key that verifies the token is.
    KeyAddressInHeader,
    /// The header demands an extension.
    CriticalHeader,
    /// The header says that this is an access token.
    AccessTokenType,
    /// `kid` is a number.
    KidIsANumber,
    /// A `kid` that is in no key set.
    UnknownKid,
    /// The signature is left out.
    SignatureMissing,
    /// The payload was changed after signing.
    PayloadChanged,

    // Which keys are published.
    /// `oidcc-client-test-signing-key-rotation-just-before-signing`, which is no fault.
    RotationJustBeforeSigning,
    /// The signing key is published for encryption.
    KeyForEncryption,
    /// The signing key is published for other operations.
    KeyWithoutVerify,
    /// The signing key is published for another algorithm.
    KeyForAnotherAlgorithm,
    /// The key set has a symmetric key, and the token is signed with it.
    SymmetricKey,
    /// The key has only 1024 bits.
    ShortKey,
    /// The key set is not one.
    KeysAreNotASet,

    // What the metadata says.
    /// `oidcc-client-test-discovery-issuer-mismatch`
    DiscoveryIssuerMismatch,
    /// `token_endpoint` is missing.
    DiscoveryWithoutTokenEndpoint,
    /// `token_endpoint` is plain http.
    DiscoveryPlainHttp,
    /// `jwks_uri` is the address of a cloud's metadata service.
    DiscoveryPrivateAddress,
    /// Only ES256 is offered.
    DiscoveryWithoutRs256,
    /// There is no userinfo, revocation or sign-out.
    DiscoveryMinimal,

    // What the authorization answer says.
    /// `invalid-authorization-response-iss`
    ResponseIssInvalid,
    /// `remove-authorization-response-iss`
    ResponseIssMissing,

    // What the token endpoint says.
    /// `token-type-case-insensitivity`, which is no fault.
    TokenTypeInCapitals,
    /// `token-endpoint-response-without-expires_in`, which is no fault.
    WithoutExpiresIn,
    /// `token_type` is `DPoP`.
    TokenTypeNotBearer,
    /// There is no `id_token`.
    WithoutIdToken,
    /// There is no `access_token`.
    WithoutAccessToken,
    /// `invalid_grant`
    InvalidGrant,
    /// `invalid_client`
    InvalidClient,
    /// `access_denied`, as Okta says it of an unassigned user.
    NotAssigned,
    /// The tokens are longer than cookies can be.
    LongTokens,

    // What userinfo says.
    /// `oidcc-client-test-userinfo-invalid-sub`
    UserinfoInvalidSub,
    /// `sub` is missing.
    UserinfoWithoutSub,
    /// The access token is refused.
    UserinfoForbidden,
    /// It contradicts the ID token in claims that only that may make.
    UserinfoOverreaching,

    // What a refreshed ID token says.
    /// `oidcc-client-test-refresh-token-invalid-issuer`
    RefreshInvalidIss,
    /// `oidcc-client-test-refresh-token-invalid-sub`
    RefreshInvalidSub,
    /// `aud` is another client.
    RefreshInvalidAud,

    // What a logout token says, and how it is signed.
    /// `oidcc-client-test-rp-backchannel-rpinitlogout-alg-none`
    LogoutAlgNone,
    /// `oidcc-client-test-rp-backchannel-rpinitlogout-no-event`
    LogoutNoEvent,
    /// `oidcc-client-test-rp-backchannel-rpinitlogout-with-nonce`
    LogoutWithNonce,
    /// `oidcc-client-test-rp-backchannel-rpinitlogout-wrong-alg`: a correct signature of a key in the set, by another
    /// algorithm than agreed.
    LogoutWrongAlg,
    /// `oidcc-client-test-rp-backchannel-rpinitlogout-wrong-aud`
    LogoutWrongAud,
    /// `oidcc-client-test-rp-backchannel-rpinitlogout-wrong-event`
    LogoutWrongEvent,
    /// `oidcc-client-test-rp-backchannel-rpinitlogout-wrong-iss`
    LogoutWrongIss,
    /// The logout token names a session of nobody.
    LogoutOtherSession,
}

/// A door of the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Endpoint {
    /// The metadata.
    Discovery,
    /// The key set.
    Keys,
    /// Where codes become tokens.
    Token,
    /// Where an app that asks people itself hears what to ask for.
    Direct,
    /// What the provider knows of a person.
    Userinfo,
    /// Where tokens end.
    Revocation,
    /// Where tokens are asked about.
    Introspection,
}

/// What can be wrong with any answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody listens.
    Down,
    /// No answer ever.
    Hanging,
    /// An answer with this status and an HTML page.
    Status(u16),
    /// An answer with this status that asks to come back after so many seconds.
    RetryAfter(u16, u32),
    /// A page instead of JSON, with status 200.
    Html,
    /// More than any client should read.
    Huge,
    /// A redirect to a copy of the answer.
    Redirect,
}
