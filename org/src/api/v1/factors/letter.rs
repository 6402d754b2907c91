//! Codes on their way to people.

use jiff::SignedDuration;
use model::ErrorCode;

use crate::api::v1::users::UserRecord;
use crate::api::{ApiError, Writing};
use crate::authenticator::code::OneTimeCode;
use crate::authenticator::factor::{FactorType, SentCode, find_sent_code, record_sent_code};
use crate::authenticator::{Catalog, Method};
use crate::branding;
use crate::events::{Event, EventType};
use crate::inbox::{self, messages};
use crate::throttle::{LetterLimit, Recipient};

/// How long a code by telephone is good.
const BY_PHONE: SignedDuration = SignedDuration::from_mins(5);
/// How long after a message the next may follow.
const BETWEEN_CALLS: SignedDuration = SignedDuration::from_secs(30);
const BETWEEN_EMAILS: SignedDuration = SignedDuration::from_secs(5);

/// Sends a code for a factor to where its owner reads it. The code before counts no longer.
pub(in crate::api::v1) fn send(
    writing: &Writing<'_>,
    letters: &LetterLimit,
    user: &UserRecord,
    (factor_type, factor, to): (FactorType, &str, &str),
) -> Result<(), ApiError> {
    let method = factor_type.method();
    let too_soon = || ApiError::new(too_soon(factor_type));
    if let Some(last) = find_sent_code(writing.db, &user.id, method)?
        && writing.now.duration_since(last.sent_at) < between(factor_type)
    {
        return Err(too_soon());
    }
    let recipient = Recipient {
        method,
        to,
        known_device: None,
    };
    if !letters.allow(recipient, writing.now) {
        return Err(too_soon());
    }
    let code = OneTimeCode::generate(writing.entropy);
    let lifetime = lifetime(writing, method)?;
    let sent = SentCode {
        factor: factor.to_owned(),
        digest: Some(code.digest(writing.sealer, factor.as_bytes())),
        sent_at: writing.now,
        expires_at: writing.now.saturating_add(lifetime).unwrap_or(writing.now),
    };
    record_sent_code(writing.db, &user.id, method, &sent)?;
    let message = match factor_type {
        FactorType::Sms => messages::sms_code(to, code.secret(), branding::NAME),
        FactorType::Call => messages::voice_code(to, code.secret(), branding::NAME),
        _ => messages::email_verification(to, code.secret(), None, branding::NAME),
    };
    Ok(inbox::put(writing.db, &message, writing.now)?)
}

/// What the System Log calls it.
pub(in crate::api::v1) fn event(factor_type: FactorType, user: &UserRecord) -> Event {
    let kind = match factor_type {
        FactorType::Sms => EventType::SmsFactorMessage,
        FactorType::Call => EventType::VoiceFactorCall,
        _ => EventType::EmailFactorMessage,
    };
    Event::of(kind).to(user.target())
}

const fn between(factor_type: FactorType) -> SignedDuration {
    match factor_type {
        FactorType::Email => BETWEEN_EMAILS,
        _ => BETWEEN_CALLS,
    }
}

const fn too_soon(factor_type: FactorType) -> ErrorCode {
    match factor_type {
        FactorType::Sms => ErrorCode::SmsTooSoon,
        FactorType::Call => ErrorCode::CallTooSoon,
        _ => ErrorCode::EmailTooSoon,
    }
}

fn lifetime(writing: &Writing<'_>, method: Method) -> Result<SignedDuration, ApiError> {
    if method != Method::Email {
        return Ok(BY_PHONE);
    }
    let catalog = Catalog::load(writing.db)?;
    let record = catalog.get(method.authenticator());
    Ok(record.map_or(BY_PHONE, |record| record.settings.token_lifetime()))
}
