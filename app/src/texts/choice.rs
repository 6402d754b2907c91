use leptos::prelude::*;

use super::{Language, texts};
use crate::path;
use crate::shell::here;

/// The languages to choose from: a button for each, which comes back to the page it stands on.
#[component]
pub(crate) fn LanguageChoice() -> impl IntoView {
    let current = Language::current();
    view! {
        <form
            class="languages"
            method="post"
            action=path::API_LANGUAGE
            aria-label=texts().frame.language
        >
            <input type="hidden" name="return_to" value=here() />
            {Language::ALL
                .into_iter()
                .map(|language| {
                    view! {
                        <button
                            type="submit"
                            name="language"
                            value=language.tag()
                            lang=language.tag()
                            aria-current=(language == current).then_some("true")
                        >
                            {language.own_name()}
                        </button>
                    }
                })
                .collect_view()}
        </form>
    }
}
