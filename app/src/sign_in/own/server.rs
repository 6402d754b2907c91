use bff::{BrowserInfo, DirectAnswer, DirectForm, DirectOutcome};
use model::{DirectStep, DirectWay, ReturnTo};

use super::Shown;
use crate::context::server::AppContext;
use crate::error::AppError;
use crate::path;

pub(super) fn look(query: &str) -> Result<Shown, AppError> {
    let app = AppContext::current()?;
    let Some(found) = app.bff().direct_sign_in(app.headers()) else {
        let return_to = path::parameter(query, "return_to").unwrap_or_default();
        return Ok(Shown {
            attempt: String::new(),
            identifier: String::new(),
            return_to: ReturnTo::parse(&return_to).to_string(),
            step: DirectStep::Begin,
            word: None,
        });
    };
    if let DirectStep::Failed(_) = found.step {
        // It is told once: the next look begins anew.
        app.add_cookies(app.bff().restart_direct(app.headers(), &empty("")).cookies);
    }
    Ok(Shown {
        attempt: found.id,
        identifier: found.identifier,
        return_to: found.return_to.to_string(),
        step: found.step,
        word: found.word,
    })
}

pub(super) async fn password(
    return_to: &str,
    identifier: String,
    password: String,
) -> Result<(), AppError> {
    let password = password.into();
    let answer = DirectAnswer::Password {
        identifier,
        password,
    };
    submit(form(String::new(), return_to, answer)).await
}

pub(super) async fn first(return_to: &str, identifier: String, way: &str) -> Result<(), AppError> {
    let way = DirectWay::choice(way);
    let answer = DirectAnswer::First { identifier, way };
    submit(form(String::new(), return_to, answer)).await
}

pub(super) async fn code(attempt: String, return_to: &str, code: String) -> Result<(), AppError> {
    submit(form(attempt, return_to, DirectAnswer::Code(code.into()))).await
}

pub(super) async fn way(attempt: String, return_to: &str, way: &str) -> Result<(), AppError> {
    let answer = DirectAnswer::Way(DirectWay::choice(way));
    submit(form(attempt, return_to, answer)).await
}

pub(super) fn restart(return_to: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let outcome = app.bff().restart_direct(app.headers(), &empty(return_to));
    follow(&app, outcome)
}

pub(super) async fn hosted(return_to: &str) -> Result<(), AppError> {
    let app = AppContext::current()?;
    match app
        .bff()
        .leave_direct(app.headers(), empty(return_to))
        .await
    {
        Ok(begun) => {
            app.add_cookies(begun.cookies);
            app.see_other(begun.location.as_str())
        }
        Err(outcome) => follow(&app, outcome),
    }
}

async fn submit(form: DirectForm) -> Result<(), AppError> {
    let app = AppContext::current()?;
    let browser = BrowserInfo::from_headers(app.headers());
    let outcome = app.bff().submit_direct(app.headers(), form, browser).await;
    follow(&app, outcome)
}

/// To where the person wanted to go, or to the page, at what became of the form.
fn follow(app: &AppContext, outcome: DirectOutcome) -> Result<(), AppError> {
    app.add_cookies(outcome.cookies);
    let go_to = outcome.go_to.as_str();
    if outcome.is_signed_in {
        app.see_other(go_to)
    } else {
        app.see_other(&format!(
            "{}#outcome",
            path::with_return_to(path::server::SIGN_IN, go_to)
        ))
    }
}

fn form(attempt: String, return_to: &str, answer: DirectAnswer) -> DirectForm {
    DirectForm {
        attempt,
        return_to: ReturnTo::parse(return_to),
        answer,
    }
}

/// A form that says nothing but where the person wants to go.
fn empty(return_to: &str) -> DirectForm {
    form(String::new(), return_to, DirectAnswer::Way(None))
}
