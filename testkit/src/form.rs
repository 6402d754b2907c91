/// A form of a page with the fields that it came with.
#[derive(Debug, Clone)]
pub struct Form {
    /// Where it is sent to.
    pub action: String,
    /// Name and value, in the order of the page; check boxes that are not ticked are absent.
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// The forms of a page, read as far as the pages of this project need it.
    pub(crate) fn all(html: &str) -> Vec<Self> {
        html.split("<form ")
            .skip(1)
            .map(|rest| {
                let (tag, content) = rest.split_once('>').unwrap_or((rest, ""));
                let content = content.split("</form>").next().unwrap_or_default();
                Self {
                    action: attribute(tag, "action").unwrap_or_default(),
                    fields: content.split("<input ").skip(1).filter_map(field).collect(),
                }
            })
            .collect()
    }

    /// The fields with some of them set, added when they are not there.
    pub(crate) fn filled(mut self, values: &[(&str, &str)]) -> Vec<(String, String)> {
        for (name, value) in values {
            self.fields.retain(|(field, _)| field != name);
            self.fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        self.fields
    }
}

fn field(rest: &str) -> Option<(String, String)> {
    let tag = rest.split('>').next()?;
    if attribute(tag, "type").as_deref() == Some("checkbox") {
        return None;
    }
    let value = attribute(tag, "value").unwrap_or_default();
    attribute(tag, "name").map(|name| (name, value))
}

/// The value of an attribute that stands in double quotes.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = format!("{name}=\"");
    let (_, rest) = tag.split_once(&start)?;
    let (value, _) = rest.split_once('"')?;
    Some(unescape(value))
}

fn unescape(text: &str) -> String {
    [
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (entity, character)| {
        text.replace(entity, character)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_with_its_hidden_fields_and_filled_in() {
        let html = r#"<form method="post" action="/a?b&#38;c"><input type="hidden" name="token" value="x&#34;y">
            <input name="who" value=""><input type="checkbox" name="keep" value="true"></form><form action="/z"></form>"#;
        let forms = Form::all(html);
        assert_eq!(forms.len(), 2);
        let form = forms.into_iter().next().expect("a form");
        assert_eq!(form.action, "/a?b&c");
        let filled = form.filled(&[("who", "me")]);
        let expected = [("token", "x\"y"), ("who", "me")];
        assert_eq!(
            filled,
            expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
    }
}
