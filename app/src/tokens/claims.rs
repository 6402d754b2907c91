use leptos::prelude::*;
use model::Timestamp;

use super::{Claim, Kind};
use crate::moment::Moment;
use crate::profile::methods;
use crate::remaining::remaining;
use crate::texts::texts;

/// What a token says, with what each claim means.
#[component]
pub(super) fn Claims(
    kind: Kind,
    claims: Vec<Claim>,
    at: Timestamp,
    is_open: bool,
) -> impl IntoView {
    let count = (texts().tokens.claims)(claims.len());
    view! {
        <details class="claims-of-token" open=is_open>
            <summary>{count}</summary>
            <ClaimList kind claims at />
        </details>
    }
}

/// Claims without a frame.
#[component]
pub(super) fn ClaimList(kind: Kind, claims: Vec<Claim>, at: Timestamp) -> impl IntoView {
    view! {
        <dl class="claims">
            {claims.into_iter().map(|claim| view! { <ClaimRow kind claim at /> }).collect_view()}
        </dl>
    }
}

#[component]
fn ClaimRow(kind: Kind, claim: Claim, at: Timestamp) -> impl IntoView {
    let Claim {
        name,
        value,
        moment,
    } = claim;
    let meaning = (texts().claims.meaning)(kind, &name);
    let meaning = if meaning.is_empty() {
        texts().tokens.own_claim
    } else {
        meaning
    };
    let value = match moment {
        Some(moment) => {
            let relative = relative(&name, moment, at);
            view! {
                <Moment at=moment />
                <span class="fine-print">{format!(" ({relative})")}</span>
            }
            .into_any()
        }
        None if name == "amr" => format!("{value} ({})", methods(value.split(", "))).into_any(),
        None => value.into_any(),
    };
    view! {
        <div>
            <dt>
                <code>{name}</code>
            </dt>
            <dd>{value}</dd>
            <dd class="fine-print">{meaning}</dd>
        </div>
    }
}

fn relative(name: &str, moment: Timestamp, at: Timestamp) -> String {
    let left = moment.as_second() - at.as_second();
    if name == "exp" {
        remaining(left, &texts().common.time_left)
    } else {
        (texts().common.ago)(-left)
    }
}
