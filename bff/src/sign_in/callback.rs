use std::fmt;

use model::SignInErrorCode;
use oauth2::AuthorizationCode;
use secrecy::SecretString;
use url::form_urlencoded;

use super::refusal;
use super::transaction::Transaction;
use crate::bff::Parts;
use crate::fault::Fault;

/// The longest value of a parameter that is read, in bytes.
const MAX_VALUE: usize = 8 * 1024;

/// The query of a request to the redirect URI, as it came over the wire. Nothing in it is trusted yet.
#[derive(Clone)]
pub struct CallbackQuery(String);

/// An answer of the org that has passed every check and may be redeemed. Nothing else can be.
#[derive(Debug)]
pub(super) struct VerifiedCallback {
    pub(super) code: Code,
    pub(super) transaction: Transaction,
}

/// What can be redeemed.
#[derive(Debug)]
pub(super) enum Code {
    /// RFC 6749 §4.1.2.
    Authorization(AuthorizationCode),
    /// Of an interaction on a page of the app.
    Interaction(SecretString),
}

/// An answer of the org to the authorization request (RFC 6749 §4.1.2). Nothing in it has been checked.
pub(super) struct Answer {
    pub(super) state: String,
    /// RFC 9207.
    issuer: Option<String>,
    outcome: Outcome,
}

enum Outcome {
    Code(String),
    InteractionCode(String),
    /// Neither a code nor an error, which is an answer where nothing was to be issued.
    Nothing,
    Refusal {
        error: String,
        description: Option<String>,
    },
}

/// The parameters that matter, each present at most once.
#[derive(Default)]
struct Parameters {
    state: Option<String>,
    code: Option<String>,
    interaction_code: Option<String>,
    issuer: Option<String>,
    error: Option<String>,
    description: Option<String>,
}

impl CallbackQuery {
    /// Takes the raw query, without the question mark. It is judged by [`crate::Bff::complete_sign_in`].
    pub fn new(raw_query: &str) -> Self {
        Self(raw_query.to_owned())
    }

    /// Reads an answer: one `state`, and at most one of a code of either kind and `error`.
    pub(super) fn parse(&self) -> Result<Answer, Fault> {
        let mut parameters = self.parameters()?;
        let state = parameters.state.take().filter(|state| !state.is_empty());
        Ok(Answer {
            state: state.ok_or_else(|| malformed("`state` is missing"))?,
            issuer: parameters.issuer.take(),
            outcome: parameters.outcome()?,
        })
    }

    /// Other parameters than these are ignored, however often they occur.
    fn parameters(&self) -> Result<Parameters, Fault> {
        let mut parameters = Parameters::default();
        for (name, value) in form_urlencoded::parse(self.0.as_bytes()) {
            let place = match &*name {
                "state" => &mut parameters.state,
                "code" => &mut parameters.code,
                "interaction_code" => &mut parameters.interaction_code,
                "iss" => &mut parameters.issuer,
                "error" => &mut parameters.error,
                "error_description" => &mut parameters.description,
                _ => continue,
            };
            if value.len() > MAX_VALUE || value.contains(char::REPLACEMENT_CHARACTER) {
                return Err(malformed("a parameter is too long or not UTF-8"));
            }
            if place.replace(value.into_owned()).is_some() {
                return Err(malformed("a parameter occurs twice"));
            }
        }
        Ok(parameters)
    }
}

impl Parameters {
    fn outcome(self) -> Result<Outcome, Fault> {
        match (self.code, self.interaction_code, self.error) {
            (Some(code), None, None) if is_printable(&code) => Ok(Outcome::Code(code)),
            (None, Some(code), None) if is_printable(&code) => Ok(Outcome::InteractionCode(code)),
            (None, None, Some(error)) => Ok(Outcome::Refusal {
                error,
                description: self.description,
            }),
            (None, None, None) => Ok(Outcome::Nothing),
            (Some(_), None, None) | (None, Some(_), None) => {
                Err(malformed("the code is not printable ASCII"))
            }
            _ => Err(malformed("two of code and `error` are present")),
        }
    }
}

impl Answer {
    /// Takes an answer without a code for none, unless it is to a request that asked for none.
    pub(super) fn expect_code_of(
        &self,
        transaction: Result<Transaction, Fault>,
    ) -> Result<Transaction, Fault> {
        let asked_for_none = transaction
            .as_ref()
            .is_ok_and(|found| found.demands.enrolls);
        if matches!(self.outcome, Outcome::Nothing) && !asked_for_none {
            return Err(no_code());
        }
        transaction
    }

    /// Checks an answer against the transaction it belongs to.
    pub(super) async fn verify(
        self,
        parts: &Parts,
        transaction: Transaction,
    ) -> Result<VerifiedCallback, Fault> {
        self.check(parts, &transaction).await?;
        let by_interaction = transaction.demands.by_interaction;
        match self.outcome {
            Outcome::Code(code) if !by_interaction => Ok(VerifiedCallback {
                code: Code::Authorization(AuthorizationCode::new(code)),
                transaction,
            }),
            Outcome::InteractionCode(code) if by_interaction => Ok(VerifiedCallback {
                code: Code::Interaction(code.into()),
                transaction,
            }),
            Outcome::Code(_) | Outcome::InteractionCode(_) => {
                Err(malformed("the code is not of the kind that was asked for"))
            }
            Outcome::Nothing => Err(no_code()),
            Outcome::Refusal { error, description } => {
                Err(refusal::of_authorization(&error, description.as_deref()))
            }
        }
    }

    /// The same, where something was to be set up and nothing to be issued.
    pub(super) async fn verify_enrollment(
        self,
        parts: &Parts,
        transaction: &Transaction,
    ) -> Result<(), Fault> {
        self.check(parts, transaction).await?;
        match self.outcome {
            Outcome::Nothing => Ok(()),
            Outcome::Code(_) | Outcome::InteractionCode(_) => {
                Err(malformed("there is a code that nobody asked for"))
            }
            Outcome::Refusal { error, description } => {
                Err(refusal::of_authorization(&error, description.as_deref()))
            }
        }
    }

    /// What is checked of every answer.
    async fn check(&self, parts: &Parts, transaction: &Transaction) -> Result<(), Fault> {
        if transaction.has_expired(parts.clock.now()) {
            return Err(Fault::new(
                SignInErrorCode::TransactionExpired,
                "the transaction is older than ten minutes",
            ));
        }
        if transaction.issuer != parts.provider.issuer() {
            return Err(issuer_mismatch(
                "the transaction was begun at another issuer",
            ));
        }
        // The app itself began the interaction at the org, and its page brings the answer, which names nobody.
        if !transaction.demands.by_interaction || self.issuer.is_some() {
            self.check_issuer(parts).await?;
        }
        Ok(())
    }

    /// `iss` must be the org's; it may be missing only if the org does not promise it (RFC 9207 §2.4).
    async fn check_issuer(&self, parts: &Parts) -> Result<(), Fault> {
        match &self.issuer {
            Some(issuer) if issuer == parts.provider.issuer() => Ok(()),
            Some(_) => Err(issuer_mismatch("`iss` is another issuer")),
            None if parts.provider.metadata().await?.sends_issuer => Err(issuer_mismatch(
                "`iss` is missing though the org promises it",
            )),
            None => Ok(()),
        }
    }
}

fn malformed(detail: &'static str) -> Fault {
    Fault::new(SignInErrorCode::CallbackMalformed, detail)
}

fn no_code() -> Fault {
    malformed("neither a code nor `error` is present")
}

fn issuer_mismatch(detail: &'static str) -> Fault {
    Fault::new(SignInErrorCode::CallbackIssuerMismatch, detail)
}

/// RFC 6749 appendix A.11.
fn is_printable(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}

impl fmt::Debug for CallbackQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallbackQuery")
    }
}
