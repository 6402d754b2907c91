use super::Rights;
use super::table::Row;

/// An operation of the management API that is built, for documents and tests that must not forget one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiOperation {
    /// The HTTP method.
    pub method: http::Method,
    /// The path with its parameters in braces.
    pub path: &'static str,
    /// Okta's `operationId`; `local…` for what Okta has no operation of.
    pub id: &'static str,
    /// What a caller must have: `anybody`, `session`, the scope of a person's token, or resource and access of an administrator.
    pub rights: String,
}

impl From<&Row> for ApiOperation {
    fn from(row: &Row) -> Self {
        Self {
            method: row.method.clone(),
            path: row.path,
            id: row.operation,
            rights: match row.rights {
                Rights::Anybody => "anybody".to_owned(),
                Rights::OwnSession => "session".to_owned(),
                Rights::Myself(scope) | Rights::MyselfAfresh(scope) => scope.to_owned(),
                Rights::Admin(resource, access) => format!("{resource:?} {access:?}"),
                Rights::AdminOrMe(resource, access) => format!("{resource:?} {access:?} or me"),
            },
        }
    }
}
