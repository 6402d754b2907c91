//! Panics go to the log: where they happened, but not what they said.

use std::panic::PanicHookInfo;

/// Logs a panic. To be set as the program's panic hook.
///
/// The message may quote what a person sent, a password even, so it is shown only to those who ask for details.
pub fn log(panic: &PanicHookInfo<'_>) {
    let location = panic.location().map(ToString::to_string);
    let at = location.as_deref().unwrap_or("an unknown place");
    tracing::error!(at, "the program panicked");
    tracing::debug!(
        at,
        message = panic.payload_as_str().unwrap_or_default(),
        "what the panic said"
    );
}
