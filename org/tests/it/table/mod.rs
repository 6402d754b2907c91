//! Who is asked what: a table of users, apps and the questions until somebody is signed in or refused, walked through both
//! faces of the engine. `cases.tsv` is the table, `seed.json` the people, apps and policies that it speaks of.

mod face;
mod guesses;
mod hosted;
mod idx;
mod letters;
mod oracle;
mod times;
mod unknown;
mod walk;
mod ways;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt::Write as _;
use testkit::TestOrg;

use face::Face;
use hosted::Hosted;
use idx::Idx;

const CASES: &str = include_str!("cases.tsv");
/// Fewer are no table.
const LEAST: usize = 200;

/// A row of the table.
#[derive(Debug)]
struct Case {
    user: &'static str,
    app: &'static str,
    /// A word that changes how the walk goes, such as `recover`.
    way: &'static str,
    /// What is asked, step by step.
    questions: &'static str,
}

fn cases() -> Vec<Case> {
    CASES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().expect("four cells in a row");
            Case {
                user: cell(),
                app: cell(),
                way: cell(),
                questions: cell(),
            }
        })
        .collect()
}

/// Walks the rows of each app in an org of their own: nobody comes twice to the same one, so no row sees what another did.
async fn walk_all(
    begin: impl AsyncFn(&TestOrg, &str) -> Box<dyn Face>,
    as_shown: impl Fn(&str) -> String,
) {
    let cases = cases();
    assert!(cases.len() >= LEAST, "{} cases", cases.len());
    let mut wrong = String::new();
    let mut orgs: HashMap<(&str, &str), TestOrg> = HashMap::new();
    for case in &cases {
        let place = (case.app, case.way);
        let org = match orgs.entry(place) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                entry.insert(TestOrg::with_seed(include_str!("seed.json")).await)
            }
        };
        let face = begin(org, case.app).await;
        let seen = walk::walk(org, face, case.user, case.way).await;
        if seen != as_shown(case.questions) {
            let Case {
                user,
                app,
                way,
                questions,
            } = case;
            writeln!(
                wrong,
                "{user}\t{app}\t{way}\t{seen}\n  expected {questions}"
            )
            .expect("room");
        }
    }
    assert!(wrong.is_empty(), "these rows are not so:\n{wrong}");
}

#[tokio::test]
async fn the_hosted_page_asks_what_the_table_says() {
    let begin =
        async |org: &TestOrg, app: &str| Box::new(Hosted::begin(org, app).await) as Box<dyn Face>;
    // A code by email is asked for on the same page, whether the address is verified yet or not.
    walk_all(begin, |questions| {
        questions.replace("new-okta_email", "email")
    })
    .await;
}

#[tokio::test]
async fn the_interaction_code_flow_asks_what_the_table_says() {
    let begin =
        async |org: &TestOrg, app: &str| Box::new(Idx::begin(org, app).await) as Box<dyn Face>;
    walk_all(begin, str::to_owned).await;
}
