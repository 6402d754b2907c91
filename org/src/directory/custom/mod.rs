//! Attributes that administrators add to the profiles of users and groups
//! (<https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Schema/>).

mod definition;
mod record;
mod value;

pub(crate) use definition::{Definition, SelfAccess, ValueType};
pub(crate) use record::{
    CustomAttribute, Profiled, delete_custom_attribute, list_custom_attributes,
    put_custom_attribute, schema_changed_at,
};
