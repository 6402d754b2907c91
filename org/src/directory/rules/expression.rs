use serde_json::Value;

use crate::directory::{Profile, find_attribute};

/// Deeper and longer ones are nothing that a person writes.
const DEPTH: usize = 32;
const LENGTH: usize = 2048;

/// A condition on a profile, in the part of Okta's expression language that group rules use most: comparisons with `==` and
/// `!=`, `String.startsWith`, `String.stringContains`, `and`, `or`, `not`, parentheses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expression {
    Is(Term, Term),
    StartsWith(Term, Term),
    Contains(Term, Term),
    Not(Box<Expression>),
    And(Vec<Expression>),
    Or(Vec<Expression>),
}

/// What is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Term {
    /// `user.department`
    Attribute(String),
    /// `"sales"`
    Text(String),
    /// `null`
    Null,
}

/// Why a text is no expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Invalid expression: {0}")]
pub(crate) struct InvalidExpression(String);

fn invalid<T>(why: impl Into<String>) -> Result<T, InvalidExpression> {
    Err(InvalidExpression(why.into()))
}

impl Expression {
    pub(crate) fn parse(text: &str) -> Result<Self, InvalidExpression> {
        if text.len() > LENGTH {
            return invalid(format!("it is longer than {LENGTH} bytes"));
        }
        let mut parser = Parser { rest: text };
        let expression = parser.any_of(0)?;
        if parser.rest.trim_start().is_empty() {
            Ok(expression)
        } else {
            invalid(format!("nothing was expected at {:?}", parser.near()))
        }
    }

    /// Whether it is true of a user.
    pub(crate) fn is_true_of(&self, profile: &Profile) -> bool {
        let attributes = serde_json::to_value(profile).unwrap_or_default();
        self.holds(&attributes)
    }

    fn holds(&self, user: &Value) -> bool {
        match self {
            Self::Is(one, other) => one.value(user) == other.value(user),
            Self::StartsWith(text, part) => {
                both(user, text, part, |whole, start| whole.starts_with(start))
            }
            Self::Contains(text, part) => {
                both(user, text, part, |whole, inner| whole.contains(inner))
            }
            Self::Not(inner) => !inner.holds(user),
            Self::And(all) => all.iter().all(|one| one.holds(user)),
            Self::Or(any) => any.iter().any(|one| one.holds(user)),
        }
    }
}

fn both(user: &Value, whole: &Term, part: &Term, test: impl Fn(&str, &str) -> bool) -> bool {
    match (whole.value(user), part.value(user)) {
        (Some(whole), Some(part)) => test(whole, part),
        _ => false,
    }
}

impl Term {
    fn value<'a>(&'a self, user: &'a Value) -> Option<&'a str> {
        match self {
            Self::Attribute(name) => user.get(name)?.as_str().filter(|text| !text.is_empty()),
            Self::Text(text) => Some(text),
            Self::Null => None,
        }
    }
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn any_of(&mut self, depth: usize) -> Result<Expression, InvalidExpression> {
        let mut any = vec![self.all_of(depth)?];
        while self.takes_word("or") || self.takes("||") {
            any.push(self.all_of(depth)?);
        }
        Ok(one_or(any, Expression::Or))
    }

    fn all_of(&mut self, depth: usize) -> Result<Expression, InvalidExpression> {
        let mut all = vec![self.single(depth)?];
        while self.takes_word("and") || self.takes("&&") {
            all.push(self.single(depth)?);
        }
        Ok(one_or(all, Expression::And))
    }

    fn single(&mut self, depth: usize) -> Result<Expression, InvalidExpression> {
        if depth > DEPTH {
            return invalid("it is nested too deep");
        }
        if self.takes_word("not") || self.takes("!") {
            let inner = self.single(depth + 1)?;
            return Ok(Expression::Not(Box::new(inner)));
        }
        if self.takes("(") {
            let inner = self.any_of(depth + 1)?;
            self.expect(")")?;
            return Ok(inner);
        }
        if self.takes("String.startsWith(") {
            let (text, part) = self.two_terms()?;
            return Ok(Expression::StartsWith(text, part));
        }
        if self.takes("String.stringContains(") {
            let (text, part) = self.two_terms()?;
            return Ok(Expression::Contains(text, part));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Expression, InvalidExpression> {
        let one = self.term()?;
        let is_equal = self.takes("==") || self.takes_word("eq");
        if !is_equal && !self.takes("!=") && !self.takes_word("ne") {
            return invalid(format!("== or != was expected at {:?}", self.near()));
        }
        let is = Expression::Is(one, self.term()?);
        Ok(if is_equal {
            is
        } else {
            Expression::Not(Box::new(is))
        })
    }

    fn two_terms(&mut self) -> Result<(Term, Term), InvalidExpression> {
        let one = self.term()?;
        self.expect(",")?;
        let other = self.term()?;
        self.expect(")")?;
        Ok((one, other))
    }

    fn term(&mut self) -> Result<Term, InvalidExpression> {
        if self.takes("user.") {
            let end = self
                .rest
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(self.rest.len());
            let (name, rest) = self.rest.split_at(end);
            self.rest = rest;
            return match find_attribute(name) {
                Some(_) => Ok(Term::Attribute(name.to_owned())),
                None => invalid(format!("a user has no attribute {name:?}")),
            };
        }
        if self.takes_word("null") {
            return Ok(Term::Null);
        }
        for quote in ["\"", "'"] {
            if self.takes(quote) {
                return match self.rest.split_once(quote) {
                    Some((text, rest)) => {
                        self.rest = rest;
                        Ok(Term::Text(text.to_owned()))
                    }
                    None => invalid("a text has no end"),
                };
            }
        }
        invalid(format!(
            "user.attribute, a text in quotes or null was expected at {:?}",
            self.near()
        ))
    }

    fn expect(&mut self, token: &str) -> Result<(), InvalidExpression> {
        if self.takes(token) {
            Ok(())
        } else {
            invalid(format!("{token} was expected at {:?}", self.near()))
        }
    }

    fn takes(&mut self, token: &str) -> bool {
        match self.rest.trim_start().strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// A word in any letter case, and nothing that only begins so.
    fn takes_word(&mut self, word: &str) -> bool {
        let text = self.rest.trim_start();
        let Some((named, rest)) = text.split_at_checked(word.len()) else {
            return false;
        };
        let is_whole = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        let is_taken = is_whole && named.eq_ignore_ascii_case(word);
        if is_taken {
            self.rest = rest;
        }
        is_taken
    }

    fn near(&self) -> String {
        self.rest.trim_start().chars().take(20).collect()
    }
}

fn one_or(mut many: Vec<Expression>, wrap: fn(Vec<Expression>) -> Expression) -> Expression {
    match (many.len(), many.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            many.extend(last);
            wrap(many)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn john() -> Profile {
        Profile {
            login: "john.doe@example.com".to_owned(),
            last_name: "Doe".to_owned(),
            department: Some("Sales EU".to_owned()),
            ..Profile::default()
        }
    }

    #[test]
    fn an_expression_is_true_of_those_whom_it_describes() {
        for (text, expected) in [
            (r#"user.lastName == "Doe""#, true),
            ("user.lastName == 'doe'", false),
            (r#"user.lastName != "Doe""#, false),
            (r#"String.startsWith(user.department, "Sales")"#, true),
            (r#"String.stringContains(user.department,"EU")"#, true),
            (r#"String.stringContains(user.title,"EU")"#, false),
            ("user.title == null", true),
            ("user.department eq null", false),
            (r#"user.lastName=="Roe" or user.lastName=="Doe""#, true),
            (r#"user.lastName=="Doe" AND NOT (user.title==null)"#, false),
            (
                r#"user.lastName=="Roe" && user.title==null || user.lastName=="Doe""#,
                true,
            ),
            (r#"!String.startsWith(user.login, "jane")"#, true),
        ] {
            let expression = Expression::parse(text).expect(text);
            assert_eq!(expression.is_true_of(&john()), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_decided_is_refused() {
        let deep = format!("{}user.title==null{}", "(".repeat(200), ")".repeat(200));
        for text in [
            "",
            "user.lastName",
            "user.lastName ==",
            "user.unknown == 'x'",
            "user.lastName == 'x",
            "user.lastName == 'x' and",
            "(user.lastName == 'x'",
            "user.lastName == 'x' user.title == 'y'",
            "String.substring(user.lastName, 1)",
            "isMemberOfGroup('00g1')",
            "or",
            deep.as_str(),
            &"x".repeat(5000),
        ] {
            assert!(Expression::parse(text).is_err(), "{text}");
        }
    }
}
