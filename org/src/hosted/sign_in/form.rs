//! The forms of a sign-in page as data, so that one template renders them all alike.

use std::borrow::Cow;

/// A form of a page. It is sent to the interaction under the name of its answer.
#[derive(Debug, Clone, Default)]
pub(super) struct Form {
    /// The last part of the address that it is sent to.
    pub(super) answer: &'static str,
    /// For password managers, where the page does not ask for it.
    pub(super) username: Option<String>,
    pub(super) fields: Vec<Field>,
    /// The first is the one that the Enter key presses.
    pub(super) buttons: Vec<Button>,
}

impl Form {
    /// A form with one button.
    pub(super) fn new(answer: &'static str, fields: Vec<Field>, button: &'static str) -> Self {
        Self {
            answer,
            username: None,
            fields,
            buttons: vec![Button::main(button)],
        }
    }

    pub(super) fn with_username(mut self, username: Option<&str>) -> Self {
        self.username = username.map(str::to_owned);
        self
    }

    /// Puts the focus where something is to be typed: into the field that is wrong, else into the first.
    pub(super) fn focus(&mut self) {
        let wrong = self.fields.iter().position(Field::is_wrong);
        if let Some(field) = self.fields.get_mut(wrong.unwrap_or_default()) {
            field.has_focus = true;
        }
    }
}

/// A button that sends a form.
#[derive(Debug, Clone)]
pub(super) struct Button {
    pub(super) label: Cow<'static, str>,
    /// What is sent when this button is pressed; nothing when the name is empty.
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) is_main: bool,
}

impl Button {
    pub(super) const fn main(label: &'static str) -> Self {
        Self {
            label: Cow::Borrowed(label),
            name: "",
            value: String::new(),
            is_main: true,
        }
    }

    /// One of several buttons, which tells that it was pressed.
    pub(super) fn choice(label: &'static str, name: &'static str, value: String) -> Self {
        Self {
            label: Cow::Borrowed(label),
            name,
            value,
            is_main: true,
        }
    }

    pub(super) const fn quiet(mut self) -> Self {
        self.is_main = false;
        self
    }
}

/// What is typed into a field, or chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    /// A text where letter case and spelling are the person's own: a username.
    Name,
    Email,
    Telephone,
    Password,
    /// Six digits.
    Code,
    Checkbox,
    /// Value and words of each option.
    Options(Vec<(&'static str, &'static str)>),
}

/// A field of a form.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are attributes of an element"
)]
pub(super) struct Field {
    pub(super) name: Cow<'static, str>,
    pub(super) label: Cow<'static, str>,
    pub(super) kind: Kind,
    /// For password managers and the like (HTML, "Autofill"). Empty: none.
    pub(super) autocomplete: &'static str,
    /// In characters.
    pub(super) max_length: u16,
    pub(super) value: String,
    pub(super) hint: Option<&'static str>,
    pub(super) error: Option<Cow<'static, str>>,
    /// Whether the message over the page is about this field.
    pub(super) is_refused: bool,
    pub(super) is_required: bool,
    pub(super) has_focus: bool,
    /// Shown only while this option of the field before it is chosen, where the browser can do that by style.
    pub(super) is_for_custom_option: bool,
}

impl Field {
    pub(super) fn new(
        name: impl Into<Cow<'static, str>>,
        label: impl Into<Cow<'static, str>>,
        kind: Kind,
        autocomplete: &'static str,
    ) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            kind,
            autocomplete,
            max_length: 256,
            value: String::new(),
            hint: None,
            error: None,
            is_refused: false,
            is_required: true,
            has_focus: false,
            is_for_custom_option: false,
        }
    }

    /// A box to tick.
    pub(super) fn checkbox(name: &'static str, label: &'static str, is_ticked: bool) -> Self {
        let mut field = Self::new(name, label, Kind::Checkbox, "").optional();
        if is_ticked {
            "true".clone_into(&mut field.value);
        }
        field
    }

    pub(super) const fn optional(mut self) -> Self {
        self.is_required = false;
        self
    }

    pub(super) fn with_value(mut self, value: Option<&str>) -> Self {
        value.unwrap_or_default().clone_into(&mut self.value);
        self
    }

    pub(super) const fn with_hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    pub(super) const fn with_max_length(mut self, characters: u16) -> Self {
        self.max_length = characters;
        self
    }

    pub(super) fn with_error(mut self, error: Option<Cow<'static, str>>) -> Self {
        self.error = error;
        self
    }

    pub(super) const fn refused(mut self, is_refused: bool) -> Self {
        self.is_refused = is_refused;
        self
    }

    pub(super) const fn is_wrong(&self) -> bool {
        self.is_refused || self.error.is_some()
    }

    /// The ids of what is said about the field.
    pub(super) fn described_by(&self) -> Option<String> {
        let name = &self.name;
        let ids: Vec<String> = [
            self.error.as_ref().map(|_| format!("{name}-error")),
            self.is_refused.then(|| "alert".to_owned()),
            self.hint.map(|_| format!("{name}-hint")),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// The `type` of the input.
    pub(super) const fn input_type(&self) -> &'static str {
        match self.kind {
            Kind::Text | Kind::Name | Kind::Code | Kind::Options(_) => "text",
            Kind::Email => "email",
            Kind::Telephone => "tel",
            Kind::Password => "password",
            Kind::Checkbox => "checkbox",
        }
    }

    pub(super) const fn is_checkbox(&self) -> bool {
        matches!(self.kind, Kind::Checkbox)
    }

    pub(super) const fn is_code(&self) -> bool {
        matches!(self.kind, Kind::Code)
    }

    /// Whether the browser should neither capitalise nor correct what is typed.
    pub(super) const fn is_literal(&self) -> bool {
        matches!(self.kind, Kind::Name | Kind::Email | Kind::Code)
    }

    pub(super) fn options(&self) -> &[(&'static str, &'static str)] {
        match &self.kind {
            Kind::Options(options) => options,
            _ => &[],
        }
    }
}
