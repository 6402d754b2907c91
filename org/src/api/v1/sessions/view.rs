use serde_json::{Value, json};

use super::Shown;
use crate::Org;
use crate::api::hinted;
use crate::authenticator::{Method, amr_of};
use crate::events::wire_time;

/// The session in Okta's shape. `path`: how its links name it.
pub(super) fn view(shown: &Shown, org: &Org, path: &str) -> Value {
    let session = &shown.session;
    let last = |is: fn(Method) -> bool| {
        let proofs = session.proofs.iter().filter(|proof| is(proof.method));
        proofs.map(|proof| proof.at).max().map(wire_time)
    };
    let mut user = hinted(org.url(), "/users/me", &["GET"]);
    user["name"] = shown.name.as_str().into();
    json!({
        "id": session.id(),
        "userId": session.user_id,
        "login": shown.login,
        "status": "ACTIVE",
        "createdAt": wire_time(session.signed_in_at),
        "expiresAt": wire_time(shown.expires_at()),
        "lastPasswordVerification": last(|method| method == Method::Password),
        "lastFactorVerification": last(|method| method != Method::Password),
        "amr": amr_of(&session.proofs),
        "idp": {"id": org.id(), "type": "OKTA"},
        "mfaActive": shown.has_factors,
        "_links": {
            "self": hinted(org.url(), &format!("/sessions/{path}"), &["GET", "DELETE"]),
            "refresh": hinted(org.url(), &format!("/sessions/{path}/lifecycle/refresh"), &["POST"]),
            "user": user,
        },
    })
}
