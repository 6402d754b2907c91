//! What the people of a seed can use besides a password.

use model::{EnrollmentId, UserId};

use super::SeedError;
use super::prepare::Tools;
use super::user::{SeedFactor, SeedUser};
use crate::authenticator::email::EmailAddress;
use crate::authenticator::security_question::Question;
use crate::authenticator::totp::TotpSecret;
use crate::authenticator::{AuthenticatorKey, EnrollmentKind};
use crate::org::OpenError;
use secrecy::ExposeSecret as _;

/// An enrollment that waits for the moment of its creation.
#[derive(Debug)]
pub(super) struct PreparedFactor {
    pub(super) id: EnrollmentId,
    pub(super) key: AuthenticatorKey,
    pub(super) kind: EnrollmentKind,
}

/// Seals secrets and hashes answers.
pub(super) fn prepare(
    user: &SeedUser,
    id: &UserId,
    tools: Tools<'_>,
) -> Result<Vec<PreparedFactor>, OpenError> {
    let mut prepared = Vec::new();
    let mut add = |key, kind| {
        let id = EnrollmentId::generate(tools.entropy);
        prepared.push(PreparedFactor { id, key, kind });
    };
    // A checked seed has plain addresses only.
    if user.is_email_verified()
        && let Ok(address) = EmailAddress::parse(&user.email)
    {
        add(
            AuthenticatorKey::OktaEmail,
            EnrollmentKind::Email { address },
        );
    }
    for factor in &user.factors {
        if let Some(kind) = kind(factor, id, tools)? {
            add(factor.key(), kind);
        }
    }
    Ok(prepared)
}

/// Nothing for a factor that a checked seed does not have.
fn kind(
    factor: &SeedFactor,
    user: &UserId,
    tools: Tools<'_>,
) -> Result<Option<EnrollmentKind>, OpenError> {
    Ok(match factor {
        SeedFactor::Phone { number } => Some(EnrollmentKind::Phone {
            number: number.clone(),
        }),
        SeedFactor::GoogleOtp { secret } | SeedFactor::OktaVerify { secret } => {
            let Ok(secret) = TotpSecret::from_base32(secret.expose_secret()) else {
                return Ok(None);
            };
            Some(EnrollmentKind::Totp {
                secret: secret.seal(tools.sealer, user, factor.key())?,
                last_step: None,
            })
        }
        SeedFactor::SecurityQuestion {
            question,
            text,
            answer,
        } => {
            let question = Question::new(question, text.as_deref());
            let answered = question.and_then(|question| {
                let answer = question.new_answer(answer)?;
                Ok((question, answer))
            });
            let Ok((question, answer)) = answered else {
                return Ok(None);
            };
            let salt = tools.entropy.bytes();
            Some(EnrollmentKind::SecurityQuestion {
                question,
                answer_hash: tools.passwords.hash(answer.expose_secret(), salt)?,
            })
        }
    })
}

/// Checks what the shapes alone do not say.
pub(super) fn check(place: &str, user: &SeedUser) -> Result<(), SeedError> {
    if EmailAddress::parse(&user.email).is_err() {
        return Err(SeedError::field(
            format!("{place}.email"),
            "it is not one plain email address",
            "write it as john.doe@example.com",
        ));
    }
    if user.is_expiry_absurd() {
        return Err(SeedError::field(
            format!("{place}.passwordExpired"),
            "there is no password in use that could have expired",
            "leave it out, or give an active user with a password",
        ));
    }
    for (index, factor) in user.factors.iter().enumerate() {
        let place = format!("{place}.factors[{index}]");
        check_factor(&place, factor)?;
        let earlier = user.factors.iter().take(index);
        if earlier.into_iter().any(|other| other.key() == factor.key()) {
            return Err(SeedError::field(
                place,
                "the user has this authenticator already",
                "give each user one of each type",
            ));
        }
    }
    Ok(())
}

fn check_factor(place: &str, factor: &SeedFactor) -> Result<(), SeedError> {
    match factor {
        SeedFactor::Phone { .. } => Ok(()),
        SeedFactor::GoogleOtp { secret } | SeedFactor::OktaVerify { secret } => {
            TotpSecret::from_base32(secret.expose_secret()).map_err(|error| {
                SeedError::field(
                    format!("{place}.secret"),
                    format!("it is {error}"),
                    "write 32 letters A-Z and digits 2-7",
                )
            })?;
            Ok(())
        }
        SeedFactor::SecurityQuestion {
            question,
            text,
            answer,
        } => Question::new(question, text.as_deref())
            .and_then(|question| question.new_answer(answer))
            .map(drop)
            .map_err(|error| {
                SeedError::field(
                    place,
                    error.to_string(),
                    "use one of Okta's question keys such as disliked_food, or \"custom\" with a text",
                )
            }),
    }
}
