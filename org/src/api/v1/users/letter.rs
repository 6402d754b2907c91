use url::Url;

use super::record::UserRecord;
use crate::api::{ApiError, Writing};
use crate::branding;
use crate::inbox::{self, messages};
use crate::sign_in::{LinkPurpose, UserLink, make_user_link};

/// Makes a link for the user and, if wanted, sends it to them.
pub(super) fn link_for(
    writing: &Writing<'_>,
    user: &UserRecord,
    purpose: LinkPurpose,
    is_sent: bool,
) -> Result<UserLink, ApiError> {
    let tools = (writing.entropy, writing.now);
    let link = make_user_link(writing.db, writing.url, &user.id, purpose, tools)?;
    let write = match purpose {
        LinkPurpose::Activation => messages::activation,
        LinkPurpose::PasswordReset => messages::password_reset,
    };
    if let (true, Ok(address)) = (is_sent, Url::parse(&link.address)) {
        let letter = write(&user.profile.email, &address, branding::NAME);
        inbox::put(writing.db, &letter, writing.now)?;
    }
    Ok(link)
}
