use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bff::{Bff, CampaignAccess, CampaignTrouble, SessionState};

/// `GET /campaigns/{id}/export`: the people of a campaign as a CSV file. Nobody but administrators learns whether there is one.
pub async fn get_export(
    State(bff): State<Bff>,
    Extension(state): Extension<SessionState>,
    Path(id): Path<i64>,
) -> Response {
    let session = match state {
        SessionState::SignedIn(session) => session,
        SessionState::SignedOut => return StatusCode::UNAUTHORIZED.into_response(),
        SessionState::CannotCheck => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    let Some(campaigns) = bff.campaigns() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let campaigns = match campaigns.access(&session).await {
        CampaignAccess::Allowed(campaigns) => campaigns,
        CampaignAccess::NotAllowed | CampaignAccess::NotSetUp => {
            return StatusCode::NOT_FOUND.into_response();
        }
        CampaignAccess::CannotTell(_) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    match campaigns.export(id).await {
        Ok(csv) => {
            let kind = HeaderValue::from_static("text/csv; charset=utf-8");
            let name = format!("attachment; filename=\"campaign-{id}.csv\"");
            let name =
                HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
            let headers = [
                (header::CONTENT_TYPE, kind),
                (header::CONTENT_DISPOSITION, name),
            ];
            (headers, csv).into_response()
        }
        Err(CampaignTrouble::NoSuchCampaign) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
