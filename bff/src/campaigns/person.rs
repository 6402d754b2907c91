//! What the rest of the app may ask and tell about a person who is signed in.

use model::{Landing, RequiredFactor};

use super::store::{self, CampaignRow};
use super::{CampaignTrouble, Campaigns};
use crate::session::Session;

/// What the newest campaign of a person says of their onboarding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignTerms {
    /// The name of the campaign.
    pub name: String,
    /// Where the person lands in the end.
    pub landing: Landing,
    /// What the person has to set up.
    pub factors: Vec<RequiredFactor>,
}

impl Campaigns {
    /// The campaign that has brought a person here, if one has: the newest.
    ///
    /// # Errors
    ///
    /// [`CampaignTrouble::StoreUnavailable`].
    pub async fn campaign_of(
        &self,
        session: &Session,
    ) -> Result<Option<CampaignTerms>, CampaignTrouble> {
        let (subject, login) = names(session);
        let found = self.inner.store.read(move |connection| {
            match store::campaign_of(connection, &subject, &login)? {
                Some(id) => CampaignRow::find(connection, id),
                None => Ok(None),
            }
        });
        Ok(found.await?.map(|campaign| CampaignTerms {
            name: campaign.name,
            landing: campaign.landing,
            factors: campaign.factors,
        }))
    }

    /// Writes down that a person has come: who is signed in has opened their invitation and activated their account. To be
    /// called at a visit of onboarding; only the first time counts.
    ///
    /// # Errors
    ///
    /// [`CampaignTrouble::StoreUnavailable`].
    pub async fn person_came(&self, session: &Session) -> Result<(), CampaignTrouble> {
        self.reach(session, false, false).await
    }

    /// Writes down that a person has set up what the campaign requires.
    ///
    /// # Errors
    ///
    /// [`CampaignTrouble::StoreUnavailable`].
    pub async fn person_enrolled(&self, session: &Session) -> Result<(), CampaignTrouble> {
        self.reach(session, true, false).await
    }

    /// Writes down that a person has finished onboarding.
    ///
    /// # Errors
    ///
    /// [`CampaignTrouble::StoreUnavailable`].
    pub async fn person_onboarded(&self, session: &Session) -> Result<(), CampaignTrouble> {
        self.reach(session, true, true).await
    }

    async fn reach(
        &self,
        session: &Session,
        is_enrolled: bool,
        is_onboarded: bool,
    ) -> Result<(), CampaignTrouble> {
        let (subject, login) = names(session);
        let now = self.now();
        let reached = self.inner.store.write(move |connection| {
            let (steps, person) = (
                (is_enrolled, is_onboarded),
                (subject.as_str(), login.as_str()),
            );
            store::reach(connection, person, steps, now)
        });
        reached.await?;
        Ok(())
    }
}

/// The org's id for the person, and their login in lower case. A custom authorization server tells the login as the subject.
fn names(session: &Session) -> (String, String) {
    let login = session
        .claim("preferred_username")
        .unwrap_or(&session.subject);
    (session.subject.clone(), login.to_lowercase())
}
