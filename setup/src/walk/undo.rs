//! Taking back what was done to one object.

use http::Method;
use serde_json::Value;

use crate::http::Client;
use crate::journal::{Entry, Journal};
use crate::walk::update::sendable;
use crate::walk::{Found, Guide, Update, Visit};
use crate::{Fault, paths, wanted};

/// How an object is taken back.
#[derive(Debug, Clone)]
pub(crate) enum Undo {
    /// Not at all.
    Nothing,
    /// It is deleted if setup made it.
    Delete,
    /// The same for what many orgs have under this name: only the journal tells that setup made it.
    DeleteIfRecorded,
    /// The same for a user, whom one deletion only deactivates.
    DeleteUser,
    /// The same for an app, which must be inactive first.
    DeleteApp,
    /// Every org has it. Its fields are put back, to what they are in a new org when nothing is recorded.
    Restore { fresh: Value },
}

/// How often a user is deleted until they are gone. The org may take its time between the two deletions.
const MAX_DELETIONS: u32 = 6;

/// What there is to take back of an object.
#[derive(Debug, PartialEq)]
enum Task {
    Delete,
    Restore(Value),
}

/// Takes back what was done to an object and returns what it did; nothing when there is nothing to take back.
///
/// With `by_name`, everything that has a name of the guide counts as made by setup.
pub(crate) async fn take_back(
    guide: &Guide,
    journal: &mut Journal,
    visit: &Visit,
    by_name: bool,
    is_dry: bool,
) -> Result<Option<&'static str>, Fault> {
    let Some(task) = task(journal.find(&visit.key), &visit.undo, by_name) else {
        return Ok(None);
    };
    let Some(found) = visit.found.as_ref().filter(|found| !is_own(guide, found)) else {
        return strike(journal, visit, is_dry).map(|()| None);
    };
    // A parent that was taken back took this along.
    let told = match task {
        Task::Delete => {
            if !is_dry {
                delete(&guide.client, visit, found).await?;
            }
            Some("delete")
        }
        Task::Restore(before) => restore(guide, visit, found, &before, is_dry)
            .await?
            .then_some("restore"),
    };
    strike(journal, visit, is_dry)?;
    Ok(told)
}

fn strike(journal: &mut Journal, visit: &Visit, is_dry: bool) -> Result<(), Fault> {
    if is_dry {
        return Ok(());
    }
    journal.strike(&visit.key)
}

fn task(entry: Option<&Entry>, undo: &Undo, by_name: bool) -> Option<Task> {
    match (entry, undo) {
        (_, Undo::Nothing) | (None, Undo::DeleteIfRecorded) => None,
        (Some(Entry::Changed(before)), _) => Some(Task::Restore(before.clone())),
        (None, _) if !by_name => None,
        (_, Undo::Restore { fresh }) => Some(Task::Restore(fresh.clone())),
        (_, Undo::Delete | Undo::DeleteIfRecorded | Undo::DeleteUser | Undo::DeleteApp) => {
            Some(Task::Delete)
        }
    }
}

/// Whether it is the account that is doing this, or belongs to it.
fn is_own(guide: &Guide, found: &Found) -> bool {
    let own = format!("{}/{}", paths::USERS, guide.admin.id);
    found.current["id"] == guide.admin.id.as_str() || found.address.starts_with(&own)
}

async fn delete(client: &Client, visit: &Visit, found: &Found) -> Result<(), Fault> {
    let address = &found.address;
    match visit.undo {
        Undo::DeleteUser => return delete_user(client, found).await,
        Undo::DeleteApp => {
            let path = format!("{address}/lifecycle/deactivate");
            client.write(&Method::POST, &path, None).await?;
        }
        Undo::Delete | Undo::DeleteIfRecorded | Undo::Restore { .. } | Undo::Nothing => {}
    }
    client.write(&Method::DELETE, address, None).await.map(drop)
}

async fn delete_user(client: &Client, found: &Found) -> Result<(), Fault> {
    // By id: a login is free again once its user is deactivated.
    let id = found.current["id"].as_str().unwrap_or_default();
    let address = format!("{}/{id}", paths::USERS);
    for tries in 1..=MAX_DELETIONS {
        client.write(&Method::DELETE, &address, None).await?;
        match client.find(&address).await? {
            None => return Ok(()),
            Some(user) if user["status"] == "DEPROVISIONED" => {}
            Some(_) => {
                let patience = client.patience();
                patience.pause.pause(patience.back_off(tries)).await;
            }
        }
    }
    Err(Fault::unexpected(format!(
        "{:?} could not be deleted",
        found.current["profile"]["login"]
    )))
}

/// Puts the fields back, and says whether any differed.
async fn restore(
    guide: &Guide,
    visit: &Visit,
    found: &Found,
    before: &Value,
    is_dry: bool,
) -> Result<bool, Fault> {
    let client = &guide.client;
    if let Update::Map { app, policy_type } = &visit.update {
        return map_back(client, app, policy_type, found, before, is_dry).await;
    }
    let restored = wanted::restored(&found.current, before);
    if restored == found.current {
        return Ok(false);
    }
    if is_dry {
        return Ok(true);
    }
    let (method, body) = match visit.update {
        Update::Fields => (Method::POST, before.clone()),
        _ => (Method::PUT, sendable(restored)),
    };
    client.write(&method, &found.address, Some(&body)).await?;
    Ok(true)
}

/// Gives an app the policy back that it had, or the default one when that is gone.
async fn map_back(
    client: &Client,
    app: &str,
    policy_type: &str,
    found: &Found,
    before: &Value,
    is_dry: bool,
) -> Result<bool, Fault> {
    let policies = client.list(&paths::policies_of(policy_type)).await?;
    let named = policies
        .iter()
        .find(|policy| policy["name"] == before["policy"]);
    let default = || policies.iter().find(|policy| policy["system"] == true);
    let Some(policy) = named
        .or_else(default)
        .and_then(|policy| policy["id"].as_str())
    else {
        return Err(Fault::unexpected(format!(
            "the org has no default policy of type {policy_type}"
        )));
    };
    if found.current["policy"] == policy {
        return Ok(false);
    }
    if !is_dry {
        let path = format!("{app}/policies/{policy}");
        client.write(&Method::PUT, &path, None).await?;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_setup_made_is_deleted_and_what_it_changed_is_put_back() {
        let changed = Entry::Changed(json!({"a": 1}));
        let fresh = Undo::Restore {
            fresh: json!({"a": 0}),
        };
        assert_eq!(
            task(Some(&Entry::Made), &Undo::Delete, false),
            Some(Task::Delete)
        );
        assert_eq!(
            task(Some(&changed), &Undo::Delete, true),
            Some(Task::Restore(json!({"a": 1})))
        );
        assert_eq!(
            task(Some(&changed), &fresh, true),
            Some(Task::Restore(json!({"a": 1})))
        );
    }

    #[test]
    fn what_others_made_is_left_alone_unless_names_decide() {
        let fresh = Undo::Restore {
            fresh: json!({"a": 0}),
        };
        assert_eq!(task(None, &Undo::Delete, false), None);
        assert_eq!(task(None, &fresh, false), None);
        assert_eq!(task(None, &Undo::DeleteUser, true), Some(Task::Delete));
        assert_eq!(
            task(None, &fresh, true),
            Some(Task::Restore(json!({"a": 0})))
        );
        assert_eq!(task(None, &Undo::Nothing, true), None);
        assert_eq!(task(None, &Undo::DeleteIfRecorded, true), None);
    }
}
