use std::collections::BTreeSet;
use url::form_urlencoded;

/// The parameters of an OAuth request, from a query or a form.
///
/// A parameter without a value is treated as absent, and one that is not known is ignored (RFC 6749 §3.1).
#[derive(Clone, Default)]
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Reads `application/x-www-form-urlencoded` text.
    pub(crate) fn parse(text: &str) -> Self {
        let pairs = form_urlencoded::parse(text.as_bytes()).into_owned();
        Self(pairs.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The value of a parameter; the first, when it is repeated.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The value of a parameter that is given exactly once.
    pub(crate) fn get_single(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|_| !self.is_repeated(name))
    }

    fn is_repeated(&self, name: &str) -> bool {
        self.0.iter().filter(|(key, _)| key == name).count() > 1
    }

    /// The names that are given more than once.
    pub(crate) fn duplicates(&self) -> BTreeSet<&str> {
        self.0
            .iter()
            .map(|(key, _)| key.as_str())
            .filter(|key| self.is_repeated(key))
            .collect()
    }

    /// The same parameters as a query.
    pub(crate) fn to_query(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.0)
            .finish()
    }

    /// The others.
    #[must_use]
    pub(crate) fn without(&self, names: &[&str]) -> Self {
        let mut others = self.clone();
        others.0.retain(|(key, _)| !names.contains(&key.as_str()));
        others
    }

    /// The same with one more.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Name and value of each parameter, for a form that repeats the request.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

/// Names only: the values may be secrets.
impl std::fmt::Debug for Parameters {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|(key, _)| key))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_value_is_absent_and_a_repeated_name_is_reported_once() {
        let parameters = Parameters::parse("a=1&b=&a=2&c=%C3%BC+x&a=3");
        assert_eq!(parameters.get("a"), Some("1"));
        assert_eq!(parameters.get_single("a"), None);
        assert_eq!(parameters.get("b"), None);
        assert_eq!(parameters.get("c"), Some("ü x"));
        assert_eq!(
            parameters.duplicates().into_iter().collect::<Vec<_>>(),
            ["a"]
        );
    }

    #[test]
    fn values_do_not_show_when_printed_for_debugging() {
        let parameters = Parameters::parse("client_secret=hush");
        assert_eq!(format!("{parameters:?}"), r#"["client_secret"]"#);
    }
}
