use leptos::prelude::*;

use crate::path;
use crate::texts::texts;

/// Adds a telephone. What the number is good for is for the org to judge.
#[component]
pub(super) fn AddPhone() -> impl IntoView {
    let words = &texts().security;
    view! {
        <form class="form" method="post" action=path::API_SECURITY_ADD_PHONE>
            <div class="field">
                <label for="number">{words.number}</label>
                <input
                    id="number"
                    name="number"
                    type="tel"
                    autocomplete="tel"
                    required
                    maxlength="40"
                    aria-describedby="number-hint"
                />
                <p class="fine-print" id="number-hint">
                    {words.number_hint}
                </p>
            </div>
            <button class="button button-quiet" type="submit">
                {words.add_number}
            </button>
        </form>
    }
}

/// Asks for the code that was sent to a new telephone.
#[component]
pub(super) fn EnterCode(phone: String) -> impl IntoView {
    let words = &texts().security;
    view! {
        <form class="panel form" method="post" action=path::API_SECURITY_VERIFY_PHONE>
            <input type="hidden" name="id" value=phone />
            <div class="field">
                <label for="code">{words.code}</label>
                <input
                    id="code"
                    name="code"
                    type="text"
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    required
                    maxlength="10"
                />
            </div>
            <button class="button" type="submit">
                {words.use_number}
            </button>
        </form>
    }
}
