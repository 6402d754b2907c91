use http::{HeaderMap, HeaderValue};
use model::{ReturnTo, SignInError};

use super::callback::{Answer, CallbackQuery, VerifiedCallback};
use super::exchange::exchange;
use super::transaction::Transaction;
use super::userinfo::complete_claims;
use super::{Completed, id_token};
use crate::bff::{Bff, Parts};
use crate::fault::Fault;
use crate::onboarding::destination;
use crate::session::{BrowserInfo, NewSession};

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
        match complete(parts, cookies, (answer, transaction), browser).await {
            Ok(mut completed) => {
                completed.cookies.extend(forget);
                Ok(completed)
            }
            Err(fault) => Err((fault.report(), forget)),
        }
    }
}

fn find(
    parts: &Parts,
    headers: &HeaderMap,
    callback: &CallbackQuery,
) -> Result<(Answer, Transaction), Fault> {
    let answer = callback.parse()?;
    let transaction = Transaction::find(parts, headers, &answer.state)?;
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
    let go_to = go_to(parts, &session, &callback.transaction.return_to)?;
    let cookies = session.open(parts, headers).await?;
    Ok(Completed { cookies, go_to })
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
    let subject = id_token.subject.clone();
    let claims = complete_claims(
        &parts.outbound,
        metadata.userinfo.as_ref(),
        &tokens.access_token,
        id_token,
    )
    .await?;
    Ok(NewSession {
        issuer: callback.transaction.issuer.clone(),
        subject,
        claims,
        tokens,
        browser,
    })
}

fn go_to(parts: &Parts, session: &NewSession, wanted: &ReturnTo) -> Result<ReturnTo, Fault> {
    Ok(destination(
        parts,
        (&session.issuer, &session.subject),
        wanted,
    )?)
}
