//! Why signing in failed, in words. The code itself is the same in every language.

use model::SignInErrorCode;

/// The sentences of every code.
#[derive(Debug)]
pub(crate) struct SignInErrors {
    /// The heading above them.
    pub(crate) title: &'static str,
    /// One sentence: what happened.
    pub(crate) cause: fn(SignInErrorCode) -> &'static str,
    /// One sentence: what to do about it.
    pub(crate) remedy: fn(SignInErrorCode) -> &'static str,
}

pub(super) const ENGLISH: SignInErrors = SignInErrors {
    title: "Signing in did not work",
    cause: SignInErrorCode::cause,
    remedy: SignInErrorCode::remedy,
};

pub(super) const GERMAN: SignInErrors = SignInErrors {
    title: "Die Anmeldung hat nicht geklappt",
    cause: |code| german(code).0,
    remedy: |code| german(code).1,
};

#[expect(
    clippy::too_many_lines,
    reason = "one entry for each code, and nothing else"
)]
const fn german(code: SignInErrorCode) -> (&'static str, &'static str) {
    match code {
        SignInErrorCode::CallbackMalformed => (
            "Die Antwort der Anmeldeseite ist unvollständig oder enthält einen Wert zweimal.",
            "Beginnen Sie die Anmeldung von der Startseite aus neu.",
        ),
        SignInErrorCode::TransactionUnknown => (
            "Dieser Browser hat diese Anmeldung nicht begonnen, oder sie ist bereits abgeschlossen.",
            "Beginnen Sie die Anmeldung neu. Wiederholt sich das, erlauben Sie Cookies für diese Website.",
        ),
        SignInErrorCode::TransactionExpired => (
            "Die Anmeldung hat länger als zehn Minuten gedauert.",
            "Beginnen Sie die Anmeldung neu.",
        ),
        SignInErrorCode::CallbackIssuerMismatch => (
            "Die Antwort kam von einer anderen Organisation als der, der diese App vertraut.",
            "Beginnen Sie die Anmeldung von der Startseite aus neu. Wiederholt sich das, benachrichtigen Sie die Administration dieser App.",
        ),
        SignInErrorCode::LinkIssuerMismatch => (
            "Der Link, der hierher geführt hat, gehört zu einer anderen Organisation als der, der diese App vertraut.",
            "Melden Sie sich auf der Startseite dieser App an.",
        ),
        SignInErrorCode::AccessDenied => (
            "Die Anmeldung wurde abgebrochen, oder eine Richtlinie der Organisation lässt sie nicht zu.",
            "Melden Sie sich erneut an, oder bitten Sie die Administration der Organisation um Zugang.",
        ),
        SignInErrorCode::NotAssigned => (
            "Ihr Konto ist dieser App nicht zugewiesen.",
            "Bitten Sie die Administration der Organisation, die App Ihnen oder einer Ihrer Gruppen zuzuweisen.",
        ),
        SignInErrorCode::InteractionRequired => (
            "Die Organisation verlangt eine Anmeldung, sollte aber keine Seite zeigen.",
            "Melden Sie sich auf der Startseite an.",
        ),
        SignInErrorCode::OrgRefused => (
            "Die Organisation hat die Anfrage dieser App abgelehnt.",
            "Benachrichtigen Sie die Administration dieser App. Das Protokoll nennt den Grund, den die Organisation angegeben hat.",
        ),
        SignInErrorCode::ScopeRefused => (
            "Die Organisation erlaubt dieser App nicht, danach zu fragen.",
            "Die Administration kann der App die Scopes in der Organisation gewähren. Wer angemeldet war, ist es weiterhin.",
        ),
        SignInErrorCode::OrgUnreachable => (
            "Die Organisation, bei der Sie sich anmelden, ist gerade nicht erreichbar.",
            "Versuchen Sie es in einer Minute erneut. Nichts von dem, was Sie getan haben, ist verloren.",
        ),
        SignInErrorCode::OrgMisconfigured => (
            "Was die Organisation über sich angibt, passt nicht zur Konfiguration dieser App.",
            "Die Administration sollte OKTA_ISSUER mit dem Aussteller im Discovery-Dokument der Organisation vergleichen.",
        ),
        SignInErrorCode::ClientRefused => (
            "Die Organisation akzeptiert die Zugangsdaten dieser App nicht.",
            "Die Administration sollte OKTA_CLIENT_ID und OKTA_CLIENT_SECRET mit der App in der Organisation vergleichen.",
        ),
        SignInErrorCode::CodeRefused => (
            "Die Organisation akzeptiert diese Anmeldung nicht mehr: Sie ist abgelaufen, wurde bereits verwendet, oder das Konto hat sich geändert.",
            "Melden Sie sich erneut an. Wiederholt sich das, fragen Sie die Administration, ob Ihr Konto aktiv ist.",
        ),
        SignInErrorCode::TokenResponseInvalid => (
            "Die Organisation hat der App mit etwas geantwortet, das kein Token ist.",
            "Versuchen Sie es erneut. Wiederholt sich das, benachrichtigen Sie die Administration dieser App.",
        ),
        SignInErrorCode::IdTokenMalformed => (
            "Die Organisation hat eine Identität gesendet, der eine notwendige Angabe fehlt.",
            "Versuchen Sie es erneut. Wiederholt sich das, benachrichtigen Sie die Administration dieser App.",
        ),
        SignInErrorCode::IdTokenSignature => (
            "Die Identität, die angekommen ist, wurde nicht von der Organisation signiert.",
            "Machen Sie hier nicht weiter. Melden Sie sich von der Startseite aus erneut an, und benachrichtigen Sie die Administration, falls es sich wiederholt.",
        ),
        SignInErrorCode::IdTokenIssuer => (
            "Die Identität, die angekommen ist, wurde von einer anderen Organisation ausgestellt.",
            "Die Administration sollte OKTA_ISSUER mit der Organisation vergleichen, die die Token ausstellt.",
        ),
        SignInErrorCode::IdTokenAudience => (
            "Die Identität, die angekommen ist, war für eine andere App bestimmt.",
            "Die Administration sollte OKTA_CLIENT_ID mit der App in der Organisation vergleichen.",
        ),
        SignInErrorCode::IdTokenNonce => (
            "Die Identität, die angekommen ist, gehört nicht zu dieser Anmeldung.",
            "Melden Sie sich von der Startseite aus erneut an. Verwenden Sie keine Anmelde-Links, die andere Ihnen geschickt haben.",
        ),
        SignInErrorCode::IdTokenExpired => (
            "Die Identität, die angekommen ist, ist bereits abgelaufen.",
            "Melden Sie sich erneut an. Wiederholt sich das, geht die Uhr dieses Servers oder die der Organisation falsch.",
        ),
        SignInErrorCode::IdTokenFromTheFuture => (
            "Die Identität, die angekommen ist, liegt in der Zukunft: Die Uhren dieser App und der Organisation gehen unterschiedlich.",
            "Die Administration sollte die Uhr dieses Servers mit einem Zeitdienst stellen.",
        ),
        SignInErrorCode::AuthenticationInsufficient => (
            "Die Organisation hat Ihre Identität nicht so kürzlich oder so stark geprüft, wie diese Seite es verlangt.",
            "Melden Sie sich erneut an, und führen Sie jeden Schritt aus, den die Organisation zeigt.",
        ),
        SignInErrorCode::OtherPerson => (
            "Jemand anderes hat geantwortet, wo Sie Ihre Identität erneut nachweisen mussten. Deshalb wurde nichts geändert, und Ihre Sitzung läuft weiter wie bisher.",
            "Versuchen Sie es mit Ihrem eigenen Konto erneut, oder melden Sie sich zuerst ab, um das andere zu verwenden.",
        ),
        SignInErrorCode::UserinfoMismatch => (
            "Die Organisation hat eine andere Person beschrieben als die, die sich angemeldet hat.",
            "Melden Sie sich erneut an. Wiederholt sich das, benachrichtigen Sie die Administration dieser App.",
        ),
        SignInErrorCode::StoreUnavailable => (
            "Diese App kann Sitzungen gerade nicht prüfen.",
            "Versuchen Sie es in einer Minute erneut. Sie wurden nicht abgemeldet.",
        ),
        SignInErrorCode::Internal => (
            "In dieser App ist etwas schiefgegangen.",
            "Versuchen Sie es erneut. Wiederholt sich das, nennen Sie der Administration diesen Code und die Uhrzeit.",
        ),
    }
}
