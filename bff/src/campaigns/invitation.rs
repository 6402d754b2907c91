//! Links that an administrator hands over. A link has a code of the app; the org's activation link is asked for when the code is
//! used, so that it is fresh and nobody but the person sees it.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use model::{Landing, Timestamp};
use url::Url;

use super::org_user::segment;
use super::store;
use super::{CampaignTrouble, Campaigns, Inner};
use crate::service::Call;

/// The bytes of a code. Nobody guesses 128 bits.
const CODE_LEN: usize = 16;

/// The name under which codes are sealed.
const SEAL: &str = "campaign-invitation";

/// Where an invitation is opened, below the app's address.
const PAGE: &str = "join";

/// An invitation as the person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The name of the campaign.
    pub campaign: String,
    /// The first name of the person.
    pub first_name: String,
}

/// Where a person goes who has accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AcceptedInvitation {
    /// To the org, to activate the account.
    Activate(Url),
    /// The account is active: to sign in, and then to this page.
    SignIn(Landing),
}

/// A fresh code: its digest, by which it is found, and the code sealed, for the list of links.
pub(super) fn new_code(inner: &Inner) -> Option<(Vec<u8>, String)> {
    let code = URL_SAFE_NO_PAD.encode(inner.entropy.bytes::<CODE_LEN>());
    let sealed = inner
        .keys
        .seal(SEAL, code.as_bytes(), Timestamp::MAX, &*inner.entropy)?;
    Some((digest_of(&code), sealed))
}

fn digest_of(code: &str) -> Vec<u8> {
    digest(&SHA256, code.as_bytes()).as_ref().to_vec()
}

impl Inner {
    /// The address to hand over; nothing when the keys that sealed it are gone.
    pub(super) fn link(&self, sealed: &str) -> Option<String> {
        let (code, _) = self.keys.open(SEAL, sealed, self.clock.now())?;
        let code = std::str::from_utf8(&code).ok()?;
        let mut link = self.app_url.join(PAGE).ok()?;
        link.query_pairs_mut().append_pair("code", code);
        Some(link.into())
    }
}

impl Campaigns {
    /// Whom a code invites. Looking counts as nothing: programs that check links do it too.
    ///
    /// # Errors
    ///
    /// [`CampaignTrouble::NoSuchCampaign`] for a code that nobody has, and when the store cannot be read.
    pub async fn invitation(&self, code: &str) -> Result<Invitation, CampaignTrouble> {
        let found = self.find_invited(code).await?;
        Ok(Invitation {
            campaign: found.campaign,
            first_name: found.first_name,
        })
    }

    /// Accepts an invitation: writes down that it was opened, and asks the org for a fresh activation link.
    ///
    /// # Errors
    ///
    /// As [`Campaigns::invitation`], and when the org cannot be asked.
    pub async fn accept_invitation(
        &self,
        code: &str,
    ) -> Result<AcceptedInvitation, CampaignTrouble> {
        let found = self.find_invited(code).await?;
        let user = found.user_id.ok_or(CampaignTrouble::NoSuchCampaign)?;
        let service = self.service()?;
        let path = format!(
            "/api/v1/users/{}/lifecycle/reactivate?sendEmail=false",
            segment(&user)
        );
        let answer = service.call(Call::post(path, None)).await?;
        let (id, now) = (found.id, self.now());
        self.inner
            .store
            .write(move |connection| store::open_invited(connection, id, now))
            .await?;
        match answer.status {
            StatusCode::OK => {
                let link = answer.body["activationUrl"].as_str();
                let link = link
                    .and_then(|link| Url::parse(link).ok())
                    .filter(|link| link.origin().ascii_serialization() == service.origin());
                link.map(AcceptedInvitation::Activate)
                    .ok_or(CampaignTrouble::OrgRefused)
            }
            // Whoever cannot be activated any more is active, or is told by the org why they cannot sign in.
            StatusCode::FORBIDDEN => Ok(AcceptedInvitation::SignIn(found.landing)),
            _ => Err(CampaignTrouble::NoSuchCampaign),
        }
    }

    async fn find_invited(&self, code: &str) -> Result<store::InvitedRow, CampaignTrouble> {
        let digest = digest_of(code);
        let found = self
            .inner
            .store
            .read(move |connection| store::find_invited(connection, &digest));
        found.await?.ok_or(CampaignTrouble::NoSuchCampaign)
    }
}
