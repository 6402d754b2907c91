//! Enrollments as Okta's Factors API sees them: one for each way to use an authenticator, and those that wait for their first
//! code (<https://developer.okta.com/docs/api/openapi/okta-management/management/tag/UserFactor/>).

mod kind;
mod pending;
mod sent;

pub(crate) use kind::FactorType;
pub(crate) use pending::{PendingFactor, begin_factor, end_pending_factor, pending_factors_of};
pub(crate) use sent::{SentCode, find_sent_code, record_sent_code, use_sent_code};
