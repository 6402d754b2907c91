use leptos::prelude::*;
use model::DirectWord;

use crate::texts::texts;

/// What became of the last form. The redirect after it leads here, so that it is read first.
#[component]
pub(super) fn Outcome(word: Option<DirectWord>) -> impl IntoView {
    word.map(|word| {
        let class = if word.is_good() {
            "notice notice-good"
        } else {
            "notice notice-bad"
        };
        view! {
            <p id="outcome" class=class role="status" tabindex="-1">
                {text(word)}
            </p>
        }
    })
}

fn text(word: DirectWord) -> &'static str {
    let words = &texts().own_forms.words;
    match word {
        DirectWord::WrongPassword => words.wrong_password,
        DirectWord::WrongCode => words.wrong_code,
        DirectWord::Incomplete => words.incomplete,
        DirectWord::PasswordFirst => words.password_first,
        DirectWord::Unusable => words.unusable,
        DirectWord::Changed => words.changed,
        DirectWord::Expired => words.expired,
        DirectWord::OtherAttempt => words.other_attempt,
        DirectWord::Sent => words.sent,
        DirectWord::Pending => words.pending,
        DirectWord::Rejected => words.rejected,
        DirectWord::Slow => words.slow,
        DirectWord::OrgDown => words.org_down,
    }
}
