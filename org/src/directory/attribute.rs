use std::ops::RangeInclusive;

/// An attribute that every user has, as Okta's base schema describes it
/// (<https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/#tag/User/operation/createUser>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribute {
    /// The name on the wire.
    pub(crate) name: &'static str,
    /// In characters; nothing where Okta names no limit.
    pub(crate) length: Option<RangeInclusive<usize>>,
    /// Whether a user cannot be without it.
    pub(crate) is_required: bool,
}

const fn required(name: &'static str, from: usize, to: usize) -> Attribute {
    Attribute {
        name,
        length: Some(from..=to),
        is_required: true,
    }
}

const fn limited(name: &'static str, to: usize) -> Attribute {
    Attribute {
        name,
        length: Some(0..=to),
        is_required: false,
    }
}

const fn free(name: &'static str) -> Attribute {
    Attribute {
        name,
        length: None,
        is_required: false,
    }
}

/// The 31 attributes of the base schema.
pub(crate) const ATTRIBUTES: [Attribute; 31] = [
    required("login", 5, 100),
    required("email", 5, 100),
    limited("secondEmail", 100),
    required("firstName", 1, 50),
    required("lastName", 1, 50),
    free("middleName"),
    free("honorificPrefix"),
    free("honorificSuffix"),
    free("title"),
    limited("displayName", 100),
    free("nickName"),
    free("profileUrl"),
    limited("primaryPhone", 100),
    limited("mobilePhone", 100),
    limited("streetAddress", 1024),
    limited("city", 128),
    limited("state", 128),
    limited("zipCode", 50),
    limited("countryCode", 2),
    limited("postalAddress", 4096),
    free("preferredLanguage"),
    free("locale"),
    free("timezone"),
    free("userType"),
    free("employeeNumber"),
    free("costCenter"),
    free("organization"),
    free("division"),
    free("department"),
    free("manager"),
    free("managerId"),
];

/// The attribute of this name.
pub(crate) fn find_attribute(name: &str) -> Option<&'static Attribute> {
    ATTRIBUTES.iter().find(|attribute| attribute.name == name)
}
