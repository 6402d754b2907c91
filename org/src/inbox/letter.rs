use askama::Template;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{Channel, Outgoing};

/// A mail in its parts, from which both of its forms are made.
#[derive(Debug)]
pub(super) struct Letter<'a> {
    pub(super) template: &'static str,
    pub(super) subject: String,
    /// What happened, or what the reader wants to do.
    pub(super) opening: String,
    pub(super) code: Option<&'a SecretString>,
    /// A link, and what it does.
    pub(super) link: Option<(&'a Url, &'static str)>,
    /// What to do if the reader did not ask for this.
    pub(super) closing: String,
    pub(super) brand: &'a str,
}

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Page<'a> {
    subject: &'a str,
    opening: &'a str,
    code: Option<&'a str>,
    link: Option<(&'a str, &'a str)>,
    closing: &'a str,
    brand: &'a str,
}

impl Letter<'_> {
    pub(super) fn to(self, recipient: &str) -> Outgoing {
        Outgoing {
            channel: Channel::Email,
            to: recipient.to_owned(),
            template: self.template,
            text: self.text(),
            // A letter that cannot be rendered still has its text.
            html: self.page().render().ok(),
            code: self.code.cloned(),
            link: self.link.map(|(url, _)| url.clone()),
            subject: self.subject,
        }
    }

    fn text(&self) -> String {
        let mut parts = vec![self.opening.clone()];
        if let Some(code) = self.code {
            parts.push(format!("Your code: {}", code.expose_secret()));
        }
        if let Some((url, what)) = self.link {
            let or = if self.code.is_some() { "Or " } else { "" };
            let what = if or.is_empty() {
                what.to_owned()
            } else {
                lower_first(what)
            };
            parts.push(format!("{or}{what}:\n{url}"));
        }
        parts.push(self.closing.clone());
        parts.push(self.brand.to_owned());
        parts.join("\n\n") + "\n"
    }

    fn page(&self) -> Page<'_> {
        Page {
            subject: &self.subject,
            opening: &self.opening,
            code: self.code.map(ExposeSecret::expose_secret),
            link: self.link.map(|(url, what)| (url.as_str(), what)),
            closing: &self.closing,
            brand: self.brand,
        }
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_lowercase().chain(letters).collect())
        .unwrap_or_default()
}
