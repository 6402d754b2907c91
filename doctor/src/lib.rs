//! Grades the configuration of an app and of its org against RFC 9700 (the OAuth security BCP), OAuth 2.1 and Okta's guides.
//!
//! First it gathers [`Facts`]: values that the program passes in, and what app and org answer over HTTP. Then every [`Check`]
//! judges them, each a pure function. It changes nothing.
#![warn(missing_docs)]

mod check;
mod checks;
mod command;
mod facts;
mod json;
mod render;
mod report;
mod run;
mod settings;
#[cfg(test)]
mod tests;
mod uri;

pub use check::{Area, Check, Flaw, Severity, Skip, Verdict};
pub use checks::all as checks;
pub use command::DoctorArgs;
pub use facts::{Facts, Known, Managed, OrgFacts, Place, Reply, SignInFacts, SiteFacts};
pub use render::catalogue;
pub use report::{Ending, Finding, Grade, Report, State};
pub use run::{Surroundings, run};
pub use settings::{KeptFile, OwnPage, Settings};
