use http::{HeaderMap, HeaderValue};
use model::{ReturnTo, SignInError, SignInErrorCode};

use super::callback::{Answer, CallbackQuery, VerifiedCallback};
use super::exchange::exchange;
use super::id_token::IdTokenClaims;
use super::transaction::Transaction;
use super::userinfo::complete_claims;
use super::{Completed, enrollment, id_token};
use crate::bff::{Bff, Parts};
use crate::fault::Fault;
use crate::onboarding::{destination, is_onboarding, zone_cookie};
use crate::provider::Metadata;
use crate::session::store::Account;
use crate::session::{BrowserInfo, NewSession, Tokens};
use crate::sign_out;

impl Bff {
    /// Finishes a sign-in: checks the org's answer, redeems the code, verifies the identity and opens a session.
    ///
    /// Both outcomes bring cookies for the response: a failed sign-in takes its transaction cookie away.
    pub async fn complete_sign_in(
        &self,
        cookies: &HeaderMap,
        callback: CallbackQuery,
        browser: BrowserInfo,
    ) -> Result<Completed, (SignInError, Vec<HeaderValue>)> {
        let parts = &*self.parts;
        let (answer, transaction) =
            find(parts, cookies, &callback).map_err(|fault| (fault.report(), Vec::new()))?;
        let forget = transaction.forget(parts);
        if transaction.demands.enrolls {
            let pair = (answer, transaction);
            return enrollment::complete(parts, cookies, pair, forget.clone())
                .await
                .map_err(|fault| (fault.report(), forget));
        }
        let onward = onward_without_scopes(&transaction);
        match complete(parts, cookies, (answer, transaction), browser).await {
            Ok(mut completed) => {
                completed.cookies.extend(forget);
                completed.cookies.extend(sign_out::forget(parts, cookies));
                Ok(completed)
            }
            Err(fault) => match (fault.report(), onward) {
                (error, Some(go_to)) if error.code == SignInErrorCode::ScopeRefused => {
                    Ok(Completed {
                        cookies: forget,
                        go_to,
                        onward: None,
                    })
                }
                (error, _) => Err((error, forget)),
            },
        }
    }
}

/// Where somebody who is signed in goes on when the org refuses the scopes that were asked for besides: onboarding does
/// without.
fn onward_without_scopes(transaction: &Transaction) -> Option<ReturnTo> {
    let is_more = transaction.demands.only.is_some() && is_onboarding(&transaction.return_to);
    is_more.then(|| transaction.return_to.clone())
}

fn find(
    parts: &Parts,
    headers: &HeaderMap,
    callback: &CallbackQuery,
) -> Result<(Answer, Transaction), Fault> {
    let answer = callback.parse()?;
    let found = Transaction::find(parts, headers, &answer.state);
    let transaction = answer.expect_code_of(found)?;
    Ok((answer, transaction))
}

async fn complete(
    parts: &Parts,
    headers: &HeaderMap,
    (answer, transaction): (Answer, Transaction),
    browser: BrowserInfo,
) -> Result<Completed, Fault> {
    let callback = answer.verify(parts, transaction).await?;
    callback.transaction.finish(parts).await?;
    let session = sign_in(parts, &callback, browser).await?;
    begin_session(parts, headers, session, &callback.transaction.return_to).await
}

/// Opens a session, and says where the person goes: to onboarding the first time, else where they wanted.
pub(super) async fn begin_session(
    parts: &Parts,
    headers: &HeaderMap,
    session: NewSession,
    wanted: &ReturnTo,
) -> Result<Completed, Fault> {
    let go_to = destination(parts, session.account.clone(), wanted).await?;
    let marks = parts
        .store
        .onboarding_marks(session.account.clone())
        .await?;
    let mut cookies = session.open(parts, headers).await?;
    cookies.extend(zone_cookie(parts, headers, marks.zone.as_ref()));
    Ok(Completed {
        cookies,
        go_to,
        onward: None,
    })
}

/// Turns a verified answer of the org into a session that may begin.
async fn sign_in(
    parts: &Parts,
    callback: &VerifiedCallback,
    browser: BrowserInfo,
) -> Result<NewSession, Fault> {
    let metadata = parts.provider.metadata().await?;
    let tokens = exchange(parts, &metadata, callback).await?;
    let pair = (&tokens.id_token, &tokens.access_token);
    let id_token = id_token::verify(parts, &metadata, &callback.transaction, pair).await?;
    session_of(parts, &metadata, (tokens, id_token), browser).await
}

/// The session of the person that a verified ID token names.
pub(super) async fn session_of(
    parts: &Parts,
    metadata: &Metadata,
    (tokens, id_token): (Tokens, IdTokenClaims),
    browser: BrowserInfo,
) -> Result<NewSession, Fault> {
    let subject = id_token.registered.subject.clone();
    let claims = complete_claims(
        &parts.outbound,
        metadata.userinfo.as_ref(),
        &tokens.access_token,
        id_token,
    )
    .await?;
    Ok(NewSession {
        account: Account {
            issuer: parts.provider.issuer().to_owned(),
            subject,
        },
        claims,
        tokens,
        browser,
    })
}
