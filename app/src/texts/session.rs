//! The way into a session, and its end: asked for, announced, and done.

/// What is said around the beginning and the end of a session.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) going_to_sign_in: &'static str,
    pub(crate) signing_in: &'static str,
    pub(crate) on_your_way: &'static str,
    /// The heading that asks.
    pub(crate) sign_out: &'static str,
    pub(crate) sign_out_means: &'static str,
    pub(crate) signed_out: &'static str,
    /// When this app and the org have ended their sessions.
    pub(crate) ended_everywhere: &'static str,
    pub(crate) ended_here: &'static str,
    pub(crate) close_the_browser: &'static str,
    /// The question before the idle end.
    pub(crate) still_there: &'static str,
    pub(crate) idle_soon: &'static str,
    /// Why a page that was open has ended.
    pub(crate) ended_idle: &'static str,
    pub(crate) ended_of_age: &'static str,
    pub(crate) ended_elsewhere: &'static str,
    pub(crate) ended_by_other: &'static str,
    pub(crate) drafts_are_kept: &'static str,
}

pub(super) const ENGLISH: Session = Session {
    going_to_sign_in: "Going to the sign-in page",
    signing_in: "Signing you in",
    on_your_way: "You are on your way.",
    sign_out: "Sign out?",
    sign_out_means: "You will be signed out of this app and of the org, so that the next sign-in in this browser asks for a password again.",
    signed_out: "You are signed out",
    ended_everywhere: "Your sessions in this app and at the org have ended.",
    ended_here: "Your session in this app has ended.",
    close_the_browser: "On a shared computer, close the browser as well.",
    still_there: "Are you still there?",
    idle_soon: "You have not used Portico for a while. In two minutes you will be signed out, in every tab of this browser.",
    ended_idle: "Nobody used this session for two hours, so it has ended.",
    ended_of_age: "This session lived as long as a session may, so it has ended.",
    ended_elsewhere: "You signed out in another tab, or this session was ended from elsewhere.",
    ended_by_other: "Somebody else has signed in in this browser, so this page is closed.",
    drafts_are_kept: "What you typed into a form is kept in this browser for you, and for nobody else.",
};

pub(super) const GERMAN: Session = Session {
    going_to_sign_in: "Weiter zur Anmeldeseite",
    signing_in: "Sie werden angemeldet",
    on_your_way: "Sie sind auf dem Weg.",
    sign_out: "Abmelden?",
    sign_out_means: "Sie werden von dieser App und von der Organisation abgemeldet, sodass die nächste Anmeldung in diesem Browser wieder nach einem Passwort fragt.",
    signed_out: "Sie sind abgemeldet",
    ended_everywhere: "Ihre Sitzungen in dieser App und bei der Organisation sind beendet.",
    ended_here: "Ihre Sitzung in dieser App ist beendet.",
    close_the_browser: "Schließen Sie auf einem gemeinsam genutzten Rechner auch den Browser.",
    still_there: "Sind Sie noch da?",
    idle_soon: "Sie haben Portico eine Weile nicht benutzt. In zwei Minuten werden Sie in allen Tabs dieses Browsers abgemeldet.",
    ended_idle: "Diese Sitzung wurde zwei Stunden lang nicht benutzt und ist deshalb beendet.",
    ended_of_age: "Diese Sitzung hat so lange gedauert, wie eine Sitzung dauern darf, und ist deshalb beendet.",
    ended_elsewhere: "Sie haben sich in einem anderen Tab abgemeldet, oder diese Sitzung wurde von anderswo beendet.",
    ended_by_other: "Jemand anderes hat sich in diesem Browser angemeldet. Deshalb ist diese Seite geschlossen.",
    drafts_are_kept: "Was Sie in ein Formular eingegeben haben, bleibt in diesem Browser für Sie erhalten, und für niemanden sonst.",
};
