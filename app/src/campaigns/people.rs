use leptos::prelude::*;
use model::CampaignStage;

use super::{One, Person};
use crate::moment::Moment;
use crate::path;
use crate::texts::texts;

/// The people of a campaign, of one stage or of all, some at a time.
#[component]
pub(super) fn People(one: One) -> impl IntoView {
    let words = &texts().campaigns;
    if one.total == 0 {
        return ().into_any();
    }
    let page = path::campaign(one.id);
    let filter = one
        .stage
        .map(|stage| format!("stage={}&", stage.as_str()))
        .unwrap_or_default();
    let next = one
        .next
        .map(|after| format!("{page}?{filter}after={after}#people"));
    let has_links = one.people.iter().any(|person| person.link.is_some());
    let is_empty = one.people.is_empty();
    let rows = one
        .people
        .into_iter()
        .map(|person| view! { <Line person has_links /> });
    view! {
        <section class="panel" aria-labelledby="people">
            <h2 id="people" tabindex="-1">{words.people}</h2>
            <Filter page=page.clone() current=one.stage />
            {is_empty.then(|| view! { <p>{words.nobody_here}</p> })}
            <div class="table-scroll" tabindex="0" role="group" aria-labelledby="people">
                <table class="campaign-people">
                    <thead>
                        <tr>
                            <th scope="col">{words.person}</th>
                            <th scope="col">{words.stage}</th>
                            {has_links.then(|| view! { <th scope="col">{words.link}</th> })}
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            {next
                .map(|next| {
                    view! {
                        <p>
                            <a href=next rel="external">
                                {words.more}
                            </a>
                        </p>
                    }
                })}
        </section>
    }
    .into_any()
}

/// Whom to show.
#[component]
fn Filter(page: String, current: Option<CampaignStage>) -> impl IntoView {
    let words = &texts().campaigns;
    view! {
        <form class="campaign-filter" method="get" action=format!("{page}#people")>
            <label for="stage">{words.stuck_at}</label>
            <select id="stage" name="stage">
                <option value="">{words.everybody}</option>
                {CampaignStage::ALL
                    .iter()
                    .map(|stage| {
                        view! {
                            <option value=stage.as_str() selected=current == Some(*stage)>
                                {(words.stage_name)(*stage)}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
            <button class="button button-quiet" type="submit">{words.show}</button>
        </form>
    }
}

#[component]
fn Line(person: Person, has_links: bool) -> impl IntoView {
    let words = &texts().campaigns;
    let text_message = person.phone.as_ref().zip(person.link.as_ref());
    let text_message = text_message.map(|(phone, link)| sms(phone, link));
    let problem = person.problem.map(|(problem, said)| {
        view! {
            <p class="field-problem">
                {(words.person_problem)(problem)} {(!said.is_empty()).then(|| format!(" {said}"))}
            </p>
        }
    });
    view! {
        <tr>
            <th scope="row">
                {person.name} <br /> <span class="fine-print">{person.email}</span> {problem}
            </th>
            <td>
                {(words.stage_name)(person.stage)}
                {person
                    .reached_at
                    .map(|at| view! { <br /> <span class="fine-print"><Moment at /></span> })}
            </td>
            {has_links
                .then(|| {
                    view! {
                        <td>
                            {person
                                .link
                                .map(|link| view! { <code class="campaign-link">{link}</code> })}
                            {text_message
                                .map(|address| {
                                    view! {
                                        " "
                                        <a href=address rel="external">
                                            {words.write_text}
                                        </a>
                                    }
                                })}
                        </td>
                    }
                })}
        </tr>
    }
}

/// Opens the administrator's own program for text messages (RFC 5724).
fn sms(phone: &str, link: &str) -> String {
    let body: String = url::form_urlencoded::byte_serialize(link.as_bytes()).collect();
    format!("sms:{phone}?body={body}")
}
