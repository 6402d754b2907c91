use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::api::see_preview;
use super::controls::Act;
use super::one::id_of_page;
use super::outcome::OutcomeNotice;
use super::seen::{shown, without_session};
use super::{Flaw, Outcome, Preview, Row};
use crate::path;
use crate::shell::Page;
use crate::texts::texts;

/// `/campaigns/{id}/preview`
#[component]
pub(crate) fn PreviewPage() -> impl IntoView {
    let id = id_of_page();
    let query = use_location().search.get_untracked();
    let from = path::parameter(&query, "from").and_then(|from| from.parse().ok());
    without_session().unwrap_or_else(|| {
        Suspend::new(async move {
            shown(
                see_preview(id, from.unwrap_or(0)).await,
                |preview, outcome| view! { <Shown preview outcome /> }.into_any(),
            )
        })
        .into_any()
    })
}

#[component]
fn Shown(preview: Preview, outcome: Option<Outcome>) -> impl IntoView {
    let words = &texts().campaigns;
    let Preview {
        id,
        name,
        good,
        bad,
        rows,
        flaws,
        next_flaw,
        ignored_columns,
    } = preview;
    let title = (words.preview_of)(&name);
    view! {
        <Page title>
            {outcome.map(|outcome| view! { <OutcomeNotice outcome /> })}
            <p class="lead">{(words.rows_good_bad)(good, bad)}</p>
            {(!ignored_columns.is_empty())
                .then(|| view! { <p>{words.ignored_columns} " " <code>{ignored_columns}</code></p> })}
            <div class="actions">
                {(good > 0)
                    .then(|| view! { <Act id what="import" label=(words.import)(good) /> })}
                <Act id what="discard" label=words.discard is_quiet=true />
                <a class="button button-quiet" href=path::campaign(id) rel="external">
                    {words.back}
                </a>
            </div>
            {(!flaws.is_empty()).then(|| view! { <Flaws id flaws next_flaw /> })}
            {(!rows.is_empty()).then(|| view! { <Rows rows good /> })}
        </Page>
    }
}

/// What keeps rows from being imported, by line and field, with what to do.
#[component]
fn Flaws(id: i64, flaws: Vec<Flaw>, next_flaw: Option<i64>) -> impl IntoView {
    let words = &texts().campaigns;
    let next = next_flaw.map(|from| format!("{}?from={from}#flaws", path::campaign_preview(id)));
    let rows = flaws.into_iter().map(|flaw| {
        view! {
            <tr>
                <th scope="row">{flaw.line}</th>
                <td>{(words.field_name)(flaw.field)}</td>
                <td>
                    {(words.row_problem)(flaw.problem)}
                    {(!flaw.value.is_empty()).then(|| view! { " " <code>{flaw.value}</code> })}
                </td>
            </tr>
        }
    });
    view! {
        <section class="panel" aria-labelledby="flaws">
            <h2 id="flaws">{words.flaws}</h2>
            <p>{words.flaws_text}</p>
            <div class="table-scroll" tabindex="0" role="group" aria-labelledby="flaws">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{words.line}</th>
                            <th scope="col">{words.field}</th>
                            <th scope="col">{words.what_to_do}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            {next.map(|next| view! { <p><a href=next>{words.more}</a></p> })}
        </section>
    }
}

#[component]
fn Rows(rows: Vec<Row>, good: i64) -> impl IntoView {
    let words = &texts().campaigns;
    let shown = i64::try_from(rows.len()).unwrap_or(0);
    let rows = rows.into_iter().map(|row| {
        view! {
            <tr>
                <td>{row.line}</td>
                <th scope="row">{row.name}</th>
                <td>{row.email}</td>
                <td>{row.phone}</td>
            </tr>
        }
    });
    view! {
        <section class="panel" aria-labelledby="rows">
            <h2 id="rows">{words.good_rows}</h2>
            <p>{(words.first_of)(shown, good)}</p>
            <div class="table-scroll" tabindex="0" role="group" aria-labelledby="rows">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{words.line}</th>
                            <th scope="col">{words.name}</th>
                            <th scope="col">{words.email}</th>
                            <th scope="col">{words.phone}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}
