//! Sessions in all browsers, and the ways to prove who one is.

use super::Around;
use crate::security::Outcome;

/// What the page about security says.
#[derive(Debug)]
pub(crate) struct Security {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) unavailable: &'static str,
    pub(crate) sessions: &'static str,
    pub(crate) sessions_lead: &'static str,
    pub(crate) nowhere_else: &'static str,
    pub(crate) end_others: &'static str,
    pub(crate) end_everywhere: &'static str,
    pub(crate) everywhere_means: &'static str,
    pub(crate) this_browser: &'static str,
    /// The browser and system of a session, from what the server found out, such as `Firefox on Windows`.
    pub(crate) device: fn(&str) -> String,
    /// Before the time of a sign-in.
    pub(crate) signed_in: &'static str,
    /// After it: when the session was last used, from words such as `2 h ago`.
    pub(crate) last_seen: fn(&str) -> String,
    pub(crate) authenticators: &'static str,
    pub(crate) not_offered: &'static str,
    pub(crate) cannot_tell: &'static str,
    /// Around the link to the org's own page.
    pub(crate) org_settings: Around,
    pub(crate) org_settings_link: &'static str,
    pub(crate) not_allowed: &'static str,
    /// Around the names of scopes.
    pub(crate) scopes_needed: Around,
    pub(crate) show: &'static str,
    pub(crate) no_authenticators: &'static str,
    /// Around the time until which nothing is asked again.
    pub(crate) fresh_until: Around,
    pub(crate) proof_needed: &'static str,
    /// Before a time.
    pub(crate) set_up_at: &'static str,
    /// Before a time.
    pub(crate) last_used: &'static str,
    pub(crate) not_removed_here: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) remove_at_org: &'static str,
    pub(crate) not_set_up: &'static str,
    pub(crate) set_up: &'static str,
    pub(crate) one_more: &'static str,
    pub(crate) add: &'static str,
    pub(crate) set_up_on_request: &'static str,
    pub(crate) set_up_when_asked: &'static str,
    pub(crate) number: &'static str,
    pub(crate) number_hint: &'static str,
    pub(crate) add_number: &'static str,
    pub(crate) code: &'static str,
    pub(crate) use_number: &'static str,
    /// What became of a form: in short, and what it means.
    pub(crate) outcome: fn(Outcome) -> (&'static str, &'static str),
}

pub(super) const ENGLISH: Security = Security {
    title: "Security",
    lead: "Where you are signed in, and how you prove who you are.",
    unavailable: "Your sessions cannot be shown",
    sessions: "Where you are signed in",
    sessions_lead: "Each line is a browser with a session in this app. What ends here ends at once.",
    nowhere_else: "You are signed in nowhere else.",
    end_others: "Sign out all others",
    end_everywhere: "Sign out everywhere",
    everywhere_means: "Everywhere means: every session in this app, this one too, and your session at the org. In your other browsers the org's own session ends as well, if the org lets this app end it.",
    this_browser: "This browser",
    device: str::to_owned,
    signed_in: "Signed in ",
    last_seen: |when| format!(", last seen {when}"),
    authenticators: "How you prove who you are",
    not_offered: "This org does not let apps show or change authenticators. They are managed where you sign in.",
    cannot_tell: "The org cannot be asked right now. Your authenticators are as they were; try again in a minute.",
    org_settings: ("The org has a page for that too: ", "."),
    org_settings_link: "your settings at the org",
    not_allowed: "An ordinary sign-in does not let this app see your authenticators. You can allow it for this session: the org asks you if it needs to, and brings you back.",
    scopes_needed: (
        "It works when an administrator has granted this app the scopes ",
        " and the app signs people in at the org's own authorization server. Otherwise the org refuses, and nothing changes.",
    ),
    show: "Show my authenticators",
    no_authenticators: "The org names no authenticator that you could set up or remove.",
    fresh_until: (
        "You have just proved who you are: until ",
        " you can remove something without being asked again.",
    ),
    proof_needed: "Before something is removed, the org asks you to prove who you are.",
    set_up_at: "Set up ",
    last_used: "Last used ",
    not_removed_here: "Not removed here",
    remove: "Remove",
    remove_at_org: "Remove at the org",
    not_set_up: "Not set up",
    set_up: "Set up",
    one_more: "One more of them",
    add: "Add",
    set_up_on_request: "Not set up. The org asks you to sign in, and shows how.",
    set_up_when_asked: "Not set up. The org offers it when a sign-in asks for it.",
    number: "Telephone number",
    number_hint: "With the country code, such as +1 555 0100. The org sends a code to it by text message.",
    add_number: "Add this telephone",
    code: "The code that was sent to your telephone",
    use_number: "Use this telephone",
    outcome: english_outcome,
};

pub(super) const GERMAN: Security = Security {
    title: "Sicherheit",
    lead: "Wo Sie angemeldet sind, und wie Sie Ihre Identität nachweisen.",
    unavailable: "Ihre Sitzungen lassen sich nicht anzeigen",
    sessions: "Wo Sie angemeldet sind",
    sessions_lead: "Jede Zeile ist ein Browser mit einer Sitzung in dieser App. Was Sie hier beenden, endet sofort.",
    nowhere_else: "Sonst sind Sie nirgends angemeldet.",
    end_others: "Alle anderen abmelden",
    end_everywhere: "Überall abmelden",
    everywhere_means: "Überall heißt: jede Sitzung in dieser App, auch diese, und Ihre Sitzung bei der Organisation. In Ihren anderen Browsern endet auch die Sitzung bei der Organisation, wenn die Organisation dieser App das erlaubt.",
    this_browser: "Dieser Browser",
    device: german_device,
    signed_in: "Angemeldet seit ",
    last_seen: |when| format!(", zuletzt benutzt {when}"),
    authenticators: "Wie Sie Ihre Identität nachweisen",
    not_offered: "Diese Organisation lässt Apps keine Authentifikatoren anzeigen oder ändern. Sie werden dort verwaltet, wo Sie sich anmelden.",
    cannot_tell: "Die Organisation ist gerade nicht erreichbar. An Ihren Authentifikatoren hat sich nichts geändert. Versuchen Sie es in einer Minute erneut.",
    org_settings: ("Auch die Organisation hat dafür eine Seite: ", "."),
    org_settings_link: "Ihre Einstellungen bei der Organisation",
    not_allowed: "Nach einer gewöhnlichen Anmeldung sieht diese App Ihre Authentifikatoren nicht. Sie können es ihr für diese Sitzung erlauben: Die Organisation fragt bei Bedarf nach und bringt Sie zurück.",
    scopes_needed: (
        "Das gelingt, wenn eine Administratorin oder ein Administrator dieser App die Scopes ",
        " gewährt hat und die App Personen am eigenen Autorisierungsserver der Organisation anmeldet. Sonst lehnt die Organisation ab, und nichts ändert sich.",
    ),
    show: "Meine Authentifikatoren anzeigen",
    no_authenticators: "Die Organisation nennt keinen Authentifikator, den Sie einrichten oder entfernen könnten.",
    fresh_until: (
        "Sie haben Ihre Identität gerade nachgewiesen: Bis ",
        " können Sie etwas entfernen, ohne erneut gefragt zu werden.",
    ),
    proof_needed: "Bevor etwas entfernt wird, bittet die Organisation Sie um einen Nachweis Ihrer Identität.",
    set_up_at: "Eingerichtet am ",
    last_used: "Zuletzt benutzt am ",
    not_removed_here: "Hier nicht entfernbar",
    remove: "Entfernen",
    remove_at_org: "Bei der Organisation entfernen",
    not_set_up: "Nicht eingerichtet",
    set_up: "Einrichten",
    one_more: "Ein weiteres Exemplar",
    add: "Hinzufügen",
    set_up_on_request: "Nicht eingerichtet. Die Organisation bittet Sie, sich anzumelden, und zeigt, wie es geht.",
    set_up_when_asked: "Nicht eingerichtet. Die Organisation bietet es an, wenn eine Anmeldung danach fragt.",
    number: "Telefonnummer",
    number_hint: "Mit der Landesvorwahl, zum Beispiel +49 30 123456. Die Organisation sendet einen Code als Textnachricht dorthin.",
    add_number: "Diese Telefonnummer hinzufügen",
    code: "Der Code, der an Ihre Telefonnummer gesendet wurde",
    use_number: "Diese Telefonnummer verwenden",
    outcome: german_outcome,
};

fn german_device(label: &str) -> String {
    let (browser, system) = label.split_once(" on ").unwrap_or((label, ""));
    let browser = match browser {
        "Unknown browser" => "Unbekannter Browser",
        known => known,
    };
    match system {
        "" => browser.to_owned(),
        "unknown system" => format!("{browser} auf unbekanntem System"),
        known => format!("{browser} unter {known}"),
    }
}

const fn english_outcome(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::NoSuchSession => (
            "There is no such session",
            "It has ended already. The list below is what there is now.",
        ),
        Outcome::CodeSent => (
            "A code is on its way",
            "Enter it below. The telephone counts from then on.",
        ),
        Outcome::WrongNumber => (
            "The org does not take this number",
            "Write it with the country code, such as +1 555 0100. A number that you have already cannot be added again.",
        ),
        Outcome::WrongCode => (
            "That is not the code",
            "Look at the newest message, and enter its code below. After five minutes, add the number again.",
        ),
        Outcome::NothingToRemove => (
            "There was nothing to remove",
            "It is gone already, or the org wants you to keep it. The list below is what there is now.",
        ),
        Outcome::NotAllowed => (
            "The org does not let this app do that",
            "Nothing has changed. Allow it below, or use the org's own settings.",
        ),
        Outcome::OrgRefused => (
            "The org refused",
            "Nothing has changed. The app's log says what the org answered.",
        ),
        Outcome::OrgUnavailable => (
            "The org cannot be reached right now",
            "Nothing has changed. Try again in a minute.",
        ),
        Outcome::StoreUnavailable => (
            "Sessions cannot be ended right now",
            "The session store does not answer. Nothing has changed, and you are not signed out. Try again in a minute.",
        ),
    }
}

const fn german_outcome(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::NoSuchSession => (
            "Diese Sitzung gibt es nicht",
            "Sie ist bereits beendet. Die Liste unten zeigt, was es jetzt gibt.",
        ),
        Outcome::CodeSent => (
            "Ein Code ist unterwegs",
            "Geben Sie ihn unten ein. Erst dann zählt die Telefonnummer.",
        ),
        Outcome::WrongNumber => (
            "Die Organisation nimmt diese Nummer nicht an",
            "Schreiben Sie sie mit der Landesvorwahl, zum Beispiel +49 30 123456. Eine Nummer, die Sie schon haben, lässt sich nicht noch einmal hinzufügen.",
        ),
        Outcome::WrongCode => (
            "Das ist nicht der Code",
            "Suchen Sie die neueste Nachricht, und geben Sie deren Code unten ein. Nach fünf Minuten fügen Sie die Nummer bitte erneut hinzu.",
        ),
        Outcome::NothingToRemove => (
            "Es gab nichts zu entfernen",
            "Es ist bereits weg, oder die Organisation möchte, dass Sie es behalten. Die Liste unten zeigt, was es jetzt gibt.",
        ),
        Outcome::NotAllowed => (
            "Die Organisation erlaubt dieser App das nicht",
            "Es hat sich nichts geändert. Erlauben Sie es unten, oder verwenden Sie die Einstellungen der Organisation.",
        ),
        Outcome::OrgRefused => (
            "Die Organisation hat abgelehnt",
            "Es hat sich nichts geändert. Das Protokoll der App enthält die Antwort der Organisation.",
        ),
        Outcome::OrgUnavailable => (
            "Die Organisation ist gerade nicht erreichbar",
            "Es hat sich nichts geändert. Versuchen Sie es in einer Minute erneut.",
        ),
        Outcome::StoreUnavailable => (
            "Sitzungen lassen sich gerade nicht beenden",
            "Der Sitzungsspeicher antwortet nicht. Es hat sich nichts geändert, und Sie sind nicht abgemeldet. Versuchen Sie es in einer Minute erneut.",
        ),
    }
}
