//! As much of HTTP/1.1 as a measurement needs: it must cost less than the server that is measured.

use anyhow::{Context, Result, bail};

/// Where an answer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Framing {
    Length(usize),
    Chunked,
}

/// One answer, read to its end.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// The values of a header, given in lower case.
    pub(super) fn headers<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// The status of the answer in `buffer`, once all of it is there.
pub(super) fn status_when_complete(buffer: &[u8]) -> Result<Option<u16>> {
    let Some(start) = body_start(buffer) else {
        return Ok(None);
    };
    let (head, body) = buffer.split_at(start);
    let is_complete = match framing(head)? {
        Framing::Length(length) => body.len() >= length,
        Framing::Chunked => chunks(body)?.is_some(),
    };
    Ok(if is_complete {
        Some(status(head)?)
    } else {
        None
    })
}

/// The answer in `buffer`, once all of it is there.
pub(super) fn answer(buffer: &[u8]) -> Result<Option<Answer>> {
    let Some(status) = status_when_complete(buffer)? else {
        return Ok(None);
    };
    let (head, body) = buffer.split_at(body_start(buffer).unwrap_or_default());
    let body = match framing(head)? {
        Framing::Length(length) => body[..length].to_vec(),
        Framing::Chunked => chunks(body)?.unwrap_or_default().concat(),
    };
    let lines = std::str::from_utf8(head)
        .context("a header is not text")?
        .lines();
    let pairs = lines.filter_map(|line| line.split_once(": "));
    let headers = pairs
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    Ok(Some(Answer {
        status,
        headers,
        body,
    }))
}

fn body_start(buffer: &[u8]) -> Option<usize> {
    find(buffer, b"\r\n\r\n").map(|end| end + 4)
}

fn status(head: &[u8]) -> Result<u16> {
    let digits = head
        .get(9..12)
        .and_then(|digits| std::str::from_utf8(digits).ok());
    digits
        .and_then(|digits| digits.parse().ok())
        .context("the answer does not begin as HTTP does")
}

fn framing(head: &[u8]) -> Result<Framing> {
    for line in head.split(|byte| *byte == b'\n') {
        if let Some(length) = value_of(line, b"content-length:") {
            let length = std::str::from_utf8(length)?.trim().parse();
            return Ok(Framing::Length(
                length.context("a content-length that is no number")?,
            ));
        }
        if value_of(line, b"transfer-encoding:").is_some() {
            return Ok(Framing::Chunked);
        }
    }
    match status(head)? {
        204 | 304 => Ok(Framing::Length(0)),
        _ => bail!("an answer with neither length nor chunks"),
    }
}

fn value_of<'h>(line: &'h [u8], name: &[u8]) -> Option<&'h [u8]> {
    let (start, value) = line.split_at_checked(name.len())?;
    start.eq_ignore_ascii_case(name).then_some(value)
}

/// The chunks of a body, or `None` while the last one is missing.
fn chunks(body: &[u8]) -> Result<Option<Vec<&[u8]>>> {
    // Spares the walk while a long page is still on its way.
    if !body.ends_with(b"0\r\n\r\n") {
        return Ok(None);
    }
    let mut rest = body;
    let mut chunks = Vec::new();
    while let Some(end) = find(rest, b"\r\n") {
        let size = std::str::from_utf8(&rest[..end])
            .ok()
            .and_then(|size| usize::from_str_radix(size, 16).ok());
        let size = size.context("a chunk without a size")?;
        let start = end + 2;
        if size == 0 {
            return Ok(Some(chunks));
        }
        let Some(chunk) = rest.get(start..start + size) else {
            return Ok(None);
        };
        chunks.push(chunk);
        rest = rest.get(start + size + 2..).unwrap_or_default();
    }
    Ok(None)
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len())
        .position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_with_a_length_ends_where_it_says() {
        let whole = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        assert_eq!(status_when_complete(whole).unwrap(), Some(200));
        assert_eq!(
            status_when_complete(&whole[..whole.len() - 1]).unwrap(),
            None
        );
        assert_eq!(answer(whole).unwrap().unwrap().text(), "hello");
    }

    #[test]
    fn chunks_are_put_together_and_a_missing_last_one_is_waited_for() {
        let whole = b"HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n3\r\n0\r\n\r\n0\r\n\r\n";
        let known = answer(whole).unwrap().unwrap();
        assert_eq!((known.status, known.text().as_str()), (404, "hello0\r\n"));
        assert!(
            answer(&whole[..whole.len() - 5]).unwrap().is_none(),
            "the chunk ends as a body would"
        );
    }

    #[test]
    fn every_cookie_of_an_answer_is_seen() {
        let whole = b"HTTP/1.1 303 See Other\r\nset-cookie: a=1\r\nSet-Cookie: b=2\r\ncontent-length: 0\r\n\r\n";
        let known = answer(whole).unwrap().unwrap();
        assert_eq!(
            known.headers("set-cookie").collect::<Vec<_>>(),
            ["a=1", "b=2"]
        );
    }

    #[test]
    fn what_is_not_http_is_an_error() {
        assert!(status_when_complete(b"SSH-2.0-OpenSSH\r\n\r\n").is_err());
    }
}
