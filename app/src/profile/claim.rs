//! Claims and authentication methods in words a person understands.

/// What a claim says, for people; its own name where there is no better word.
pub(super) fn label(name: &str) -> &str {
    match name {
        "sub" => "Your id at the org",
        "name" => "Full name",
        "given_name" => "First name",
        "family_name" => "Last name",
        "middle_name" => "Middle name",
        "nickname" => "Nickname",
        "preferred_username" => "Username",
        "email" => "Email",
        "email_verified" => "Email verified",
        "locale" => "Language",
        "zoneinfo" => "Time zone",
        "phone_number" => "Phone",
        "address" => "Address",
        "birthdate" => "Date of birth",
        "gender" => "Gender",
        "picture" => "Picture",
        "profile" => "Profile page",
        "website" => "Website",
        "updated_at" => "Profile last changed",
        "idp" => "Identity provider",
        "acr" => "Strength of the sign-in",
        other => other,
    }
}

/// How somebody proved who they are (RFC 8176, with Okta's additions).
pub(super) fn method(amr: &str) -> &str {
    match amr {
        "pwd" => "password",
        "mfa" => "more than one factor",
        "otp" => "one-time code",
        "sms" => "text message",
        "tel" => "phone call",
        "kba" => "security question",
        "swk" => "a key in software",
        "hwk" => "a key in hardware",
        "fpt" => "fingerprint",
        "sc" => "smart card",
        "geo" => "location",
        other => other,
    }
}
