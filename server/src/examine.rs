//! `portico doctor`: gives the program its surroundings, and the settings that the app would start with.

use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use app::context::SignInWay;
use doctor::{DoctorArgs, KeptFile, OwnPage, Settings, Surroundings};
use org::RateLimits;
use setup::TokioPause;

use crate::ambient::{SystemClock, SystemEntropy};
use crate::config::Cli;

/// How the program ends when it cannot examine anything.
const CANNOT: u8 = 2;

/// Runs it. Nothing is served and nothing is written; app and org are asked over HTTP, wherever they are.
pub async fn run(args: DoctorArgs, cli: Cli) -> ExitCode {
    let mut out = io::stdout();
    let colours = out.is_terminal() && !args.no_color;
    let around = Surroundings {
        settings: settings(cli),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        pause: Arc::new(TokioPause),
        out: &mut out,
        colours,
    };
    match doctor::run(args, around).await {
        Ok(ending) => ExitCode::from(ending.code()),
        Err(fault) => {
            eprintln!("portico doctor: {fault}");
            ExitCode::from(CANNOT)
        }
    }
}

/// What the app would start with, and what lies in its data directories.
pub fn settings(cli: Cli) -> Settings {
    let Cli { app, org, okta, .. } = cli;
    let remote = okta.remote();
    let mut files = kept_in(&app.app_data_dir);
    if remote.is_none() {
        files.extend(kept_in(&org.org_data_dir));
    }
    let (issuer, client_id, client_secret, scopes) = match remote {
        Some(remote) => (
            Some(remote.issuer),
            Some(remote.client_id),
            remote.client_secret,
            remote.scopes,
        ),
        None => (None, None, None, None),
    };
    Settings {
        app_url: app.app_url,
        app_listen: app.app_listen,
        session_keys: app.app_session_keys,
        org_url: org.org_url,
        org_listen: org.org_listen,
        dev_pages: org.portico_dev,
        has_rate_limits: org.org_rate_limits != RateLimits::Off,
        issuer,
        client_id,
        client_secret,
        scopes,
        own_page: match app.app_sign_in {
            SignInWay::Hosted => None,
            SignInWay::Forms => Some(OwnPage::Forms),
            SignInWay::Widget => Some(OwnPage::Widget),
        },
        files,
    }
}

/// A data directory and what is in it; nothing while it does not exist.
fn kept_in(folder: &Path) -> Vec<KeptFile> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let all = std::iter::once(folder.to_owned()).chain(paths);
    let mut files: Vec<KeptFile> = all.filter_map(|path| kept(&path)).collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

fn kept(path: &Path) -> Option<KeptFile> {
    let metadata = fs::metadata(path).ok()?;
    Some(KeptFile {
        path: path.to_owned(),
        mode: mode(&metadata),
        is_folder: metadata.is_dir(),
    })
}

#[cfg(unix)]
#[expect(
    clippy::unnecessary_wraps,
    reason = "other systems have no permission bits"
)]
fn mode(metadata: &fs::Metadata) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(metadata.permissions().mode())
}

#[cfg(not(unix))]
fn mode(_: &fs::Metadata) -> Option<u32> {
    None
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    fn settings_of(options: &[&str]) -> Settings {
        let options = std::iter::once(&"portico").chain(options);
        settings(Cli::try_parse_from(options).expect("options"))
    }

    #[test]
    fn the_doctor_sees_the_settings_that_the_app_starts_with() {
        let local = settings_of(&["--org-rate-limits", "production"]);
        assert!(local.issuer.is_none() && local.has_rate_limits);
        let real = settings_of(&[
            "--okta-issuer",
            "https://example.okta.com",
            "--okta-client-id",
            "0oa1",
            "--okta-scopes",
            "openid email",
        ]);
        assert_eq!(real.client_id.as_deref(), Some("0oa1"));
        assert_eq!(
            real.scopes,
            Some(vec!["openid".to_owned(), "email".to_owned()])
        );
    }

    #[test]
    fn files_are_seen_with_their_modes_and_a_missing_folder_is_no_file() {
        let dir = testkit::TestDir::new();
        fs::write(dir.path().join("session-keys"), "x").expect("a file");
        let files = kept_in(dir.path());
        assert_eq!(files.len(), 2);
        assert!(files[0].is_folder && !files[1].is_folder);
        assert!(kept_in(&dir.path().join("nowhere")).is_empty());
    }
}
