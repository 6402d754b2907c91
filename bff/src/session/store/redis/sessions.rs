use ::redis::cmd;
use serde_json::json;

use super::connection::Link;
use super::{keys, scripts};
use crate::session::SessionHandle;
use crate::session::store::{
    Account, ListedRow, LivingRow, NewRow, Renewals, StoreError, UsedOnce, Whose,
};

/// A field of a hash.
type Field = Option<Vec<u8>>;

pub(super) async fn open(link: &Link, row: NewRow) -> Result<(), StoreError> {
    let now = row.created_at;
    // First the lists: whoever ends all sessions of somebody must find this one as soon as it lives.
    let owner = json!([row.account.issuer, row.account.subject]).to_string();
    for whose in keys::lists_of(&row) {
        let mut script = scripts::REMEMBER.prepare_invoke();
        script
            .key(keys::sessions_of(&whose))
            .key(keys::people_of(&whose))
            .arg(row.absolute_end)
            .arg(row.handle.to_string())
            .arg(now)
            .arg(seconds(now, row.absolute_end))
            .arg(&owner);
        link.run::<()>(&script).await?;
    }
    let mut script = scripts::OPEN.prepare_invoke();
    script
        .key(keys::session(row.handle))
        .arg(seconds(now, row.idle_end))
        .arg(&[
            ("issuer", &row.account.issuer),
            ("subject", &row.account.subject),
            ("device", &row.device),
        ])
        .arg(&[
            ("created", now),
            ("seen", now),
            ("idle", row.idle_end),
            ("end", row.absolute_end),
            ("generation", 0),
            ("leased", 0),
            ("paused", 0),
        ])
        .arg("claims")
        .arg(row.claims);
    if let Some(tokens) = row.tokens {
        script.arg("tokens").arg(tokens);
    }
    link.run::<()>(&script).await?;
    if let Some(old) = row.replaces {
        end(link, old, now).await?;
    }
    Ok(())
}

/// The fields of a living session, in the order in which [`read_living`] takes them.
const LIVING: [&str; 10] = [
    "issuer",
    "subject",
    "created",
    "seen",
    "idle",
    "end",
    "claims",
    "generation",
    "leased",
    "paused",
];

pub(super) async fn find_living(
    link: &Link,
    handle: SessionHandle,
    now: i64,
) -> Result<Option<LivingRow>, StoreError> {
    let fields: [Field; 10] = link
        .read(cmd("HMGET").arg(keys::session(handle)).arg(&LIVING))
        .await?;
    if fields[0].is_none() {
        return Ok(None);
    }
    let row = read_living(fields)?;
    Ok((now < row.idle_end && now < row.absolute_end).then_some(row))
}

fn read_living(fields: [Field; 10]) -> Result<LivingRow, StoreError> {
    let [
        issuer,
        subject,
        created,
        seen,
        idle,
        end,
        claims,
        generation,
        leased,
        paused,
    ] = fields;
    Ok(LivingRow {
        account: Account {
            issuer: text(issuer)?,
            subject: text(subject)?,
        },
        created_at: number(created)?,
        last_seen_at: number(seen)?,
        idle_end: number(idle)?,
        absolute_end: number(end)?,
        claims: claims.ok_or(UNREADABLE)?,
        renewals: Renewals {
            generation: number(generation)?,
            leased_until: number(leased)?,
            paused_until: number(paused)?,
        },
    })
}

pub(super) async fn touch(
    link: &Link,
    handle: SessionHandle,
    now: i64,
    idle_end: i64,
) -> Result<(), StoreError> {
    let mut script = scripts::TOUCH.key(keys::session(handle));
    script.arg(now).arg(idle_end).arg(seconds(now, idle_end));
    link.run(&script).await
}

pub(super) async fn tokens(
    link: &Link,
    handle: SessionHandle,
    now: i64,
) -> Result<Option<Vec<u8>>, StoreError> {
    let fields: [Field; 3] = link
        .read(
            cmd("HMGET")
                .arg(keys::session(handle))
                .arg(&["idle", "end", "tokens"]),
        )
        .await?;
    let [Some(idle), end, tokens] = fields else {
        return Ok(None);
    };
    let is_living = now < number(Some(idle))? && now < number(end)?;
    Ok(tokens.filter(|_| is_living))
}

pub(super) async fn end(
    link: &Link,
    handle: SessionHandle,
    now: i64,
) -> Result<(bool, Option<Vec<u8>>), StoreError> {
    let mut script = scripts::END.key(keys::session(handle));
    script.arg(now).arg(keys::ENDED).arg(handle.to_string());
    link.run(&script).await
}

pub(super) async fn end_all(
    link: &Link,
    whose: &Whose,
    but: Option<SessionHandle>,
    now: i64,
) -> Result<usize, StoreError> {
    let mut ended = 0;
    for handle in listed(link, whose).await? {
        if Some(handle) != but && end(link, handle, now).await?.0 {
            ended += 1;
        }
    }
    Ok(ended)
}

pub(super) async fn list(
    link: &Link,
    account: Account,
    now: i64,
) -> Result<Vec<ListedRow>, StoreError> {
    let mut rows = Vec::new();
    for handle in listed(link, &Whose::Account(account)).await? {
        let fields: [Field; 5] = link
            .read(
                cmd("HMGET")
                    .arg(keys::session(handle))
                    .arg(&["device", "created", "seen", "idle", "end"]),
            )
            .await?;
        let [Some(device), created, seen, idle, end] = fields else {
            continue;
        };
        rows.push(ListedRow {
            handle,
            device: text(Some(device))?,
            created_at: number(created)?,
            last_seen_at: number(seen)?,
            idle_end: number(idle)?,
            absolute_end: number(end)?,
        });
    }
    rows.retain(|row| now < row.idle_end && now < row.absolute_end);
    rows.sort_by_key(|row| std::cmp::Reverse((row.last_seen_at, row.created_at)));
    Ok(rows)
}

pub(super) async fn people(link: &Link, whose: &Whose) -> Result<Vec<Account>, StoreError> {
    let people: Vec<String> = link
        .read(cmd("ZRANGE").arg(keys::people_of(whose)).arg(0).arg(-1))
        .await?;
    people
        .iter()
        .map(|person| {
            let (issuer, subject) = serde_json::from_str(person).map_err(|_| UNREADABLE)?;
            Ok(Account { issuer, subject })
        })
        .collect()
}

async fn listed(link: &Link, whose: &Whose) -> Result<Vec<SessionHandle>, StoreError> {
    let handles: Vec<String> = link
        .read(cmd("ZRANGE").arg(keys::sessions_of(whose)).arg(0).arg(-1))
        .await?;
    handles
        .iter()
        .map(|handle| SessionHandle::parse(handle).ok_or(UNREADABLE))
        .collect()
}

pub(super) async fn use_once(
    link: &Link,
    what: UsedOnce,
    now: i64,
    forget_at: i64,
) -> Result<bool, StoreError> {
    let set: Option<String> = link
        .query(
            cmd("SET")
                .arg(keys::used_once(what))
                .arg(1)
                .arg("NX")
                .arg("EX")
                .arg(seconds(now, forget_at)),
        )
        .await?;
    Ok(set.is_some())
}

/// Whole seconds for an expiry, which must not be zero.
fn seconds(from: i64, to: i64) -> i64 {
    (to - from).max(1)
}

const UNREADABLE: StoreError = StoreError::Unreadable("a session");

pub(super) fn text(field: Field) -> Result<String, StoreError> {
    String::from_utf8(field.ok_or(UNREADABLE)?).map_err(|_| UNREADABLE)
}

pub(super) fn number(field: Field) -> Result<i64, StoreError> {
    text(field)?.parse().map_err(|_| UNREADABLE)
}
