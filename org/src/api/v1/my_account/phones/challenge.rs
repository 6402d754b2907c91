use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::record::{MethodName, Phone, find_phone};
use crate::Org;
use crate::api::v1::factors::{log_of_code, send_code};
use crate::api::v1::my_account::authenticators::Own;
use crate::api::{ApiError, Body, Change, Path};
use crate::authenticator::factor::{FactorType, begin_factor, end_pending_factor, use_sent_code};

/// How the code is to go. Whether it is another one makes no difference.
#[derive(Debug, Deserialize)]
pub(super) struct Challenge {
    method: MethodName,
    #[serde(default, rename = "retry")]
    _retry: bool,
}

/// `POST /idp/myaccount/phones/{id}/challenge`: sends a code, not more often than every 30 seconds.
pub(super) async fn send(
    State(org): State<Org>,
    change: Change,
    Path(id): Path<String>,
    Body(challenge): Body<Challenge>,
) -> Result<Json<Value>, ApiError> {
    let own = org
        .store()
        .read(|db| Own::load(db, &org, &change.caller))??;
    let way = challenge.method.way(&own)?;
    let letters = org.kit().letters;
    let shape = change
        .run(move |writing| {
            let mut phone = find_phone(writing.db, &own.user, &id)?;
            if let Phone::Unverified(pending, _) = &mut phone
                && pending.factor_type != way
            {
                end_pending_factor(writing.db, &pending.id)?;
                pending.factor_type = way;
                begin_factor(writing.db, &own.user.id, pending)?;
            }
            // A code that went another way counts no longer.
            for other in [FactorType::Sms, FactorType::Call] {
                if other != way {
                    use_sent_code(writing.db, &own.user.id, other.method())?;
                }
            }
            let factor = phone.factor_id(way);
            send_code(
                writing,
                &letters,
                &own.user,
                (way, factor.as_str(), phone.number()),
            )?;
            writing.log(log_of_code(way, &own.user))?;
            let verify = format!("/idp/myaccount/phones/{id}/verify");
            Ok(json!({"_links": {"verify": {
                "href": writing.url.to(&verify),
                "hints": {"allow": ["POST"]},
            }}}))
        })
        .await?;
    org.inbox().announce();
    Ok(Json(shape))
}
