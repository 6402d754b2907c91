//! The frame of every page: navigation, account, footer.

/// What stands around every page.
#[derive(Debug)]
pub(crate) struct Frame {
    /// What the app is, in one sentence.
    pub(crate) description: &'static str,
    pub(crate) skip_to_content: &'static str,
    /// The name of the main navigation.
    pub(crate) navigation: &'static str,
    pub(crate) home: &'static str,
    pub(crate) profile: &'static str,
    pub(crate) tokens: &'static str,
    pub(crate) security: &'static str,
    pub(crate) onboarding: &'static str,
    pub(crate) campaigns: &'static str,
    /// In place of a name, when nobody can tell who is looking.
    pub(crate) session_unknown: &'static str,
    pub(crate) tokens_stay: &'static str,
    /// Before the address of the org.
    pub(crate) sign_in_by: &'static str,
    /// What the buttons of the languages are for.
    pub(crate) language: &'static str,
}

pub(super) const ENGLISH: Frame = Frame {
    description: "Customer identity with Okta, on your laptop.",
    skip_to_content: "Skip to content",
    navigation: "Main",
    home: "Home",
    profile: "Profile",
    tokens: "Tokens",
    security: "Security",
    onboarding: "Onboarding",
    campaigns: "Campaigns",
    session_unknown: "Session unknown",
    tokens_stay: "Tokens stay on the server and never reach this page.",
    sign_in_by: "Sign-in by",
    language: "Language",
};

pub(super) const GERMAN: Frame = Frame {
    description: "Kundenidentität mit Okta, auf Ihrem Rechner.",
    skip_to_content: "Zum Inhalt springen",
    navigation: "Hauptnavigation",
    home: "Start",
    profile: "Profil",
    tokens: "Token",
    security: "Sicherheit",
    onboarding: "Einrichtung",
    campaigns: "Kampagnen",
    session_unknown: "Sitzung unbekannt",
    tokens_stay: "Token bleiben auf dem Server und gelangen nie auf diese Seite.",
    sign_in_by: "Anmeldung durch",
    language: "Sprache",
};
