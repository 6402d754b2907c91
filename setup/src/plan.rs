//! Going through the steps: to look, to apply, to take back.

use crate::journal::Journal;
use crate::walk::{Guide, Mode, Narrator, Silent, Visit, Walk, take_back};
use crate::{Fault, StepReport, steps};

/// What each step of the chosen use cases would do. Writes nothing.
pub async fn plan(guide: &Guide) -> Result<Vec<StepReport>, Fault> {
    let mut reports = Vec::new();
    for step in steps(&guide.cases) {
        reports.push(step.check(guide).await?);
    }
    Ok(reports)
}

/// Makes the org as the guide wants it. It can be cut at any call and begun again.
pub async fn apply(
    guide: &Guide,
    journal: &mut Journal,
    narrator: &mut dyn Narrator,
) -> Result<Vec<StepReport>, Fault> {
    let mut reports = Vec::new();
    for step in steps(&guide.cases) {
        narrator.step(step.name)?;
        reports.push(step.apply(guide, journal, narrator).await?);
    }
    Ok(reports)
}

/// Which objects count as made by setup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// Those that the journal tells of.
    ByJournal,
    /// All that have a name of the guide.
    ByName,
}

/// Something that was taken back.
#[derive(Debug, Clone)]
pub struct TakenBack {
    /// `delete` or `restore`.
    pub action: &'static str,
    /// The noun.
    pub kind: &'static str,
    /// What people know it by.
    pub name: String,
}

/// Takes back the chosen use cases, the last object first, and tells each thing as it is done.
///
/// With `is_dry` it only tells. What others made stays.
pub async fn destroy(
    guide: &Guide,
    journal: &mut Journal,
    made: Made,
    is_dry: bool,
    mut tell: impl FnMut(&TakenBack) -> Result<(), Fault>,
) -> Result<usize, Fault> {
    if made == Made::ByJournal && !journal.is_known() {
        return Err(Fault::unexpected(
            "nothing is recorded of this org on this machine, so nothing was taken back; --by-name takes back everything that has a name of the guide",
        ));
    }
    let mut count = 0;
    for visit in retrace(guide).await?.iter().rev() {
        let by_name = made == Made::ByName;
        let Some(action) = take_back(guide, journal, visit, by_name, is_dry).await? else {
            continue;
        };
        count += 1;
        tell(&TakenBack {
            action,
            kind: visit.kind,
            name: visit.name.clone(),
        })?;
    }
    Ok(count)
}

async fn retrace(guide: &Guide) -> Result<Vec<Visit>, Fault> {
    let (mut journal, mut silent) = (Journal::in_memory(), Silent);
    let mut walk = Walk::new(guide, Mode::Retrace, &mut journal, &mut silent);
    let mut visits = Vec::new();
    for step in steps(&guide.cases) {
        visits.extend(step.run(&mut walk).await?.objects);
    }
    Ok(visits)
}
