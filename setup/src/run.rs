//! `portico setup`: from the command line to the exit code.

use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::sync::Arc;

use model::{Clock, Entropy};
use url::Url;

use crate::command::Verb;
use crate::http::{Client, Patience, Pause};
use crate::render::Console;
use crate::token::{self, Token};
use crate::walk::{Admin, Guide};
use crate::{Cases, Fault, Journal, Made, SetupArgs, StepReport, Target, confirm};

/// What the program finds around it, passed in so that tests bring their own.
pub struct Surroundings<'s> {
    /// The public address of the app.
    pub app_url: Url,
    /// The address of the local org.
    pub org_url: Url,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// How to wait.
    pub pause: Arc<dyn Pause>,
    /// Where results go.
    pub out: &'s mut dyn Write,
    /// Where a person answers.
    pub input: &'s mut dyn BufRead,
    /// Whether results may have colours.
    pub colours: bool,
}

impl std::fmt::Debug for Surroundings<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Surroundings")
            .field("app_url", &self.app_url)
            .field("org_url", &self.org_url)
            .finish_non_exhaustive()
    }
}

/// How it ended, for the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Done, or nothing to do: 0.
    Fine,
    /// A promise is broken: 1, as for every failure.
    Broken,
    /// A plan has changes: 2.
    Changes,
}

impl Ending {
    /// The exit code of the process.
    pub fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Broken => 1,
            Self::Changes => 2,
        }
    }
}

/// Does what the command line says.
pub async fn run(args: SetupArgs, around: Surroundings<'_>) -> Result<Ending, Fault> {
    let target = Target::parse(&args.target, &around.org_url)?;
    let patience = Patience {
        clock: Arc::clone(&around.clock),
        pause: Arc::clone(&around.pause),
        entropy: Arc::clone(&around.entropy),
    };
    let token = token::find(&args, &target, patience.clone()).await?;
    let ending = work(&args, around, &target, &token, patience.clone()).await;
    let returned = token.give_back(&target, patience).await;
    // What went wrong first is what the user wants to know.
    let ending = ending?;
    returned.map(|()| ending)
}

async fn work(
    args: &SetupArgs,
    around: Surroundings<'_>,
    target: &Target,
    token: &Token,
    patience: Patience,
) -> Result<Ending, Fault> {
    let journal = args.journal.clone().unwrap_or_else(|| journal_of(target));
    let client = Client::new(target, patience)?.with_token(token.secret())?;
    let guide = guide(args, target, client, &around.app_url).await?;
    let mut console = Console::new(around.out, around.colours, args.json);
    let mut work = Work {
        guide: &guide,
        args,
        journal: Journal::open(&journal)?,
        input: around.input,
    };
    match args.verb {
        Verb::Plan => work.plan(&mut console).await,
        Verb::Apply if args.dry_run => work.plan(&mut console).await,
        Verb::Apply => work.apply(&mut console).await,
        Verb::Verify => work.verify(&mut console).await,
        Verb::Destroy => work.destroy(&mut console).await,
        Verb::Export => {
            let text = crate::export(&guide).await?;
            console.raw(&text)?;
            Ok(Ending::Fine)
        }
    }
}

async fn guide(
    args: &SetupArgs,
    target: &Target,
    client: Client,
    app_url: &Url,
) -> Result<Guide, Fault> {
    let values = args.values.clone().checked(app_url)?;
    let admin = Admin::of(&client).await?;
    // What an earlier run with other cases made is taken back as well.
    let cases = match args.verb {
        Verb::Destroy => Cases::all(),
        _ => Cases::new(&args.cases),
    };
    Ok(Guide {
        client,
        target: target.clone(),
        values,
        cases,
        app_url: app_url.clone(),
        admin,
    })
}

fn journal_of(target: &Target) -> PathBuf {
    let host = target.origin().split("://").last().unwrap_or_default();
    let file = format!("{}.json", host.replace([':', '[', ']'], "-"));
    PathBuf::from("data/setup").join(file)
}

struct Work<'w> {
    guide: &'w Guide,
    args: &'w SetupArgs,
    journal: Journal,
    input: &'w mut dyn BufRead,
}

impl Work<'_> {
    async fn plan(&mut self, console: &mut Console<'_>) -> Result<Ending, Fault> {
        let reports = crate::plan(self.guide).await?;
        console.plan(self.guide, &reports)?;
        Ok(if has_changes(&reports) {
            Ending::Changes
        } else {
            Ending::Fine
        })
    }

    async fn apply(&mut self, console: &mut Console<'_>) -> Result<Ending, Fault> {
        if self.must_confirm() {
            let reports = crate::plan(self.guide).await?;
            console.plan(self.guide, &reports)?;
            if !has_changes(&reports) {
                return Ok(Ending::Fine);
            }
            self.confirm(console)?;
        }
        console.begin("apply", self.guide)?;
        let reports = crate::apply(self.guide, &mut self.journal, console).await?;
        console.applied(self.guide, &reports).await?;
        Ok(Ending::Fine)
    }

    async fn verify(&mut self, console: &mut Console<'_>) -> Result<Ending, Fault> {
        let promises = crate::verify(self.guide, self.args.sign_in).await?;
        console.verified(self.guide, &promises)?;
        Ok(if promises.iter().all(|promise| promise.kept) {
            Ending::Fine
        } else {
            Ending::Broken
        })
    }

    async fn destroy(&mut self, console: &mut Console<'_>) -> Result<Ending, Fault> {
        let made = if self.args.by_name {
            Made::ByName
        } else {
            Made::ByJournal
        };
        let is_dry = self.args.dry_run;
        console.begin("destroy", self.guide)?;
        if self.must_confirm() {
            let mut copy = self.journal.clone();
            let tell = |taken: &_| console.taken_back(taken);
            crate::destroy(self.guide, &mut copy, made, true, tell).await?;
            self.confirm(console)?;
        }
        let tell = |taken: &_| console.taken_back(taken);
        let count = crate::destroy(self.guide, &mut self.journal, made, is_dry, tell).await?;
        console.destroyed(count, is_dry)?;
        Ok(if is_dry && count > 0 {
            Ending::Changes
        } else {
            Ending::Fine
        })
    }

    fn must_confirm(&self) -> bool {
        self.args.writes() && !self.guide.target.is_local() && !self.args.yes
    }

    /// A real org is written to only after somebody typed its name.
    fn confirm(&mut self, console: &mut Console<'_>) -> Result<(), Fault> {
        let host = self.guide.target.host();
        if self.args.json {
            return Err(Fault::NotConfirmed(host.to_owned()));
        }
        confirm::by_typing(host, console, self.input)
    }
}

fn has_changes(reports: &[StepReport]) -> bool {
    let mut objects = reports.iter().flat_map(|report| &report.objects);
    objects.any(crate::Visit::is_change)
}
