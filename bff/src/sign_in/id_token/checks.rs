use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::SignInErrorCode;
use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;

use super::{Expected, IdTokenClaims};
use crate::fault::Fault;

/// How far the clocks of app and org may differ, in seconds.
pub(crate) const LEEWAY: i64 = 60;

/// One rule of OpenID Connect Core §3.1.3.7 about the claims.
type Check = fn(&IdTokenClaims, &Expected<'_>) -> Result<(), Fault>;

/// The rules, in the order of the specification. The first one that is broken names the failure.
const CHECKS: [Check; 11] = [
    issuer_is_the_org,
    audience_is_this_app,
    authorized_party_is_this_app,
    has_not_expired,
    is_not_from_the_future,
    is_valid_already,
    nonce_is_of_this_sign_in,
    person_is_who_was_asked,
    assurance_is_high_enough,
    proof_is_recent_enough,
    access_token_belongs_to_it,
];

/// The rules that a renewed ID token has to keep (§12.2).
const CHECKS_OF_RENEWED: [Check; 9] = [
    issuer_is_the_org,
    audience_is_this_app,
    authorized_party_is_this_app,
    has_not_expired,
    is_not_from_the_future,
    is_valid_already,
    nonce_if_any_is_of_the_sign_in,
    person_is_who_was_asked,
    access_token_belongs_to_it,
];

/// The rules for an ID token that no browser had a part in (direct authentication).
const CHECKS_OF_DIRECT: [Check; 9] = [
    issuer_is_the_org,
    audience_is_this_app,
    authorized_party_is_this_app,
    has_not_expired,
    is_not_from_the_future,
    is_valid_already,
    has_no_nonce,
    proof_is_recent_enough,
    access_token_belongs_to_it,
];

pub(super) fn of_direct(claims: &IdTokenClaims, expected: &Expected<'_>) -> Result<(), Fault> {
    CHECKS_OF_DIRECT
        .iter()
        .try_for_each(|check| check(claims, expected))
}

pub(super) fn of_renewed(claims: &IdTokenClaims, expected: &Expected<'_>) -> Result<(), Fault> {
    CHECKS_OF_RENEWED
        .iter()
        .try_for_each(|check| check(claims, expected))
}

pub(super) fn all(claims: &IdTokenClaims, expected: &Expected<'_>) -> Result<(), Fault> {
    CHECKS.iter().try_for_each(|check| check(claims, expected))
}

fn ensure(is_kept: bool, code: SignInErrorCode, detail: &'static str) -> Result<(), Fault> {
    if is_kept {
        Ok(())
    } else {
        Err(Fault::new(code, detail))
    }
}

fn issuer_is_the_org(claims: &IdTokenClaims, expected: &Expected<'_>) -> Result<(), Fault> {
    ensure(
        claims.registered.issuer == expected.issuer,
        SignInErrorCode::IdTokenIssuer,
        "`iss` is another issuer",
    )
}

/// Other audiences are not trusted: each of them could present the same token here.
fn audience_is_this_app(claims: &IdTokenClaims, expected: &Expected<'_>) -> Result<(), Fault> {
    ensure(
        claims
            .registered
            .audience
            .iter()
            .all(|name| name == expected.client_id),
        SignInErrorCode::IdTokenAudience,
        "`aud` names another app",
    )
}

fn authorized_party_is_this_app(
    claims: &IdTokenClaims,
    expected: &Expected<'_>,
) -> Result<(), Fault> {
    let party = claims.authorized_party.as_deref();
    ensure(
        party.is_none_or(|party| party == expected.client_id),
        SignInErrorCode::IdTokenAudience,
        "`azp` is another app",
    )
}

fn has_not_expired(claims: &IdTokenClaims, expected: &Expected<'_>) -> Result<(), Fault> {
    ensure(
        expected.now.as_second() < claims.registered.expires_at + LEEWAY,
        SignInErrorCode::IdTokenExpired,
        "`exp` has passed",
    )
}

fn is_not_from_the_future(claims: &IdTokenClaims, expected: &Expected<'_>) -> Result<(), Fault> {
    ensure(
        claims.registered.issued_at <= expected.now.as_second() + LEEWAY,
        SignInErrorCode::IdTokenFromTheFuture,
        "`iat` lies in the future",
    )
}

fn is_valid_already(claims: &IdTokenClaims, expected: &Expected<'_>) -> Result<(), Fault> {
    let latest = expected.now.as_second() + LEEWAY;
    ensure(
        claims
            .registered
            .not_before
            .is_none_or(|not_before| not_before <= latest),
        SignInErrorCode::IdTokenFromTheFuture,
        "`nbf` lies in the future",
    )
}

fn nonce_is_of_this_sign_in(claims: &IdTokenClaims, expected: &Expected<'_>) -> Result<(), Fault> {
    let Some(nonce) = &claims.nonce else {
        return Err(Fault::new(
            SignInErrorCode::IdTokenMalformed,
            "`nonce` of the ID token is missing",
        ));
    };
    ensure(
        nonce.as_bytes().ct_eq(expected.nonce.as_bytes()).into(),
        SignInErrorCode::IdTokenNonce,
        "`nonce` is of another sign-in",
    )
}

/// Nothing asked for a nonce, so that a token with one was made for another sign-in.
fn has_no_nonce(claims: &IdTokenClaims, _: &Expected<'_>) -> Result<(), Fault> {
    ensure(
        claims.nonce.is_none(),
        SignInErrorCode::IdTokenNonce,
        "`nonce` is of another sign-in: this one has none",
    )
}

fn nonce_if_any_is_of_the_sign_in(
    claims: &IdTokenClaims,
    expected: &Expected<'_>,
) -> Result<(), Fault> {
    if claims.nonce.is_none() {
        return Ok(());
    }
    nonce_is_of_this_sign_in(claims, expected)
}

fn person_is_who_was_asked(claims: &IdTokenClaims, expected: &Expected<'_>) -> Result<(), Fault> {
    ensure(
        expected
            .only
            .is_none_or(|only| only == claims.registered.subject),
        SignInErrorCode::OtherPerson,
        "`sub` is another person than the one of the session",
    )
}

fn assurance_is_high_enough(claims: &IdTokenClaims, expected: &Expected<'_>) -> Result<(), Fault> {
    let is_asked = |acr: &String| expected.acr_values.contains(acr);
    ensure(
        expected.acr_values.is_empty() || claims.acr.as_ref().is_some_and(is_asked),
        SignInErrorCode::AuthenticationInsufficient,
        "`acr` is none of those asked for",
    )
}

fn proof_is_recent_enough(claims: &IdTokenClaims, expected: &Expected<'_>) -> Result<(), Fault> {
    let now = expected.now.as_second();
    ensure(
        claims.auth_time.is_none_or(|at| at <= now + LEEWAY),
        SignInErrorCode::IdTokenFromTheFuture,
        "`auth_time` lies in the future",
    )?;
    if let Some(since) = expected.proved_since {
        ensure(
            claims
                .auth_time
                .is_none_or(|at| at >= since.as_second() - LEEWAY),
            SignInErrorCode::AuthenticationInsufficient,
            "`auth_time` is older than the sign-in that demanded a new proof",
        )?;
    }
    let Some(max_age) = expected.max_age else {
        return Ok(());
    };
    let oldest = now - i64::from(max_age) - LEEWAY;
    ensure(
        claims.auth_time.is_some_and(|at| at >= oldest),
        SignInErrorCode::AuthenticationInsufficient,
        "`auth_time` is missing or older than `max_age`",
    )
}

/// `at_hash` is the left half of the access token's hash (OpenID Connect Core §3.1.3.6).
fn access_token_belongs_to_it(
    claims: &IdTokenClaims,
    expected: &Expected<'_>,
) -> Result<(), Fault> {
    let Some(hash) = &claims.access_token_hash else {
        return Ok(());
    };
    let access_token = expected.access_token.expose_secret().as_bytes();
    let digest = digest::digest(&digest::SHA256, access_token);
    let left_half = &digest.as_ref()[..digest::SHA256_OUTPUT_LEN / 2];
    ensure(
        URL_SAFE_NO_PAD.encode(left_half) == *hash,
        SignInErrorCode::TokenResponseInvalid,
        "`at_hash` is of another access token",
    )
}
