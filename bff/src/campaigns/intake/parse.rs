use std::io::{Cursor, Read};

use csv::{ByteRecord, ReaderBuilder};
use rusqlite::Connection;

use super::columns::Columns;
use super::row::check;
use super::stream::Pieces;
use super::{IntakeTrouble, MOST_ROWS, Purpose};
use crate::campaigns::store::{
    DraftRow, Flaw, begin_draft, clear_draft, is_current_draft, set_ignored_columns,
};

/// How many rows are kept at a time.
const BATCH: usize = 500;

/// How much of a file may be its first line, in bytes.
const LONGEST_HEADER: usize = 16 * 1024;

/// Byte order marks.
const UTF_8: &[u8] = b"\xef\xbb\xbf";
const UTF_16: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];

/// What was read and is not kept yet.
#[derive(Debug, Default)]
struct Batch {
    rows: Vec<DraftRow>,
    flaws: Vec<Flaw>,
}

pub(super) struct Parser {
    purpose: Purpose,
    columns: Option<Columns>,
    batch: Batch,
    count: usize,
    /// The number of this file.
    intake: i64,
    /// Whether a line ends in a carriage return and a line feed.
    lines_end_in_two: bool,
}

impl Parser {
    pub(super) fn new(purpose: Purpose) -> Self {
        Self {
            purpose,
            columns: None,
            batch: Batch::default(),
            count: 0,
            intake: 0,
            lines_end_in_two: false,
        }
    }

    /// Reads the whole file. Of one that cannot be read nothing stays, and one that was begun later is left alone.
    pub(super) fn run(mut self, file: Pieces) -> Result<(), IntakeTrouble> {
        let campaign = self.purpose.campaign;
        let begun = self
            .purpose
            .store
            .write_blocking(|connection| begin_draft(connection, campaign))?;
        self.intake = begun.ok_or(IntakeTrouble::Busy)?;
        let outcome = self.read(file);
        if let Err(trouble) = outcome
            && trouble != IntakeTrouble::Busy
        {
            self.change(|connection| clear_draft(connection, campaign))?;
        }
        outcome
    }

    /// Changes something, unless another file was begun meanwhile.
    fn change(
        &self,
        change: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<(), IntakeTrouble> {
        let (campaign, intake) = (self.purpose.campaign, self.intake);
        let is_current = self.purpose.store.write_blocking(|connection| {
            let is_current = is_current_draft(connection, campaign, intake)?;
            if is_current {
                change(connection)?;
            }
            Ok(is_current)
        })?;
        if is_current {
            Ok(())
        } else {
            Err(IntakeTrouble::Busy)
        }
    }

    fn read(&mut self, mut file: Pieces) -> Result<(), IntakeTrouble> {
        let head = head(&mut file)?;
        self.lines_end_in_two = ends_in_two(&head);
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter(&head))
            .from_reader(Cursor::new(head).chain(file));
        let mut record = ByteRecord::new();
        while reader
            .read_byte_record(&mut record)
            .map_err(|_| IntakeTrouble::Broken)?
        {
            self.take(&record)?;
        }
        if self.count == 0 {
            return Err(IntakeTrouble::Empty);
        }
        self.keep()?;
        self.keep_ignored_columns()
    }

    fn take(&mut self, record: &ByteRecord) -> Result<(), IntakeTrouble> {
        let fields: Vec<Option<String>> = record
            .iter()
            .map(|field| std::str::from_utf8(field).ok().map(str::to_owned))
            .collect();
        let is_blank =
            |field: &Option<String>| field.as_deref().is_some_and(|text| text.trim().is_empty());
        if fields.iter().all(is_blank) {
            return Ok(());
        }
        let line = self.line(record);
        let columns = if let Some(columns) = &self.columns {
            columns
        } else {
            let (columns, is_header) = columns(&fields)?;
            let columns = self.columns.insert(columns);
            if is_header {
                return Ok(());
            }
            columns
        };
        self.count += 1;
        if self.count > MOST_ROWS {
            return Err(IntakeTrouble::TooManyRows);
        }
        match check(&fields, columns, line, self.purpose.needs_phone) {
            Ok(row) => self.batch.rows.push(row),
            Err(flaws) => self.batch.flaws.extend(flaws),
        }
        if self.batch.rows.len() + self.batch.flaws.len() >= BATCH {
            self.keep()?;
        }
        Ok(())
    }

    /// Where the record stands in the file, from 1. The reader takes a record to begin behind the carriage return of the one
    /// before, which is still the line before.
    fn line(&self, record: &ByteRecord) -> i64 {
        let Some(position) = record.position() else {
            return 0;
        };
        let is_behind_another = self.lines_end_in_two && position.byte() > 0;
        i64::try_from(position.line())
            .unwrap_or(i64::MAX)
            .saturating_add(i64::from(is_behind_another))
    }

    fn keep(&mut self) -> Result<(), IntakeTrouble> {
        let Batch { rows, flaws } = std::mem::take(&mut self.batch);
        let Purpose { campaign, now, .. } = self.purpose;
        self.change(|connection| {
            for row in rows {
                if let Some(flaw) = row.insert(connection, campaign, now)? {
                    flaw.insert(connection, campaign)?;
                }
            }
            flaws
                .iter()
                .try_for_each(|flaw| flaw.insert(connection, campaign))
        })
    }

    fn keep_ignored_columns(&self) -> Result<(), IntakeTrouble> {
        let ignored = self
            .columns
            .as_ref()
            .map(|columns| columns.ignored.join(", "));
        let (campaign, ignored) = (self.purpose.campaign, ignored.unwrap_or_default());
        self.change(|connection| set_ignored_columns(connection, campaign, &ignored))
    }
}

/// The beginning of the file, with its first line, and without a byte order mark.
fn head(file: &mut Pieces) -> Result<Vec<u8>, IntakeTrouble> {
    let mut head = Vec::new();
    let mut buffer = vec![0; LONGEST_HEADER];
    while head.len() < LONGEST_HEADER && !head.contains(&b'\n') {
        let length = file.read(&mut buffer).map_err(|_| IntakeTrouble::Broken)?;
        if length == 0 {
            break;
        }
        head.extend_from_slice(&buffer[..length]);
    }
    if UTF_16.iter().any(|mark| head.starts_with(mark)) || head.contains(&0) {
        return Err(IntakeTrouble::NotText);
    }
    if head.starts_with(UTF_8) {
        head.drain(..UTF_8.len());
    }
    Ok(head)
}

/// Whether the first line ends as lines do on Windows and in RFC 4180.
fn ends_in_two(head: &[u8]) -> bool {
    let end = head.iter().position(|byte| *byte == b'\n');
    end.is_some_and(|end| head[..end].ends_with(b"\r"))
}

/// What divides the fields: whatever of comma, semicolon and tab stands most often in the first line, outside of quotes.
fn delimiter(head: &[u8]) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    let mut is_quoted = false;
    for byte in head.iter().copied().take_while(|byte| *byte != b'\n') {
        if byte == b'"' {
            is_quoted = !is_quoted;
        }
        for (known, count) in &mut counts {
            *count += usize::from(!is_quoted && byte == *known);
        }
    }
    let mut best = counts[0];
    for other in &counts[1..] {
        if other.1 > best.1 {
            best = *other;
        }
    }
    best.0
}

/// Where the fields stand, by the first row, and whether that is a header.
fn columns(fields: &[Option<String>]) -> Result<(Columns, bool), IntakeTrouble> {
    let texts: Vec<String> = fields
        .iter()
        .map(|field| field.clone().unwrap_or_default())
        .collect();
    if let Some(columns) = Columns::of_header(&texts) {
        return Ok((columns, true));
    }
    let columns = Columns::of_row(&texts).ok_or(IntakeTrouble::NoAddresses)?;
    Ok((columns, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_tells_what_divides_the_fields() {
        assert_eq!(delimiter(b"email,first,last\na;b;c;d;e"), b',');
        assert_eq!(delimiter(b"email;first;last\n"), b';');
        assert_eq!(delimiter(b"email\tfirst\tlast\n"), b'\t');
        assert_eq!(delimiter(b"\"a,b,c,d\";first;last\n"), b';');
        assert_eq!(delimiter(b"email\n"), b',');
    }
}
