use std::io::Write;

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::render::paint::{Colour, Paint};
use crate::render::text::{self, Count};
use crate::steps::app_of;
use crate::walk::{Guide, Narrator, Visit};
use crate::{Fault, Promise, StepReport, TakenBack};

/// Writes results: for people, or as JSON.
pub(crate) struct Console<'c> {
    out: &'c mut dyn Write,
    paint: Paint,
    is_json: bool,
    step: String,
}

impl std::fmt::Debug for Console<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Console")
    }
}

impl<'c> Console<'c> {
    pub(crate) fn new(out: &'c mut dyn Write, colours: bool, is_json: bool) -> Self {
        Self {
            out,
            paint: Paint { is_on: colours },
            is_json,
            step: String::new(),
        }
    }

    pub(crate) fn raw(&mut self, text: &str) -> Result<(), Fault> {
        let written = self.out.write_all(text.as_bytes());
        written
            .and_then(|()| self.out.flush())
            .map_err(Fault::file("the output"))
    }

    fn line(&mut self, value: &Value) -> Result<(), Fault> {
        self.raw(&format!("{value}\n"))
    }

    pub(crate) fn begin(&mut self, verb: &str, guide: &Guide) -> Result<(), Fault> {
        let cases: Vec<&str> = guide.cases.iter().map(crate::Case::as_str).collect();
        let target = guide.target.origin();
        if self.is_json {
            return self.line(
                &json!({"event": "begin", "command": verb, "target": target, "cases": cases}),
            );
        }
        let title = format!(
            "{verb} at {target}, as {}: {}",
            guide.admin.login,
            cases.join(", ")
        );
        self.raw(&format!("{}\n", self.paint.with(Colour::Heading, &title)))
    }

    pub(crate) fn plan(&mut self, guide: &Guide, reports: &[StepReport]) -> Result<(), Fault> {
        let count = Count::of(reports);
        if self.is_json {
            return self.line(&json!({
                "command": "plan", "target": guide.target.origin(), "steps": reports, "summary": summary(&count),
            }));
        }
        self.begin("plan", guide)?;
        let steps: String = reports
            .iter()
            .map(|report| text::step(self.paint, report))
            .collect();
        self.raw(&(steps + &count.planned()))
    }

    /// What is to be told once all steps are done: the settings by which the app finds a real org.
    pub(crate) async fn applied(
        &mut self,
        guide: &Guide,
        reports: &[StepReport],
    ) -> Result<(), Fault> {
        let count = Count::of(reports);
        let app = app_of(guide).await?.unwrap_or_default();
        let client_id = app["credentials"]["oauthClient"]["client_id"]
            .as_str()
            .unwrap_or_default();
        if self.is_json {
            return self.line(&json!({
                "event": "done", "summary": summary(&count), "writes": guide.client.writes(), "clientId": client_id,
            }));
        }
        let mut text = count.applied();
        if !guide.target.is_local() {
            text += &text::settings(guide.target.origin(), client_id);
        }
        self.raw(&text)
    }

    pub(crate) fn verified(&mut self, guide: &Guide, promises: &[Promise]) -> Result<(), Fault> {
        let broken = promises.iter().filter(|promise| !promise.kept).count();
        if self.is_json {
            let is_kept = broken == 0;
            return self.line(&json!({
                "command": "verify", "target": guide.target.origin(), "kept": is_kept, "promises": promises,
            }));
        }
        self.begin("verify", guide)?;
        let lines: String = promises
            .iter()
            .map(|promise| text::promise(self.paint, promise))
            .collect();
        let kept = promises.len() - broken;
        self.raw(&format!("\n{lines}\n{kept} kept, {broken} broken.\n"))
    }

    pub(crate) fn taken_back(&mut self, taken: &TakenBack) -> Result<(), Fault> {
        if self.is_json {
            let TakenBack { action, kind, name } = taken;
            return self.line(
                &json!({"event": "takenBack", "action": action, "kind": kind, "name": name}),
            );
        }
        self.raw(&text::taken_back(self.paint, taken))
    }

    pub(crate) fn destroyed(&mut self, count: usize, is_dry: bool) -> Result<(), Fault> {
        if self.is_json {
            return self.line(&json!({"event": "done", "takenBack": count, "dryRun": is_dry}));
        }
        let would = if is_dry { "would be " } else { "" };
        self.raw(&format!("\n{count} {would}taken back.\n"))
    }

    pub(crate) fn ask(&mut self, host: &str) -> Result<(), Fault> {
        self.raw(&format!(
            "\nThis writes to a real org. Type {host} to go on: "
        ))
    }
}

fn summary(count: &Count) -> Value {
    json!({
        "create": count.create, "change": count.change, "unchanged": count.unchanged, "manual": count.manual,
    })
}

impl Narrator for Console<'_> {
    fn step(&mut self, name: &str) -> Result<(), Fault> {
        name.clone_into(&mut self.step);
        if self.is_json {
            return self.line(&json!({"event": "step", "name": name}));
        }
        self.raw(&text::heading(self.paint, name))
    }

    fn done(&mut self, visit: &Visit) -> Result<(), Fault> {
        if self.is_json {
            let step = self.step.clone();
            return self.line(&json!({"event": "object", "step": step, "object": visit}));
        }
        self.raw(&text::visit(self.paint, visit))
    }

    fn password(&mut self, login: &str, password: &SecretString) -> Result<(), Fault> {
        let password = password.expose_secret();
        if self.is_json {
            return self.line(&json!({"event": "password", "login": login, "password": password}));
        }
        let text = format!("! password of {login}, shown this once: {password}");
        self.raw(&format!("  {}\n", self.paint.with(Colour::Manual, &text)))
    }
}
