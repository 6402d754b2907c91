//! The colours of the org's brand, for what the app shows in the org's name
//! (<https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Themes/>).
//!
//! They are read with a token of their own: an org that has not granted the scope would refuse the token for everything else
//! with it. Nothing waits for them long, and nothing fails without them.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use model::{Clock, Timestamp};
use serde::Serialize;
use serde_json::Value;
use url::Url;

use crate::bff::Parts;
use crate::service::{Call, Pause, Service, ServiceCredentials, ServiceTrouble, Surroundings};
use crate::session::after;

/// What an administrator grants to the service app for this.
pub const BRAND_SCOPES: [&str; 1] = ["okta.brands.read"];

/// How long colours are taken to be those of the org, in seconds.
const GOOD_SECONDS: i64 = 300;
/// How long an org that did not answer is left in peace.
const PAUSE_SECONDS: i64 = 60;
/// The same for an org that does not let the service app ask.
const REFUSED_SECONDS: i64 = 3_600;
/// How long a page waits for the first colours. Those that come later are for the next page.
const PATIENCE: Duration = Duration::from_millis(750);

/// The first colour of a brand's theme and what can be read on it, each as `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BrandColors {
    /// The colour of what is to be pressed.
    pub primary: String,
    /// The colour of the words on it.
    pub contrast: String,
}

/// The brand of one org. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Brand {
    inner: Arc<Inner>,
}

struct Inner {
    service: Service,
    /// The host at which people see the org.
    host: String,
    clock: Arc<dyn Clock>,
    known: Mutex<Known>,
}

/// What is known at the moment.
#[derive(Default)]
struct Known {
    colors: Option<BrandColors>,
    /// Until then nobody asks.
    good_until: Option<Timestamp>,
}

impl Brand {
    pub(crate) fn new(
        parts: &Parts,
        issuer: &Url,
        credentials: ServiceCredentials,
        pause: Arc<dyn Pause>,
    ) -> Self {
        let around = Surroundings {
            outbound: parts.outbound.clone(),
            clock: Arc::clone(&parts.clock),
            entropy: Arc::clone(&parts.entropy),
            pause,
        };
        let inner = Inner {
            service: Service::new(issuer, credentials, &BRAND_SCOPES, around),
            host: issuer.host_str().unwrap_or_default().to_owned(),
            clock: Arc::clone(&parts.clock),
            known: Mutex::default(),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    /// The colours as far as they are known in time.
    pub(crate) async fn colors(&self) -> Option<BrandColors> {
        if self.inner.shall_ask() {
            let inner = Arc::clone(&self.inner);
            // A task of its own: what comes too late for this page is there for the next.
            let asking = tokio::spawn(async move { inner.ask().await });
            if self.inner.known().colors.is_none() {
                // Late or lost, there are none this time.
                let _ = tokio::time::timeout(PATIENCE, asking).await;
            }
        }
        self.inner.known().colors.clone()
    }
}

impl Inner {
    /// Whether this call is the one that asks. Whoever comes meanwhile takes what is there.
    fn shall_ask(&self) -> bool {
        let now = self.clock.now();
        let mut known = self.known();
        if known.good_until.is_some_and(|end| now < end) {
            return false;
        }
        known.good_until = Some(after(now, PAUSE_SECONDS));
        true
    }

    async fn ask(&self) {
        let found = self.find().await;
        let now = self.clock.now();
        let mut known = self.known();
        let seconds = match found {
            Ok(colors) => {
                known.colors = colors;
                GOOD_SECONDS
            }
            Err(ServiceTrouble::Unavailable) => PAUSE_SECONDS,
            Err(ServiceTrouble::Refused) => {
                tracing::info!(
                    "the widget has the colours of the app: grant the service app okta.brands.read for those of the org"
                );
                REFUSED_SECONDS
            }
        };
        known.good_until = Some(after(now, seconds));
    }

    async fn find(&self) -> Result<Option<BrandColors>, ServiceTrouble> {
        let brands = Call::get("/api/v1/brands?expand=domains".to_owned());
        let brands = self.service.call(brands).await?.body;
        let Some(id) = chosen(&brands, &self.host) else {
            return Ok(None);
        };
        let themes = Call::get(format!("/api/v1/brands/{id}/themes"));
        Ok(colors(&self.service.call(themes).await?.body[0]))
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The brand that people see at this host: the one that has the host for its domain, or else the default.
fn chosen<'b>(brands: &'b Value, host: &str) -> Option<&'b str> {
    let brands = brands.as_array()?;
    let has_host = |brand: &&Value| {
        let domains = brand["_embedded"]["domains"].as_array();
        domains.is_some_and(|domains| domains.iter().any(|domain| domain["domain"] == host))
    };
    let brand = brands.iter().find(has_host);
    let brand = brand.or_else(|| brands.iter().find(|brand| brand["isDefault"] == true))?;
    let id = brand["id"].as_str()?;
    // It becomes a part of an address.
    (!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(id)
}

fn colors(theme: &Value) -> Option<BrandColors> {
    Some(BrandColors {
        primary: color(&theme["primaryColorHex"])?,
        contrast: color(&theme["primaryColorContrastHex"])?,
    })
}

/// `#rrggbb`, in small letters. Okta also takes three digits, each of which stands for two.
fn color(value: &Value) -> Option<String> {
    let digits = value.as_str()?.strip_prefix('#')?.to_ascii_lowercase();
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    match digits.len() {
        6 => Some(format!("#{digits}")),
        3 => Some(digits.chars().fold("#".to_owned(), |mut color, digit| {
            color.extend([digit, digit]);
            color
        })),
        _ => None,
    }
}

impl fmt::Debug for Brand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Brand")
            .field("service", &self.inner.service)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_brand_is_that_of_the_domain_or_else_the_default() {
        let brands = json!([
            {"id": "bnd1", "isDefault": true, "_embedded": {"domains": []}},
            {"id": "bnd2", "isDefault": false, "_embedded": {"domains": [{"domain": "login.example.com"}]}},
        ]);
        assert_eq!(chosen(&brands, "login.example.com"), Some("bnd2"));
        assert_eq!(chosen(&brands, "example.okta.com"), Some("bnd1"));
    }

    #[test]
    fn what_is_no_brand_is_none() {
        for brands in [
            json!(null),
            json!([]),
            json!({"errorCode": "E0000007"}),
            json!([{"id": "../users/me", "isDefault": true}]),
            json!([{"id": "bnd1"}]),
        ] {
            assert_eq!(chosen(&brands, "example.okta.com"), None, "{brands}");
        }
    }

    #[test]
    fn a_colour_is_six_digits_or_nothing() {
        let table = [
            ("#1662DD", Some("#1662dd")),
            ("#0af", Some("#00aaff")),
            ("1662dd", None),
            ("#1662dg", None),
            ("#1662dd80", None),
            ("red", None),
        ];
        for (text, expected) in table {
            assert_eq!(color(&json!(text)).as_deref(), expected, "{text}");
        }
    }
}
