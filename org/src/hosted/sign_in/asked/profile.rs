use super::Asked;
use crate::hosted::sign_in::form::{Field, Form, Kind};
use crate::hosted::sign_in::step::Step;
use crate::policy::ProfileAttribute;

impl Asked<'_> {
    /// The attributes of a new account.
    pub(super) fn profile(&mut self, attributes: &[ProfileAttribute]) -> Step {
        let fields = attributes
            .iter()
            .map(|attribute| {
                let (kind, autocomplete) = autofill_of(&attribute.name);
                let name = attribute.name.clone();
                let mut field =
                    Field::new(name.clone(), attribute.label.clone(), kind, autocomplete)
                        .with_max_length(100)
                        .with_value(self.typed.get(&name))
                        .with_error(self.told.take(&name));
                // Without an address there is no account.
                field.is_required = attribute.required || name == "email";
                field
            })
            .collect();
        Step::new("Sign up").form(Form::new("profile", fields, "Sign up"))
    }
}

/// What browsers fill in for an attribute of the profile, and how it is typed.
fn autofill_of(name: &str) -> (Kind, &'static str) {
    match name {
        "email" => (Kind::Email, "email"),
        "login" => (Kind::Email, "username"),
        "secondEmail" => (Kind::Email, "off"),
        "firstName" => (Kind::Text, "given-name"),
        "middleName" => (Kind::Text, "additional-name"),
        "lastName" => (Kind::Text, "family-name"),
        "displayName" => (Kind::Text, "name"),
        "nickName" => (Kind::Text, "nickname"),
        "honorificPrefix" => (Kind::Text, "honorific-prefix"),
        "honorificSuffix" => (Kind::Text, "honorific-suffix"),
        "title" => (Kind::Text, "organization-title"),
        "organization" => (Kind::Text, "organization"),
        "mobilePhone" | "primaryPhone" => (Kind::Telephone, "tel"),
        "streetAddress" => (Kind::Text, "street-address"),
        "city" => (Kind::Text, "address-level2"),
        "state" => (Kind::Text, "address-level1"),
        "zipCode" => (Kind::Text, "postal-code"),
        "countryCode" => (Kind::Text, "country"),
        "preferredLanguage" | "locale" => (Kind::Text, "language"),
        _ => (Kind::Text, ""),
    }
}
