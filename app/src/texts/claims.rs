//! What the claims of tokens mean.

use crate::tokens::Kind;

/// The meaning of claims.
#[derive(Debug)]
pub(crate) struct Claims {
    /// What a claim of a token says, by its name on the wire; empty where the org gives it its meaning.
    pub(crate) meaning: fn(Kind, &str) -> &'static str,
}

pub(super) const ENGLISH: Claims = Claims { meaning: english };

pub(super) const GERMAN: Claims = Claims { meaning: german };

fn english(kind: Kind, name: &str) -> &'static str {
    match (kind, name) {
        (Kind::Access, "sub") => {
            "Whom the token speaks of: the username at this authorization server."
        }
        (_, "sub") => {
            "Whom the token speaks of: the id at the org. It never changes, unlike a name or an address."
        }
        (Kind::Access, "aud") => "The API that may accept the token.",
        (_, "aud") => {
            "The app that the token is made for: this one. A token for another app is refused."
        }
        (Kind::Id, "exp") => {
            "After this the token is no answer to a sign-in any more. The session has its own end."
        }
        (_, "exp") => "After this no API accepts the token.",
        _ => token_in_english(name).unwrap_or_else(|| person_in_english(name)),
    }
}

fn token_in_english(name: &str) -> Option<&'static str> {
    Some(match name {
        "iss" => "Who made the token. It has to be the org that this app trusts, to the letter.",
        "iat" => "When the token was made.",
        "nbf" => "The token counts from this moment on.",
        "auth_time" => {
            "When you last proved who you are. Actions that matter may ask for a newer proof."
        }
        "amr" => "How you proved it, one word for each method.",
        "acr" => "The level of assurance that was asked for and reached.",
        "nonce" => {
            "A random text that this app sent along, so that the token fits one sign-in and no other."
        }
        "at_hash" => "Half of the access token's hash: ties the two tokens together.",
        "c_hash" => "Half of the authorization code's hash: ties the two together.",
        "sid" => {
            "Your session at the org. By it, a sign-out there ends the session here. Only its beginning is shown."
        }
        "jti" => "The token's own id, so that it can be named without being shown.",
        "ver" => "The version of Okta's token format.",
        "idp" => "The identity provider that you signed in with.",
        "azp" => "The app that asked for the token.",
        "scp" | "scope" => "What the token may be used for.",
        "cid" | "client_id" => "The app that the token was given to.",
        "uid" => "Your id at the org.",
        "token_type" => "How the token is used: whoever bears it may use it.",
        "username" => "Your username at the org.",
        "device_id" => "The device that the token was given to.",
        _ => return None,
    })
}

fn person_in_english(name: &str) -> &'static str {
    match name {
        "name" => "Your full name.",
        "given_name" => "Your first name.",
        "middle_name" => "Your middle name.",
        "family_name" => "Your last name.",
        "nickname" => "How you like to be called.",
        "preferred_username" => "The username that you sign in with.",
        "email" => "Your email address. It may change, so this app never tells people apart by it.",
        "email_verified" => "Whether the org has seen that the address is yours.",
        "locale" => "Your language and region.",
        "zoneinfo" => "Your time zone.",
        "phone_number" => "Your telephone number.",
        "address" => "Your postal address.",
        "birthdate" => "Your date of birth.",
        "gender" => "Your gender, as you told it.",
        "picture" => "Where your picture is.",
        "profile" => "Where your profile page is.",
        "website" => "Your website.",
        "updated_at" => "When your profile was last changed.",
        "groups" => "The groups of the org that you are in, as far as this app may know.",
        _ => "",
    }
}

fn german(kind: Kind, name: &str) -> &'static str {
    match (kind, name) {
        (Kind::Access, "sub") => {
            "Von wem das Token spricht: der Benutzername bei diesem Autorisierungsserver."
        }
        (_, "sub") => {
            "Von wem das Token spricht: die Kennung bei der Organisation. Sie ändert sich nie, anders als ein Name oder eine Adresse."
        }
        (Kind::Access, "aud") => "Die API, die das Token annehmen darf.",
        (_, "aud") => {
            "Die App, für die das Token bestimmt ist: diese. Ein Token für eine andere App wird abgelehnt."
        }
        (Kind::Id, "exp") => {
            "Danach ist das Token keine Antwort auf eine Anmeldung mehr. Die Sitzung hat ihr eigenes Ende."
        }
        (_, "exp") => "Danach nimmt keine API das Token mehr an.",
        _ => token_in_german(name).unwrap_or_else(|| person_in_german(name)),
    }
}

fn token_in_german(name: &str) -> Option<&'static str> {
    Some(match name {
        "iss" => {
            "Wer das Token ausgestellt hat. Es muss Zeichen für Zeichen die Organisation sein, der diese App vertraut."
        }
        "iat" => "Wann das Token ausgestellt wurde.",
        "nbf" => "Ab diesem Zeitpunkt gilt das Token.",
        "auth_time" => {
            "Wann Sie Ihre Identität zuletzt nachgewiesen haben. Wichtige Aktionen können einen neueren Nachweis verlangen."
        }
        "amr" => "Wie Sie sie nachgewiesen haben, ein Wort für jedes Verfahren.",
        "acr" => "Die Sicherheitsstufe, die verlangt und erreicht wurde.",
        "nonce" => {
            "Ein zufälliger Text, den diese App mitgesendet hat, damit das Token zu einer einzigen Anmeldung passt."
        }
        "at_hash" => {
            "Die Hälfte des Hashwerts des Zugriffstokens: bindet die beiden Token aneinander."
        }
        "c_hash" => "Die Hälfte des Hashwerts des Autorisierungscodes: bindet beide aneinander.",
        "sid" => {
            "Ihre Sitzung bei der Organisation. Durch sie beendet eine Abmeldung dort die Sitzung hier. Nur ihr Anfang wird gezeigt."
        }
        "jti" => "Die eigene Kennung des Tokens, damit man es nennen kann, ohne es zu zeigen.",
        "ver" => "Die Version des Tokenformats von Okta.",
        "idp" => "Der Identitätsanbieter, bei dem Sie sich angemeldet haben.",
        "azp" => "Die App, die um das Token gebeten hat.",
        "scp" | "scope" => "Wofür das Token verwendet werden darf.",
        "cid" | "client_id" => "Die App, der das Token gegeben wurde.",
        "uid" => "Ihre Kennung bei der Organisation.",
        "token_type" => "Wie das Token verwendet wird: Wer es besitzt, darf es verwenden.",
        "username" => "Ihr Benutzername bei der Organisation.",
        "device_id" => "Das Gerät, dem das Token gegeben wurde.",
        _ => return None,
    })
}

fn person_in_german(name: &str) -> &'static str {
    match name {
        "name" => "Ihr vollständiger Name.",
        "given_name" => "Ihr Vorname.",
        "middle_name" => "Ihr zweiter Vorname.",
        "family_name" => "Ihr Nachname.",
        "nickname" => "Wie Sie gern genannt werden.",
        "preferred_username" => "Der Benutzername, mit dem Sie sich anmelden.",
        "email" => {
            "Ihre E-Mail-Adresse. Sie kann sich ändern, deshalb unterscheidet diese App Personen nie danach."
        }
        "email_verified" => "Ob die Organisation geprüft hat, dass die Adresse Ihnen gehört.",
        "locale" => "Ihre Sprache und Region.",
        "zoneinfo" => "Ihre Zeitzone.",
        "phone_number" => "Ihre Telefonnummer.",
        "address" => "Ihre Anschrift.",
        "birthdate" => "Ihr Geburtsdatum.",
        "gender" => "Ihr Geschlecht, wie Sie es angegeben haben.",
        "picture" => "Wo Ihr Bild ist.",
        "profile" => "Wo Ihre Profilseite ist.",
        "website" => "Ihre Website.",
        "updated_at" => "Wann Ihr Profil zuletzt geändert wurde.",
        "groups" => "Ihre Gruppen in der Organisation, soweit diese App davon wissen darf.",
        _ => "",
    }
}
