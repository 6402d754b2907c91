//! The addresses that a measurement meets: `http://host:port/path?query`.

use anyhow::{Context, Result};

/// An address, in the parts that a request needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Url {
    /// `localhost:7000`.
    pub(super) authority: String,
    /// Path and query, from `/`.
    pub(super) path: String,
}

impl Url {
    /// Reads an absolute address; a fragment stays in the browser and is dropped.
    pub(super) fn parse(text: &str) -> Result<Url> {
        let text = text.split('#').next().unwrap_or_default();
        let rest = text
            .strip_prefix("http://")
            .with_context(|| format!("not an http address: {text}"))?;
        let (authority, path) = rest
            .find('/')
            .map_or((rest, "/"), |slash| rest.split_at(slash));
        Ok(Url {
            authority: authority.to_owned(),
            path: path.to_owned(),
        })
    }

    /// The address that `reference` means on the page at this one; a fragment is dropped.
    pub(super) fn join(&self, reference: &str) -> Result<Url> {
        let reference = reference.split('#').next().unwrap_or_default();
        if reference.starts_with("http://") {
            return Url::parse(reference);
        }
        let here = self.path.split('?').next().unwrap_or("/");
        let path = match reference.chars().next() {
            None => self.path.clone(),
            Some('/') => reference.to_owned(),
            Some('?') => format!("{here}{reference}"),
            Some(_) => format!(
                "{}/{reference}",
                here.rsplit_once('/').map_or("", |(folder, _)| folder)
            ),
        };
        Ok(Url {
            authority: self.authority.clone(),
            path,
        })
    }

    /// The host alone, for which cookies are kept.
    pub(super) fn host(&self) -> &str {
        self.authority.split(':').next().unwrap_or_default()
    }
}

/// A text as it stands in a form or a query.
fn encode(text: &str) -> String {
    let encode_byte = |byte: u8| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(encode_byte).collect()
}

/// `name=value&…`.
pub(super) fn encode_pairs<'p>(pairs: impl IntoIterator<Item = (&'p str, &'p str)>) -> String {
    let pairs = pairs
        .into_iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_on_the_page_where_it_stands() {
        let page = Url::parse("http://localhost:7000/signin/start?a=1#top").unwrap();
        let path = |reference: &str| page.join(reference).unwrap().path;
        assert_eq!(
            [
                path("/x?y"),
                path("next#here"),
                path("?b=2"),
                path(""),
                path("http://127.0.0.1:3000")
            ],
            [
                "/x?y",
                "/signin/next",
                "/signin/start?b=2",
                "/signin/start?a=1",
                "/"
            ]
        );
    }

    #[test]
    fn what_would_end_a_value_is_encoded() {
        assert_eq!(
            encode_pairs([("a", "1&2=3"), ("b", "é ")]),
            "a=1%262%3D3&b=%C3%A9%20"
        );
    }
}
