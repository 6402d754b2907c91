use std::sync::Arc;

/// The widget's files as this server has them, whose address changes with their version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WidgetFiles {
    address: Arc<str>,
}

impl WidgetFiles {
    /// The files below this path of the app, such as `/widget/7.49.0`.
    pub fn at(address: &str) -> Self {
        Self {
            address: address.into(),
        }
    }

    /// The path that they are below.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The script of the third generation, without what only old browsers need.
    pub(super) fn script(&self) -> String {
        format!("{}/js/okta-sign-in.next.no-polyfill.js", self.address)
    }

    /// Its style, besides that which it makes itself.
    pub(super) fn style(&self) -> String {
        format!("{}/css/okta-sign-in.next.css", self.address)
    }
}
