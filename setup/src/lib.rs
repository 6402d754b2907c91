//! "Set up your org" as a program.
//!
//! Each heading of the guide is a [`Step`]: it looks for its objects, tells what differs, and makes it so. The program speaks
//! Okta's management API and nothing else, so it runs on the local org and on a real one alike.
#![warn(missing_docs)]

mod case;
mod command;
mod confirm;
mod export;
mod fault;
mod http;
mod journal;
mod password;
mod paths;
mod plan;
mod render;
mod run;
mod steps;
mod target;
mod token;
mod values;
mod verify;
mod walk;
mod wanted;

pub use case::{Case, Cases};
pub use command::{SetupArgs, Verb};
pub use export::export;
pub use fault::{Fault, Refusal};
pub use http::{Client, Patience, Pause, TokioPause};
pub use journal::Journal;
pub use plan::{Made, TakenBack, apply, destroy, plan};
pub use run::{Ending, Surroundings, run};
pub use steps::{Step, StepReport, steps};
pub use target::Target;
pub use values::{AppKind, Values};
pub use verify::{Promise, verify};
pub use walk::{Action, Admin, Guide, Narrator, Silent, Visit};
pub use wanted::Difference;
