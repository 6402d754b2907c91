use leptos::prelude::*;

use super::Progress;
use crate::path;
use crate::texts::texts;

/// The languages offered, as BCP 47 tags with their own names.
pub(super) const LANGUAGES: [(&str, &str); 6] = [
    ("en-US", "English (United States)"),
    ("en-GB", "English (United Kingdom)"),
    ("de-DE", "Deutsch"),
    ("es-ES", "Español"),
    ("fr-FR", "Français"),
    ("ja-JP", "日本語"),
];

/// What was chosen, and ways on.
#[component]
pub(super) fn Done(progress: Progress) -> impl IntoView {
    let words = &texts().onboarding;
    let Progress {
        first_name,
        last_name,
        locale,
        zone,
        ..
    } = progress;
    let name = model::full_name(&first_name, &last_name, &locale);
    let language = LANGUAGES
        .into_iter()
        .find_map(|(tag, name)| (tag == locale).then(|| name.to_owned()))
        .unwrap_or(locale);
    let facts = [
        (words.name, Some(name)),
        (words.language, Some(language)),
        (words.zone, zone.map(|zone| zone.replace('_', " "))),
    ];
    let facts = facts.into_iter().filter_map(|(term, value)| {
        value.map(|value| {
            view! {
                <dt>{term}</dt>
                <dd>{value}</dd>
            }
        })
    });
    view! {
        <p class="lead">{words.once}</p>
        <section class="panel" aria-label=words.chosen>
            <dl class="facts">{facts.collect_view()}</dl>
        </section>
        <div class="actions">
            <a class="button" href=path::HOME>
                {texts().common.go_home}
            </a>
            <a class="button button-quiet" href=path::PROFILE>
                {texts().common.see_profile}
            </a>
        </div>
    }
}
