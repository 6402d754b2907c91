use std::fmt;

use model::SignInErrorCode;
use oauth2::AuthorizationCode;
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
    pub(super) code: AuthorizationCode,
    pub(super) transaction: Transaction,
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
    issuer: Option<String>,
    error: Option<String>,
    description: Option<String>,
}

impl CallbackQuery {
    /// Takes the raw query, without the question mark. It is judged by [`crate::Bff::complete_sign_in`].
    pub fn new(raw_query: &str) -> Self {
        Self(raw_query.to_owned())
    }

    /// Reads an answer: one `state`, and either one `code` or one `error`.
    pub(super) fn parse(&self) -> Result<Answer, Fault> {
        let parameters = self.parameters()?;
        let outcome = match (parameters.code, parameters.error) {
            (Some(code), None) if is_printable(&code) => Outcome::Code(code),
            (Some(_), None) => return Err(malformed("`code` is not printable ASCII")),
            (None, Some(error)) => Outcome::Refusal {
                error,
                description: parameters.description,
            },
            (Some(_), Some(_)) => return Err(malformed("both `code` and `error` are present")),
            (None, None) => return Err(malformed("neither `code` nor `error` is present")),
        };
        let state = parameters.state.filter(|state| !state.is_empty());
        Ok(Answer {
            state: state.ok_or_else(|| malformed("`state` is missing"))?,
            issuer: parameters.issuer,
            outcome,
        })
    }

    /// Other parameters than these are ignored, however often they occur.
    fn parameters(&self) -> Result<Parameters, Fault> {
        let mut parameters = Parameters::default();
        for (name, value) in form_urlencoded::parse(self.0.as_bytes()) {
            let place = match &*name {
                "state" => &mut parameters.state,
                "code" => &mut parameters.code,
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

impl Answer {
    /// Checks an answer against the transaction it belongs to.
    pub(super) async fn verify(
        self,
        parts: &Parts,
        transaction: Transaction,
    ) -> Result<VerifiedCallback, Fault> {
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
        self.check_issuer(parts).await?;
        match self.outcome {
            Outcome::Code(code) => Ok(VerifiedCallback {
                code: AuthorizationCode::new(code),
                transaction,
            }),
            Outcome::Refusal { error, description } => {
                Err(refusal::of_authorization(&error, description.as_deref()))
            }
        }
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
