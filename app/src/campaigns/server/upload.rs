use axum::extract::multipart::Field;
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bff::{Bff, CampaignAccess, Campaigns, Intake, IntakeTrouble, Session, SessionState};

use super::word;
use crate::campaigns::Outcome;
use crate::path;

/// `POST /campaigns/{id}/people`: people as a file (`file`) or as text (`text`) of a form, read while it arrives. Answers with a
/// redirect to the preview, or back to the campaign with what is wrong.
pub async fn post_people(
    State(bff): State<Bff>,
    Path(id): Path<i64>,
    headers: HeaderMap,
    mut form: Multipart,
) -> Response {
    let page = path::campaign(id);
    let session = match bff.session(&headers).await.state {
        SessionState::SignedIn(session) => session,
        SessionState::SignedOut => return see_other(&path::login(&page), None),
        SessionState::CannotCheck => return see_other(&page, None),
    };
    let Some(campaigns) = bff.campaigns() else {
        return see_other(&page, None);
    };
    let outcome = match campaigns.access(&session).await {
        CampaignAccess::Allowed(campaigns) => {
            take(&campaigns, id, &mut form).await.map_err(Outcome::from)
        }
        CampaignAccess::NotAllowed => Err(Outcome::NotAllowed),
        CampaignAccess::NotSetUp | CampaignAccess::CannotTell(_) => Err(Outcome::OrgUnavailable),
    };
    // Who answers while the browser still sends is not heard.
    while let Ok(Some(mut rest)) = form.next_field().await {
        while let Ok(Some(_)) = rest.chunk().await {}
    }
    match outcome {
        Ok(()) => see_other(&path::campaign_preview(id), None),
        Err(outcome) => {
            let notice = notice(&bff, &session, outcome);
            see_other(&format!("{page}#outcome"), notice)
        }
    }
}

fn notice(bff: &Bff, session: &Session, outcome: Outcome) -> Option<HeaderValue> {
    bff.leave_notice(Some(session), word(outcome)?)
}

/// The first part of the form that is not empty counts: a file that was not chosen is an empty part.
async fn take(campaigns: &Campaigns, id: i64, form: &mut Multipart) -> Result<(), IntakeTrouble> {
    let mut trouble = IntakeTrouble::Empty;
    while let Some(mut field) = form.next_field().await.map_err(|_| IntakeTrouble::Broken)? {
        if !matches!(field.name(), Some("file" | "text")) {
            continue;
        }
        let intake = campaigns.begin_intake(id).await?;
        match read(intake, &mut field).await {
            Err(IntakeTrouble::Empty) => trouble = IntakeTrouble::Empty,
            outcome => {
                while let Ok(Some(_)) = field.chunk().await {}
                return outcome;
            }
        }
    }
    Err(trouble)
}

async fn read(mut intake: Intake, field: &mut Field<'_>) -> Result<(), IntakeTrouble> {
    while let Some(piece) = field.chunk().await.map_err(|_| IntakeTrouble::Broken)? {
        intake.push(piece).await?;
    }
    intake.finish().await
}

fn see_other(location: &str, notice: Option<HeaderValue>) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let location =
        HeaderValue::from_str(location).unwrap_or(HeaderValue::from_static("/campaigns"));
    response.headers_mut().insert(header::LOCATION, location);
    if let Some(notice) = notice {
        response.headers_mut().append(header::SET_COOKIE, notice);
    }
    response
}
