use crate::api::{ApiError, Change, Writing};
use crate::failure::Failure;

/// Runs a change of what the org keeps of its authorization servers in memory, and has it read again before the answer.
///
/// In a task of its own: a caller who hangs up between the commit and the reload must not leave the org with what was.
pub(super) async fn run<T: Send + 'static>(
    change: Change,
    action: impl FnOnce(&Writing<'_>) -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    let org = change.org().clone();
    let task = tokio::spawn(async move {
        let done = change.run(action).await?;
        org.reload_servers().map_err(Failure::from)?;
        Ok(done)
    });
    task.await
        .unwrap_or_else(|_| Err(Failure::of_panic().into()))
}
