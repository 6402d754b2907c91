//! Simulations: which policy and rule would decide for somebody, and which were passed over on the way.
//!
//! The decisions are those of a sign-in. What the org cannot know of a client (zone, device, risk) is taken as for a client that
//! nothing is known of, whatever the simulation says of it; conditions on it are told as undefined.

mod asked;
mod run;
mod view;

use super::READ;
use crate::api::Table;

pub(super) fn table(table: Table) -> Table {
    table.post(
        "/api/v1/policies/simulate",
        "createPolicySimulation",
        READ,
        run::simulate,
    )
}
