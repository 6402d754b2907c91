//! Where Okta's `OpenAPI` documents 2026.06.3 say something else than Okta's API does. `end2end/fuzz/corrections.py` has the same
//! for the calls that are drawn from the documents.

/// The beginning of a misfit, and why it is one of the document.
const KNOWN: [(&str, &str); 9] = [
    (
        "createPolicySimulation 200: : ",
        "an object with a list in it, as in the document's own example",
    ),
    ("enrollFactor 200: /_links/resend: ", RESEND),
    ("resendEnrollFactor 200: /_links/resend: ", RESEND),
    ("listApiTokens 200: /*/tokenWindow: ", WINDOW),
    ("upsertApiToken 200: /tokenWindow: ", WINDOW),
    (
        "listFactors 200: /*/profile/question: ",
        "a question of the user's own has the key `custom`",
    ),
    (
        "listAuthenticators 406: /errorCauses: ",
        "a list, as in every error of Okta's",
    ),
    (
        "listWebAuthn 200: : ",
        "a list, as in the document's own example",
    ),
    (
        "sendPhoneChallenge 200: /_links/verify/hints/allow",
        "a link that is followed by POST, as in the document's own example",
    ),
];
const RESEND: &str = "a list of links, as in the document's own examples";
const WINDOW: &str =
    "the pattern allows the letter P alone, and not the document's own example P30D";

/// Why the document is wrong about this, if that is known.
pub(super) fn reason(misfit: &str) -> Option<&'static str> {
    let known = KNOWN.iter().find(|(begin, _)| misfit.starts_with(begin));
    known.map(|(_, reason)| *reason)
}
