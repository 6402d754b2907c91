//! The profile, with the names of claims and of ways to prove who one is.

/// What the profile says.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) you: &'static str,
    pub(crate) name: &'static str,
    pub(crate) email: &'static str,
    /// In place of an email address that the org does not tell.
    pub(crate) not_shared: &'static str,
    pub(crate) groups: &'static str,
    pub(crate) no_groups: &'static str,
    pub(crate) this_sign_in: &'static str,
    pub(crate) proved: &'static str,
    /// Before the ways in which it was proved.
    pub(crate) by: &'static str,
    pub(crate) began: &'static str,
    pub(crate) ends: &'static str,
    pub(crate) claims: &'static str,
    pub(crate) claims_lead: &'static str,
    pub(crate) no_claims: &'static str,
    /// What a claim of the person says, by its name on the wire; nothing where there is no better word.
    pub(crate) claim: fn(&str) -> Option<&'static str>,
    /// How somebody proved who they are (RFC 8176, with Okta's additions); nothing for what is unknown.
    pub(crate) method: fn(&str) -> Option<&'static str>,
}

pub(super) const ENGLISH: Profile = Profile {
    title: "Your profile",
    lead: "What the org told this app when you signed in.",
    you: "You",
    name: "Name",
    email: "Email",
    not_shared: "not shared",
    groups: "Groups",
    no_groups: "The org did not name any group.",
    this_sign_in: "This sign-in",
    proved: "You proved who you are",
    by: "By",
    began: "This session began",
    ends: "It ends at the latest",
    claims: "Every other claim",
    claims_lead: "Each line is one statement of the org, with its name on the wire.",
    no_claims: "The org made no other statement.",
    claim: english_claim,
    method: english_method,
};

pub(super) const GERMAN: Profile = Profile {
    title: "Ihr Profil",
    lead: "Was die Organisation dieser App mitgeteilt hat, als Sie sich angemeldet haben.",
    you: "Sie",
    name: "Name",
    email: "E-Mail",
    not_shared: "nicht mitgeteilt",
    groups: "Gruppen",
    no_groups: "Die Organisation hat keine Gruppe genannt.",
    this_sign_in: "Diese Anmeldung",
    proved: "Identität nachgewiesen",
    by: "Durch",
    began: "Beginn dieser Sitzung",
    ends: "Spätestes Ende",
    claims: "Alle weiteren Claims",
    claims_lead: "Jede Zeile ist eine Aussage der Organisation, mit ihrem Namen auf der Leitung.",
    no_claims: "Die Organisation hat keine weitere Aussage gemacht.",
    claim: german_claim,
    method: german_method,
};

fn english_claim(name: &str) -> Option<&'static str> {
    Some(match name {
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
        _ => return None,
    })
}

fn german_claim(name: &str) -> Option<&'static str> {
    Some(match name {
        "sub" => "Ihre Kennung bei der Organisation",
        "name" => "Vollständiger Name",
        "given_name" => "Vorname",
        "family_name" => "Nachname",
        "middle_name" => "Zweiter Vorname",
        "nickname" => "Rufname",
        "preferred_username" => "Benutzername",
        "email" => "E-Mail",
        "email_verified" => "E-Mail bestätigt",
        "locale" => "Sprache",
        "zoneinfo" => "Zeitzone",
        "phone_number" => "Telefon",
        "address" => "Anschrift",
        "birthdate" => "Geburtsdatum",
        "gender" => "Geschlecht",
        "picture" => "Bild",
        "profile" => "Profilseite",
        "website" => "Website",
        "updated_at" => "Profil zuletzt geändert",
        "idp" => "Identitätsanbieter",
        "acr" => "Stärke der Anmeldung",
        _ => return None,
    })
}

fn english_method(amr: &str) -> Option<&'static str> {
    Some(match amr {
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
        _ => return None,
    })
}

fn german_method(amr: &str) -> Option<&'static str> {
    Some(match amr {
        "pwd" => "Passwort",
        "mfa" => "mehr als ein Faktor",
        "otp" => "Einmalcode",
        "sms" => "Textnachricht",
        "tel" => "Anruf",
        "kba" => "Sicherheitsfrage",
        "swk" => "Schlüssel in Software",
        "hwk" => "Schlüssel in Hardware",
        "fpt" => "Fingerabdruck",
        "sc" => "Chipkarte",
        "geo" => "Standort",
        _ => return None,
    })
}
