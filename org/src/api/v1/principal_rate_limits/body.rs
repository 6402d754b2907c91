use serde::Deserialize;

use super::record::PrincipalType;
use crate::api::ApiError;

/// A share as it is sent.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ShareBody {
    pub(super) principal_id: String,
    pub(super) principal_type: PrincipalType,
    #[serde(default = "usual")]
    pub(super) default_percentage: i64,
    #[serde(default = "usual")]
    pub(super) default_concurrency_percentage: i64,
}

/// Okta's share, in percent.
const fn usual() -> i64 {
    50
}

impl ShareBody {
    /// The body, if both shares are percentages. A share of nothing would be a ban.
    pub(super) fn checked(self) -> Result<Self, ApiError> {
        for (field, share) in [
            ("defaultPercentage", self.default_percentage),
            (
                "defaultConcurrencyPercentage",
                self.default_concurrency_percentage,
            ),
        ] {
            if !(1..=100).contains(&share) {
                return Err(ApiError::invalid(
                    field,
                    "The value must be between 1 and 100",
                ));
            }
        }
        Ok(self)
    }
}
