use std::ops::RangeInclusive;

/// An attribute that every user has, as Okta's base schema describes it
/// (<https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/#tag/User/operation/createUser>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribute {
    /// The name on the wire.
    pub(crate) name: &'static str,
    /// What people call it, at Okta too.
    pub(crate) title: &'static str,
    /// In characters; nothing where Okta names no limit.
    pub(crate) length: Option<RangeInclusive<usize>>,
    /// Okta's name of what the text has to be, beyond being a text.
    pub(crate) format: Option<&'static str>,
    /// Whether a user cannot be without it.
    pub(crate) is_required: bool,
    /// Whether people change their own.
    pub(crate) is_own: bool,
}

impl Attribute {
    const fn of(self, format: &'static str) -> Self {
        Self {
            format: Some(format),
            ..self
        }
    }

    const fn own(self) -> Self {
        Self {
            is_own: true,
            ..self
        }
    }
}

const fn free(name: &'static str, title: &'static str) -> Attribute {
    Attribute {
        name,
        title,
        length: None,
        format: None,
        is_required: false,
        is_own: false,
    }
}

const fn limited(name: &'static str, title: &'static str, to: usize) -> Attribute {
    Attribute {
        length: Some(0..=to),
        ..free(name, title)
    }
}

const fn required(name: &'static str, title: &'static str, from: usize, to: usize) -> Attribute {
    Attribute {
        length: Some(from..=to),
        is_required: true,
        ..free(name, title)
    }
}

/// The 31 attributes of the base schema.
pub(crate) const ATTRIBUTES: [Attribute; 31] = [
    required("login", "Username", 5, 100),
    required("email", "Primary email", 5, 100).of("email"),
    limited("secondEmail", "Secondary email", 100)
        .of("email")
        .own(),
    required("firstName", "First name", 1, 50).own(),
    required("lastName", "Last name", 1, 50).own(),
    free("middleName", "Middle name"),
    free("honorificPrefix", "Honorific prefix"),
    free("honorificSuffix", "Honorific suffix"),
    free("title", "Title"),
    limited("displayName", "Display name", 100),
    free("nickName", "Nickname"),
    free("profileUrl", "Profile Url").of("uri"),
    limited("primaryPhone", "Primary phone", 100),
    limited("mobilePhone", "Mobile phone", 100).own(),
    limited("streetAddress", "Street address", 1024),
    limited("city", "City", 128),
    limited("state", "State", 128),
    limited("zipCode", "Zip code", 50),
    limited("countryCode", "Country code", 2).of("country-code"),
    limited("postalAddress", "Postal Address", 4096),
    free("preferredLanguage", "Preferred language").of("language-code"),
    free("locale", "Locale").of("locale"),
    free("timezone", "Time zone").of("timezone"),
    free("userType", "User type"),
    free("employeeNumber", "Employee number"),
    free("costCenter", "Cost center"),
    free("organization", "Organization"),
    free("division", "Division"),
    free("department", "Department"),
    free("manager", "Manager"),
    free("managerId", "ManagerId"),
];

/// The attribute of this name.
pub(crate) fn find_attribute(name: &str) -> Option<&'static Attribute> {
    ATTRIBUTES.iter().find(|attribute| attribute.name == name)
}
