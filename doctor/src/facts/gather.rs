use std::sync::Arc;

use http::Method;
use model::Clock;
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use setup::{Client, Fault, Patience, Target};

use super::managed::Wanted;
use super::{Facts, Managed, Place, Probe, public, sign_in, site};
use crate::json::text;
use crate::uri::is_loopback;
use crate::{DoctorArgs, Settings, Skip};

/// Where the API token comes from.
enum Token {
    Given(SecretString),
    /// From the local org's door for developers; it is given back at the end.
    Borrowed(SecretString),
    None(Skip),
}

/// Asks app and org everything that checks want to know.
pub(crate) async fn gather(
    args: &DoctorArgs,
    settings: Settings,
    patience: Patience,
) -> Result<Facts, Fault> {
    let target = target(args, &settings)?;
    let issuer = issuer(&settings, &target);
    let clock = Arc::clone(&patience.clock);
    let now = clock.now();
    let probe = probe(&target, &settings, clock)?;
    let org = public::read(&probe, &issuer, target.origin()).await;
    let token = match &org.openid {
        _ if args.public => Token::None(Skip::DoesNotApply("left out by --public")),
        Ok(_) => token(args, &target, &probe).await?,
        Err(_) => Token::None(Skip::not_checked("the org does not answer")),
    };
    let wanted = wanted(args, &settings, &target, &issuer);
    let managed = managed(&token, &target, patience, &wanted).await?;
    if let Token::Borrowed(token) = &token {
        give_back(&probe, &target, token).await;
    }
    let sign_in = sign_in::begin(&probe, &settings, &org, &managed).await;
    let site = site::read(&probe, &settings.app_url).await;
    Ok(Facts {
        now,
        settings,
        place: place(&target),
        issuer,
        org,
        sign_in,
        site,
        managed,
    })
}

fn place(target: &Target) -> Place {
    Place {
        origin: target.origin().to_owned(),
        is_local: target.is_local(),
        console: target.admin_console(),
    }
}

fn wanted<'w>(
    args: &'w DoctorArgs,
    settings: &'w Settings,
    target: &Target,
    issuer: &'w str,
) -> Wanted<'w> {
    let is_own = same_org(settings, target);
    let path = issuer.strip_prefix(target.origin());
    Wanted {
        client_id: settings.client_id.as_deref().filter(|_| is_own),
        label: &args.app_label,
        server: path.and_then(|path| path.strip_prefix("/oauth2/")),
        is_local: target.is_local(),
    }
}

/// The app's own org unless another is named.
fn target(args: &DoctorArgs, settings: &Settings) -> Result<Target, Fault> {
    match (&args.target, &settings.issuer) {
        (Some(target), _) => Target::parse(target, &settings.org_url),
        (None, Some(issuer)) => Target::parse(issuer, &settings.org_url),
        (None, None) => Target::parse("local", &settings.org_url),
    }
}

/// Whether the app signs in at the org that is graded.
fn same_org(settings: &Settings, target: &Target) -> bool {
    crate::uri::origin(&settings.issuer()) == crate::uri::origin(target.origin())
}

fn issuer(settings: &Settings, target: &Target) -> String {
    if same_org(settings, target) {
        return settings.issuer();
    }
    target.origin().to_owned()
}

fn probe(target: &Target, settings: &Settings, clock: Arc<dyn Clock>) -> Result<Probe, Fault> {
    let is_local = target.is_local() && is_loopback(&settings.app_url);
    Probe::new(is_local, clock).map_err(Fault::Unexpected)
}

async fn token(args: &DoctorArgs, target: &Target, probe: &Probe) -> Result<Token, Fault> {
    if let Some(file) = &args.token_file {
        let text = std::fs::read_to_string(file).map_err(|source| Fault::File {
            what: format!("--token-file {}", file.display()),
            source,
        })?;
        return Ok(Token::Given(SecretString::from(text.trim())));
    }
    // An empty line in `.env` means "not set".
    let given = args.api_token.as_ref();
    if let Some(token) = given.filter(|token| !token.expose_secret().trim().is_empty()) {
        return Ok(Token::Given(token.clone()));
    }
    if !target.is_local() {
        return Ok(Token::None(Skip::not_checked(format!(
            "no API token; create one in {} under Security > API > Tokens and set OKTA_API_TOKEN",
            target.admin_console()
        ))));
    }
    let door = format!("{}/dev/api-token", target.origin());
    let body = json!({"name": "portico doctor"});
    let reply = probe.call(&Method::POST, &door, &[], Some(&body)).await;
    let token = reply.as_ref().map(|reply| text(&reply.body["token"]));
    Ok(match token {
        Ok(token) if !token.is_empty() => Token::Borrowed(SecretString::from(token)),
        _ => Token::None(Skip::not_checked(
            "no API token, and the local org has its pages for developers switched off, which would give one; set OKTA_API_TOKEN",
        )),
    })
}

async fn managed(
    token: &Token,
    target: &Target,
    patience: Patience,
    wanted: &Wanted<'_>,
) -> Result<Managed, Fault> {
    let token = match token {
        Token::Given(token) | Token::Borrowed(token) => token,
        Token::None(skip) => return Ok(Managed::unknown(skip)),
    };
    let client = Client::new(target, patience)?.with_token(token)?;
    Ok(Managed::read(&client, wanted).await)
}

/// The token was made for this run, so it ends with it. An org that cannot revoke it lets it end by itself, unused.
async fn give_back(probe: &Probe, target: &Target, token: &SecretString) {
    let address = format!("{}/api/v1/api-tokens/current", target.origin());
    let authorization = format!("SSWS {}", token.expose_secret());
    let headers = [("authorization", &*authorization)];
    let _revoked = probe.call(&Method::DELETE, &address, &headers, None).await;
}
