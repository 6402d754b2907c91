//! A campaign, by the pages of the app: a file of people is uploaded and looked at, all of them are brought to the org, and invited.

use super::browser::{Browser, Page, Sent};
use super::figure::{Budget, Figure};
use super::journey;
use super::plan::Plan;
use super::seed::{self, ADMINISTRATOR, GROUP};
use super::server::Server;
use super::subject::{Folder, Subject};
use super::url::{Url, encode_pairs};
use crate::stopwatch::Stopwatch;
use anyhow::{Context, Result, bail, ensure};
use std::fmt::Write as _;
use std::thread;
use std::time::Duration;

/// The longest time from the file to the last account, in seconds.
const SECONDS: f64 = 120.0;
/// How much memory the first file may need, in MiB, however many rows it has: caches that fill, and threads that begin.
const MORE_MIB: f64 = 32.0;
/// How much more memory as many people again may need, in MiB.
const AGAIN_MIB: f64 = 16.0;
/// Somebody who waits looks at the page this often.
const LOOK_AGAIN: Duration = Duration::from_millis(200);
/// A job that takes longer has stopped.
const PATIENCE: Duration = Duration::from_mins(15);

/// Seconds and MiB of one campaign.
#[derive(Clone, Copy, Debug)]
struct Course {
    /// Until the file was read and could be looked at.
    read: f64,
    /// From the file to the last account.
    brought_in: f64,
    invited: f64,
    before: f64,
    highest: f64,
    after: f64,
}

/// Measures an org of its own, with two campaigns of as many rows.
pub(super) fn measure(plan: &Plan) -> Result<Vec<Figure>> {
    let seed = seed::with_campaigns();
    let subject = Subject::with_seed(Folder::named("campaign")?, plan, &seed)?;
    let (server, _) = subject.start()?;
    let mut administrator = Administrator {
        browser: journey::sign_in_as(&subject.app, ADMINISTRATOR)?,
        app: &subject.app,
    };
    let first = administrator.campaign(&server, "first", plan.rows)?;
    let second = administrator.campaign(&server, "second", plan.rows)?;
    server.stop()?;
    Ok(figures(plan.rows, first, second))
}

#[expect(clippy::cast_precision_loss, reason = "a file has 10,000 rows at most")]
fn figures(rows: usize, first: Course, second: Course) -> Vec<Figure> {
    let count = rows as f64;
    let figure = |what: &str, value, unit| Figure::new(format!("{rows} rows: {what}"), value, unit);
    let most = Budget::AtMost(first.before + MORE_MIB);
    let most_again = Budget::AtMost(first.highest + AGAIN_MIB);
    vec![
        figure("until they can be looked at", first.read, "s"),
        figure("until all accounts are made", first.brought_in, "s")
            .within(Budget::AtMost(SECONDS)),
        figure("accounts", count / first.brought_in, "/s"),
        figure("until all invitations are sent", first.invited, "s"),
        figure("invitations", count / first.invited, "/s"),
        figure("resident before", first.before, "MiB"),
        figure("resident at most", first.highest, "MiB").within(most),
        figure("resident at most, as many again", second.highest, "MiB").within(most_again),
        figure("resident after both", second.after, "MiB"),
    ]
}

/// Who works on campaigns in a browser.
struct Administrator<'a> {
    browser: Browser,
    app: &'a Url,
}

impl Administrator<'_> {
    /// A whole campaign.
    fn campaign(&mut self, server: &Server, name: &str, rows: usize) -> Result<Course> {
        let campaign = self.make(name)?;
        let file = file(name, rows)?;
        let before = server.resident()?;
        server.forget_peak()?;

        let stopwatch = Stopwatch::start();
        self.upload(&campaign, file, rows)?;
        let read = stopwatch.elapsed().as_secs_f64();
        self.act(&campaign, "import")?;
        self.wait(&campaign)?;
        let brought_in = stopwatch.elapsed().as_secs_f64();
        let stopwatch = Stopwatch::start();
        self.act(&campaign, "send")?;
        self.wait(&campaign)?;
        let invited = stopwatch.elapsed().as_secs_f64();
        let (highest, after) = (server.peak()?, server.resident()?);

        let list = self.open(&format!("{campaign}/export"))?.answer.text();
        let sent = list.lines().filter(|line| line.contains(",invited,"));
        let sent = sent.count();
        ensure!(sent == rows, "{sent} of {rows} people are invited");
        Ok(Course {
            read,
            brought_in,
            invited,
            before,
            highest,
            after,
        })
    }

    /// Makes a campaign, and gives its path.
    fn make(&mut self, name: &str) -> Result<String> {
        let page = self.open("/campaigns/new")?.answer.text();
        let option = page.find(&format!(">{GROUP}<"));
        let option = option.with_context(|| format!("no group {GROUP} in {page}"))?;
        let group = page[..option].rsplit("value=\"").next();
        let group = group.and_then(|rest| rest.split('"').next());
        let form = encode_pairs([
            ("name", name),
            ("group", group.unwrap_or_default()),
            ("landing", "home"),
            ("start", "email"),
        ]);
        let url = self.app.join("/api/campaigns/make")?;
        let made = good(self.browser.post(&url, form)?)?;
        ensure!(
            made.url.path.starts_with("/campaigns/") && made.url.path != "/campaigns/new",
            "no campaign was made:\n{}",
            made.answer.text()
        );
        Ok(made.url.path)
    }

    fn upload(&mut self, campaign: &str, file: String, rows: usize) -> Result<()> {
        let url = self.app.join(&format!("{campaign}/people"))?;
        let kind = "multipart/form-data; boundary=edge";
        let preview = good(self.browser.upload(&url, Sent { kind, body: file })?)?;
        ensure!(
            preview.url.path.ends_with("/preview")
                && preview.answer.text().contains(&rows.to_string()),
            "the file was not taken:\n{}",
            preview.answer.text()
        );
        Ok(())
    }

    fn act(&mut self, campaign: &str, what: &str) -> Result<()> {
        let id = campaign.rsplit('/').next().unwrap_or_default();
        let url = self.app.join("/api/campaigns/act")?;
        let form = encode_pairs([("id", id), ("what", what)]);
        good(self.browser.post(&url, form)?).map(drop)
    }

    /// Looks at the campaign until nothing is being done for it.
    fn wait(&mut self, campaign: &str) -> Result<()> {
        let stopwatch = Stopwatch::start();
        loop {
            let page = self.open(campaign)?.answer.text();
            if !page.contains("campaign-progress") {
                return Ok(());
            }
            if stopwatch.elapsed() > PATIENCE {
                bail!("the work has stopped:\n{page}");
            }
            thread::sleep(LOOK_AGAIN);
        }
    }

    fn open(&mut self, path: &str) -> Result<Page> {
        good(self.browser.open(&self.app.join(path)?)?)
    }
}

fn good(page: Page) -> Result<Page> {
    ensure!(
        page.answer.status == 200,
        "{} at {}:\n{}",
        page.answer.status,
        page.url.path,
        page.answer.text()
    );
    Ok(page)
}

/// A form with a file of people who are in no campaign of another name.
fn file(name: &str, rows: usize) -> Result<String> {
    let mut form =
        "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"people.csv\"\r\n\
                    Content-Type: text/csv\r\n\r\nemail,firstName,lastName\r\n"
            .to_owned();
    for row in 0..rows {
        writeln!(
            form,
            "person.{row}.{name}@rows.example.com,Person {row},Of the {name}\r"
        )?;
    }
    form.push_str("\r\n--edge--\r\n");
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_of_a_file_is_somebody_else() {
        let people = |name: &str| -> Vec<String> {
            let file = file(name, 3).unwrap();
            let people = file.lines().filter(|line| line.contains('@'));
            people.map(str::to_owned).collect()
        };
        let (first, second) = (people("first"), people("second"));
        assert_eq!((first.len(), second.len()), (3, 3));
        assert!(first.iter().all(|person| !second.contains(person)));
    }
}
