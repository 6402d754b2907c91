//! The local org as a part of this program.

use std::path::Path;
use std::sync::Arc;

use app::context::DemoAccount;
use model::{Clock, Entropy};
use org::{DemoUser, InvalidMailServer, MailServer, Org, OrgConfig, Seed, SystemLogLines};
use secrecy::ExposeSecret;
use url::Url;

use crate::config::LocalOrgConfig;
use crate::listen;
use crate::org_client::OrgClient;
use crate::start_error::StartError;

/// Opens the local org, making and filling its data directory at the first start.
pub async fn open(
    config: &LocalOrgConfig,
    app_url: &Url,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
) -> Result<Org, StartError> {
    let seed = match &config.org_seed {
        Some(path) => read_seed(path, &config.org_data_dir)?,
        None => Seed::demo(),
    };
    let config = OrgConfig {
        url: config.org_url.clone(),
        data_dir: config.org_data_dir.clone(),
        app_url: app_url.clone(),
        seed,
        dev: has_dev_pages(config)?,
        mail_server: mail_server(config)?,
        system_log: system_log(config)?,
        rate_limits: config.org_rate_limits,
        http: Arc::new(OrgClient::new(&config.org_url)),
    };
    Ok(Org::open(config, clock, entropy).await?)
}

/// Whether nobody but this machine can reach the org: by its public address, and by its sockets.
pub fn is_private(config: &LocalOrgConfig) -> bool {
    let listens_privately = config
        .org_listen
        .is_none_or(|socket| socket.ip().to_canonical().is_loopback());
    listens_privately && listen::is_loopback(&config.org_url)
}

/// Whether the org has its pages for developers. With them anybody signs in as anybody, so that they cannot be had where
/// others reach them.
pub fn has_dev_pages(config: &LocalOrgConfig) -> Result<bool, StartError> {
    let is_private = is_private(config);
    if config.portico_dev == Some(true) && !is_private {
        return Err(StartError::Setting {
            key: "PORTICO_DEV",
            reason: "the pages for developers let whoever reaches them sign in as anybody; \
                     keep ORG_URL and ORG_LISTEN on loopback, or leave PORTICO_DEV unset"
                .to_owned(),
        });
    }
    Ok(config.portico_dev.unwrap_or(is_private))
}

fn system_log(config: &LocalOrgConfig) -> Result<Option<SystemLogLines>, StartError> {
    match config.org_system_log.as_deref() {
        // An empty line in `.env` means "not set".
        None | Some("") => Ok(None),
        Some("stdout") => Ok(Some(SystemLogLines::to(std::io::stdout()))),
        Some(_) => Err(StartError::Setting {
            key: "ORG_SYSTEM_LOG",
            reason: "the one place besides the database is stdout".to_owned(),
        }),
    }
}

fn mail_server(config: &LocalOrgConfig) -> Result<Option<MailServer>, StartError> {
    let url = config.smtp_url.as_ref();
    // An empty line in `.env` means "not set".
    let Some(url) = url.filter(|url| !url.expose_secret().is_empty()) else {
        return Ok(None);
    };
    let domain = config.org_url.domain().unwrap_or("localhost");
    let from = match config.smtp_from.as_deref() {
        Some(from) if !from.is_empty() => from,
        _ => &format!("Portico <no-reply@{domain}>"),
    };
    let server = MailServer::new(url, from).map_err(|error| StartError::Setting {
        key: match error {
            InvalidMailServer::From(_) => "SMTP_FROM",
            InvalidMailServer::Url | InvalidMailServer::Unencrypted => "SMTP_URL",
        },
        reason: error.to_string(),
    })?;
    Ok(Some(server))
}

/// The demo accounts, with the passwords that a newcomer needs.
pub fn accounts(org: &Org) -> Vec<DemoAccount> {
    let account = |user: &DemoUser| DemoAccount {
        login: user.login.clone(),
        purpose: user.role.clone(),
        password: user.password.expose_secret().to_owned(),
    };
    org.demo_users().iter().map(account).collect()
}

/// All of it for a new org, and what still matters of it for one that exists.
fn read_seed(path: &Path, data_dir: &Path) -> Result<Seed, StartError> {
    let unusable = |reason: String| StartError::Seed {
        path: path.to_owned(),
        reason,
    };
    let json = std::fs::read_to_string(path).map_err(|error| unusable(error.to_string()))?;
    let seed = if Org::exists(data_dir) {
        Seed::of_existing_org(&json)
    } else {
        Seed::from_json(&json)
    };
    seed.map_err(|error| unusable(error.to_string()))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::config::Cli;

    fn config(options: &[&str]) -> LocalOrgConfig {
        let options = std::iter::once(&"portico").chain(options);
        Cli::try_parse_from(options).expect("options").org
    }

    #[test]
    fn the_pages_for_developers_exist_on_this_machine_only() {
        for (options, expected) in [
            (&[] as &[_], true),
            (&["--portico-dev", "false"], false),
            (&["--org-listen", "[::1]:7000"], true),
            (&["--org-listen", "0.0.0.0:7000"], false),
            (&["--org-listen", "192.0.2.1:7000"], false),
            // Behind a proxy on this machine.
            (&["--org-url", "https://org.example.com"], false),
            (
                &[
                    "--org-url",
                    "https://org.example.com",
                    "--org-listen",
                    "127.0.0.1:7000",
                ],
                false,
            ),
        ] {
            assert_eq!(
                has_dev_pages(&config(options)).expect("allowed"),
                expected,
                "{options:?}"
            );
        }
    }

    #[test]
    fn they_cannot_be_had_where_others_reach_them() {
        for options in [
            ["--org-listen", "0.0.0.0:7000"],
            ["--org-url", "https://org.example.com"],
        ] {
            let options = [&options[..], &["--portico-dev", "true"]].concat();
            let error = has_dev_pages(&config(&options)).expect_err("refused");
            assert!(error.to_string().contains("PORTICO_DEV"), "{error}");
        }
    }

    #[test]
    fn a_mail_server_that_cannot_be_used_is_named_without_its_password() {
        assert!(mail_server(&config(&[])).expect("none").is_none());
        assert!(
            mail_server(&config(&["--smtp-url", ""]))
                .expect("none")
                .is_none()
        );
        let local = config(&["--smtp-url", "smtp://localhost:1025"]);
        assert!(mail_server(&local).expect("a server").is_some());
        for (options, key) in [
            (
                &["--smtp-url", "smtp://me:hush@mail.example.com"] as &[_],
                "SMTP_URL",
            ),
            (&["--smtp-url", "mail.example.com"], "SMTP_URL"),
            (
                &["--smtp-url", "smtp://localhost:1025", "--smtp-from", "me"],
                "SMTP_FROM",
            ),
        ] {
            let error = mail_server(&config(options))
                .expect_err("refused")
                .to_string();
            assert!(error.contains(key) && !error.contains("hush"), "{error}");
        }
    }
}
