use axum::Json;
use model::ErrorCode;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::{Verdict, judge, settle};
use super::letter;
use super::record::{Factor, State, find_factor};
use crate::Org;
use crate::api::v1::users::{UserRecord, find_user};
use crate::api::{ApiError, Change, OptionalBody, Path, Writing, hinted};
use crate::authenticator::enrollment::record_totp_step;
use crate::authenticator::factor::FactorType;
use crate::authenticator::security_question::normal_answer;
use crate::authenticator::{EnrollmentKind, Method};
use crate::events::{Event, EventType, Outcome};
use crate::failure::Failure;
use crate::throttle::LetterLimit;

/// A code, or the answer to a question; for factors whose codes are sent nothing, to have one sent.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(in crate::api::v1) struct Sent {
    pub(in crate::api::v1) pass_code: Option<SecretString>,
    pub(in crate::api::v1) answer: Option<SecretString>,
}

/// The hash that an answer belongs to.
type Matched = Option<String>;

/// `POST /api/v1/users/{userId}/factors/{factorId}/verify`. Wrong answers count as they do while signing in.
pub(super) async fn verify(
    change: Change,
    Path((user, id)): Path<(String, String)>,
    OptionalBody(sent): OptionalBody<Sent>,
) -> Result<Json<Value>, ApiError> {
    let org = change.org().clone();
    let user = org
        .store()
        .read(|db| Ok(find_user(db, &change.caller, &user)))??;
    let given = Given::read(&org, user, &id, sent).await?;
    let letters = org.kit().letters;
    let outcome = change
        .run(move |writing| {
            writing.caller.may_act_on(writing.db, &given.user.id)?;
            given.judge(writing, &letters)
        })
        .await?;
    org.inbox().announce();
    outcome.map(Json).map_err(ApiError::new)
}

/// What somebody sent to prove a factor, on its way into the transaction that judges it.
#[derive(Debug)]
pub(in crate::api::v1) struct Given {
    user: UserRecord,
    factor: Factor,
    pass_code: Option<SecretString>,
    matched: Matched,
}

impl Given {
    /// Finds the factor and does the slow work.
    pub(in crate::api::v1) async fn read(
        org: &Org,
        user: UserRecord,
        factor: &str,
        sent: Sent,
    ) -> Result<Self, ApiError> {
        let factor = org
            .store()
            .read(|db| Ok(find_factor(db, &user, factor)))??;
        Ok(Self {
            matched: matched(org, &factor, sent.answer.as_ref()).await?,
            pass_code: sent.pass_code,
            user,
            factor,
        })
    }

    /// What is proved, if it is right.
    pub(in crate::api::v1) const fn method(&self) -> Method {
        self.factor.kind.method()
    }

    /// Judges it, or has a code sent where none was given. The inner error is a wrong answer, which counts: the transaction must
    /// end well.
    pub(in crate::api::v1) fn judge(
        self,
        writing: &Writing<'_>,
        letters: &LetterLimit,
    ) -> Result<Result<Value, ErrorCode>, ApiError> {
        let factor = find_factor(writing.db, &self.user, &self.factor.id)?;
        if !matches!(factor.state, State::Active(_)) {
            return Err(ApiError::invalid("factor", "The factor is not active"));
        }
        match (factor.kind, &self.pass_code) {
            (FactorType::Webauthn, _) => Err(ApiError::new(ErrorCode::NotImplemented).saying(
                "Not implemented in the local org: verification of factors of type webauthn."
                    .to_owned(),
            )),
            (FactorType::Question, _) => judge_question(writing, &self.user, &factor, self.matched),
            (kind, None) if kind.is_sent() => {
                challenge(writing, letters, &self.user, &factor).map(Ok)
            }
            (_, code) => {
                let code = code.as_ref().map_or("", |code| code.expose_secret());
                let verdict = judge(writing, &self.user, &factor, code)?;
                conclude(writing, &self.user, &factor, verdict)
            }
        }
    }
}

/// Compares the answer to a question with its hash, before the transaction: that is slow.
async fn matched(
    org: &Org,
    factor: &Factor,
    answer: Option<&SecretString>,
) -> Result<Matched, ApiError> {
    let State::Active(enrollment) = &factor.state else {
        return Ok(None);
    };
    let EnrollmentKind::SecurityQuestion { answer_hash, .. } = &enrollment.kind else {
        return Ok(None);
    };
    let Some(answer) = answer else {
        return Ok(None);
    };
    let hash = Some(answer_hash.clone());
    let is_right = org.passwords().verify(normal_answer(answer), hash).await;
    Ok(is_right
        .map_err(Failure::from)?
        .then(|| answer_hash.clone()))
}

fn judge_question(
    writing: &Writing<'_>,
    user: &UserRecord,
    factor: &Factor,
    matched: Matched,
) -> Result<Result<Value, ErrorCode>, ApiError> {
    let verdict = settle(writing, user, |_| {
        let State::Active(enrollment) = &factor.state else {
            return Ok(Verdict::Wrong(ErrorCode::InvalidPasscode));
        };
        // The question may be another one by now.
        Ok(match &enrollment.kind {
            EnrollmentKind::SecurityQuestion { answer_hash, .. }
                if matched.as_ref() == Some(answer_hash) =>
            {
                Verdict::Right { step: None }
            }
            _ => Verdict::Wrong(ErrorCode::InvalidPasscode),
        })
    })?;
    conclude(writing, user, factor, verdict)
}

fn conclude(
    writing: &Writing<'_>,
    user: &UserRecord,
    factor: &Factor,
    verdict: Verdict,
) -> Result<Result<Value, ErrorCode>, ApiError> {
    let event = Event::of(EventType::AuthViaMfa)
        .to(user.target())
        .debug("factor", factor.kind.key().as_str());
    let step = match verdict {
        Verdict::Right { step } => step,
        Verdict::Wrong(code) => {
            writing.log(event.ended(Outcome::Failure, "INVALID_CREDENTIALS"))?;
            return Ok(Err(code));
        }
    };
    if let (Some(step), State::Active(enrollment)) = (step, &factor.state)
        && !record_totp_step(writing.db, &enrollment.id, step, writing.now)?
    {
        return Ok(Err(ErrorCode::CodeUsed));
    }
    writing.log(event)?;
    Ok(Ok(json!({"factorResult": "SUCCESS"})))
}

fn challenge(
    writing: &Writing<'_>,
    letters: &LetterLimit,
    user: &UserRecord,
    factor: &Factor,
) -> Result<Value, ApiError> {
    let to = match &factor.state {
        State::Active(enrollment) => match &enrollment.kind {
            EnrollmentKind::Phone { number } => number.as_str().to_owned(),
            EnrollmentKind::Email { address } => address.as_str().to_owned(),
            _ => String::new(),
        },
        State::Pending(_) => String::new(),
    };
    let message = (factor.kind, factor.id.as_str(), to.as_str());
    letter::send(writing, letters, user, message)?;
    writing.log(letter::event(factor.kind, user))?;
    let own = format!("/users/{}/factors/{}", user.id, factor.id);
    Ok(json!({
        "factorResult": "CHALLENGE",
        "_links": {
            "verify": hinted(writing.url, &format!("{own}/verify"), &["POST"]),
            "factor": hinted(writing.url, &own, &["GET", "DELETE"]),
        },
    }))
}
