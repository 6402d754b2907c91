use super::{Campaigns, counted};
use model::{
    CampaignJob, CampaignStage, CampaignStart, Landing, PersonProblem, RequiredFactor, RowField,
    RowProblem,
};

use crate::campaigns::Outcome;

pub(in crate::texts) const GERMAN: Campaigns = Campaigns {
    title: "Kampagnen",
    lead: "Holen Sie Menschen herein, sehen Sie, wie weit sie kommen, und helfen Sie denen, die nicht weiterkommen.",
    unavailable: "Die Kampagnen können nicht gezeigt werden",
    not_allowed: "Diese Seite ist für Administratoren",
    not_allowed_cause: "Die Organisation hat Ihnen keine Rolle gegeben, mit der Sie Benutzer anlegen dürfen.",
    not_allowed_remedy: "Bitten Sie einen Super-Administrator der Organisation um die Rolle „Group Administrator“ und kommen Sie dann wieder.",
    not_set_up: "Kampagnen benutzen die Schnittstelle der Organisation im Namen der App, und diese App hat dort noch keine Dienst-App.",
    set_up_steps: [
        "Legen Sie in der Organisation eine App-Integration vom Typ „API Services“ an, mit öffentlichem und privatem Schlüssel und ohne DPoP.",
        "Gewähren Sie ihr die Okta-API-Scopes okta.users.manage, okta.groups.manage und okta.roles.read.",
        "Geben Sie ihr die Administratorrolle „Organization Administrator“.",
        "Setzen Sie ihre Client-ID und ihren privaten Schlüssel dort, wo die App gestartet wird, und starten Sie sie neu:",
    ],
    empty: "Noch keine Kampagne",
    empty_text: "Eine Kampagne bringt Menschen in eine Gruppe der Organisation, lädt sie ein und zeigt, wer angekommen ist. Legen Sie die erste an: Nichts wird verschickt, bevor Sie es sagen.",
    new: "Neue Kampagne",
    make: "Kampagne anlegen",
    group_is: |group| format!("Gruppe {group}"),
    arrived: |arrived, people| format!("{arrived} von {people} sind angekommen"),
    busy: "In Arbeit",
    name: "Name",
    group: "Gruppe",
    group_hint: "Die Menschen kommen in diese Gruppe der Organisation, die ihnen ihre Apps gibt. Gruppen, die zu Administratoren machen, können nicht benutzt werden.",
    no_groups: "Die Organisation hat noch keine Gruppe: Legen Sie dort eine an.",
    landing: "Wo die Menschen ankommen",
    landing_name: |word| match word {
        Landing::Home => "Startseite",
        Landing::Profile => "Profil",
    },
    start: "Wie es beginnt",
    start_name: |word| match word {
        CampaignStart::Email => (
            "E-Mail",
            "Die Organisation schickt jeder Person ihre Aktivierungsmail. Wo kein Passwort nötig ist, aktiviert Okta sofort und schickt nichts.",
        ),
        CampaignStart::Sms => (
            "Textnachricht",
            "Okta verschickt keine Aktivierung als Textnachricht. Sie bekommen für jede Person einen Link, den Sie mit Ihrem eigenen Telefon oder Dienst verschicken.",
        ),
        CampaignStart::Link => (
            "Einladungslink",
            "Sie bekommen für jede Person einen Link und geben ihn selbst weiter.",
        ),
    },
    factors: "Was die Menschen einrichten",
    factor_name: |word| match word {
        RequiredFactor::Email => "Eine bestätigte E-Mail-Adresse",
        RequiredFactor::Phone => "Ein Telefon",
        RequiredFactor::AuthenticatorApp => "Eine Authenticator-App",
        RequiredFactor::Passkey => "Einen Passkey",
    },
    none: "Nichts Bestimmtes",
    about: "Über diese Kampagne",
    made_at: "Angelegt",
    delete: "Kampagne löschen",
    delete_this: |name| format!("{name} löschen?"),
    delete_text: |people| {
        format!(
            "Die Kampagne und ihre Zahlen verschwinden. Ihre {people} Personen bleiben in der Organisation, wie sie sind, und Einladungslinks dieser Kampagne funktionieren nicht mehr."
        )
    },
    back: "Zurück zur Kampagne",
    bring: "Menschen hereinholen",
    bring_text: "Laden Sie eine Datei hoch, oder tippen oder fügen Sie Zeilen ein. Sie sehen, was verstanden wurde, bevor etwas importiert wird.",
    phone_needed: "Diese Kampagne braucht in jeder Zeile eine Telefonnummer.",
    file: "CSV-Datei",
    file_hint: "UTF-8, höchstens 10.000 Zeilen und 4 MiB, getrennt durch Kommas oder Strichpunkte. Spalten: E-Mail, Vorname, Nachname und Telefon.",
    text: "Oder Zeilen",
    text_hint: "Eine Person in jeder Zeile, zum Beispiel: ada@example.com, Ada, Lovelace, +1 555 0100",
    look_at_rows: "Zeilen ansehen",
    job_name: |word| match word {
        CampaignJob::Import => "Menschen werden in die Organisation gebracht",
        CampaignJob::Send => "Einladungen werden verschickt",
        CampaignJob::Resend => "Einladungen werden noch einmal verschickt",
        CampaignJob::Look => "Die Organisation wird gefragt, wie weit alle sind",
        CampaignJob::TakeBack => "Der Import wird zurückgenommen",
    },
    done_of: |done, total| format!("{done} von {total}"),
    waiting: "Die Organisation ist beschäftigt oder antwortet nicht. Die Arbeit geht von selbst weiter, sobald sie es tut.",
    goes_on: "Sie können diese Seite verlassen: Die Arbeit geht weiter, auch nach einem Neustart.",
    refresh: "Zeigen, wie weit es ist",
    take_back: "Nicht Verschicktes zurücknehmen",
    drafts: |rows| format!("Mit {} fortfahren", counted(rows, "Zeile", "Zeilen")),
    send: |people| {
        format!(
            "{} verschicken",
            counted(people, "Einladung", "Einladungen")
        )
    },
    make_links: |people| format!("{} erzeugen", counted(people, "Link", "Links")),
    resend: |people| format!("Noch einmal an {people} schicken, die nicht aktiv sind"),
    look: "Organisation neu fragen",
    export: "Als CSV exportieren",
    funnel: "Wie weit alle gekommen sind",
    stage: "Stufe",
    stage_name: |word| match word {
        CampaignStage::Waiting => "Nicht eingeladen",
        CampaignStage::Invited => "Eingeladen",
        CampaignStage::Opened => "Geöffnet",
        CampaignStage::Activated => "Aktiviert",
        CampaignStage::Enrolled => "Eingerichtet",
        CampaignStage::Onboarded => "Angekommen",
    },
    people: "Menschen",
    share: "Anteil",
    stopped_here: "Noch nicht weiter",
    nobody_here: "Hier ist niemand.",
    person: "Person",
    link: "Link",
    more: "Mehr zeigen",
    stuck_at: "Wer nicht weiter ist als",
    everybody: "Alle",
    show: "Zeigen",
    write_text: "Textnachricht schreiben",
    person_problem: |word| match word {
        PersonProblem::RefusedByOrg => "Die Organisation nimmt diese Person nicht an:",
        PersonProblem::Suspended => {
            "Das Konto ist gesperrt. Heben Sie das in der Organisation auf und importieren Sie die Zeile noch einmal."
        }
        PersonProblem::Deactivated => {
            "Das Konto wurde deaktiviert. Aktivieren oder löschen Sie es in der Organisation und importieren Sie die Zeile noch einmal."
        }
        PersonProblem::NoSuchGroup => {
            "Die Gruppe gibt es nicht mehr. Legen Sie eine neue Kampagne mit einer anderen an."
        }
        PersonProblem::Interrupted => {
            "Das Programm endete, während dies noch einmal verschickt wurde: Es kann angekommen sein. Schicken Sie es sonst noch einmal."
        }
    },
    preview_of: |name| format!("Zeilen für {name}"),
    rows_good_bad: |good, bad| {
        format!(
            "{}, {bad} nicht.",
            counted(
                good,
                "Zeile kann importiert werden",
                "Zeilen können importiert werden"
            )
        )
    },
    ignored_columns: "Diese Spalten bedeuten hier nichts und werden ausgelassen:",
    import: |people| format!("{} importieren", counted(people, "Person", "Personen")),
    discard: "Zeilen verwerfen",
    flaws: "Zeilen, die ausgelassen werden",
    flaws_text: "Berichtigen Sie sie in Ihrer Datei und laden Sie diese noch einmal hoch, oder importieren Sie jetzt die anderen.",
    line: "Zeile",
    field: "Feld",
    what_to_do: "Was zu tun ist",
    field_name: |word| match word {
        RowField::Row => "Zeile",
        RowField::Email => "E-Mail",
        RowField::FirstName => "Vorname",
        RowField::LastName => "Nachname",
        RowField::Phone => "Telefon",
    },
    row_problem: |word| match word {
        RowProblem::Missing => "Füllen Sie es aus.",
        RowProblem::NotAnAddress => {
            "Schreiben Sie eine E-Mail-Adresse, zum Beispiel ada@example.com."
        }
        RowProblem::NotANumber => {
            "Schreiben Sie die Nummer mit Ländervorwahl, zum Beispiel +49 30 1234567."
        }
        RowProblem::TooLong => {
            "Kürzen Sie es: Okta nimmt 100 Zeichen für eine Adresse und 50 für einen Namen."
        }
        RowProblem::ControlCharacter => {
            "Entfernen Sie Zeilenumbrüche, Tabulatoren und unsichtbare Zeichen."
        }
        RowProblem::UnusualCharacter => {
            "Entfernen Sie Emojis und andere seltene Zeichen, die Okta nicht speichert."
        }
        RowProblem::NotUtf8 => {
            "Speichern Sie die Datei als „CSV UTF-8“ und laden Sie sie noch einmal hoch."
        }
        RowProblem::Duplicate => {
            "Entfernen Sie eine der beiden: Diese Adresse steht schon weiter oben, in Zeile"
        }
        RowProblem::AlreadyIn => "Nichts: Diese Person ist schon in der Kampagne.",
    },
    good_rows: "Zeilen, die importiert werden können",
    first_of: |shown, all| format!("Die ersten {shown} von {all}."),
    email: "E-Mail",
    phone: "Telefon",
    welcome: |name| format!("Willkommen, {name}"),
    invited_to: |campaign| {
        format!("Sie sind zu {campaign} eingeladen. Richten Sie zuerst ein, wie Sie sich anmelden.")
    },
    org_down: "Das hat gerade nicht geklappt. Versuchen Sie es in einer Minute noch einmal.",
    begin: "Beginnen",
    no_invitation: "Diese Einladung funktioniert nicht",
    no_invitation_cause: "Der Link ist nicht vollständig, oder die Kampagne dazu ist beendet.",
    no_invitation_remedy: "Kopieren Sie den ganzen Link, oder bitten Sie den Absender um einen neuen.",
    outcome: |word| match word {
        Outcome::Made => (
            "Die Kampagne ist angelegt",
            "Holen Sie nun Menschen herein.",
        ),
        Outcome::Deleted => (
            "Die Kampagne ist gelöscht",
            "Ihre Personen sind in der Organisation wie zuvor.",
        ),
        Outcome::Started => ("Es wird erledigt", "Diese Seite zeigt, wie weit es ist."),
        Outcome::Discarded => ("Die Zeilen sind verworfen", "Nichts wurde importiert."),
        Outcome::WrongName => (
            "Der Name kann nicht benutzt werden",
            "Nehmen Sie 1 bis 80 Zeichen ohne Zeilenumbrüche.",
        ),
        Outcome::WrongGroup => (
            "Die Gruppe kann nicht benutzt werden",
            "Wählen Sie eine andere: Es gibt sie nicht mehr, oder sie macht ihre Mitglieder zu Administratoren.",
        ),
        Outcome::Busy => (
            "Etwas anderes wird gerade erledigt",
            "Warten Sie, bis es fertig ist, und versuchen Sie es dann noch einmal.",
        ),
        Outcome::Nobody => (
            "Es gab nichts zu tun",
            "Niemand ist übrig, für den das möglich wäre.",
        ),
        Outcome::FileTooLong => (
            "Die Datei ist zu lang",
            "Sie darf 4 MiB haben. Teilen Sie sie auf.",
        ),
        Outcome::FileTooManyRows => (
            "Die Datei hat zu viele Zeilen",
            "Sie darf 10.000 haben. Teilen Sie sie auf.",
        ),
        Outcome::FileEmpty => (
            "Es gibt keine Zeilen",
            "Wählen Sie eine Datei, oder tippen Sie mindestens eine Zeile.",
        ),
        Outcome::FileNoAddresses => (
            "Keine Spalte hat E-Mail-Adressen",
            "Nennen Sie eine Spalte in der ersten Zeile „email“.",
        ),
        Outcome::FileNotText => (
            "Die Datei ist nicht UTF-8",
            "Speichern Sie sie als „CSV UTF-8“ und laden Sie sie noch einmal hoch.",
        ),
        Outcome::FileBroken => (
            "Das Hochladen brach ab",
            "Versuchen Sie es noch einmal. Nichts wurde behalten.",
        ),
        Outcome::OrgUnavailable => (
            "Die Organisation ist gerade nicht erreichbar",
            "Nichts hat sich geändert. Versuchen Sie es in einer Minute noch einmal.",
        ),
        Outcome::OrgRefused => (
            "Die Organisation lehnt ab",
            "Der Dienst-App fehlt ein Scope oder eine Rolle. Das Protokoll der App sagt, was die Organisation geantwortet hat.",
        ),
        Outcome::StoreUnavailable => (
            "Das konnte nicht behalten werden",
            "Nichts hat sich geändert. Versuchen Sie es in einer Minute noch einmal.",
        ),
        Outcome::NotAllowed => (
            "Das dürfen Sie nicht",
            "Bitten Sie einen Super-Administrator der Organisation um eine Rolle.",
        ),
        Outcome::NoSuchInvitation => (
            "Diese Einladung gibt es nicht",
            "Bitten Sie um einen neuen Link.",
        ),
    },
};
