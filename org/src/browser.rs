//! What the org knows of a browser by its cookies.

use http::{HeaderMap, HeaderValue};

use crate::Org;
use crate::cookies;
use crate::directory::{UserStatus, find_user_status};
use crate::failure::Failure;
use crate::handle::Handle;
use crate::session::{Session, find_session};
use crate::store::Digest;

/// A browser that sent a request.
#[derive(Debug)]
pub(crate) struct Browser {
    device: Option<Digest>,
    session: Option<Session>,
}

impl Browser {
    /// Reads the cookies. A session whose user may not sign in any more counts for nothing.
    pub(crate) fn of(org: &Org, headers: &HeaderMap) -> Result<Self, Failure> {
        let device = cookies::read(headers, cookies::DEVICE).map(|handle| handle.digest());
        let session = match cookies::read(headers, cookies::SESSION) {
            None => None,
            Some(handle) => org.store().read(|db| {
                let Some(session) = find_session(db, handle.digest(), org.now())? else {
                    return Ok(None);
                };
                let status = find_user_status(db, &session.user_id)?;
                Ok(status
                    .is_some_and(UserStatus::may_sign_in)
                    .then_some(session))
            })?,
        };
        Ok(Self { device, session })
    }

    /// The same browser with a session that it has from now on.
    pub(crate) fn signed_in_by(mut self, session: Session) -> Self {
        self.session = Some(session);
        self
    }

    pub(crate) const fn session(&self) -> Option<&Session> {
        self.session.as_ref()
    }

    /// Whether this is the browser that `device` was given to.
    pub(crate) fn is(&self, device: Digest) -> bool {
        self.device == Some(device)
    }

    /// The mark of this browser, with the cookie to set when it has none yet.
    pub(crate) fn device_or_new(&self, org: &Org) -> (Digest, Option<HeaderValue>) {
        self.device.map_or_else(
            || {
                let handle = Handle::generate(org.entropy());
                (handle.digest(), cookies::set_device(org.url(), &handle))
            },
            |device| (device, None),
        )
    }
}
