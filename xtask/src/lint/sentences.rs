//! What the app says to people stands in `app/src/texts/`, where no language can be forgotten.

use super::sources::{self, Source};
use anyhow::{Result, bail};

const TEXTS: &str = "app/src/texts/";

/// What is called the same in every language.
const NAMES: [&str; 1] = ["Portico"];

/// Fails with every sentence that stands elsewhere in the app.
pub(crate) fn check() -> Result<()> {
    let sources = sources::ending_in(&[".rs"])?;
    let of_the_app = sources
        .iter()
        .filter(|source| source.path.starts_with("app/src/") && !source.path.starts_with(TEXTS));
    let found: Vec<String> = of_the_app.flat_map(found_in).collect();
    if found.is_empty() {
        return Ok(());
    }
    bail!(
        "{}\nwhat people read belongs into {TEXTS}",
        found.join("\n")
    );
}

/// Tests, at the end of a file, may hold sentences.
fn found_in(source: &Source) -> Vec<String> {
    let lines = source.text.lines().enumerate();
    lines
        .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
        .filter(|(_, line)| is_for_people(line.trim()))
        .map(|(index, line)| format!("{}:{}: {}", source.path, index + 1, line.trim()))
        .collect()
}

fn is_for_people(line: &str) -> bool {
    // What programmers read: comments, and reasons and causes in attributes.
    if line.starts_with("//") || line.starts_with("reason =") || line.starts_with("#[") {
        return false;
    }
    let is_word = line
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .is_some_and(|word| word.starts_with(|first: char| first.is_ascii_uppercase()))
        && !NAMES.contains(&line.trim_matches('"'));
    is_word || line.split('"').skip(1).step_by(2).any(is_sentence)
}

/// A capital letter at the start, and a word in small letters after it.
fn is_sentence(text: &str) -> bool {
    let mut words = text.split(' ');
    let is_begun = words
        .next()
        .is_some_and(|word| word.starts_with(|first: char| first.is_ascii_uppercase()));
    is_begun
        && words.any(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_or_a_word_of_a_page_is_found_and_nothing_else_is() {
        for line in [
            "<p>\"You are signed in.\"</p>",
            "title=\"Sign in to continue\"",
            "\"Profile\"",
            "(Tone::Bad, \"The org refused\", words.text)",
        ] {
            assert!(is_for_people(line), "{line}");
        }
        for line in [
            "// It says \"You are signed in\".",
            "reason = \"Seconds are far below the limits\"",
            "<path d=\"M20 62 120 14l100 48z\" />",
            "class=\"button button-quiet\"",
            "\"Portico\"",
            "\"Europe/Berlin\",",
            "{words.title}",
        ] {
            assert!(!is_for_people(line), "{line}");
        }
    }

    #[test]
    fn tests_may_hold_sentences() {
        let source = Source {
            path: "app/src/a.rs".to_owned(),
            text: "let a = \"It is said here\";\n#[cfg(test)]\nlet b = \"It is said there\";\n"
                .to_owned(),
        };
        assert_eq!(found_in(&source).len(), 1);
    }
}
