//! The words of onboarding campaigns: what is written in forms and in the store, and what pages speak of.

use serde::{Deserialize, Serialize};

/// An enum with a fixed word for each of its values, which forms and the store use.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$meaning:meta])* $value:ident = $word:literal,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$meaning])* $value,)+
        }

        impl $name {
            /// Every value, in the order shown.
            pub const ALL: &'static [Self] = &[$(Self::$value,)+];

            /// The word in forms and in the store.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $word,)+
                }
            }

            /// Reads what [`Self::as_str`] writes.
            pub fn find(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == word)
            }
        }
    };
}

words! {
    /// How authentication starts for the people of a campaign.
    CampaignStart {
        /// The org sends its activation mail.
        Email = "email",
        /// The administrator sends a text message with a link of the app: Okta sends none for an activation.
        Sms = "sms",
        /// The administrator hands over a link of the app.
        Link = "link",
    }
}

words! {
    /// What the people of a campaign have to set up.
    RequiredFactor {
        /// A mail address that was proved.
        Email = "email",
        /// A telephone.
        Phone = "phone",
        /// An app that shows codes.
        AuthenticatorApp = "authenticator_app",
        /// A passkey.
        Passkey = "passkey",
    }
}

words! {
    /// How far a person of a campaign has come. Whoever has come so far has come as far as all before.
    CampaignStage {
        /// Nothing has been sent.
        Waiting = "waiting",
        /// The invitation was sent, or its link is ready.
        Invited = "invited",
        /// The person followed it.
        Opened = "opened",
        /// The account is active at the org.
        Activated = "activated",
        /// The required factors are set up.
        Enrolled = "enrolled",
        /// The person finished onboarding.
        Onboarded = "onboarded",
    }
}

words! {
    /// What is being done for a campaign beside the requests.
    CampaignJob {
        /// People are brought to the org.
        Import = "import",
        /// Invitations are sent.
        Send = "send",
        /// Invitations are sent once more.
        Resend = "resend",
        /// The org is asked how far people have come.
        Look = "look",
        /// What was imported and not sent is taken back.
        TakeBack = "take_back",
    }
}

words! {
    /// What is at fault in a row of people.
    RowField {
        /// The row as a whole.
        Row = "row",
        /// The mail address, which becomes the login.
        Email = "email",
        /// The first name.
        FirstName = "first_name",
        /// The last name.
        LastName = "last_name",
        /// The number of the telephone.
        Phone = "phone",
    }
}

words! {
    /// What is wrong with it.
    RowProblem {
        /// There is nothing.
        Missing = "missing",
        /// It is no mail address.
        NotAnAddress = "not_an_address",
        /// It is no telephone number with a country code.
        NotANumber = "not_a_number",
        /// It is longer than Okta takes.
        TooLong = "too_long",
        /// It has line breaks or other control characters.
        ControlCharacter = "control_character",
        /// It has characters of more than three bytes in UTF-8, such as emoji, which Okta does not store.
        UnusualCharacter = "unusual_character",
        /// It is not UTF-8.
        NotUtf8 = "not_utf8",
        /// An earlier row has the same address.
        Duplicate = "duplicate",
        /// The campaign has this person already.
        AlreadyIn = "already_in",
    }
}

words! {
    /// Why a person was not brought in.
    PersonProblem {
        /// The org did not take the person, and said why.
        RefusedByOrg = "refused_by_org",
        /// The person has an account that is suspended.
        Suspended = "suspended",
        /// The person has an account that was deactivated.
        Deactivated = "deactivated",
        /// The group is gone.
        NoSuchGroup = "no_such_group",
        /// The program ended while the invitation was sent once more: it may have been sent, and is not sent again by itself.
        Interrupted = "interrupted",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back() {
        for stage in CampaignStage::ALL {
            assert_eq!(CampaignStage::find(stage.as_str()), Some(*stage));
        }
        for problem in RowProblem::ALL {
            assert_eq!(RowProblem::find(problem.as_str()), Some(*problem));
        }
        assert_eq!(CampaignStart::find("pigeon"), None);
    }

    #[test]
    fn stages_are_in_the_order_of_the_way() {
        assert!(CampaignStage::ALL.windows(2).all(|two| two[0] < two[1]));
    }
}
