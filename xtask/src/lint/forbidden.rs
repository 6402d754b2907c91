//! House rules that clippy does not know.

use super::sources::{self, Source};
use anyhow::{Result, bail};

/// Something that must not stand in some of the files.
struct Rule {
    /// Where it applies: the start of the path.
    folder: &'static str,
    ending: &'static str,
    /// Whether the line, seen with the lines after it, breaks the rule.
    breaks: fn(&str, &[&str]) -> bool,
    remedy: &'static str,
}

const RULES: [Rule; 6] = [
    Rule {
        folder: "",
        ending: ".rs",
        breaks: |line, _| {
            line.contains(concat!("#[", "allow(")) || line.contains(concat!("#![", "allow("))
        },
        remedy: "use `#[expect(…, reason = \"…\")]`, which ends when its reason does",
    },
    Rule {
        folder: "app/",
        ending: ".rs",
        breaks: |line, _| line.contains("inner_html"),
        remedy: "markup from a string is not escaped: build it with `view!`",
    },
    Rule {
        folder: "app/",
        ending: ".rs",
        breaks: has_textarea_child,
        remedy: "the text of a textarea is not escaped on the server: use `prop:value`",
    },
    Rule {
        folder: "app/src/",
        ending: ".rs",
        breaks: gates_more_than_the_server_module,
        remedy: "only `mod server;` is gated by a feature: move server code there",
    },
    Rule {
        folder: "end2end/",
        ending: ".ts",
        breaks: |line, _| line.contains("waitForTimeout"),
        remedy: "wait for what the page shows, not for time",
    },
    Rule {
        folder: "org/",
        ending: ".html",
        breaks: |line, _| {
            line.contains("|safe") || line.contains("| safe") || line.contains(" style=\"")
        },
        remedy: "hosted pages escape everything and have no inline style",
    },
];

/// Fails with every line that breaks a rule.
pub(crate) fn check() -> Result<()> {
    let sources = sources::ending_in(&[".rs", ".ts", ".html"])?;
    let broken: Vec<String> = sources.iter().flat_map(broken_in).collect();
    if broken.is_empty() {
        return Ok(());
    }
    bail!("{}", broken.join("\n"));
}

fn broken_in(source: &Source) -> Vec<String> {
    let lines: Vec<&str> = source.text.lines().collect();
    let rules = RULES
        .iter()
        .filter(|rule| source.path.starts_with(rule.folder) && source.path.ends_with(rule.ending));
    let mut broken = Vec::new();
    for rule in rules {
        for (index, line) in lines.iter().enumerate() {
            if (rule.breaks)(line, &lines[index + 1..]) {
                broken.push(format!(
                    "{}:{}: {}\n    {}",
                    source.path,
                    index + 1,
                    rule.remedy,
                    line.trim()
                ));
            }
        }
    }
    broken
}

/// A feature gate that is not directly above `mod server;`.
fn gates_more_than_the_server_module(line: &str, after: &[&str]) -> bool {
    let gates = line.contains("cfg") && line.contains("feature =");
    let next = after.first().map_or("", |next| next.trim());
    gates && !(line.trim() == "#[cfg(feature = \"ssr\")]" && next.ends_with("mod server;"))
}

/// A `<textarea …>` that is neither empty nor self-closing.
fn has_textarea_child(line: &str, after: &[&str]) -> bool {
    let Some((_, rest)) = line.split_once("<textarea") else {
        return false;
    };
    let text = std::iter::once(rest)
        .chain(after.iter().copied())
        .collect::<Vec<_>>()
        .join(" ");
    let is_self_closed = text
        .find("/>")
        .is_some_and(|end| !text[..end].contains("</") && !text[..end].contains("\">"));
    let is_empty = text
        .split_once("</textarea>")
        .is_some_and(|(inside, _)| inside.trim_end().ends_with('>'));
    !is_self_closed && !is_empty
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(path: &str, text: &str) -> usize {
        broken_in(&Source {
            path: path.to_owned(),
            text: text.to_owned(),
        })
        .len()
    }

    #[test]
    fn a_gate_above_the_server_module_is_the_only_one() {
        assert_eq!(
            broken(
                "app/src/a.rs",
                "#[cfg(feature = \"ssr\")]\npub(crate) mod server;\n"
            ),
            0
        );
        assert_eq!(
            broken("app/src/a.rs", "#[cfg(feature = \"ssr\")]\nuse bff::Bff;\n"),
            1
        );
        assert_eq!(
            broken(
                "app/src/a.rs",
                "#[cfg_attr(feature = \"ssr\", derive(Debug))]\nmod server;\n"
            ),
            1
        );
        assert_eq!(
            broken(
                "app/src/a.rs",
                "#[cfg(not(feature = \"ssr\"))]\nfn browser() {}\n"
            ),
            1
        );
    }

    #[test]
    fn a_textarea_has_no_text_of_its_own() {
        assert_eq!(
            broken(
                "app/src/a.rs",
                "<textarea\n  name=\"note\"\n  prop:value=note\n/>\n"
            ),
            0
        );
        assert_eq!(
            broken(
                "app/src/a.rs",
                "<textarea name=\"note\" prop:value=note></textarea>\n"
            ),
            0
        );
        assert_eq!(
            broken(
                "app/src/a.rs",
                "<textarea name=\"note\">{note}</textarea>\n<br/>\n"
            ),
            1
        );
    }

    #[test]
    fn a_rule_holds_in_its_folder_only() {
        assert_eq!(
            broken("end2end/a.spec.ts", "await page.waitForTimeout(500);\n"),
            1
        );
        assert_eq!(broken("docs/a.ts", "await page.waitForTimeout(500);\n"), 0);
        assert_eq!(broken("app/src/a.rs", "<div inner_html=text></div>\n"), 1);
        assert_eq!(
            broken("model/src/a.rs", concat!("#[", "allow(dead_code)]\n")),
            1
        );
    }
}
