//! The expressions of `filter` and `search` (RFC 7644 §3.4.2.2), as conditions of SQL.

use jiff::Timestamp;
use model::ErrorCode;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};
use scim_v2::filter::{AttrExp, AttrPath, CompValue, CompareOp, Filter};
use std::borrow::Cow;

use super::ApiError;

/// A longer one is not a question that a person asks.
const LENGTH: usize = 4096;

/// How the values of an attribute are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// As text. The SQL brings its collation.
    Text,
    /// As a moment, kept in milliseconds.
    Moment,
    /// As a number.
    Number,
    /// As true or false, kept as 1 or 0.
    Flag,
}

/// An attribute that can be asked for.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// An expression of SQL. Part of the program, never of a request.
    pub(crate) sql: String,
    pub(crate) kind: Kind,
    /// What stands before the comparison when the attribute has several values in another table; a `)` follows it.
    pub(crate) within: Cow<'static, str>,
}

impl Column {
    pub(crate) fn text(sql: impl Into<String>) -> Self {
        Self {
            sql: sql.into(),
            kind: Kind::Text,
            within: Cow::Borrowed(""),
        }
    }

    pub(crate) fn moment(sql: impl Into<String>) -> Self {
        Self {
            sql: sql.into(),
            kind: Kind::Moment,
            within: Cow::Borrowed(""),
        }
    }

    pub(crate) fn of(kind: Kind, sql: impl Into<String>) -> Self {
        Self {
            kind,
            ..Self::text(sql)
        }
    }

    /// One of several values: true when the comparison holds for any. `within` is SQL up to the comparison, with one `(` open.
    pub(crate) fn among(mut self, within: impl Into<Cow<'static, str>>) -> Self {
        self.within = within.into();
        self
    }
}

/// A condition with a `?` for each of its values, in their order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Condition {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

impl Condition {
    /// Rows that it is true of, in the order of their ids: `limit` of them from the one after `after` on. `rows` is SQL that
    /// selects rows of one table.
    pub(crate) fn page_by_id<T>(
        self,
        db: &Connection,
        rows: &str,
        after: Option<&[String]>,
        limit: usize,
        from_row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        let (mut sql, mut values) = (self.sql, self.values);
        if let Some([last]) = after {
            sql.push_str(" AND id > ?");
            values.push(last.clone().into());
        }
        values.push(Value::from(i64::try_from(limit).unwrap_or(i64::MAX)));
        db.prepare(&format!("{rows} WHERE {sql} ORDER BY id LIMIT ?"))?
            .query_map(params_from_iter(values), from_row)?
            .collect()
    }

    fn append(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }
}

/// Reads an expression. `column` says what can be asked for, under the names of the wire. The error has the `code`.
pub(crate) fn condition(
    text: &str,
    code: ErrorCode,
    column: &dyn Fn(&str) -> Option<Column>,
) -> Result<Condition, ApiError> {
    let refused = |cause: String| ApiError::new(code).because(cause);
    if text.len() > LENGTH {
        return Err(refused(format!(
            "The expression is longer than {LENGTH} bytes"
        )));
    }
    let filter: Filter = text
        .parse()
        .map_err(|_| refused("The expression does not follow RFC 7644 §3.4.2.2".to_owned()))?;
    let mut condition = Condition::default();
    write(&filter, column, &mut condition).map_err(refused)?;
    Ok(condition)
}

fn write(
    filter: &Filter,
    column: &dyn Fn(&str) -> Option<Column>,
    to: &mut Condition,
) -> Result<(), String> {
    match filter {
        Filter::Attr(expression) => write_comparison(expression, column, to),
        Filter::ValuePath(_) => Err("Brackets are not supported".to_owned()),
        // Unknown is not true: without this, NOT would keep it unknown.
        Filter::Not(inner) => {
            to.sql.push_str("NOT coalesce(");
            write(inner, column, to)?;
            to.sql.push_str(", 0)");
            Ok(())
        }
        Filter::And(operands) => write_all(operands.as_slice(), " AND ", column, to),
        Filter::Or(operands) => write_all(operands.as_slice(), " OR ", column, to),
    }
}

fn write_all(
    operands: &[Filter],
    between: &str,
    column: &dyn Fn(&str) -> Option<Column>,
    to: &mut Condition,
) -> Result<(), String> {
    to.sql.push('(');
    for (index, operand) in operands.iter().enumerate() {
        if index > 0 {
            to.sql.push_str(between);
        }
        write(operand, column, to)?;
    }
    to.sql.push(')');
    Ok(())
}

fn write_comparison(
    expression: &AttrExp,
    column: &dyn Fn(&str) -> Option<Column>,
    to: &mut Condition,
) -> Result<(), String> {
    let (AttrExp::Present(path) | AttrExp::Comparison(path, ..)) = expression;
    let name = name_of(path);
    let column = column(&name).ok_or_else(|| format!("{name} cannot be searched for"))?;
    to.sql.push_str(&column.within);
    compare(expression, &column, name, to)?;
    if !column.within.is_empty() {
        to.sql.push(')');
    }
    Ok(())
}

fn compare(
    expression: &AttrExp,
    column: &Column,
    name: String,
    to: &mut Condition,
) -> Result<(), String> {
    let sql = &column.sql;
    match expression {
        AttrExp::Present(_) => {
            to.append(&format!("({sql} IS NOT NULL AND {sql} <> '')"));
            Ok(())
        }
        AttrExp::Comparison(_, operator, value) => match (column.kind, value) {
            (_, CompValue::Null) => write_null(sql, operator, to).ok_or(name),
            (Kind::Text, CompValue::Str(text)) => {
                write_text(sql, operator, text, to);
                Ok(())
            }
            (Kind::Moment, CompValue::Str(text)) => {
                let moment: Timestamp = text
                    .parse()
                    .map_err(|_| format!("{name}: {text:?} is not a moment of ISO 8601"))?;
                write_ordered(sql, operator, Value::from(moment.as_millisecond()), to).ok_or(name)
            }
            (Kind::Number, CompValue::Number(number)) => {
                let number = number.as_f64().map_or(Value::Null, Value::from);
                write_ordered(sql, operator, number, to).ok_or(name)
            }
            (Kind::Flag, CompValue::True | CompValue::False) => {
                let flag = Value::from(i64::from(matches!(value, CompValue::True)));
                write_equal(sql, operator, flag, to).ok_or(name)
            }
            _ => Err(format!("{name} is not compared with such a value")),
        }
        .map_err(|what| {
            if what.contains(' ') {
                what
            } else {
                format!("{what} is not compared so")
            }
        }),
    }
}

/// Names are compared without regard to letter case by those who know them.
fn name_of(path: &AttrPath) -> String {
    match &path.sub_attr {
        Some(sub) => format!("{}.{sub}", path.name),
        None => path.name.clone(),
    }
}

fn write_null(sql: &str, operator: &CompareOp, to: &mut Condition) -> Option<()> {
    let test = match operator {
        CompareOp::Eq => "IS NULL",
        CompareOp::Ne => "IS NOT NULL",
        _ => return None,
    };
    to.append(&format!("{sql} {test}"));
    Some(())
}

fn write_text(sql: &str, operator: &CompareOp, text: &str, to: &mut Condition) {
    let value = Value::from(text.to_owned());
    let (condition, values) = match operator {
        CompareOp::Eq => (format!("{sql} = ?"), vec![value]),
        CompareOp::Ne => (format!("({sql} IS NULL OR {sql} <> ?)"), vec![value]),
        CompareOp::Gt => (format!("{sql} > ?"), vec![value]),
        CompareOp::Ge => (format!("{sql} >= ?"), vec![value]),
        CompareOp::Lt => (format!("{sql} < ?"), vec![value]),
        CompareOp::Le => (format!("{sql} <= ?"), vec![value]),
        CompareOp::Co => (format!("instr(lower({sql}), lower(?)) > 0"), vec![value]),
        // A range, so that an index serves it: all that begins so is less than the same followed by the last character.
        CompareOp::Sw => {
            let end = Value::from(format!("{text}{}", char::MAX));
            (format!("({sql} >= ? AND {sql} < ?)"), vec![value, end])
        }
        CompareOp::Ew => (
            format!("(length({sql}) >= length(?) AND substr(lower({sql}), -length(?)) = lower(?))"),
            vec![value.clone(), value.clone(), value],
        ),
    };
    to.sql.push_str(&condition);
    to.values.extend(values);
}

/// What has no order.
fn write_equal(sql: &str, operator: &CompareOp, value: Value, to: &mut Condition) -> Option<()> {
    match operator {
        CompareOp::Eq | CompareOp::Ne => write_ordered(sql, operator, value, to),
        _ => None,
    }
}

fn write_ordered(sql: &str, operator: &CompareOp, value: Value, to: &mut Condition) -> Option<()> {
    let sign = match operator {
        CompareOp::Eq => "=",
        CompareOp::Ne => "IS NOT",
        CompareOp::Gt => ">",
        CompareOp::Ge => ">=",
        CompareOp::Lt => "<",
        CompareOp::Le => "<=",
        CompareOp::Co | CompareOp::Sw | CompareOp::Ew => return None,
    };
    to.append(&format!("{sql} {sign} ?"));
    to.values.push(value);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str) -> Option<Column> {
        match name {
            "name" => Some(Column::text("name COLLATE NOCASE")),
            "at" => Some(Column::moment("at")),
            _ => None,
        }
    }

    fn names(filter: &str) -> Result<Vec<String>, ApiError> {
        let condition = condition(filter, ErrorCode::InvalidFilter, &column)?;
        let db = Connection::open_in_memory().expect("a database");
        db.execute_batch(
            "CREATE TABLE t (name TEXT, at INTEGER); \
             INSERT INTO t VALUES ('Ann', 0), ('Bob', 1000), ('100%', 2000), (NULL, 3000)",
        )
        .expect("a table");
        let sql = format!(
            "SELECT coalesce(name, 'none') FROM t WHERE {} ORDER BY at",
            condition.sql
        );
        let mut statement = db.prepare(&sql).expect("valid SQL");
        let rows = statement.query_map(params_from_iter(condition.values), |row| row.get(0));
        Ok(rows
            .expect("rows")
            .collect::<Result<_, _>>()
            .expect("names"))
    }

    #[test]
    fn every_operator_finds_what_it_says() {
        for (filter, expected) in [
            (r#"name eq "ann""#, vec!["Ann"]),
            (r#"name ne "ann""#, vec!["Bob", "100%", "none"]),
            (r#"name sw "b""#, vec!["Bob"]),
            (r#"name co "N""#, vec!["Ann"]),
            (r#"name co "%""#, vec!["100%"]),
            (r#"name ew "OB""#, vec!["Bob"]),
            (r#"name ge "ann" and name lt "bob""#, vec!["Ann"]),
            ("name pr", vec!["Ann", "Bob", "100%"]),
            ("not (name pr)", vec!["none"]),
            (r#"not (name eq "Ann")"#, vec!["Bob", "100%", "none"]),
            ("name eq null", vec!["none"]),
            (r#"at gt "1970-01-01T00:00:01.000Z""#, vec!["100%", "none"]),
            (r#"at le "1970-01-01T01:00:01+01:00""#, vec!["Ann", "Bob"]),
            (
                r#"name eq "Bob" or (at lt "1970-01-01T00:00:01Z" and at pr)"#,
                vec!["Ann", "Bob"],
            ),
        ] {
            assert_eq!(names(filter).expect(filter), expected, "{filter}");
        }
    }

    #[test]
    fn a_value_is_never_sql() {
        assert_eq!(
            names(r#"name eq "x' OR 1=1 --""#).expect("no error"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn what_cannot_be_asked_is_refused_with_its_name() {
        let deep = format!("{}name pr{}", "(".repeat(500), ")".repeat(500));
        for filter in [
            "",
            "name",
            "name eq",
            "name eq Ann",
            "other eq \"x\"",
            "at eq true",
            "at co \"x\"",
            "name[type eq \"x\"]",
            "at eq \"yesterday\"",
            "name gt null",
            deep.as_str(),
            "name eq \"a\" and",
            "name eq 1",
        ] {
            let error = names(filter).expect_err(filter);
            assert_eq!(error.code(), ErrorCode::InvalidFilter, "{filter}");
        }
        let error = names("other eq \"x\"").expect_err("refused");
        assert!(format!("{error:?}").contains("other cannot be searched for"));
    }
}
