use super::filter::{Column, Kind};
use crate::directory::{CustomAttribute, ValueType};

/// The column of an attribute that was added, under its name on the wire. `json`: the column that holds the values.
pub(crate) fn custom_column(custom: &[CustomAttribute], json: &str, name: &str) -> Option<Column> {
    let name = name.strip_prefix("profile.")?;
    let attribute = custom.iter().find(|attribute| attribute.name == name)?;
    // A name is a word, so the path is no more than it.
    let value = format!("json_extract({json}, '$.{name}')");
    Some(match attribute.definition.value_type {
        ValueType::String => Column::text(format!("{value} COLLATE NOCASE")),
        ValueType::Boolean => Column::of(Kind::Flag, value),
        ValueType::Number | ValueType::Integer => Column::of(Kind::Number, value),
        ValueType::Array => {
            let kind = if attribute.definition.is_of_texts() {
                Kind::Text
            } else {
                Kind::Number
            };
            let each = format!("EXISTS (SELECT 1 FROM json_each({json}, '$.{name}') WHERE ");
            Column::of(kind, "json_each.value").among(each)
        }
    })
}
