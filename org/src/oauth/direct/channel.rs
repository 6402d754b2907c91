use crate::authenticator::Method;
use crate::oauth::error::EndpointError;
use crate::oauth::parameters::Parameters;

use super::refusal;

/// By which way something reaches a person outside the app: the `channel_hint` of the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Channel {
    Sms,
    Voice,
    /// To Okta Verify on a telephone. No device of the local org can take it.
    Push,
}

impl Channel {
    const ALL: [Self; 3] = [Self::Push, Self::Sms, Self::Voice];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Voice => "voice",
            Self::Push => "push",
        }
    }

    pub(super) const fn method(self) -> Option<Method> {
        match self {
            Self::Sms => Some(Method::Sms),
            Self::Voice => Some(Method::Voice),
            Self::Push => None,
        }
    }

    pub(super) const fn of(method: Method) -> Option<Self> {
        match method {
            Method::Sms => Some(Self::Sms),
            Method::Voice => Some(Self::Voice),
            _ => None,
        }
    }

    /// The channel that the app asks for, if it asks for one.
    pub(super) fn read(parameters: &Parameters) -> Result<Option<Self>, EndpointError> {
        let Some(hint) = parameters.get("channel_hint") else {
            return Ok(None);
        };
        let known = Self::ALL
            .into_iter()
            .find(|channel| channel.as_str() == hint);
        known
            .map(Some)
            .ok_or_else(|| refusal::unknown_channel(hint))
    }
}
