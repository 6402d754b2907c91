//! Pages of users, read so that an index finds them and no more rows are touched than are shown.

use rusqlite::types::{Value as SqlValue, ValueRef};
use rusqlite::{Connection, Row, params_from_iter};

use super::columns::attribute_sql;
use super::order::Order;
use super::record::{COLUMNS, UserRecord, from_row};
use crate::api::Condition;

/// A user with the key that the list is sorted by.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) user: UserRecord,
    pub(super) key: String,
}

/// A page: `limit` users from the one after `after` on.
pub(super) fn select(
    db: &Connection,
    asked: &Condition,
    order: &Order,
    after: Option<&[String]>,
    limit: usize,
) -> rusqlite::Result<Vec<Found>> {
    let (sql, values) = query(asked, order, after, limit);
    db.prepare_cached(&sql)?
        .query_map(params_from_iter(values), found)?
        .collect()
}

/// The statement with its values. The ids are found first, by an index that needs nothing else.
pub(super) fn query(
    asked: &Condition,
    order: &Order,
    after: Option<&[String]>,
    limit: usize,
) -> (String, Vec<SqlValue>) {
    let sign = order.sign();
    let key = order.key_sql();
    let limit = SqlValue::from(i64::try_from(limit).unwrap_or(i64::MAX));
    let mut values = Vec::new();
    let (by_id, by_key) = order.by();
    let mut part = |beyond: &str, of_beyond: Vec<SqlValue>, by: &str| {
        values.extend(asked.values.iter().cloned().chain(of_beyond));
        values.push(limit.clone());
        let condition = &asked.sql;
        format!(
            "SELECT id AS page_id, {key} AS page_key FROM users WHERE {condition}{beyond} ORDER BY {by} LIMIT ?"
        )
    };
    let page = match after {
        Some([id]) => part(
            &format!(" AND id {sign} ?"),
            vec![id.clone().into()],
            &by_id,
        ),
        Some([last, id]) => {
            let last = key_value(order, last);
            // Two searches of the index, and not one with an OR, which would not be content with the index.
            let same = format!(" AND {key} = ? AND id {sign} ?");
            let same = part(&same, vec![last.clone(), id.clone().into()], &by_id);
            let beyond = part(&format!(" AND {key} {sign} ?"), vec![last], &by_key);
            values.push(limit);
            format!("SELECT * FROM ({same}) UNION ALL SELECT * FROM ({beyond}) LIMIT ?")
        }
        _ => part("", Vec::new(), &by_key),
    };
    let sql = format!(
        "WITH page AS MATERIALIZED ({page}) \
         SELECT {COLUMNS}, page_key FROM page CROSS JOIN users ON users.id = page_id"
    );
    (sql, values)
}

fn key_value(order: &Order, key: &str) -> SqlValue {
    if order.is_by_moment() {
        // It was checked to be one.
        key.parse::<i64>().unwrap_or_default().into()
    } else {
        key.to_owned().into()
    }
}

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    let key = match row.get_ref("page_key")? {
        ValueRef::Integer(number) => number.to_string(),
        other => other.as_str().unwrap_or_default().to_owned(),
    };
    Ok(Found {
        user: from_row(row)?,
        key,
    })
}

/// Users among those `seen` whose first name, last name or address begins with `text`: from each index as many as are wanted
/// at most.
pub(super) fn by_name(
    db: &Connection,
    text: &str,
    seen: &Condition,
    limit: usize,
) -> rusqlite::Result<Vec<UserRecord>> {
    let limit = SqlValue::from(i64::try_from(limit).unwrap_or(i64::MAX));
    let mut values = Vec::new();
    let mut parts = Vec::new();
    for sql in ["firstName", "lastName", "email"]
        .into_iter()
        .filter_map(attribute_sql)
    {
        parts.push(format!(
            "SELECT * FROM (SELECT id FROM users WHERE {sql} >= ? AND {sql} < ? AND {} ORDER BY {sql} LIMIT ?)",
            seen.sql
        ));
        values.push(text.to_owned().into());
        values.push(format!("{text}{}", char::MAX).into());
        values.extend(seen.values.iter().cloned());
        values.push(limit.clone());
    }
    values.push(limit);
    let parts = parts.join(" UNION ");
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM users WHERE id IN ({parts}) ORDER BY id LIMIT ?"
    ))?
    .query_map(params_from_iter(values), from_row)?
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::columns::{filter_column, search_column};
    use super::*;
    use crate::api::condition;
    use crate::store::test_database;
    use model::ErrorCode;

    /// How SQLite finds the users, one step to a line.
    fn plan(search: &str, sort_by: Option<&str>, after: Option<&[&str]>) -> String {
        let db = test_database();
        let order = Order::of(search, sort_by);
        let column = |name: &str| search_column(name).map(|column| order.weigh(name, column));
        let asked = condition(search, ErrorCode::InvalidSearch, &column).expect("a condition");
        let after: Option<Vec<String>> =
            after.map(|keys| keys.iter().map(ToString::to_string).collect());
        let (sql, values) = query(&asked, &order, after.as_deref(), 201);
        let mut statement = db
            .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
            .expect("valid SQL");
        let rows = statement.query_map(params_from_iter(values), |row| row.get::<_, String>(3));
        let lines: Result<Vec<_>, _> = rows.expect("a plan").collect();
        lines.expect("lines").join("\n")
    }

    #[test]
    fn what_people_are_found_by_has_an_index() {
        for (search, index) in [
            (r#"profile.login eq "john@example.com""#, "users_by_login"),
            (r#"profile.login sw "john""#, "users_by_login"),
            (
                r#"profile.email eq "john@example.com""#,
                "users_by_email_text",
            ),
            (r#"profile.email sw "john""#, "users_by_email_text"),
            (r#"profile.firstName eq "John""#, "users_by_first_name"),
            (r#"profile.firstName sw "Jo""#, "users_by_first_name"),
            (r#"profile.lastName eq "Doe""#, "users_by_last_name"),
            (r#"profile.lastName sw "D""#, "users_by_last_name"),
            (r#"status eq "LOCKED_OUT""#, "users_by_status"),
            (
                r#"created gt "2026-01-01T00:00:00.000Z""#,
                "users_by_created",
            ),
            (
                r#"lastUpdated gt "2026-01-01T00:00:00.000Z""#,
                "users_by_updated",
            ),
            (
                r#"profile.lastName eq "Doe" and profile.city eq "Bern""#,
                "users_by_last_name",
            ),
        ] {
            let by_key = ["1", "00u00000000000000000"];
            let keys = Order::of(search, None).keys();
            let last = &by_key[2 - keys..];
            for after in [None, Some(last)] {
                let plan = plan(search, None, after);
                assert!(
                    plan.contains(&format!("INDEX {index} ")),
                    "{search}: {plan}"
                );
                assert!(!plan.contains("SCAN users"), "{search}: {plan}");
                // Those who have the same value are few, and sorted by id.
                let is_sorted = plan.contains("TEMP B-TREE") && !search.contains(" eq ");
                assert!(!is_sorted, "{search}: {plan}");
            }
        }
    }

    #[test]
    fn a_part_of_a_name_is_looked_for_in_an_index_that_holds_all_that_is_needed() {
        for (search, index) in [
            (r#"profile.login co "oh""#, "users_by_login"),
            (r#"profile.email ew ".org""#, "users_by_email_text"),
            (r#"profile.firstName co "oh""#, "users_by_first_name"),
            (
                r#"profile.lastName co "d" and status eq "ACTIVE""#,
                "users_by_last_name",
            ),
        ] {
            let plan = plan(search, None, None);
            assert!(
                plan.contains(&format!("SCAN users USING COVERING INDEX {index}")),
                "{search}: {plan}"
            );
        }
    }

    #[test]
    fn what_no_index_holds_is_read_in_the_order_of_ids() {
        for search in [
            r#"profile.lastName co "d" or profile.firstName co "d""#,
            r#"profile.lastName co "d" and profile.city eq "Bern""#,
            r#"profile.city eq "Bern""#,
        ] {
            let plan = plan(search, None, None);
            assert!(plan.contains("SCAN users"), "{search}: {plan}");
            assert!(!plan.contains("SCAN users USING INDEX"), "{search}: {plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{search}: {plan}");
        }
    }

    #[test]
    fn a_sorted_list_is_read_in_the_order_of_an_index() {
        for (sort_by, key, index) in [
            ("profile.login", "x", "users_by_login"),
            ("profile.email", "x", "users_by_email_text"),
            ("profile.firstName", "x", "users_by_first_name"),
            ("profile.lastName", "x", "users_by_last_name"),
            ("status", "ACTIVE", "users_by_status"),
            ("created", "0", "users_by_created"),
            ("lastUpdated", "0", "users_by_updated"),
        ] {
            let last = [key, "00u00000000000000000"];
            for after in [None, Some(last.as_slice())] {
                let plan = plan(r#"status eq "ACTIVE""#, Some(sort_by), after);
                assert!(
                    plan.contains(&format!("COVERING INDEX {index}")),
                    "{sort_by}: {plan}"
                );
                assert!(
                    !plan.contains("TEMP B-TREE"),
                    "{sort_by} is sorted again: {plan}"
                );
            }
        }
    }

    #[test]
    fn names_are_looked_up_in_three_indices() {
        let db = test_database();
        let seen = Condition {
            sql: "TRUE".to_owned(),
            values: Vec::new(),
        };
        let found = by_name(&db, "jo", &seen, 10).expect("valid SQL");
        assert!(found.is_empty());
        assert!(filter_column("profile.city").is_none());
    }
}
