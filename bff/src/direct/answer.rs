//! What an answer leads to: the one place where the org's word becomes the next page.

use http::HeaderMap;
use model::{DirectWay, DirectWord, SignInErrorCode};
use secrecy::ExposeSecret;

use super::DirectAnswer;
use super::attempt::{Asked, Attempt, Step};
use super::call::{Caller, MFA_OOB, MFA_OTP, OOB, OTP, metadata};
use super::reply::{Refusal, Reply};
use crate::bff::Parts;
use crate::fault::Fault;
use crate::session::BrowserInfo;
use crate::sign_in::{Completed, Proved, complete_direct};

/// The longest name, password or code that is sent to the org, in bytes.
const MAX_NAME: usize = 255;
const MAX_SECRET: usize = 1024;

/// What a form leads to.
pub(super) enum Taken {
    Asked(Box<Attempt>),
    SignedIn(Completed),
}

/// Takes an answer of a person.
pub(super) async fn take(
    parts: &Parts,
    headers: &HeaderMap,
    attempt: Attempt,
    answer: DirectAnswer,
    browser: BrowserInfo,
) -> Taken {
    if !is_complete(&attempt, &answer) {
        return asked(attempt.with(DirectWord::Incomplete));
    }
    let metadata = match metadata(parts).await {
        Ok(metadata) => metadata,
        Err(SignInErrorCode::OrgUnreachable) => return asked(attempt.with(DirectWord::OrgDown)),
        Err(code) => return asked(attempt.at(Step::Failed(code))),
    };
    let caller = Caller {
        parts,
        metadata: &metadata,
    };
    let reply = match answer {
        DirectAnswer::First { way, .. } => return asked(caller.first(attempt, way).await),
        DirectAnswer::Way(way) => return asked(caller.way(attempt, way).await),
        DirectAnswer::Password { password, .. } => {
            caller.password(&attempt, password.expose_secret()).await
        }
        DirectAnswer::Code(code) => caller.code(&attempt, code.expose_secret()).await,
    };
    match reply {
        Reply::Tokens(tokens) => {
            let proved = Proved {
                tokens: &tokens,
                since: attempt.started_at,
                wanted: &attempt.return_to,
            };
            match complete_direct(parts, headers, proved, browser).await {
                Ok(completed) => Taken::SignedIn(completed),
                Err(fault) => asked(attempt.at(Step::Failed(Fault::report(fault).code))),
            }
        }
        Reply::More(token) => asked(caller.next(attempt, &token).await),
        Reply::Refused(refusal) => asked(caller.refused(attempt, refusal).await),
    }
}

fn asked(attempt: Attempt) -> Taken {
    Taken::Asked(Box::new(attempt))
}

/// Whether everything was filled in. An approval on a device needs no code.
fn is_complete(attempt: &Attempt, answer: &DirectAnswer) -> bool {
    let is_named = (1..=MAX_NAME).contains(&attempt.identifier.len());
    match answer {
        DirectAnswer::Password { password, .. } => {
            is_named && (1..=MAX_SECRET).contains(&password.expose_secret().len())
        }
        DirectAnswer::First { way, .. } => is_named && way.is_some(),
        DirectAnswer::Code(code) => {
            let is_push =
                matches!(&attempt.step, Step::Code(asked) if asked.way == DirectWay::Push);
            let length = code.expose_secret().trim().len();
            is_push || (1..=MAX_SECRET).contains(&length)
        }
        DirectAnswer::Way(_) => true,
    }
}

impl Caller<'_> {
    async fn password(self, attempt: &Attempt, password: &str) -> Reply {
        let fields = [
            ("grant_type", "password"),
            ("username", attempt.identifier.as_str()),
            ("password", password),
            ("scope", &self.scope()),
        ];
        self.token(&fields).await
    }

    /// Begins without a password.
    async fn first(self, attempt: Attempt, way: Option<DirectWay>) -> Attempt {
        let outcome = match way {
            Some(DirectWay::App) | None => Ok(Asked {
                way: DirectWay::App,
                mfa_token: None,
                oob_code: None,
                number: None,
            }),
            Some(way) => self.primary(&attempt.identifier, way).await,
        };
        match outcome {
            Ok(asked) => attempt.at(Step::Code(asked)),
            Err(refusal) => self.refused(attempt, refusal).await,
        }
    }

    /// Gives the org a code by the grant that what was asked calls for.
    async fn code(self, attempt: &Attempt, code: &str) -> Reply {
        let Step::Code(asked) = &attempt.step else {
            return Reply::Refused(Refusal::Expired);
        };
        // People type codes as they are shown, in groups.
        let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        let scope = self.scope();
        let mut fields = vec![("scope", scope.as_str())];
        let grant = match (&asked.mfa_token, &asked.oob_code) {
            (None, None) => {
                fields.extend([("login_hint", attempt.identifier.as_str()), ("otp", &code)]);
                OTP
            }
            (Some(_), None) => {
                fields.push(("otp", &code));
                MFA_OTP
            }
            (None, Some(_)) => OOB,
            (Some(_), Some(_)) => MFA_OOB,
        };
        fields.push(("grant_type", grant));
        fields.extend(
            asked
                .mfa_token
                .iter()
                .map(|token| ("mfa_token", token.as_str())),
        );
        if let Some(oob_code) = &asked.oob_code {
            fields.push(("oob_code", oob_code));
            if asked.way != DirectWay::Push {
                fields.push(("binding_code", &code));
            }
        }
        self.token(&fields).await
    }

    /// Goes another way, or the same once more.
    async fn way(self, attempt: Attempt, way: Option<DirectWay>) -> Attempt {
        let proved = attempt.mfa_token().map(str::to_owned);
        let Some(way) = way else {
            return attempt.at(proved.map_or(Step::Begin, Step::Choose));
        };
        let is_again = matches!(&attempt.step, Step::Code(asked) if asked.way == way);
        let Some(token) = proved else {
            let after = self.first(attempt, Some(way)).await;
            return if is_again { told_again(after) } else { after };
        };
        match self.challenge(&token, Some(way)).await {
            Ok(asked) => {
                let after = attempt.at(Step::Code(asked));
                if is_again { told_again(after) } else { after }
            }
            Err(Refusal::Unusable) => attempt.at(Step::Choose(token)).with(DirectWord::Unusable),
            Err(refusal) => self.refused(attempt, refusal).await,
        }
    }

    /// Asks the org what comes next, which is what the page shows.
    async fn next(self, attempt: Attempt, token: &str) -> Attempt {
        match self.challenge(token, None).await {
            Ok(asked) => attempt.at(Step::Code(asked)),
            // Nobody can be asked for anything else here.
            Err(Refusal::Unusable | Refusal::OnlyHosted) => attempt.at(Step::Hosted),
            Err(refusal @ (Refusal::Slow | Refusal::Down)) => {
                attempt.at(Step::Choose(token.to_owned())).after(&refusal)
            }
            Err(refusal) => attempt.after(&refusal),
        }
    }

    /// What a refusal leads to.
    async fn refused(self, attempt: Attempt, refusal: Refusal) -> Attempt {
        match (refusal, attempt.mfa_token().map(str::to_owned)) {
            // The policy has changed since the page was shown: ask what it wants now.
            (Refusal::Unusable, Some(token)) => {
                let next = self.next(attempt, &token).await;
                if matches!(next.step, Step::Code(_)) {
                    next.with(DirectWord::Changed)
                } else {
                    next
                }
            }
            (Refusal::Rejected, Some(token)) => {
                attempt.at(Step::Choose(token)).with(DirectWord::Rejected)
            }
            (refusal, _) => attempt.after(&refusal),
        }
    }
}

/// A code that is asked for once more.
fn told_again(attempt: Attempt) -> Attempt {
    let is_sent = matches!(&attempt.step, Step::Code(asked) if asked.oob_code.is_some());
    if is_sent && attempt.word.is_none() {
        attempt.with(DirectWord::Sent)
    } else {
        attempt
    }
}

impl Attempt {
    /// Where a refusal leads.
    fn after(self, refusal: &Refusal) -> Self {
        match refusal {
            Refusal::Wrong if matches!(self.step, Step::Code(_)) => {
                self.with(DirectWord::WrongCode)
            }
            Refusal::Wrong => self.with(DirectWord::WrongPassword),
            Refusal::Pending => self.with(DirectWord::Pending),
            Refusal::Slow => self.with(DirectWord::Slow),
            Refusal::Down => self.with(DirectWord::OrgDown),
            Refusal::Rejected => self.at(Step::Begin).with(DirectWord::Rejected),
            Refusal::Expired => self.at(Step::Begin).with(DirectWord::Expired),
            Refusal::Unusable => self.at(Step::Begin).with(DirectWord::PasswordFirst),
            Refusal::OnlyHosted => self.at(Step::Hosted),
            Refusal::Off => self.at(Step::Off),
            Refusal::Failed(code) => self.at(Step::Failed(*code)),
        }
    }
}
