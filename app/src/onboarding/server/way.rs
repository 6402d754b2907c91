use bff::{CampaignTrouble, Campaigns, OnboardingWay, OnboardingWish, Session};
use model::{EmailFact, SignInErrorCode};

use crate::context::server::AppContext;
use crate::error::AppError;

/// Where a person stands, by what is wanted of them; the answer gets the cookies of tokens that were renewed for it. The
/// campaign that brought them here, if one did, hears how far they have come.
pub(super) async fn way_of(app: &AppContext, session: &Session) -> Result<OnboardingWay, AppError> {
    let campaigns = app.bff().campaigns();
    let wish = match campaigns {
        Some(campaigns) => wish_of(campaigns, session).await.map_err(unavailable)?,
        None => OnboardingWish::default(),
    };
    let way = app
        .bff()
        .onboarding_way(app.headers(), session, wish)
        .await?;
    app.add_cookies(way.cookies.clone());
    if let Some(campaigns) = campaigns.filter(|_| has_enrolled(&way)) {
        let told = campaigns.person_enrolled(session).await;
        told.map_err(unavailable)?;
    }
    Ok(way)
}

/// Tells the campaign that brought a person here that they have finished.
pub(super) async fn tell_finished(app: &AppContext, session: &Session) -> Result<(), AppError> {
    match app.bff().campaigns() {
        Some(campaigns) => campaigns
            .person_onboarded(session)
            .await
            .map_err(unavailable),
        None => Ok(()),
    }
}

async fn wish_of(
    campaigns: &Campaigns,
    session: &Session,
) -> Result<OnboardingWish, CampaignTrouble> {
    campaigns.person_came(session).await?;
    let terms = campaigns.campaign_of(session).await?;
    Ok(terms.map(OnboardingWish::from).unwrap_or_default())
}

/// Whether everything that is wanted is set up, as the org says.
fn has_enrolled(way: &OnboardingWay) -> bool {
    let facts = &way.facts;
    let is_email_done = !facts.is_email_wanted || facts.email == EmailFact::Verified;
    facts.factors.is_told && facts.factors.lacking == 0 && is_email_done
}

fn unavailable(_: CampaignTrouble) -> AppError {
    SignInErrorCode::StoreUnavailable.into()
}
