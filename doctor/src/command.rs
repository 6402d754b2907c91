//! The command line, `portico doctor …`.

use std::path::PathBuf;

use clap::Args;
use secrecy::SecretString;

/// Grade the configuration of the app and of its org against RFC 9700, OAuth 2.1 and Okta's guides; changes nothing.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
#[derive(Debug, Clone, Args)]
pub struct DoctorArgs {
    /// The org: `local`, which is the one at `ORG_URL`, or the address of a real one; the app's own unless given
    #[arg(long)]
    pub target: Option<String>,
    /// Only what needs no API token
    #[arg(long)]
    pub public: bool,
    /// Fail on warnings as well
    #[arg(long)]
    pub strict: bool,
    /// Leave out checks by the beginning of their ids, separated by commas, such as `SITE-,ORIGIN-UNUSED`
    #[arg(long, value_delimiter = ',')]
    pub skip: Vec<String>,
    /// Show what is fine, too
    #[arg(long)]
    pub verbose: bool,
    /// Write one JSON document
    #[arg(long)]
    pub json: bool,
    /// Print the list of checks, as Markdown, and end
    #[arg(long)]
    pub list: bool,
    /// The name of the app in the org, where no client id says which it is
    #[arg(long, default_value = "Portico")]
    pub app_label: String,
    /// The API token of an administrator who may read everything; the local org gives one by itself
    #[arg(long, env = "OKTA_API_TOKEN", hide_env_values = true)]
    pub api_token: Option<SecretString>,
    /// A file that holds the API token
    #[arg(long, conflicts_with = "api_token")]
    pub token_file: Option<PathBuf>,
    /// No colours, whatever the terminal can show
    #[arg(long, env = "NO_COLOR", value_parser = clap::builder::FalseyValueParser::new())]
    pub no_color: bool,
}
