use leptos::prelude::*;
use model::CampaignStage;

use super::{Group, Invitation, One, Preview, Seen, Summary};
use crate::error::AppError;

/// All campaigns.
#[server(endpoint = "campaigns/list")]
pub(super) async fn see_all() -> Result<Seen<Vec<Summary>>, AppError> {
    super::server::see_all().await
}

/// The groups that a new campaign can use.
#[server(endpoint = "campaigns/groups")]
pub(super) async fn see_groups() -> Result<Seen<Vec<Group>>, AppError> {
    super::server::see_groups().await
}

/// One campaign, with the people of a stage, or of all, behind `after`.
#[server(endpoint = "campaigns/one")]
pub(super) async fn see_one(
    id: i64,
    stage: Option<CampaignStage>,
    after: i64,
) -> Result<Seen<One>, AppError> {
    super::server::see_one(id, stage, after).await
}

/// What the last file has brought, with what is wrong from `from` on.
#[server(endpoint = "campaigns/preview")]
pub(super) async fn see_preview(id: i64, from: i64) -> Result<Seen<Preview>, AppError> {
    super::server::see_preview(id, from).await
}

/// Makes a campaign; answers with a redirect to it, or back to the form.
#[server(endpoint = "campaigns/make")]
pub(super) async fn make(
    name: String,
    group: String,
    landing: String,
    start: String,
    #[server(default)] factors: Vec<String>,
) -> Result<(), AppError> {
    super::server::make(name, group, [landing, start], factors).await
}

/// Does something with a campaign: `import`, `discard`, `send`, `resend`, `look`, `take_back` or `delete`. Answers with a
/// redirect to it.
#[server(endpoint = "campaigns/act")]
pub(super) async fn act(id: i64, what: String) -> Result<(), AppError> {
    super::server::act(id, &what).await
}

/// Whom a code invites.
#[server(endpoint = "join/see")]
pub(super) async fn see_invitation(code: String) -> Result<Option<Invitation>, AppError> {
    super::server::see_invitation(&code).await
}

/// Accepts an invitation; answers with a redirect to the org.
#[server(endpoint = "join/accept")]
pub(super) async fn accept(code: String) -> Result<(), AppError> {
    super::server::accept(&code).await
}
