//! The first steps of a person in the app.

use model::StepKind;

use crate::onboarding::{Field, Outcome};

/// What onboarding says.
#[derive(Debug)]
pub(crate) struct Onboarding {
    pub(crate) unavailable: &'static str,
    /// The name of the list of steps.
    pub(crate) progress: &'static str,
    /// Which step it is, of how many.
    pub(crate) position: fn(usize, usize) -> String,
    /// After the name of a step that is done, for those who hear it.
    pub(crate) is_done: &'static str,
    /// The short name of a step.
    pub(crate) step: fn(StepKind) -> &'static str,
    /// The heading of a step.
    pub(crate) title: fn(StepKind, &str) -> String,
    /// What the step is for.
    pub(crate) lead: fn(StepKind) -> &'static str,
    pub(crate) put_off: &'static str,
    pub(crate) go_on: &'static str,
    /// How long it takes, and that it can be interrupted.
    pub(crate) any_time: &'static str,
    pub(crate) ahead: &'static str,
    pub(crate) begin: &'static str,
    pub(crate) not_visible: &'static str,
    pub(crate) email: &'static str,
    pub(crate) email_is_verified: &'static str,
    pub(crate) send_code: &'static str,
    pub(crate) send_another: &'static str,
    pub(crate) code_of_email: &'static str,
    pub(crate) code_hint: &'static str,
    pub(crate) verify: &'static str,
    pub(crate) first_name: &'static str,
    pub(crate) last_name: &'static str,
    pub(crate) demanded_by_org: &'static str,
    pub(crate) save: &'static str,
    pub(crate) is_set_up: &'static str,
    pub(crate) is_demanded: &'static str,
    pub(crate) number: &'static str,
    pub(crate) number_hint: &'static str,
    pub(crate) add_number: &'static str,
    pub(crate) code_of_phone: &'static str,
    pub(crate) set_up_at_org: &'static str,
    pub(crate) when_asked: &'static str,
    pub(crate) language: &'static str,
    pub(crate) zone: &'static str,
    pub(crate) zone_hint: &'static str,
    pub(crate) landing: &'static str,
    pub(crate) home: &'static str,
    pub(crate) profile: &'static str,
    pub(crate) finish: &'static str,
    pub(crate) all_set: &'static str,
    pub(crate) once: &'static str,
    pub(crate) chosen: &'static str,
    pub(crate) name: &'static str,
    /// What is wrong with a field, and the remedy.
    pub(crate) problem: fn(Field) -> &'static str,
    /// What became of a form: in short, and what it means.
    pub(crate) outcome: fn(Outcome) -> (&'static str, &'static str),
}

pub(super) const ENGLISH: Onboarding = Onboarding {
    unavailable: "Onboarding is not available",
    progress: "Progress",
    position: |step, all| format!("Step {step} of {all}"),
    is_done: " (done)",
    step: |kind| match kind {
        StepKind::Welcome => "Welcome",
        StepKind::Email => "Email",
        StepKind::Profile => "Your name",
        StepKind::Factors => "Security",
        StepKind::Preferences => "Preferences",
    },
    title: |kind, name| match kind {
        StepKind::Welcome => format!("Welcome, {name}"),
        StepKind::Email => "Is this your email address?".to_owned(),
        StepKind::Profile => "How should we address you?".to_owned(),
        StepKind::Factors => "Keep your account safe".to_owned(),
        StepKind::Preferences => "Make it yours".to_owned(),
    },
    lead: |kind| match kind {
        StepKind::Welcome => "A few short steps, and everything is ready for you.",
        StepKind::Email => "We send a code to it, so that nobody can use your address but you.",
        StepKind::Profile => "Is this how you want to be addressed?",
        StepKind::Factors => {
            "A second way to prove who you are keeps others out, even if they learn your password."
        }
        StepKind::Preferences => "You can choose how the app speaks to you, and where it begins.",
    },
    put_off: "Do this later",
    go_on: "Continue",
    any_time: "It takes about two minutes. You can stop at any time and go on later, on this device or another one.",
    ahead: "What is ahead",
    begin: "Start",
    not_visible: "The org does not let this app see your email address or how you prove who you are. It asks for that itself when you sign in.",
    email: "Your email address",
    email_is_verified: "You have proved that you read it.",
    send_code: "Send me a code",
    send_another: "Send another code",
    code_of_email: "The code from the email",
    code_hint: "Six digits, good for a few minutes.",
    verify: "Verify",
    first_name: "First name",
    last_name: "Last name",
    demanded_by_org: "The org asks everybody for this.",
    save: "Save and continue",
    is_set_up: "Set up",
    is_demanded: "You were asked to set up one more of these before you can go on.",
    number: "Telephone number",
    number_hint: "With the country code, such as +1 555 0100. The org sends a code to it by text message.",
    add_number: "Send a code to this number",
    code_of_phone: "The code that was sent to your telephone",
    set_up_at_org: "Set up at the org",
    when_asked: "The org offers it when a sign-in asks for it.",
    language: "Language",
    zone: "Time zone",
    zone_hint: "Times are shown as your clock shows them.",
    landing: "Where do you want to start?",
    home: "Home",
    profile: "Profile",
    finish: "Finish",
    all_set: "You are all set",
    once: "Onboarding is done, and will not ask again.",
    chosen: "What you chose",
    name: "Name",
    problem: |field| match field {
        Field::FirstName => {
            "First name must have 1 to 100 characters, without line breaks or control characters."
        }
        Field::LastName => {
            "Last name must have 1 to 100 characters, without line breaks or control characters."
        }
        Field::Attribute => "Enter a value on one line. It may be shorter than what you typed.",
        Field::Code => {
            "That is not the code. Look at the newest message, or have another one sent."
        }
        Field::Number => {
            "Write the number with its country code, such as +1 555 0100. A number that you have already cannot be added again."
        }
        Field::Locale => "Choose a language from the list.",
        Field::Zone => "Choose a time zone from the list.",
        Field::Landing => "Choose one of the pages.",
    },
    outcome: |outcome| match outcome {
        Outcome::CodeSent => ("A code is on its way", "Enter it below."),
        Outcome::EmailVerified => ("Your email address is verified", "One thing less to do."),
        Outcome::FactorAdded => (
            "It is set up",
            "You can prove who you are with it from now on.",
        ),
        Outcome::ProfileRefused => (
            "The org does not take these values",
            "Nothing has changed. Look at what you entered, and try again.",
        ),
        Outcome::StillMissing => (
            "One thing is still missing",
            "Since you began, more is asked for. This step comes first.",
        ),
        Outcome::NotAllowed => (
            "The org does not let this app do that",
            "Nothing has changed. You can do it later, in the org's own settings.",
        ),
        Outcome::OrgUnavailable => (
            "The org cannot be reached right now",
            "Nothing has changed. Try again in a minute.",
        ),
        Outcome::StoreUnavailable => (
            "Nothing can be saved right now",
            "The store does not answer. Try again in a minute.",
        ),
    },
};

pub(super) const GERMAN: Onboarding = Onboarding {
    unavailable: "Die Einrichtung ist nicht verfügbar",
    progress: "Fortschritt",
    position: |step, all| format!("Schritt {step} von {all}"),
    is_done: " (erledigt)",
    step: |kind| match kind {
        StepKind::Welcome => "Willkommen",
        StepKind::Email => "E-Mail",
        StepKind::Profile => "Ihr Name",
        StepKind::Factors => "Sicherheit",
        StepKind::Preferences => "Vorlieben",
    },
    title: |kind, name| match kind {
        StepKind::Welcome => format!("Willkommen, {name}"),
        StepKind::Email => "Ist das Ihre E-Mail-Adresse?".to_owned(),
        StepKind::Profile => "Wie dürfen wir Sie ansprechen?".to_owned(),
        StepKind::Factors => "Schützen Sie Ihr Konto".to_owned(),
        StepKind::Preferences => "So, wie Sie es mögen".to_owned(),
    },
    lead: |kind| match kind {
        StepKind::Welcome => "Einige kurze Schritte, und alles ist für Sie bereit.",
        StepKind::Email => {
            "Wir senden einen Code dorthin, damit niemand außer Ihnen Ihre Adresse verwenden kann."
        }
        StepKind::Profile => "Möchten Sie so angesprochen werden?",
        StepKind::Factors => {
            "Ein zweiter Nachweis hält andere fern, selbst wenn sie Ihr Passwort erfahren."
        }
        StepKind::Preferences => {
            "Sie können wählen, wie die Anwendung mit Ihnen spricht und wo sie beginnt."
        }
    },
    put_off: "Später erledigen",
    go_on: "Weiter",
    any_time: "Es dauert etwa zwei Minuten. Sie können jederzeit aufhören und später weitermachen, auf diesem oder einem anderen Gerät.",
    ahead: "Was vor Ihnen liegt",
    begin: "Beginnen",
    not_visible: "Die Organisation lässt diese Anwendung weder Ihre E-Mail-Adresse noch Ihre Nachweise sehen. Sie fragt selbst danach, wenn Sie sich anmelden.",
    email: "Ihre E-Mail-Adresse",
    email_is_verified: "Sie haben gezeigt, dass Sie sie lesen.",
    send_code: "Code senden",
    send_another: "Einen anderen Code senden",
    code_of_email: "Der Code aus der E-Mail",
    code_hint: "Sechs Ziffern, einige Minuten gültig.",
    verify: "Bestätigen",
    first_name: "Vorname",
    last_name: "Nachname",
    demanded_by_org: "Die Organisation fragt alle danach.",
    save: "Speichern und weiter",
    is_set_up: "Eingerichtet",
    is_demanded: "Bevor es weitergeht, sollen Sie noch einen dieser Nachweise einrichten.",
    number: "Telefonnummer",
    number_hint: "Mit Landesvorwahl, etwa +49 30 901820. Die Organisation sendet einen Code per SMS dorthin.",
    add_number: "Code an diese Nummer senden",
    code_of_phone: "Der Code, der an Ihr Telefon gesendet wurde",
    set_up_at_org: "Bei der Organisation einrichten",
    when_asked: "Die Organisation bietet es an, wenn eine Anmeldung danach fragt.",
    language: "Sprache",
    zone: "Zeitzone",
    zone_hint: "Zeiten werden so angezeigt, wie Ihre Uhr sie zeigt.",
    landing: "Wo möchten Sie beginnen?",
    home: "Startseite",
    profile: "Profil",
    finish: "Fertig",
    all_set: "Alles ist bereit",
    once: "Die Einrichtung ist erledigt und fragt nicht noch einmal.",
    chosen: "Was Sie gewählt haben",
    name: "Name",
    problem: |field| match field {
        Field::FirstName => {
            "Der Vorname muss 1 bis 100 Zeichen haben, ohne Zeilenumbrüche und Steuerzeichen."
        }
        Field::LastName => {
            "Der Nachname muss 1 bis 100 Zeichen haben, ohne Zeilenumbrüche und Steuerzeichen."
        }
        Field::Attribute => "Geben Sie einen Wert in einer Zeile ein. Vielleicht ist er zu lang.",
        Field::Code => {
            "Das ist nicht der Code. Sehen Sie in der neuesten Nachricht nach, oder lassen Sie einen anderen senden."
        }
        Field::Number => {
            "Schreiben Sie die Nummer mit Landesvorwahl, etwa +49 30 901820. Eine Nummer, die Sie schon haben, kann nicht noch einmal hinzugefügt werden."
        }
        Field::Locale => "Wählen Sie eine Sprache aus der Liste.",
        Field::Zone => "Wählen Sie eine Zeitzone aus der Liste.",
        Field::Landing => "Wählen Sie eine der Seiten.",
    },
    outcome: |outcome| match outcome {
        Outcome::CodeSent => ("Ein Code ist unterwegs", "Geben Sie ihn unten ein."),
        Outcome::EmailVerified => (
            "Ihre E-Mail-Adresse ist bestätigt",
            "Ein Punkt weniger auf der Liste.",
        ),
        Outcome::FactorAdded => (
            "Eingerichtet",
            "Damit können Sie von nun an zeigen, wer Sie sind.",
        ),
        Outcome::ProfileRefused => (
            "Die Organisation nimmt diese Werte nicht an",
            "Nichts hat sich geändert. Prüfen Sie Ihre Eingaben, und versuchen Sie es noch einmal.",
        ),
        Outcome::StillMissing => (
            "Etwas fehlt noch",
            "Seit Sie begonnen haben, wird mehr verlangt. Dieser Schritt kommt zuerst.",
        ),
        Outcome::NotAllowed => (
            "Die Organisation erlaubt das dieser Anwendung nicht",
            "Nichts hat sich geändert. Sie können es später in den Einstellungen der Organisation tun.",
        ),
        Outcome::OrgUnavailable => (
            "Die Organisation ist gerade nicht zu erreichen",
            "Nichts hat sich geändert. Versuchen Sie es in einer Minute noch einmal.",
        ),
        Outcome::StoreUnavailable => (
            "Gerade kann nichts gespeichert werden",
            "Der Speicher antwortet nicht. Versuchen Sie es in einer Minute noch einmal.",
        ),
    },
};
