use leptos::prelude::*;

use crate::texts::texts;

/// What people fill in, as far as something can be wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    FirstName,
    LastName,
    /// Something that the org demands besides.
    Attribute,
    Code,
    Number,
    Locale,
    Zone,
    Landing,
}

impl Field {
    /// Its name in forms; that of an attribute is followed by the name of the attribute.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Attribute => "attributes",
            Self::Code => "code",
            Self::Number => "number",
            Self::Locale => "locale",
            Self::Zone => "zone",
            Self::Landing => "landing",
        }
    }
}

/// What the page's address says is wrong: the name of a field, as it stands in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct AtFault(String);

impl AtFault {
    pub(super) fn of(name: Option<String>) -> Self {
        Self(name.unwrap_or_default())
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.0 == name
    }
}

/// One line of text with its label, and what is wrong with it.
#[component]
pub(super) fn TextField(
    field: Field,
    /// The name in the form.
    #[prop(into)]
    name: String,
    #[prop(into)] label: String,
    #[prop(optional)] kind: Option<&'static str>,
    #[prop(optional)] autocomplete: &'static str,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional_no_strip)] value: Option<String>,
    #[prop(optional)] hint: Option<&'static str>,
    longest: usize,
    at_fault: AtFault,
) -> impl IntoView {
    let is_at_fault = at_fault.is(&name);
    let problem = format!("{name}-problem");
    let help = format!("{name}-hint");
    let described: Vec<_> = [
        is_at_fault.then(|| problem.clone()),
        hint.map(|_| help.clone()),
    ]
    .into_iter()
    .flatten()
    .collect();
    view! {
        <div class="field">
            <label for=name.clone()>{label}</label>
            <input
                id=name.clone()
                name=name
                type=kind.unwrap_or("text")
                autocomplete=autocomplete
                inputmode=inputmode
                required
                maxlength=longest.to_string()
                value=value
                aria-invalid=is_at_fault.then_some("true")
                aria-describedby=(!described.is_empty()).then(|| described.join(" "))
            />
            {is_at_fault.then(|| view! { <Wrong field id=problem /> })}
            {hint.map(|hint| view! { <p class="fine-print" id=help>{hint}</p> })}
        </div>
    }
}

/// The code that was sent to the person.
#[component]
pub(super) fn CodeField(label: &'static str, at_fault: AtFault) -> impl IntoView {
    view! {
        <TextField
            field=Field::Code
            name=Field::Code.name()
            label
            autocomplete="one-time-code"
            inputmode="numeric"
            hint=texts().onboarding.code_hint
            longest=10
            at_fault
        />
    }
}

/// What is wrong with a field, and the remedy.
#[component]
pub(super) fn Wrong(field: Field, #[prop(into)] id: String) -> impl IntoView {
    view! {
        <p class="field-problem" id=id role="alert">
            {(texts().onboarding.problem)(field)}
        </p>
    }
}
