use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Params, Version};
use std::fmt::Display;
use subtle::ConstantTimeEq as _;

use super::PasswordError;
use super::memory::Memory;

const ALGORITHM: Algorithm = Algorithm::Argon2id;
const VERSION: Version = Version::V0x13;

/// The PHC string of a password.
pub(super) fn create(
    params: Params,
    password: &str,
    salt: [u8; 16],
    memory: &Memory,
) -> Result<String, PasswordError> {
    let salt = Salt::new(&salt).map_err(unusable)?;
    let mut output = [0; Params::DEFAULT_OUTPUT_LEN];
    let named = ParamsString::try_from(&params).map_err(unusable)?;
    compute(params, password, &salt, &mut output, memory)?;
    let hash = PasswordHash {
        algorithm: ALGORITHM.ident(),
        version: Some(VERSION.into()),
        params: named,
        salt: Some(salt),
        hash: Some(Output::new(&output).map_err(unusable)?),
    };
    Ok(hash.to_string())
}

/// Whether a PHC string is of this password. Its own parameters count, so that old hashes stay good when the cost changes.
pub(super) fn is_of(hash: &str, password: &str, memory: &Memory) -> Result<bool, PasswordError> {
    let hash = PasswordHash::new(hash).map_err(unusable)?;
    let (Some(salt), Some(expected)) = (&hash.salt, &hash.hash) else {
        return Err(unusable("it has no salt or no output"));
    };
    if hash.algorithm != ALGORITHM.ident() || hash.version != Some(VERSION.into()) {
        return Err(unusable("it is not of Argon2id version 19"));
    }
    let params = Params::try_from(&hash).map_err(unusable)?;
    let mut output = vec![0; expected.len()];
    compute(params, password, salt, &mut output, memory)?;
    Ok(output.ct_eq(expected.as_bytes()).into())
}

/// Whether a PHC string was made with these parameters.
pub(super) fn is_of_cost(hash: &str, params: &Params) -> bool {
    let cost = |params: &Params| (params.m_cost(), params.t_cost(), params.p_cost());
    PasswordHash::new(hash).is_ok_and(|hash| {
        hash.algorithm == ALGORITHM.ident()
            && Params::try_from(&hash).is_ok_and(|of_hash| cost(&of_hash) == cost(params))
    })
}

fn compute(
    params: Params,
    password: &str,
    salt: &Salt,
    output: &mut [u8],
    memory: &Memory,
) -> Result<(), PasswordError> {
    memory
        .lend(params.block_count(), |blocks| {
            Argon2::new(ALGORITHM, VERSION, params).hash_password_into_with_memory(
                password.as_bytes(),
                salt,
                output,
                blocks,
            )
        })
        .map_err(unusable)
}

fn unusable(reason: impl Display) -> PasswordError {
    PasswordError::Hash(reason.to_string())
}
