use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use model::SignInErrorCode;
use secrecy::ExposeSecret;
use subtle::ConstantTimeEq;

use super::{Expected, IdTokenClaims};
use crate::fault::Fault;

/// How far the clocks of app and org may differ, in seconds.
const LEEWAY: i64 = 60;

/// One rule of OpenID Connect Core §3.1.3.7 about the claims.
type Check = fn(&IdTokenClaims, &Expected<'_>) -> Result<(), Fault>;

/// The rules, in the order of the specification. The first one that is broken names the failure.
const CHECKS: [Check; 10] = [
    issuer_is_the_org,
    audience_is_this_app,
    authorized_party_is_this_app,
    has_not_expired,
    is_not_from_the_future,
    is_valid_already,
    nonce_is_of_this_sign_in,
    assurance_is_high_enough,
    proof_is_recent_enough,
    access_token_belongs_to_it,
];

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
        claims.issuer == expected.issuer,
        SignInErrorCode::IdTokenIssuer,
        "`iss` is another issuer",
    )
}

/// Other audiences are not trusted: each of them could present the same token here.
fn audience_is_this_app(claims: &IdTokenClaims, expected: &Expected<'_>) -> Result<(), Fault> {
    ensure(
        claims
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
        expected.now.as_second() < claims.expires_at + LEEWAY,
        SignInErrorCode::IdTokenExpired,
        "`exp` has passed",
    )
}

fn is_not_from_the_future(claims: &IdTokenClaims, expected: &Expected<'_>) -> Result<(), Fault> {
    ensure(
        claims.issued_at <= expected.now.as_second() + LEEWAY,
        SignInErrorCode::IdTokenFromTheFuture,
        "`iat` lies in the future",
    )
}

fn is_valid_already(claims: &IdTokenClaims, expected: &Expected<'_>) -> Result<(), Fault> {
    let latest = expected.now.as_second() + LEEWAY;
    ensure(
        claims
            .not_before
            .is_none_or(|not_before| not_before <= latest),
        SignInErrorCode::IdTokenFromTheFuture,
        "`nbf` lies in the future",
    )
}

fn nonce_is_of_this_sign_in(claims: &IdTokenClaims, expected: &Expected<'_>) -> Result<(), Fault> {
    ensure(
        claims
            .nonce
            .as_bytes()
            .ct_eq(expected.nonce.as_bytes())
            .into(),
        SignInErrorCode::IdTokenNonce,
        "`nonce` is of another sign-in",
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
