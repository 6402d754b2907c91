//! The command line, `portico setup …`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use secrecy::SecretString;

use crate::{Case, Values};

/// What to do with the org.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Verb {
    /// Tell what would be made and changed; writes nothing, ends with 2 when there is something
    Plan,
    /// Make the org as the guide wants it; may be cut and begun again at any time
    Apply,
    /// Prove that the org keeps every promise of the guide
    Verify,
    /// Take back what setup made and changed
    Destroy,
    /// Print everything the guide touches, as canonical JSON
    Export,
}

/// Set up an org as Okta's guide "Set up your org" does, step by step.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
#[derive(Debug, Clone, Args)]
pub struct SetupArgs {
    /// What to do
    #[arg(value_enum)]
    pub verb: Verb,
    /// The org: `local`, which is the one at `ORG_URL`, or the address of a real one
    #[arg(long, default_value = "local")]
    pub target: String,
    /// The use cases, separated by commas; the base is always among them, and `destroy` means all
    #[arg(
        long = "case",
        value_enum,
        value_delimiter = ',',
        default_value = "base"
    )]
    pub cases: Vec<Case>,
    /// Only tell what would be done
    #[arg(long)]
    pub dry_run: bool,
    /// Write JSON: one document, or a line for each event while applying
    #[arg(long)]
    pub json: bool,
    /// Write to a real org without asking
    #[arg(long)]
    pub yes: bool,
    /// Verify by beginning to sign in as John Doe as well; with his password it goes on after it
    #[arg(long)]
    pub sign_in: bool,
    /// Take back everything that has a name of the guide, whoever made it
    #[arg(long)]
    pub by_name: bool,
    /// The API token of a super administrator; the local org gives one by itself
    #[arg(long, env = "OKTA_API_TOKEN", hide_env_values = true)]
    pub api_token: Option<SecretString>,
    /// A file that holds the API token
    #[arg(long, conflicts_with = "api_token")]
    pub token_file: Option<PathBuf>,
    /// Where is recorded what setup made and changed; `data/setup/<host>.json` unless given
    #[arg(long)]
    pub journal: Option<PathBuf>,
    /// No colours, whatever the terminal can show
    #[arg(long, env = "NO_COLOR", value_parser = clap::builder::FalseyValueParser::new())]
    pub no_color: bool,
    /// The names and values of the guide.
    #[command(flatten)]
    pub values: Values,
}

impl SetupArgs {
    /// Whether the org is to be written to.
    pub(crate) fn writes(&self) -> bool {
        matches!(self.verb, Verb::Apply | Verb::Destroy) && !self.dry_run
    }
}
