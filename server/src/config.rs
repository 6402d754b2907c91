//! The configuration: every key of `.env.example`, read once from the environment or from options of the same name.

use std::net::SocketAddr;
use std::path::PathBuf;

use app::context::SignInWay;
use bff::{ClientAuthentication, ClientKey};
use clap::{Args, Parser, Subcommand, ValueEnum};
use doctor::DoctorArgs;
use org::RateLimits;
use secrecy::{ExposeSecret, SecretString};
use setup::SetupArgs;
use url::Url;

use crate::start_error::StartError;

/// Customer identity on your laptop: an app that signs people in, and a local org that speaks Okta's language.
#[derive(Debug, Parser)]
#[command(name = "portico", version, about)]
pub struct Cli {
    /// What to run; `serve` when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The app.
    #[command(flatten)]
    pub app: AppConfig,
    /// The local org.
    #[command(flatten)]
    pub org: LocalOrgConfig,
    /// The real org, if there is one.
    #[command(flatten)]
    pub okta: OktaConfig,
    /// What to log, as `tracing` filters: `info`, `bff=debug,org=debug`, …
    #[arg(long, env = "PORTICO_LOG", default_value = "info", global = true)]
    pub log: String,
}

/// What the program can run.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// The app, and beside it the local org unless `OKTA_ISSUER` names a real one
    Serve,
    /// The local org alone
    Org(OrgArgs),
    /// Set up an org as Okta's guide "Set up your org" does, step by step
    Setup(Box<SetupArgs>),
    /// Grade the configuration of the app and of its org; changes nothing
    Doctor(Box<DoctorArgs>),
}

/// What to do with the local org; it runs when nothing is said.
#[derive(Debug, Clone, Args)]
pub struct OrgArgs {
    /// What to do instead of running it
    #[command(subcommand)]
    pub command: Option<OrgCommand>,
}

/// What can be done with the local org besides running it.
#[derive(Debug, Clone, Subcommand)]
pub enum OrgCommand {
    /// Print a new API token for the local org's management API, as the Admin Console would make one
    Token(TokenArgs),
}

/// A new API token.
#[derive(Debug, Clone, Args)]
pub struct TokenArgs {
    /// The login of the administrator whose rights it has; the first super administrator unless given
    #[arg(long)]
    pub login: Option<String>,
    /// What the list of tokens calls it
    #[arg(long, default_value = "Command line")]
    pub name: String,
}

/// The app.
#[derive(Debug, Args)]
pub struct AppConfig {
    /// The public address of the app
    #[arg(
        long,
        env = "APP_URL",
        default_value = "http://127.0.0.1:3000",
        global = true
    )]
    pub app_url: Url,
    /// The socket of the app; loopback on the port of `APP_URL` unless given
    #[arg(long, env = "APP_LISTEN", global = true)]
    pub app_listen: Option<SocketAddr>,
    /// Where the app keeps its session store and its keys
    #[arg(long, env = "APP_DATA_DIR", default_value = "data/app", global = true)]
    pub app_data_dir: PathBuf,
    /// The keys that seal cookies, base64url of 32 bytes each, comma-separated: the first seals, all open.
    /// Made at first start and kept in the data directory unless given
    #[arg(long, env = "APP_SESSION_KEYS", hide_env_values = true, global = true)]
    pub app_session_keys: Option<SecretString>,
    /// Where sessions are kept: `sqlite:` in the data directory, `sqlite:<path>`, or a Redis or Valkey server or cluster,
    /// such as `redis://localhost` or `rediss+cluster://user:password@host:7001,host:7002`
    #[arg(
        long,
        env = "APP_SESSION_STORE",
        default_value = "sqlite:",
        hide_env_values = true,
        global = true
    )]
    pub app_session_store: SecretString,
    /// Where "Sign in" leads: `hosted` (the org's page), `forms` (`/sign-in`) or `widget` (`/sign-in/widget`)
    #[arg(long, env = "APP_SIGN_IN", default_value = "hosted", global = true)]
    pub app_sign_in: SignInWay,
    /// Where the files of Okta's Sign-In Widget are, as `cargo xtask build` leaves them
    #[arg(
        long,
        env = "APP_WIDGET_DIR",
        default_value = "target/widget",
        global = true
    )]
    pub app_widget_dir: PathBuf,
    /// Set by `cargo leptos watch`: pages then listen for its word to reload
    #[arg(long, env = "LEPTOS_WATCH", hide = true, global = true)]
    pub watch: Option<String>,
}

/// The local org.
#[derive(Debug, Args)]
pub struct LocalOrgConfig {
    /// The public address of the local org, which is also its issuer
    #[arg(
        long,
        env = "ORG_URL",
        default_value = "http://localhost:7000",
        global = true
    )]
    pub org_url: Url,
    /// The socket of the local org; loopback on the port of `ORG_URL` unless given
    #[arg(long, env = "ORG_LISTEN", global = true)]
    pub org_listen: Option<SocketAddr>,
    /// Where the local org keeps its database, its keys and the demo credentials
    #[arg(long, env = "ORG_DATA_DIR", default_value = "data/org", global = true)]
    pub org_data_dir: PathBuf,
    /// A JSON file with the users, groups and apps of a new org; the demo unless given
    #[arg(long, env = "ORG_SEED", global = true)]
    pub org_seed: Option<PathBuf>,
    /// Whether the local org has its pages for developers; yes unless others than this machine can reach it
    #[arg(long, env = "PORTICO_DEV", global = true)]
    pub portico_dev: Option<bool>,
    /// Where the local org's System Log goes besides its database: `stdout`, as lines of JSON
    #[arg(long, env = "ORG_SYSTEM_LOG", global = true)]
    pub org_system_log: Option<String>,
    /// How many requests the local org answers in a minute: `off`, `developer` or `production`
    #[arg(long, env = "ORG_RATE_LIMITS", default_value = "off", global = true)]
    pub org_rate_limits: RateLimits,
    /// Where the local org's mails go besides its inbox, such as `smtp://localhost:1025`
    #[arg(long, env = "SMTP_URL", hide_env_values = true, global = true)]
    pub smtp_url: Option<SecretString>,
    /// The sender of the local org's mails; `no-reply` at the host of `ORG_URL` unless given
    #[arg(long, env = "SMTP_FROM", global = true)]
    pub smtp_from: Option<String>,
}

/// The real org, or any other OpenID provider.
#[derive(Debug, Args)]
pub struct OktaConfig {
    /// The issuer of a real org, such as `https://example.okta.com`; the local org unless given
    #[arg(long, env = "OKTA_ISSUER", requires = "okta_client_id", global = true)]
    pub okta_issuer: Option<String>,
    /// The client id of the app in that org
    #[arg(long, env = "OKTA_CLIENT_ID", requires = "okta_issuer", global = true)]
    pub okta_client_id: Option<String>,
    /// The client secret of the app in that org; none makes it a public client
    #[arg(
        long,
        env = "OKTA_CLIENT_SECRET",
        hide_env_values = true,
        global = true
    )]
    pub okta_client_secret: Option<SecretString>,
    /// How the app shows the secret: `client_secret_basic`, `client_secret_post` or `client_secret_jwt`
    #[arg(
        long,
        env = "OKTA_CLIENT_AUTH",
        default_value = "client_secret_basic",
        global = true
    )]
    pub okta_client_auth: SecretUse,
    /// The private key of the app in that org, PEM or JWK, in place of a secret (`private_key_jwt`)
    #[arg(long, env = "OKTA_CLIENT_KEY", hide_env_values = true, global = true)]
    pub okta_client_key: Option<SecretString>,
    /// The id by which the org knows that key, where the key itself does not say it
    #[arg(long, env = "OKTA_CLIENT_KEY_ID", global = true)]
    pub okta_client_key_id: Option<String>,
    /// The scopes to ask for, separated by spaces; chosen from what the org offers unless given
    #[arg(long, env = "OKTA_SCOPES", global = true)]
    pub okta_scopes: Option<String>,
    /// The client id of the service app by which campaigns use the org's API
    #[arg(
        long,
        env = "OKTA_SERVICE_CLIENT_ID",
        requires = "okta_service_key",
        global = true
    )]
    pub okta_service_client_id: Option<String>,
    /// The private key of the service app: PEM, JWK, or the path of a file with either
    #[arg(
        long,
        env = "OKTA_SERVICE_KEY",
        hide_env_values = true,
        requires = "okta_service_client_id",
        global = true
    )]
    pub okta_service_key: Option<SecretString>,
    /// The id by which the org knows that key, where the key itself does not say it
    #[arg(long, env = "OKTA_SERVICE_KEY_ID", global = true)]
    pub okta_service_key_id: Option<String>,
}

/// How the app shows its secret to the org (OpenID Connect Core §9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum SecretUse {
    /// In the `Authorization` header.
    ClientSecretBasic,
    /// In the form.
    ClientSecretPost,
    /// Not at all: by a token that is signed with it.
    ClientSecretJwt,
}

/// A complete registration at an org elsewhere.
#[derive(Debug)]
pub struct Remote {
    /// The issuer, exactly as the org writes it.
    pub issuer: String,
    /// The app's client id there.
    pub client_id: String,
    /// The app's secret there; none for a public client, and for one with a key.
    pub client_secret: Option<SecretString>,
    /// How the secret is shown.
    pub secret_use: SecretUse,
    /// The app's private key there, and its id.
    pub client_key: Option<(SecretString, Option<String>)>,
    /// The scopes to ask for; none leaves the choice to what the org offers.
    pub scopes: Option<Vec<String>>,
    /// The service app there: its client id, its private key, and the id of that.
    pub service: Option<(String, SecretString, Option<String>)>,
}

impl OktaConfig {
    /// The registration, if an org elsewhere is configured.
    pub fn remote(self) -> Option<Remote> {
        // An empty line in `.env` means "not set".
        let issuer = self.okta_issuer.filter(|issuer| !issuer.is_empty())?;
        let client_id = self.okta_client_id?;
        let scopes = self
            .okta_scopes
            .map(|scopes| scopes.split_whitespace().map(str::to_owned).collect());
        let client_secret = self
            .okta_client_secret
            .filter(|secret| !secret.expose_secret().is_empty());
        Some(Remote {
            issuer,
            client_id,
            client_secret,
            secret_use: self.okta_client_auth,
            client_key: self
                .okta_client_key
                .filter(|key| !key.expose_secret().is_empty())
                .map(|key| (key, self.okta_client_key_id.filter(|id| !id.is_empty()))),
            scopes,
            service: self
                .okta_service_client_id
                .filter(|id| !id.is_empty())
                .zip(self.okta_service_key)
                .map(|(id, key)| {
                    (
                        id,
                        key,
                        self.okta_service_key_id.filter(|id| !id.is_empty()),
                    )
                }),
        })
    }
}

impl Remote {
    /// How the app proves there that it is itself.
    ///
    /// # Errors
    ///
    /// When the key cannot be used, or there is a secret besides.
    pub fn authentication(&self) -> Result<ClientAuthentication, StartError> {
        let unusable = |reason: String| StartError::Setting {
            key: "OKTA_CLIENT_KEY",
            reason,
        };
        match (&self.client_secret, &self.client_key) {
            (None, None) => Ok(ClientAuthentication::None),
            (Some(secret), None) => Ok(self.secret_use.of(secret.clone())),
            (None, Some((key, id))) => {
                let key = ClientKey::parse(key.expose_secret())
                    .map_err(|error| unusable(error.to_string()))?;
                Ok(ClientAuthentication::PrivateKeyJwt(match id {
                    Some(id) => key.with_id(id),
                    None => key,
                }))
            }
            (Some(_), Some(_)) => Err(unusable(
                "an app has a key or a secret: leave this or OKTA_CLIENT_SECRET unset".to_owned(),
            )),
        }
    }
}

impl SecretUse {
    fn of(self, secret: SecretString) -> ClientAuthentication {
        match self {
            Self::ClientSecretBasic => ClientAuthentication::SecretBasic(secret),
            Self::ClientSecretPost => ClientAuthentication::SecretPost(secret),
            Self::ClientSecretJwt => ClientAuthentication::SecretJwt(secret),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_any_setting_the_app_and_the_local_org_are_on_loopback() {
        let cli = Cli::try_parse_from(["portico"]).expect("defaults");
        assert!(cli.command.is_none());
        assert_eq!(cli.app.app_url.as_str(), "http://127.0.0.1:3000/");
        assert_eq!(cli.org.org_url.as_str(), "http://localhost:7000/");
        assert!(cli.okta.okta_issuer.is_none());
    }

    #[test]
    fn sign_in_leads_where_the_setting_says_and_a_wrong_word_is_told_which_are_right() {
        let parse = |word| Cli::try_parse_from(["portico", "--app-sign-in", word]);
        let forms = parse("forms").expect("a way");
        assert_eq!(forms.app.app_sign_in, SignInWay::Forms);
        let error = parse("form").expect_err("refused").to_string();
        for part in ["--app-sign-in", "`hosted`", "`forms`", "`widget`"] {
            assert!(error.contains(part), "{part} in {error}");
        }
    }

    #[test]
    fn an_issuer_without_a_client_id_is_refused_and_the_missing_key_named() {
        let error = Cli::try_parse_from(["portico", "--okta-issuer", "https://example.okta.com"])
            .expect_err("incomplete");
        assert!(error.to_string().contains("--okta-client-id"), "{error}");
    }

    #[test]
    fn the_org_runs_alone_unless_a_token_is_wanted() {
        let command = |options: &[&str]| {
            let options = ["portico", "org"].iter().chain(options);
            match Cli::try_parse_from(options).expect("options").command {
                Some(Command::Org(args)) => args.command,
                other => panic!("{other:?}"),
            }
        };
        assert!(command(&[]).is_none());
        let Some(OrgCommand::Token(args)) = command(&["token", "--login", "a@example.com"]) else {
            panic!("a token")
        };
        assert_eq!(args.login.as_deref(), Some("a@example.com"));
        assert_eq!(args.name, "Command line");
    }

    fn authentication(options: &[&str]) -> Result<ClientAuthentication, StartError> {
        let org = [
            "portico",
            "--okta-issuer",
            "https://example.okta.com",
            "--okta-client-id",
            "app",
        ];
        let cli = Cli::try_parse_from(org.iter().chain(options)).expect("options");
        cli.okta.remote().expect("an org").authentication()
    }

    #[test]
    fn the_app_proves_itself_as_it_is_registered() {
        use ClientAuthentication::{None, SecretBasic, SecretJwt, SecretPost};
        let secret = ["--okta-client-secret", "hush"];
        let by = |way: &'static str| [&secret[..], &["--okta-client-auth", way]].concat();
        assert!(matches!(authentication(&[]), Ok(None)));
        assert!(matches!(authentication(&secret), Ok(SecretBasic(_))));
        assert!(matches!(
            authentication(&by("client_secret_post")),
            Ok(SecretPost(_))
        ));
        assert!(matches!(
            authentication(&by("client_secret_jwt")),
            Ok(SecretJwt(_))
        ));
    }

    #[test]
    fn a_key_that_cannot_be_used_is_named_and_not_shown() {
        for options in [
            &["--okta-client-key", "hush"] as &[_],
            &["--okta-client-key", "hush", "--okta-client-secret", "hush"],
        ] {
            let error = authentication(options).expect_err("refused").to_string();
            assert!(
                error.starts_with("OKTA_CLIENT_KEY") && !error.contains("hush"),
                "{error}"
            );
        }
    }
}
