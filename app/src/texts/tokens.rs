//! The token inspector. What claims mean is in [`super::claims`].

use super::Around;
use crate::tokens::{Failure, Kind};

/// What the token inspector says.
#[derive(Debug)]
pub(crate) struct Tokens {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) unavailable: &'static str,
    pub(crate) org_is_silent: &'static str,
    /// The name of a kind of token in a sentence, with its article in languages that need one.
    pub(crate) name: fn(Kind) -> &'static str,
    pub(crate) heading: fn(Kind) -> &'static str,
    pub(crate) purpose: fn(Kind) -> &'static str,
    pub(crate) fingerprint: &'static str,
    /// After the fingerprint, from the length of the token.
    pub(crate) of_length: fn(usize) -> String,
    pub(crate) form: &'static str,
    /// From the algorithm.
    pub(crate) jwt: fn(&str) -> String,
    pub(crate) opaque_access: &'static str,
    pub(crate) opaque: &'static str,
    pub(crate) unreadable: &'static str,
    pub(crate) badge_verified: &'static str,
    pub(crate) badge_not_verified: &'static str,
    pub(crate) badge_not_checked: &'static str,
    pub(crate) badge_opaque: &'static str,
    pub(crate) time_left: &'static str,
    /// Before the moment at which a token ends.
    pub(crate) until: &'static str,
    pub(crate) end_by_org: &'static str,
    pub(crate) end_unknown: &'static str,
    pub(crate) signature: &'static str,
    /// Before the name of the key.
    pub(crate) by_key: &'static str,
    pub(crate) without_name: &'static str,
    /// Before the thumbprint, from the length of the key.
    pub(crate) rsa: fn(usize) -> String,
    /// Around the name of the key.
    pub(crate) foreign_key: Around,
    pub(crate) no_keys: &'static str,
    pub(crate) refresh: &'static str,
    pub(crate) introspect: &'static str,
    pub(crate) revoke: &'static str,
    pub(crate) no_refresh_token: Around,
    pub(crate) why: &'static str,
    pub(crate) reasons: [(&'static str, &'static str); 3],
    /// How many claims there are.
    pub(crate) claims: fn(usize) -> String,
    pub(crate) own_claim: &'static str,
    pub(crate) refreshed: (&'static str, &'static str),
    pub(crate) revoked: (&'static str, &'static str),
    pub(crate) active: &'static str,
    pub(crate) active_means: fn(Kind) -> String,
    pub(crate) inactive: &'static str,
    pub(crate) inactive_means: fn(Kind) -> String,
    /// Why nothing came of a form: in short, and what it means.
    pub(crate) failure: fn(Failure) -> (&'static str, &'static str),
}

pub(super) const ENGLISH: Tokens = Tokens {
    title: "Your tokens",
    lead: "What the org gave this app when you signed in, claim by claim. The tokens themselves stay on the server.",
    unavailable: "Your tokens cannot be shown",
    org_is_silent: "The org cannot be reached right now, so no signature can be checked and nothing can be asked. What the tokens say is shown all the same.",
    name: english_name,
    heading: |kind| match kind {
        Kind::Id => "ID token",
        Kind::Access => "Access token",
        Kind::Refresh => "Refresh token",
    },
    purpose: |kind| match kind {
        Kind::Id => {
            "Says who signed in, when and how. It is made for this app, which read it once, at your sign-in. Since then it only helps to sign you out at the org."
        }
        Kind::Access => {
            "Lets the app ask the org, or an API, for something in your name. The app carries it; whoever gets it reads it."
        }
        Kind::Refresh => {
            "Gets new tokens without asking you again. The app sends it to the org and nowhere else."
        }
    },
    fingerprint: "Fingerprint",
    of_length: |length| format!(" of {length} characters"),
    form: "Form",
    jwt: |algorithm| format!("JWT, signed with {algorithm}"),
    opaque_access: "Opaque to this app. An access token of an org's own authorization server is for the org alone: its form can change any day and its keys need not be published, so the app does not look inside, even where it looks like a JWT. Ask the org what it is good for.",
    opaque: "Opaque to this app. Only the org knows what it is good for.",
    unreadable: "Not the JWT that it should be.",
    badge_verified: "Signature verified",
    badge_not_verified: "Signature not verified",
    badge_not_checked: "Signature not checked",
    badge_opaque: "Opaque",
    time_left: "Time left",
    until: " until ",
    end_by_org: "The org decides, and ends it when it is not used for long.",
    end_unknown: "The org did not say.",
    signature: "Signature",
    by_key: "By the org's key ",
    without_name: "without a name",
    rsa: |bits| format!(", RSA with {bits} bits, thumbprint "),
    foreign_key: (
        "By a key that the org does not publish now: ",
        ". The org has withdrawn it since, or the token is not the org's.",
    ),
    no_keys: "The org's keys cannot be had right now.",
    refresh: "Refresh now",
    introspect: "Introspect",
    revoke: "Revoke now",
    no_refresh_token: (
        "There is none. The app did not ask for ",
        ", or the org does not give it to this app, so the access token cannot be renewed without a new sign-in.",
    ),
    why: "Why your browser never holds them",
    reasons: [
        (
            "What no script can read, none can betray",
            "The tokens are sealed into cookies that scripts cannot read and only the server can open.",
        ),
        (
            "A fingerprint is enough",
            "It is the beginning of the token's hash. It tells one token from the next, and nobody gets from it to the token.",
        ),
        (
            "The server does the asking",
            "Each button here makes the server talk to the org. Only the answer comes to this page.",
        ),
    ],
    claims: |count| format!("{count} claims"),
    own_claim: "A claim of this org's own.",
    refreshed: (
        "New tokens are here",
        "The org has taken the refresh token and given new ones. Compare the fingerprints.",
    ),
    revoked: (
        "The access token is revoked",
        "It is worth nothing at the org any more. Its form and its end are unchanged: only who asks the org hears of it. You stay signed in.",
    ),
    active: "The org says: active",
    active_means: |kind| {
        format!(
            "The {} is good. This is what the org knows of it.",
            english_name(kind)
        )
    },
    inactive: "The org says: not active",
    inactive_means: |kind| {
        format!(
            "The {} is good for nothing: it has expired, was revoked, or is of a kind that the org does not tell of.",
            english_name(kind)
        )
    },
    failure: english_failure,
};

pub(super) const GERMAN: Tokens = Tokens {
    title: "Ihre Token",
    lead: "Was die Organisation dieser App bei Ihrer Anmeldung gegeben hat, Claim für Claim. Die Token selbst bleiben auf dem Server.",
    unavailable: "Ihre Token lassen sich nicht anzeigen",
    org_is_silent: "Die Organisation ist gerade nicht erreichbar. Deshalb lässt sich keine Signatur prüfen und nichts erfragen. Was die Token aussagen, sehen Sie trotzdem.",
    name: german_name,
    heading: german_name,
    purpose: |kind| match kind {
        Kind::Id => {
            "Sagt, wer sich wann und wie angemeldet hat. Es ist für diese App bestimmt, die es bei Ihrer Anmeldung einmal gelesen hat. Seitdem dient es nur noch dazu, Sie bei der Organisation abzumelden."
        }
        Kind::Access => {
            "Mit ihm kann die App die Organisation oder eine API in Ihrem Namen um etwas bitten. Die App trägt es nur; wer es erhält, liest es."
        }
        Kind::Refresh => {
            "Holt neue Token, ohne Sie erneut zu fragen. Die App sendet es an die Organisation und sonst nirgendwohin."
        }
    },
    fingerprint: "Fingerabdruck",
    of_length: |length| format!(" von {length} Zeichen"),
    form: "Form",
    jwt: |algorithm| format!("JWT, signiert mit {algorithm}"),
    opaque_access: "Für diese App undurchsichtig. Ein Zugriffstoken vom eigenen Autorisierungsserver einer Organisation ist allein für die Organisation bestimmt: Seine Form kann sich jeden Tag ändern, und seine Schlüssel müssen nicht veröffentlicht sein. Deshalb schaut die App nicht hinein, auch wenn es wie ein JWT aussieht. Fragen Sie die Organisation, wozu es gut ist.",
    opaque: "Für diese App undurchsichtig. Nur die Organisation weiß, wozu es gut ist.",
    unreadable: "Nicht das JWT, das es sein sollte.",
    badge_verified: "Signatur geprüft",
    badge_not_verified: "Signatur nicht bestätigt",
    badge_not_checked: "Signatur nicht geprüft",
    badge_opaque: "Undurchsichtig",
    time_left: "Verbleibende Zeit",
    until: " bis ",
    end_by_org: "Die Organisation entscheidet darüber und beendet es, wenn es lange nicht benutzt wird.",
    end_unknown: "Die Organisation hat es nicht angegeben.",
    signature: "Signatur",
    by_key: "Vom Schlüssel der Organisation ",
    without_name: "ohne Namen",
    rsa: |bits| format!(", RSA mit {bits} Bit, Fingerabdruck "),
    foreign_key: (
        "Von einem Schlüssel, den die Organisation derzeit nicht veröffentlicht: ",
        ". Die Organisation hat ihn inzwischen zurückgezogen, oder das Token stammt nicht von ihr.",
    ),
    no_keys: "Die Schlüssel der Organisation sind gerade nicht zu bekommen.",
    refresh: "Jetzt erneuern",
    introspect: "Nachfragen",
    revoke: "Jetzt widerrufen",
    no_refresh_token: (
        "Es gibt keines. Die App hat nicht um ",
        " gebeten, oder die Organisation gibt es dieser App nicht. Deshalb lässt sich das Zugriffstoken nicht ohne neue Anmeldung erneuern.",
    ),
    why: "Warum Ihr Browser sie nie besitzt",
    reasons: [
        (
            "Was kein Skript lesen kann, kann keines verraten",
            "Die Token sind in Cookies versiegelt, die Skripte nicht lesen und nur der Server öffnen kann.",
        ),
        (
            "Ein Fingerabdruck genügt",
            "Er ist der Anfang des Hashwerts des Tokens. Er unterscheidet ein Token vom nächsten, und niemand kommt von ihm zum Token.",
        ),
        (
            "Der Server fragt für Sie",
            "Jede Schaltfläche hier lässt den Server mit der Organisation sprechen. Nur die Antwort kommt auf diese Seite.",
        ),
    ],
    claims: |count| format!("{count} Claims"),
    own_claim: "Ein eigener Claim dieser Organisation.",
    refreshed: (
        "Neue Token sind da",
        "Die Organisation hat das Aktualisierungstoken angenommen und neue Token gegeben. Vergleichen Sie die Fingerabdrücke.",
    ),
    revoked: (
        "Das Zugriffstoken ist widerrufen",
        "Bei der Organisation ist es nichts mehr wert. Seine Form und sein Ende sind unverändert: Nur wer die Organisation fragt, erfährt davon. Sie bleiben angemeldet.",
    ),
    active: "Die Organisation sagt: aktiv",
    active_means: |kind| {
        format!(
            "Das {} ist gültig. Das weiß die Organisation darüber.",
            german_name(kind)
        )
    },
    inactive: "Die Organisation sagt: nicht aktiv",
    inactive_means: |kind| {
        format!(
            "Das {} ist zu nichts gut: Es ist abgelaufen, wurde widerrufen, oder ist von einer Art, über die die Organisation keine Auskunft gibt.",
            german_name(kind)
        )
    },
    failure: german_failure,
};

const fn english_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Id => "ID token",
        Kind::Access => "access token",
        Kind::Refresh => "refresh token",
    }
}

const fn german_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Id => "ID-Token",
        Kind::Access => "Zugriffstoken",
        Kind::Refresh => "Aktualisierungstoken",
    }
}

const fn english_failure(failure: Failure) -> (&'static str, &'static str) {
    match failure {
        Failure::NoSuchToken => (
            "There is no such token",
            "The app holds none of this kind for you. Sign in again to get new ones.",
        ),
        Failure::NotOffered => (
            "The org does not offer that",
            "Its metadata names no address for it.",
        ),
        Failure::OrgRefused => (
            "The org refused",
            "Nothing has changed here. The app's log says what the org answered.",
        ),
        Failure::OrgUnavailable => (
            "The org cannot be reached right now",
            "Nothing has changed. Try again in a minute.",
        ),
        Failure::StoreUnavailable => (
            "Your session cannot be checked right now",
            "Nothing has changed, and you are not signed out. Try again in a minute.",
        ),
    }
}

const fn german_failure(failure: Failure) -> (&'static str, &'static str) {
    match failure {
        Failure::NoSuchToken => (
            "Dieses Token gibt es nicht",
            "Die App besitzt keines dieser Art für Sie. Melden Sie sich erneut an, um neue zu bekommen.",
        ),
        Failure::NotOffered => (
            "Die Organisation bietet das nicht an",
            "Ihre Metadaten nennen keine Adresse dafür.",
        ),
        Failure::OrgRefused => (
            "Die Organisation hat abgelehnt",
            "Hier hat sich nichts geändert. Das Protokoll der App enthält die Antwort der Organisation.",
        ),
        Failure::OrgUnavailable => (
            "Die Organisation ist gerade nicht erreichbar",
            "Es hat sich nichts geändert. Versuchen Sie es in einer Minute erneut.",
        ),
        Failure::StoreUnavailable => (
            "Ihre Sitzung lässt sich gerade nicht prüfen",
            "Es hat sich nichts geändert, und Sie sind nicht abgemeldet. Versuchen Sie es in einer Minute erneut.",
        ),
    }
}
