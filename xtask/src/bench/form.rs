//! The form a person would fill in, found in the page.

use super::url::encode_pairs;
use anyhow::{Context, Result};

/// A form with the fields it brings along.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) action: String,
    hidden: Vec<(String, String)>,
    field: String,
}

impl Form {
    /// The form with the field that `autocomplete` names.
    pub(super) fn find(page: &str, autocomplete: &str) -> Result<Form> {
        // Other tokens may follow, such as `webauthn`.
        let mark = format!("autocomplete=\"{autocomplete}");
        let forms = page
            .split("<form")
            .skip(1)
            .filter_map(|rest| rest.split("</form>").next());
        let form = forms.into_iter().find(|form| form.contains(&mark));
        let form = form.with_context(|| format!("the page has no form with {mark}:\n{page}"))?;
        let opening = form.split('>').next().unwrap_or_default();
        let inputs: Vec<&str> = form
            .split("<input")
            .skip(1)
            .filter_map(|rest| rest.split('>').next())
            .collect();
        let field = inputs
            .iter()
            .find(|input| input.contains(&mark))
            .and_then(|input| attribute(input, "name"));
        let is_hidden = |input: &&&str| attribute(input, "type").as_deref() == Some("hidden");
        let hidden = inputs.iter().filter(is_hidden);
        let hidden = hidden.filter_map(|input| {
            Some((
                attribute(input, "name")?,
                attribute(input, "value").unwrap_or_default(),
            ))
        });
        Ok(Form {
            action: attribute(opening, "action").unwrap_or_default(),
            hidden: hidden.collect(),
            field: field.context("the field has no name")?,
        })
    }

    /// What the browser sends when the field holds `value`.
    pub(super) fn filled_in(&self, value: &str) -> String {
        let hidden = self
            .hidden
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        encode_pairs(hidden.chain([(self.field.as_str(), value)]))
    }
}

/// The value of an attribute in `name="value"` form, its character references resolved.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!(" {name}=\""))?;
    after.split_once('"').map(|(value, _)| unescape(value))
}

fn unescape(text: &str) -> String {
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let reference = part
            .split_once(';')
            .and_then(|(name, rest)| Some((character(name)?, rest)));
        if let Some((character, rest)) = reference {
            plain.push(character);
            plain.push_str(rest);
        } else {
            plain.push('&');
            plain.push_str(part);
        }
    }
    plain
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<form method="get" action="/back"><button>Back</button></form>
        <form class="card" method="post" action="/signin?a=1&amp;b=2">
        <input type="hidden" name="state" value="x&#38;y&#x3d;z">
        <input type="password" name="secret" autocomplete="current-password" required>
        <button>Verify</button></form>"#;

    #[test]
    fn the_form_with_the_field_is_found_among_others() {
        let form = Form::find(PAGE, "current-password").unwrap();
        assert_eq!(form.action, "/signin?a=1&b=2");
        assert_eq!(form.filled_in("p&q"), "state=x%26y%3Dz&secret=p%26q");
    }

    #[test]
    fn a_page_without_the_field_is_an_error_that_shows_the_page() {
        let error = Form::find("<h1>Busy</h1>", "username")
            .unwrap_err()
            .to_string();
        assert!(error.contains("<h1>Busy</h1>"), "{error}");
    }
}
