use http::HeaderMap;
use model::{DirectWord, SignInErrorCode};

use super::answer::{Taken, take};
use super::attempt::{Attempt, Step, forget};
use super::{DirectAnswer, DirectForm, DirectOutcome, DirectSignIn};
use crate::bff::{Bff, Parts};
use crate::fault::Fault;
use crate::session::BrowserInfo;
use crate::sign_in::{Begun, SignInRequest};

impl Bff {
    /// The sign-in that this browser has begun by the app's own forms, if any.
    pub fn direct_sign_in(&self, cookies: &HeaderMap) -> Option<DirectSignIn> {
        Attempt::find(&self.parts, cookies).map(Attempt::shown)
    }

    /// Takes a form: tells the org what the person said, and remembers what it asks next. When nothing is missing, the
    /// tokens pass the checks of every sign-in and a session begins.
    pub async fn submit_direct(
        &self,
        cookies: &HeaderMap,
        form: DirectForm,
        browser: BrowserInfo,
    ) -> DirectOutcome {
        let parts = &*self.parts;
        let attempt = match current(parts, cookies, &form) {
            Ok(attempt) => attempt,
            Err(attempt) => return asked(parts, *attempt),
        };
        match take(parts, cookies, attempt, form.answer, browser).await {
            Taken::Asked(attempt) => asked(parts, *attempt),
            Taken::SignedIn(mut completed) => {
                completed.cookies.push(forget(parts));
                // A sign-out that the org has not confirmed stays remembered: no page of the org took part in this, so a
                // session of somebody else may still be open there.
                DirectOutcome {
                    cookies: completed.cookies,
                    is_signed_in: true,
                    go_to: completed.go_to,
                }
            }
        }
    }

    /// Forgets what the app's own forms have begun. Gives where the person wanted to go.
    pub fn restart_direct(&self, cookies: &HeaderMap, form: &DirectForm) -> DirectOutcome {
        let found = Attempt::find(&self.parts, cookies);
        let go_to = found.map_or_else(|| form.return_to.clone(), |attempt| attempt.return_to);
        DirectOutcome {
            cookies: vec![forget(&self.parts)],
            is_signed_in: false,
            go_to,
        }
    }

    /// Goes on at the org's page, with the name that was given and the place where the person wanted to go.
    ///
    /// # Errors
    ///
    /// When the org cannot be asked; what was begun stays.
    pub async fn leave_direct(
        &self,
        cookies: &HeaderMap,
        form: DirectForm,
    ) -> Result<Begun, DirectOutcome> {
        let parts = &*self.parts;
        let attempt = Attempt::find(parts, cookies)
            .unwrap_or_else(|| Attempt::begin(parts, form.return_to, String::new()));
        let request = SignInRequest {
            return_to: attempt.return_to.clone(),
            login_hint: Some(attempt.identifier.clone()).filter(|name| !name.is_empty()),
            ..SignInRequest::default()
        };
        match self.begin_sign_in(cookies, request).await {
            Ok(mut begun) => {
                begun.cookies.push(forget(parts));
                Ok(begun)
            }
            Err(error) if error.code == SignInErrorCode::OrgUnreachable => {
                Err(asked(parts, attempt.with(DirectWord::OrgDown)))
            }
            Err(error) => Err(asked(parts, attempt.at(Step::Failed(error.code)))),
        }
    }
}

/// The sign-in that the form belongs to. A first form begins one; any other form of a sign-in that is over, or was replaced by
/// another tab, changes nothing.
fn current(parts: &Parts, headers: &HeaderMap, form: &DirectForm) -> Result<Attempt, Box<Attempt>> {
    let found = Attempt::find(parts, headers);
    let name = match &form.answer {
        DirectAnswer::Password { identifier, .. } | DirectAnswer::First { identifier, .. } => {
            identifier.trim()
        }
        DirectAnswer::Code(_) | DirectAnswer::Way(_) => {
            return match found {
                Some(attempt) if attempt.id == form.attempt => Ok(attempt),
                Some(attempt) => Err(Box::new(attempt.with(DirectWord::OtherAttempt))),
                None => {
                    let begun = Attempt::begin(parts, form.return_to.clone(), String::new());
                    Err(Box::new(begun.with(DirectWord::Expired)))
                }
            };
        }
    };
    Ok(Attempt::begin(
        parts,
        form.return_to.clone(),
        name.to_owned(),
    ))
}

fn asked(parts: &Parts, attempt: Attempt) -> DirectOutcome {
    let go_to = attempt.return_to.clone();
    let kept = attempt.keep(parts).map_err(Fault::report);
    DirectOutcome {
        cookies: kept.into_iter().collect(),
        is_signed_in: false,
        go_to,
    }
}
