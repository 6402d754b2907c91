use model::{RowField, RowProblem};

use super::super::store::{DraftRow, Flaw};
use super::columns::Columns;

/// What Okta takes, in characters.
const MAX_EMAIL: usize = 100;
const MIN_EMAIL: usize = 5;
const MAX_NAME: usize = 50;

/// The digits of an international number without its plus sign (ITU-T E.164).
const MIN_DIGITS: usize = 7;
const MAX_DIGITS: usize = 15;

/// As much of a wrong value as is shown, in characters.
const MAX_SHOWN: usize = 60;

/// Checks a row, so that an administrator learns of all mistakes at once. `fields` are `None` where they are not UTF-8.
pub(super) fn check(
    fields: &[Option<String>],
    columns: &Columns,
    line: i64,
    needs_phone: bool,
) -> Result<DraftRow, Vec<Flaw>> {
    let mut flaws = Vec::new();
    let mut take =
        |index: Option<usize>, field: RowField, rule: fn(&str) -> Result<String, RowProblem>| {
            let text = index.map_or(Some(""), |index| {
                fields.get(index).map_or(Some(""), |field| field.as_deref())
            });
            let checked = text
                .ok_or(RowProblem::NotUtf8)
                .and_then(|text| rule(text.trim()));
            checked.unwrap_or_else(|problem| {
                flaws.push(Flaw {
                    line,
                    field,
                    problem,
                    value: shown(text.unwrap_or_default()),
                });
                String::new()
            })
        };
    let email = take(Some(columns.email), RowField::Email, address);
    let first_name = take(columns.first_name, RowField::FirstName, name);
    let last_name = take(columns.last_name, RowField::LastName, name);
    let rule = if needs_phone { number } else { number_or_none };
    let phone = take(columns.phone, RowField::Phone, rule);
    if !flaws.is_empty() {
        return Err(flaws);
    }
    Ok(DraftRow {
        line,
        email,
        first_name,
        last_name,
        phone: Some(phone).filter(|phone| !phone.is_empty()),
    })
}

fn shown(text: &str) -> String {
    text.trim()
        .chars()
        .filter(|character| !character.is_control())
        .take(MAX_SHOWN)
        .collect()
}

fn plain(text: &str) -> Result<&str, RowProblem> {
    if text.is_empty() {
        return Err(RowProblem::Missing);
    }
    if text.chars().any(char::is_control) {
        return Err(RowProblem::ControlCharacter);
    }
    if text.chars().any(|character| character.len_utf8() > 3) {
        return Err(RowProblem::UnusualCharacter);
    }
    Ok(text)
}

fn name(text: &str) -> Result<String, RowProblem> {
    let text = plain(text)?;
    if text.chars().count() > MAX_NAME {
        return Err(RowProblem::TooLong);
    }
    Ok(text.to_owned())
}

/// What looks like an address: whether it is one, only a mail can tell.
fn address(text: &str) -> Result<String, RowProblem> {
    let text = plain(text)?;
    let length = text.chars().count();
    if length > MAX_EMAIL {
        return Err(RowProblem::TooLong);
    }
    let (local, domain) = text.rsplit_once('@').ok_or(RowProblem::NotAnAddress)?;
    let is_local = !local.is_empty()
        && !local.starts_with('.')
        && !local.ends_with('.')
        && local
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte));
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|character| character.is_alphanumeric() || character == '-')
    };
    let is_domain = domain.contains('.') && domain.split('.').all(is_label);
    if is_local && is_domain && length >= MIN_EMAIL {
        Ok(text.to_owned())
    } else {
        Err(RowProblem::NotAnAddress)
    }
}

fn number_or_none(text: &str) -> Result<String, RowProblem> {
    if text.is_empty() {
        return Ok(String::new());
    }
    number(text)
}

/// A number with its country code, without what people write between digits.
fn number(text: &str) -> Result<String, RowProblem> {
    let text = plain(text)?;
    let digits: String = text
        .chars()
        .filter(|character| !matches!(character, ' ' | '-' | '(' | ')' | '.' | '/' | '\u{a0}'))
        .collect();
    let international = digits
        .strip_prefix('+')
        .or_else(|| digits.strip_prefix("00"));
    let is_number = |digits: &&str| {
        (MIN_DIGITS..=MAX_DIGITS).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0')
    };
    international
        .filter(is_number)
        .map(|digits| format!("+{digits}"))
        .ok_or(RowProblem::NotANumber)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_cannot_be_addresses_are_refused() {
        for text in [
            "ada@example.com",
            "ada.lovelace+tag@sub.example.co.uk",
            "o'neill@example.com",
            "ada@bücher.example",
        ] {
            assert_eq!(address(text).as_deref(), Ok(text));
        }
        for text in [
            "ada",
            "@example.com",
            "ada@",
            "ada@example",
            "a b@example.com",
            "ada@exam ple.com",
            "ada@@example.com",
            "ada@-example.com",
            "ada@example..com",
            "<a@example.com>",
            "\"a b\"@example.com",
            ".ada@example.com",
            "=cmd()@example.com,",
        ] {
            assert_eq!(address(text), Err(RowProblem::NotAnAddress), "{text}");
        }
        assert_eq!(address(""), Err(RowProblem::Missing));
        assert_eq!(
            address(&format!("{}@example.com", "a".repeat(100))),
            Err(RowProblem::TooLong)
        );
    }

    #[test]
    fn numbers_need_a_country_code_and_may_be_written_as_people_do() {
        for text in ["+1 (555) 010-0199", "001 555 0100199", "+1.555.010.0199"] {
            assert_eq!(number(text).as_deref(), Ok("+15550100199"), "{text}");
        }
        for text in [
            "555 0100",
            "+0 555 0100",
            "+1 555 CALL ME",
            "+1",
            "+12345678901234567",
        ] {
            assert_eq!(number(text), Err(RowProblem::NotANumber), "{text}");
        }
        assert_eq!(number_or_none(""), Ok(String::new()));
    }

    #[test]
    fn a_row_tells_all_that_is_wrong_with_it() {
        let columns =
            Columns::of_header(&["email".to_owned(), "first".to_owned(), "last".to_owned()]);
        let fields = [Some("nobody".to_owned()), None, Some("😀".to_owned())];
        let flaws = check(&fields, &columns.expect("columns"), 7, true).expect_err("flaws");
        let told: Vec<_> = flaws
            .iter()
            .map(|flaw| (flaw.field, flaw.problem))
            .collect();
        assert_eq!(
            told,
            [
                (RowField::Email, RowProblem::NotAnAddress),
                (RowField::FirstName, RowProblem::NotUtf8),
                (RowField::LastName, RowProblem::UnusualCharacter),
                (RowField::Phone, RowProblem::Missing),
            ]
        );
        assert!(flaws.iter().all(|flaw| flaw.line == 7));
    }
}
