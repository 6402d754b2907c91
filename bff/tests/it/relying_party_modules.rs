//! The relying-party modules of the OpenID Foundation's conformance suite, under their own names.

mod initiated;
mod logout;
mod refresh;

use model::{ReturnTo, SignInErrorCode as Code};
use testkit::provider::{Endpoint, Fault, SUBJECT};

use crate::support::{Browser, World};

async fn refused(fault: Fault, code: Code) {
    let world = World::with_fault(fault).await;
    assert_eq!(world.refused().await, code, "{fault:?}");
}

async fn accepted(fault: Fault) {
    let world = World::with_fault(fault).await;
    let mut browser = Browser::default();
    let outcome = world.sign_in(&mut browser).await;
    assert!(outcome.is_ok(), "{fault:?}: {outcome:?}");
    assert_eq!(world.session(&mut browser).await.subject, SUBJECT);
}

macro_rules! modules {
    ($($(#[$meta:meta])* $name:ident: $fault:ident => $outcome:tt;)*) => {
        $($(#[$meta])* #[tokio::test] async fn $name() { modules!(@ $fault $outcome); })*
    };
    (@ $fault:ident accepted) => { accepted(Fault::$fault).await };
    (@ $fault:ident $code:ident) => { refused(Fault::$fault, Code::$code).await };
}

modules! {
    oidcc_client_test: None => accepted;
    oidcc_client_test_invalid_iss: InvalidIss => IdTokenIssuer;
    oidcc_client_test_missing_sub: MissingSub => IdTokenMalformed;
    oidcc_client_test_invalid_aud: InvalidAud => IdTokenAudience;
    oidcc_client_test_missing_aud: MissingAud => IdTokenMalformed;
    oidcc_client_test_missing_iat: MissingIat => IdTokenMalformed;
    oidcc_client_test_kid_absent_single_jwks: KidAbsentSingleJwks => accepted;
    oidcc_client_test_kid_absent_multiple_jwks: KidAbsentMultipleJwks => IdTokenSignature;
    oidcc_client_test_idtoken_sig_rs256: None => accepted;
    oidcc_client_test_idtoken_sig_none: IdTokenSigNone => IdTokenSignature;
    oidcc_client_test_invalid_sig_rs256: InvalidSigRs256 => IdTokenSignature;
    oidcc_client_test_invalid_sig_hs256: InvalidSigHs256 => IdTokenSignature;
    oidcc_client_test_invalid_sig_es256: InvalidSigEs256 => IdTokenSignature;
    oidcc_client_test_userinfo_invalid_sub: UserinfoInvalidSub => UserinfoMismatch;
    oidcc_client_test_nonce_invalid: NonceInvalid => IdTokenNonce;
    oidcc_client_test_invalid_athash: InvalidAtHash => TokenResponseInvalid;
    oidcc_client_test_missing_athash: MissingAtHash => accepted;
    oidcc_client_test_discovery_issuer_mismatch: DiscoveryIssuerMismatch => OrgMisconfigured;
    oidcc_client_test_signing_key_rotation_just_before_signing: RotationJustBeforeSigning => accepted;
    discovery_issuer_mismatch: DiscoveryIssuerMismatch => OrgMisconfigured;
    invalid_alternate_alg: InvalidSigEs256 => IdTokenSignature;
    invalid_authorization_response_iss: ResponseIssInvalid => CallbackIssuerMismatch;
    remove_authorization_response_iss: ResponseIssMissing => CallbackIssuerMismatch;
    invalid_secondary_aud: InvalidSecondaryAud => IdTokenAudience;
    invalid_null_alg: NullAlg => IdTokenSignature;
    invalid_expired_exp: ExpiredExp => IdTokenExpired;
    invalid_missing_aud: MissingAud => IdTokenMalformed;
    invalid_missing_exp: MissingExp => IdTokenMalformed;
    invalid_missing_iss: MissingIss => IdTokenMalformed;
    invalid_missing_nonce: MissingNonce => IdTokenMalformed;
    valid_aud_as_array: AudAsArray => accepted;
    token_type_case_insensitivity: TokenTypeInCapitals => accepted;
    token_endpoint_response_without_expires_in: WithoutExpiresIn => accepted;

    an_authorized_party_that_is_another_app_is_refused: InvalidAzp => IdTokenAudience;
    an_id_token_from_the_future_is_refused: IatInTheFuture => IdTokenFromTheFuture;
    an_id_token_that_is_not_valid_yet_is_refused: NbfInTheFuture => IdTokenFromTheFuture;
    an_id_token_with_two_subjects_is_refused: DuplicateSub => IdTokenMalformed;
    an_id_token_changed_after_signing_is_refused: PayloadChanged => IdTokenSignature;
    an_id_token_without_its_signature_is_refused: SignatureMissing => IdTokenSignature;
    a_key_inside_the_header_is_not_trusted: KeyInHeader => IdTokenSignature;
    a_key_that_the_header_points_at_is_not_fetched: KeyAddressInHeader => IdTokenSignature;
    an_unknown_critical_extension_is_refused: CriticalHeader => IdTokenSignature;
    an_access_token_is_not_an_id_token: AccessTokenType => IdTokenMalformed;
    a_key_id_that_is_a_number_is_refused: KidIsANumber => IdTokenSignature;
    an_unknown_key_is_refused: UnknownKid => IdTokenSignature;
    a_key_for_encryption_does_not_verify: KeyForEncryption => IdTokenSignature;
    a_key_without_the_verify_operation_does_not_verify: KeyWithoutVerify => IdTokenSignature;
    a_key_for_another_algorithm_does_not_verify: KeyForAnotherAlgorithm => IdTokenSignature;
    a_symmetric_key_does_not_verify: SymmetricKey => IdTokenSignature;
    a_short_key_does_not_verify: ShortKey => IdTokenSignature;
    an_answer_that_is_no_key_set_is_refused: KeysAreNotASet => OrgMisconfigured;
    a_token_that_is_not_a_bearer_token_is_refused: TokenTypeNotBearer => TokenResponseInvalid;
    a_response_without_an_id_token_is_refused: WithoutIdToken => TokenResponseInvalid;
    a_response_without_an_access_token_is_refused: WithoutAccessToken => TokenResponseInvalid;
    a_refused_code_has_its_own_code: InvalidGrant => CodeRefused;
    refused_credentials_have_their_own_code: InvalidClient => ClientRefused;
    an_unassigned_user_is_told_so_by_the_token_endpoint: NotAssigned => NotAssigned;
    userinfo_without_a_subject_is_refused: UserinfoWithoutSub => UserinfoMismatch;
    metadata_without_a_token_endpoint_is_refused: DiscoveryWithoutTokenEndpoint => OrgMisconfigured;
    metadata_with_a_plain_http_endpoint_is_refused: DiscoveryPlainHttp => OrgMisconfigured;
    metadata_that_points_at_a_private_machine_is_refused: DiscoveryPrivateAddress => OrgMisconfigured;
    metadata_without_rs256_is_refused: DiscoveryWithoutRs256 => OrgMisconfigured;
    a_provider_with_the_bare_minimum_is_enough: DiscoveryMinimal => accepted;
    a_refused_userinfo_leaves_it_at_the_id_token: UserinfoForbidden => accepted;
}

#[tokio::test]
async fn oidcc_client_test_scope_userinfo_claims() {
    let world = World::new().await;
    let session = world.session(&mut world.signed_in().await).await;
    assert_eq!(session.claim("name"), Some("John Doe"));
    assert_eq!(session.claim("given_name"), Some("John"));
    assert_eq!(session.claims["email_verified"], true);
    assert_eq!(session.groups(), ["Everyone", "Retailers"]);
    assert_eq!(session.first_name(), "John");
}

#[tokio::test]
async fn oidcc_client_test_client_secret_basic() {
    // The provider accepts nothing but Basic authentication with form-encoded id and secret.
    let world = World::new().await;
    world.signed_in().await;
    assert_eq!(world.provider.calls(Endpoint::Token), 1);
}

#[tokio::test]
async fn oidcc_client_test_discovery_openid_config() {
    // Every address is one that the metadata names; of the org, the app knows its issuer alone.
    let world = World::new().await;
    let location = world
        .begin(&mut Browser::default(), ReturnTo::default())
        .await;
    assert_eq!(location.path(), "/authorize");
    assert_eq!(world.provider.calls(Endpoint::Discovery), 1);
}

#[tokio::test]
async fn ensure_authorization_response_with_invalid_state_fails() {
    assert_eq!(
        answered_with_state("&state=of-somebody-else").await,
        Code::TransactionUnknown
    );
}

#[tokio::test]
async fn ensure_authorization_response_with_invalid_missing_state_fails() {
    assert_eq!(answered_with_state("").await, Code::CallbackMalformed);
}

/// The answer to a sign-in with another `state`, which must not reach the token endpoint.
async fn answered_with_state(state: &str) -> Code {
    let world = World::new().await;
    let mut browser = Browser::default();
    let location = world.begin(&mut browser, ReturnTo::default()).await;
    let query = world.provider.authorize(&location);
    let others: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.starts_with("state="))
        .collect();
    let answer = format!("{}{state}", others.join("&"));
    let refused = world.complete(&mut browser, &answer).await;
    assert_eq!(world.provider.calls(Endpoint::Token), 0);
    refused.expect_err("no session").code
}

#[tokio::test]
async fn oidcc_client_test_discovery_jwks_uri_keys() {
    let world = World::new().await;
    world.signed_in().await;
    world.provider.move_keys("/other-keys");
    world.clock.advance_seconds(3_700);
    world.signed_in().await;
}

#[tokio::test]
async fn oidcc_client_test_signing_key_rotation() {
    let world = World::new().await;
    world.signed_in().await;
    world.provider.rotate_keys();
    world.signed_in().await;
    assert_eq!(world.provider.calls(Endpoint::Keys), 2);
}

#[tokio::test]
async fn a_bad_identity_is_refused_before_userinfo_is_asked() {
    for fault in [
        Fault::InvalidIss,
        Fault::InvalidSigRs256,
        Fault::NonceInvalid,
        Fault::ExpiredExp,
    ] {
        let world = World::with_fault(fault).await;
        world.refused().await;
        assert_eq!(world.provider.calls(Endpoint::Userinfo), 0, "{fault:?}");
    }
}

#[tokio::test]
async fn userinfo_cannot_speak_where_only_the_id_token_may() {
    let world = World::with_fault(Fault::UserinfoOverreaching).await;
    let session = world.session(&mut world.signed_in().await).await;
    assert_eq!(session.amr, ["pwd"]);
    assert_eq!(session.claim("email"), Some("john.doe@example.com"));
    assert!(!session.claims.contains_key("azp"));
}

#[tokio::test]
async fn a_stream_of_unknown_keys_is_no_stream_of_requests() {
    let world = World::with_fault(Fault::UnknownKid).await;
    for _ in 0..50 {
        world.refused().await;
    }
    assert_eq!(world.provider.calls(Endpoint::Keys), 2);
    world.clock.advance_seconds(31);
    world.refused().await;
    assert_eq!(world.provider.calls(Endpoint::Keys), 3);
}
