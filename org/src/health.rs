use axum::extract::State;
use http::StatusCode;

use crate::Org;
use crate::failure::Failure;

/// `GET /livez`: the process answers.
pub(crate) async fn livez() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database can be read and written. The keys were loaded when the org was opened.
pub(crate) async fn readyz(State(org): State<Org>) -> Result<&'static str, (StatusCode, Failure)> {
    let not_ready = |failure| (StatusCode::SERVICE_UNAVAILABLE, failure);
    org.store()
        .write(|db| {
            // Writes the same value back: it needs everything that a change needs.
            db.execute("UPDATE org SET created_at = created_at", [])
                .map(drop)
                .map_err(Failure::from)
        })
        .await
        .map_err(not_ready)?;
    Ok("ok\n")
}
