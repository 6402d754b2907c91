use csv::WriterBuilder;
use model::Timestamp;

use super::store::{self, CampaignPerson};
use super::{CampaignTrouble, Campaigns};

/// The names of the columns, which an import reads again.
const HEADER: [&str; 8] = [
    "email", "name", "phone", "stage", "sent", "reached", "problem", "link",
];

/// More people than a campaign can have from a few files.
const MOST: i64 = 1_000_000;

/// How a field begins that a spreadsheet would take for a formula
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

impl Campaigns {
    /// The people of a campaign as CSV (RFC 4180), in UTF-8 with a byte order mark, so that spreadsheets read it as such.
    ///
    /// # Errors
    ///
    /// [`CampaignTrouble::NoSuchCampaign`], and when the store cannot be read.
    pub async fn export(&self, id: i64) -> Result<Vec<u8>, CampaignTrouble> {
        self.find(id).await?;
        let rows = self
            .inner
            .store
            .read(move |connection| store::list_people(connection, id, None, (0, MOST)));
        let mut writer = WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(b"\xef\xbb\xbf".to_vec());
        let unwritten = |_| CampaignTrouble::StoreUnavailable;
        writer.write_record(HEADER).map_err(unwritten)?;
        for (person, sealed) in rows.await? {
            let person = self.with_link(person, sealed);
            writer.write_record(record(&person)).map_err(unwritten)?;
        }
        writer
            .into_inner()
            .map_err(|_| CampaignTrouble::StoreUnavailable)
    }
}

fn record(person: &CampaignPerson) -> [String; 8] {
    let time = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let problem = person.problem.as_ref().map(|(problem, said)| {
        let separator = if said.is_empty() { "" } else { ": " };
        format!("{}{separator}{said}", problem.as_str())
    });
    [
        harmless(&person.email),
        harmless(&person.name),
        harmless(person.phone.as_deref().unwrap_or_default()),
        person.stage.as_str().to_owned(),
        time(person.sent_at),
        time(person.reached_at),
        harmless(&problem.unwrap_or_default()),
        person.link.clone().unwrap_or_default(),
    ]
}

/// A text that no spreadsheet calculates.
fn harmless(text: &str) -> String {
    if text.starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_calculate_becomes_text() {
        for text in ["=1+1", "+15550100", "-2", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        assert_eq!(harmless("Ada"), "Ada");
    }
}
