//! The question before a real org is written to.

use std::io::BufRead;

use crate::Fault;
use crate::render::Console;

/// Asks for the name of the org. Anything else than that name, also the end of the input, is a refusal.
pub(crate) fn by_typing(
    host: &str,
    console: &mut Console<'_>,
    input: &mut dyn BufRead,
) -> Result<(), Fault> {
    console.ask(host)?;
    let mut answer = String::new();
    let read = input.read_line(&mut answer);
    read.map_err(Fault::file("the terminal"))?;
    if answer.trim() == host {
        return Ok(());
    }
    Err(Fault::NotConfirmed(host.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    const HOST: &str = "example.okta.com";

    fn typed(text: &str) -> (String, Result<(), Fault>) {
        let mut out = Vec::new();
        let mut console = Console::new(&mut out, false, false);
        let answer = by_typing(HOST, &mut console, &mut Cursor::new(text.to_owned()));
        (String::from_utf8(out).expect("text"), answer)
    }

    #[test]
    fn the_name_of_the_org_is_asked_for_and_alone_is_a_yes() {
        for yes in ["example.okta.com\n", "  example.okta.com \r\n", HOST] {
            let (asked, answer) = typed(yes);
            assert!(asked.contains(HOST), "{asked}");
            assert!(answer.is_ok(), "{yes:?}");
        }
        for no in [
            "",
            "\n",
            "y\n",
            "yes\n",
            "EXAMPLE.okta.com\n",
            "example.okta.com.evil\n",
            "okta.com\n",
        ] {
            let error = typed(no).1.expect_err(no);
            assert!(matches!(&error, Fault::NotConfirmed(host) if host == HOST));
            assert!(error.to_string().contains("--yes"), "{error}");
        }
    }

    #[test]
    fn only_the_first_line_counts() {
        assert!(typed("no\nexample.okta.com\n").1.is_err());
    }
}
