use axum::Json;
use model::EnrollmentId;
use rusqlite::Connection;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

use super::record::{Factor, find_factor, has_active};
use super::sent::{NewFactor, SentProfile};
use super::{activate, letter, view::view};
use crate::Org;
use crate::api::v1::users::{UserRecord, find_user};
use crate::api::{ApiError, Body, Change, Listing, Path, Writing, href};
use crate::authenticator::email::EmailAddress;
use crate::authenticator::factor::{FactorType, PendingFactor, begin_factor};
use crate::authenticator::phone::PhoneNumber;
use crate::authenticator::security_question::Question;
use crate::authenticator::totp::TotpSecret;
use crate::authenticator::{Catalog, EnrollmentKind};
use crate::directory::UserStatus;
use crate::failure::Failure;
use crate::handle::Handle;
use crate::throttle::LetterLimit;
use model::ErrorCode;

/// `POST /api/v1/users/{userId}/factors`. A question is active at once, everything else after its first code; with
/// `activate=true` so are telephones and addresses.
pub(super) async fn enroll(
    change: Change,
    Path(user): Path<String>,
    listing: Listing,
    Body(new): Body<NewFactor>,
) -> Result<Json<Value>, ApiError> {
    let factor_type = new.factor_type()?;
    if factor_type == FactorType::Webauthn {
        let summary = "Not implemented in the local org: factors of type webauthn. Passkeys are set up while signing in.";
        return Err(ApiError::new(ErrorCode::NotImplemented).saying(summary.to_owned()));
    }
    let activates = listing.flag("activate")?.unwrap_or(false);
    let profile = new.profile.unwrap_or_default();
    let org = change.org().clone();
    let question = match factor_type {
        FactorType::Question => Some(hashed(&org, &profile).await?),
        _ => None,
    };
    let letters = org.kit().letters;
    let shape = change
        .run(move |writing| {
            let user = find_user(writing.db, writing.caller, &user)?;
            check(writing, &user, factor_type)?;
            let begun = Begun {
                user: &user,
                factor_type,
                activates,
            };
            if let Some(kind) = question {
                return begun.at_once(writing, kind);
            }
            match factor_type {
                FactorType::GoogleTotp | FactorType::OktaTotp => begun.totp(writing),
                _ => begun.sent(writing, &letters, &profile),
            }
        })
        .await?;
    org.inbox().announce();
    Ok(Json(shape))
}

fn check(
    writing: &Writing<'_>,
    user: &UserRecord,
    factor_type: FactorType,
) -> Result<(), ApiError> {
    writing.caller.may_act_on(writing.db, &user.id)?;
    if user.status == UserStatus::Deprovisioned {
        return Err(ApiError::new(ErrorCode::WrongStatus));
    }
    if !is_offered(writing.db, factor_type)? {
        return Err(ApiError::invalid(
            "factorType",
            "Factor type is invalid or not enabled",
        ));
    }
    if has_active(writing.db, &user.id, factor_type)? {
        return Err(ApiError::invalid(
            "factorType",
            "A factor of this type is already set up.",
        ));
    }
    Ok(())
}

fn is_offered(db: &Connection, factor_type: FactorType) -> rusqlite::Result<bool> {
    let catalog = Catalog::load(db)?;
    let record = catalog.get(factor_type.key());
    Ok(record.is_some_and(|record| record.methods().any(|one| one == factor_type.method())))
}

/// The question and the hash of its answer. Slow.
async fn hashed(org: &Org, profile: &SentProfile) -> Result<EnrollmentKind, ApiError> {
    let refused = |error: crate::authenticator::security_question::QuestionError| {
        ApiError::invalid("profile", &error.to_string())
    };
    let key = profile.question.as_deref().unwrap_or_default();
    let question = Question::new(key, None).map_err(refused)?;
    let answer = profile
        .answer
        .clone()
        .unwrap_or_else(|| SecretString::from(""));
    let normal = question.new_answer(&answer).map_err(refused)?;
    let salt = org.entropy().bytes();
    let answer_hash = org
        .passwords()
        .create(normal, salt)
        .await
        .map_err(Failure::from)?;
    Ok(EnrollmentKind::SecurityQuestion {
        question,
        answer_hash,
    })
}

/// What is begun, and for whom.
struct Begun<'a> {
    user: &'a UserRecord,
    factor_type: FactorType,
    activates: bool,
}

impl Begun<'_> {
    fn at_once(&self, writing: &Writing<'_>, kind: EnrollmentKind) -> Result<Value, ApiError> {
        let id = EnrollmentId::generate(writing.entropy);
        let factor = activate::enroll(writing, self.user, self.factor_type, (id, kind))?;
        Ok(view(self.user, &factor, writing.url))
    }

    fn pending(&self, writing: &Writing<'_>) -> PendingFactor {
        PendingFactor {
            id: EnrollmentId::generate(writing.entropy),
            factor_type: self.factor_type,
            address: None,
            secret: None,
            picture: None,
            created_at: writing.now,
        }
    }

    fn begin(&self, writing: &Writing<'_>, pending: &PendingFactor) -> Result<Factor, ApiError> {
        begin_factor(writing.db, &self.user.id, pending)?;
        find_factor(writing.db, self.user, &self.factor_type.id_of(&pending.id))
    }

    /// This answer alone says the secret, which is what the app of the user has to be told.
    fn totp(&self, writing: &Writing<'_>) -> Result<Value, ApiError> {
        let secret = TotpSecret::generate(writing.entropy);
        let sealed = secret
            .seal(writing.sealer, &self.user.id, self.factor_type.key())
            .map_err(Failure::from)?;
        let picture = Handle::generate(writing.entropy);
        let factor = self.begin(
            writing,
            &PendingFactor {
                secret: Some(sealed),
                picture: Some(picture.digest()),
                ..self.pending(writing)
            },
        )?;
        let base32 = secret.base32();
        let path = format!(
            "/users/{}/factors/{}/qr/{}",
            self.user.id,
            factor.id,
            picture.expose()
        );
        let mut shape = view(self.user, &factor, writing.url);
        shape["_embedded"] = json!({"activation": {
            "timeStep": 30,
            "sharedSecret": base32.expose_secret(),
            "encoding": "base32",
            "keyLength": base32.expose_secret().len(),
            "_links": {"qrcode": {"href": href(writing.url, &path), "type": "image/png"}},
        }});
        Ok(shape)
    }

    fn sent(
        &self,
        writing: &Writing<'_>,
        letters: &LetterLimit,
        profile: &SentProfile,
    ) -> Result<Value, ApiError> {
        let (address, kind) = self.address(profile)?;
        if self.activates {
            return self.at_once(writing, kind);
        }
        let factor = self.begin(
            writing,
            &PendingFactor {
                address: Some(address.clone()),
                ..self.pending(writing)
            },
        )?;
        let message = (self.factor_type, factor.id.as_str(), address.as_str());
        letter::send(writing, letters, self.user, message)?;
        writing.log(letter::event(self.factor_type, self.user))?;
        Ok(view(self.user, &factor, writing.url))
    }

    fn address(&self, profile: &SentProfile) -> Result<(String, EnrollmentKind), ApiError> {
        if self.factor_type != FactorType::Email {
            let given = profile.phone_number.as_deref().unwrap_or_default();
            let number =
                PhoneNumber::parse(given).map_err(|_| ApiError::new(ErrorCode::InvalidPhone))?;
            return Ok((number.as_str().to_owned(), EnrollmentKind::Phone { number }));
        }
        let own = &self.user.profile.email;
        let given = profile.email.as_deref().unwrap_or(own);
        if !given.eq_ignore_ascii_case(own) {
            return Err(ApiError::invalid(
                "email",
                "It must be the email address of the user",
            ));
        }
        let address = EmailAddress::parse(own)
            .map_err(|_| ApiError::invalid("email", "Not an email address"))?;
        Ok((
            address.as_str().to_owned(),
            EnrollmentKind::Email { address },
        ))
    }
}
