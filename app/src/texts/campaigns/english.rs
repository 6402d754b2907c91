use super::{Campaigns, counted};
use model::{
    CampaignJob, CampaignStage, CampaignStart, Landing, PersonProblem, RequiredFactor, RowField,
    RowProblem,
};

use crate::campaigns::Outcome;

pub(in crate::texts) const ENGLISH: Campaigns = Campaigns {
    title: "Campaigns",
    lead: "Bring people in, see how far they come, and help those who are stuck.",
    unavailable: "The campaigns cannot be shown",
    not_allowed: "This page is for administrators",
    not_allowed_cause: "The org has given you no role that lets you create users.",
    not_allowed_remedy: "Ask a super administrator of the org for the role Group Administrator, then come back.",
    not_set_up: "Campaigns use the org's API in the app's own name, and this app has no service app at the org yet.",
    set_up_steps: [
        "In the org, create an app integration of the type API Services, with public key / private key and without DPoP.",
        "Grant it the Okta API scopes okta.users.manage, okta.groups.manage and okta.roles.read.",
        "Give it the administrator role Organization Administrator.",
        "Set its client id and its private key where the app is started, and start it again:",
    ],
    empty: "No campaign yet",
    empty_text: "A campaign brings people into a group of the org, invites them, and shows who has arrived. Make the first one: nothing is sent before you say so.",
    new: "New campaign",
    make: "Make the campaign",
    group_is: |group| format!("Group {group}"),
    arrived: |arrived, people| format!("{arrived} of {people} have arrived"),
    busy: "At work",
    name: "Name",
    group: "Group",
    group_hint: "People are put into this group of the org, which gives them its apps. Groups that make administrators cannot be used.",
    no_groups: "The org has no group yet: make one there.",
    landing: "Where people land",
    landing_name: |word| match word {
        Landing::Home => "Home",
        Landing::Profile => "Profile",
    },
    start: "How it starts",
    start_name: |word| match word {
        CampaignStart::Email => (
            "Email",
            "The org sends its activation mail to each person. Where people need no password Okta activates them at once and sends nothing.",
        ),
        CampaignStart::Sms => (
            "Text message",
            "Okta sends no activation by text message. You get a link for each person, ready to be sent by your own telephone or service.",
        ),
        CampaignStart::Link => (
            "Invite link",
            "You get a link for each person and hand it over yourself.",
        ),
    },
    factors: "What people set up",
    factor_name: |word| match word {
        RequiredFactor::Email => "A proved mail address",
        RequiredFactor::Phone => "A telephone",
        RequiredFactor::AuthenticatorApp => "An authenticator app",
        RequiredFactor::Passkey => "A passkey",
    },
    none: "Nothing in particular",
    about: "About this campaign",
    made_at: "Made",
    delete: "Delete the campaign",
    delete_this: |name| format!("Delete {name}?"),
    delete_text: |people| {
        format!(
            "The campaign and its figures go away. Its {people} people stay at the org as they are, and invitation links of this campaign stop working."
        )
    },
    back: "Back to the campaign",
    bring: "Bring people in",
    bring_text: "Upload a file, or type or paste rows. You see what was understood before anything is imported.",
    phone_needed: "This campaign needs a telephone number in each row.",
    file: "CSV file",
    file_hint: "UTF-8, at most 10,000 rows and 4 MiB, divided by commas or semicolons. Columns: email, first name, last name, and phone.",
    text: "Or rows",
    text_hint: "A person in each line, such as: ada@example.com, Ada, Lovelace, +1 555 0100",
    look_at_rows: "Look at the rows",
    job_name: |word| match word {
        CampaignJob::Import => "Bringing people to the org",
        CampaignJob::Send => "Sending invitations",
        CampaignJob::Resend => "Sending invitations once more",
        CampaignJob::Look => "Asking the org how far people are",
        CampaignJob::TakeBack => "Taking the import back",
    },
    done_of: |done, total| format!("{done} of {total}"),
    waiting: "The org is busy or does not answer. The work goes on by itself as soon as it does.",
    goes_on: "You can leave this page: the work goes on, also after a restart.",
    refresh: "Show how far it is",
    take_back: "Take back what was not sent",
    drafts: |rows| format!("Continue with {}", counted(rows, "row", "rows")),
    send: |people| format!("Send {}", counted(people, "invitation", "invitations")),
    make_links: |people| format!("Make {}", counted(people, "link", "links")),
    resend: |people| format!("Send again to {people} who are not active"),
    look: "Ask the org anew",
    export: "Export as CSV",
    funnel: "How far people have come",
    stage: "Stage",
    stage_name: |word| match word {
        CampaignStage::Waiting => "Not invited",
        CampaignStage::Invited => "Invited",
        CampaignStage::Opened => "Opened",
        CampaignStage::Activated => "Activated",
        CampaignStage::Enrolled => "Enrolled",
        CampaignStage::Onboarded => "Onboarded",
    },
    people: "People",
    share: "Share",
    stopped_here: "No further yet",
    nobody_here: "Nobody is here.",
    person: "Person",
    link: "Link",
    more: "Show more",
    stuck_at: "Who is no further than",
    everybody: "Everybody",
    show: "Show",
    write_text: "Write the text message",
    person_problem: |word| match word {
        PersonProblem::RefusedByOrg => "The org does not take this person:",
        PersonProblem::Suspended => {
            "The account is suspended. Lift that at the org, then import the row again."
        }
        PersonProblem::Deactivated => {
            "The account was deactivated. Activate or delete it at the org, then import the row again."
        }
        PersonProblem::NoSuchGroup => "The group is gone. Make a new campaign with another one.",
        PersonProblem::Interrupted => {
            "The program ended while this was sent again: it may have arrived. Send again if not."
        }
    },
    preview_of: |name| format!("Rows for {name}"),
    rows_good_bad: |good, bad| {
        format!(
            "{} can be imported, {bad} cannot.",
            counted(good, "row", "rows")
        )
    },
    ignored_columns: "These columns mean nothing here and are left out:",
    import: |people| format!("Import {}", counted(people, "person", "people")),
    discard: "Discard the rows",
    flaws: "Rows that are left out",
    flaws_text: "Correct them in your file and upload it again, or import the others now.",
    line: "Line",
    field: "Field",
    what_to_do: "What to do",
    field_name: |word| match word {
        RowField::Row => "Row",
        RowField::Email => "Email",
        RowField::FirstName => "First name",
        RowField::LastName => "Last name",
        RowField::Phone => "Phone",
    },
    row_problem: |word| match word {
        RowProblem::Missing => "Fill it in.",
        RowProblem::NotAnAddress => "Write a mail address, such as ada@example.com.",
        RowProblem::NotANumber => {
            "Write the number with its country code, such as +1 555 0100 199."
        }
        RowProblem::TooLong => {
            "Shorten it: Okta takes 100 characters for an address and 50 for a name."
        }
        RowProblem::ControlCharacter => "Remove line breaks, tabs and invisible characters.",
        RowProblem::UnusualCharacter => {
            "Remove emoji and other rare characters, which Okta does not store."
        }
        RowProblem::NotUtf8 => "Save the file as \"CSV UTF-8\" and upload it again.",
        RowProblem::Duplicate => {
            "Remove one of the two: this address stands in an earlier line already, in line"
        }
        RowProblem::AlreadyIn => "Nothing: this person is in the campaign already.",
    },
    good_rows: "Rows that can be imported",
    first_of: |shown, all| format!("The first {shown} of {all}."),
    email: "Email",
    phone: "Phone",
    welcome: |name| format!("Welcome, {name}"),
    invited_to: |campaign| {
        format!("You are invited to {campaign}. Begin by setting up how you sign in.")
    },
    org_down: "That did not work right now. Try again in a minute.",
    begin: "Begin",
    no_invitation: "This invitation does not work",
    no_invitation_cause: "The link is not complete, or the campaign it belongs to has ended.",
    no_invitation_remedy: "Copy the whole link, or ask whoever sent it for a new one.",
    outcome: |word| match word {
        Outcome::Made => ("The campaign is made", "Bring people in next."),
        Outcome::Deleted => (
            "The campaign is deleted",
            "Its people are at the org as before.",
        ),
        Outcome::Started => ("It is being done", "This page shows how far it is."),
        Outcome::Discarded => ("The rows are discarded", "Nothing was imported."),
        Outcome::WrongName => (
            "The name cannot be used",
            "Use 1 to 80 characters, without line breaks.",
        ),
        Outcome::WrongGroup => (
            "The group cannot be used",
            "Choose another: it is gone, or it makes its members administrators.",
        ),
        Outcome::Busy => (
            "Something else is being done",
            "Wait until it is finished, then try again.",
        ),
        Outcome::Nobody => (
            "There was nothing to do",
            "Nobody is left for whom that could be done.",
        ),
        Outcome::FileTooLong => (
            "The file is too long",
            "It may have 4 MiB. Divide it into several files.",
        ),
        Outcome::FileTooManyRows => (
            "The file has too many rows",
            "It may have 10,000. Divide it into several files.",
        ),
        Outcome::FileEmpty => (
            "There are no rows",
            "Choose a file, or type at least one row.",
        ),
        Outcome::FileNoAddresses => (
            "There is no column with mail addresses",
            "Name a column \"email\" in the first line.",
        ),
        Outcome::FileNotText => (
            "The file is not UTF-8",
            "Save it as \"CSV UTF-8\" and upload it again.",
        ),
        Outcome::FileBroken => ("The upload broke off", "Try again. Nothing was kept."),
        Outcome::OrgUnavailable => (
            "The org cannot be reached right now",
            "Nothing has changed. Try again in a minute.",
        ),
        Outcome::OrgRefused => (
            "The org refused",
            "The service app lacks a scope or a role. The app's log says what the org answered.",
        ),
        Outcome::StoreUnavailable => (
            "That could not be kept",
            "Nothing has changed. Try again in a minute.",
        ),
        Outcome::NotAllowed => (
            "You may not do that",
            "Ask a super administrator of the org for a role.",
        ),
        Outcome::NoSuchInvitation => ("There is no such invitation", "Ask for a new link."),
    },
};
