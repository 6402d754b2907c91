//! Why sign-ins went as they did: the decisions of the policies, as they were made.

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::HeaderMap;
use rusqlite::Connection;
use serde::Serialize;

use super::answer::{Refusal, wants_json};
use super::page::Frame;
use crate::apps::find_app_label;
use crate::authenticator::Proof;
use crate::hosted::{FormTarget, Reason, html, reasons};
use crate::interaction::{Flow, Interaction, Stage, recent_interactions};
use crate::policy::Explanation;
use crate::{Org, paths};

/// So many sign-ins can be looked at.
const SHOWN: u32 = 100;

/// A sign-in as it is now.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Explained {
    id: String,
    app: String,
    identifier: Option<String>,
    began_at: String,
    flow: &'static str,
    stage: &'static str,
    /// What was proved, and when.
    proofs: Vec<Proof>,
    trail: Vec<Explanation>,
}

#[derive(Template)]
#[template(path = "dev/explain.html")]
struct ListPage {
    frame: Frame,
    sign_ins: Vec<Explained>,
    here: &'static str,
}

#[derive(Template)]
#[template(path = "dev/explain_one.html")]
struct OnePage<'a> {
    frame: Frame,
    sign_in: &'a Explained,
    proofs: Vec<(&'static str, String)>,
    why: Vec<Reason>,
    json: String,
}

/// `GET /dev/explain`: the latest sign-ins.
pub(super) async fn list(State(org): State<Org>, headers: HeaderMap) -> Result<Response, Refusal> {
    let sign_ins = org.store().read(explained)?;
    if wants_json(&headers) {
        return Ok(Json(sign_ins).into_response());
    }
    let page = ListPage {
        frame: Frame::new(paths::DEV_EXPLAIN, "Why"),
        sign_ins,
        here: paths::DEV_EXPLAIN,
    };
    Ok(html(&page, &FormTarget::Org)?)
}

/// `GET /dev/explain/{id}`: one of them.
pub(super) async fn one(
    State(org): State<Org>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let sign_ins = org.store().read(explained)?;
    let sign_in = sign_ins
        .into_iter()
        .find(|sign_in| sign_in.id == id)
        .ok_or_else(|| Refusal::Unknown(format!("none of the last {SHOWN} sign-ins is {id:?}")))?;
    if wants_json(&headers) {
        return Ok(Json(sign_in).into_response());
    }
    let page = OnePage {
        frame: Frame::new(paths::DEV_EXPLAIN, "Why"),
        proofs: sign_in
            .proofs
            .iter()
            .map(|proof| (proof.method.as_str(), format!("{:.0}", proof.at)))
            .collect(),
        why: reasons(&sign_in.trail),
        json: serde_json::to_string_pretty(&sign_in).unwrap_or_default(),
        sign_in: &sign_in,
    };
    Ok(html(&page, &FormTarget::Org)?)
}

fn explained(db: &Connection) -> rusqlite::Result<Vec<Explained>> {
    recent_interactions(db, SHOWN)?
        .into_iter()
        .map(|(id, interaction)| explain(db, id, interaction))
        .collect()
}

fn explain(db: &Connection, id: String, interaction: Interaction) -> rusqlite::Result<Explained> {
    let app = interaction.request.app_id;
    let label = find_app_label(db, &app)?;
    let state = interaction.state;
    Ok(Explained {
        id,
        app: label.unwrap_or_else(|| app.as_str().to_owned()),
        identifier: state.identifier,
        began_at: format!("{:.0}", state.began_at),
        flow: name_of_flow(&state.flow),
        stage: name_of_stage(&state.stage),
        proofs: state.proofs,
        trail: state.trail,
    })
}

const fn name_of_flow(flow: &Flow) -> &'static str {
    match flow {
        Flow::SignIn => "sign-in",
        Flow::Register(_) => "registration",
        Flow::Recover(_) => "recovery",
        Flow::Unlock => "unlock",
        Flow::Activate => "activation",
    }
}

/// In the words of Okta's remediations.
const fn name_of_stage(stage: &Stage) -> &'static str {
    match stage {
        Stage::Identify => "identify",
        Stage::IdentifyForRecovery => "identify-recovery",
        Stage::IdentifyForUnlock => "select-authenticator-unlock-account",
        Stage::Profile => "enroll-profile",
        Stage::Select => "select-authenticator-authenticate",
        Stage::ChoosePhoneMethod => "authenticator-verification-data",
        Stage::Challenge(_) => "challenge-authenticator",
        Stage::SelectSetUp => "select-authenticator-enroll",
        Stage::PhoneNumber => "authenticator-enrollment-data",
        Stage::SetUp(_) => "enroll-authenticator",
        Stage::ResetPassword => "reset-authenticator",
        Stage::ReplaceExpiredPassword => "reenroll-authenticator",
        Stage::KeepMeSignedIn => "keep-me-signed-in",
        Stage::Terminal => "terminal",
        Stage::Complete => "complete",
    }
}
