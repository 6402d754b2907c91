//! A server of Redis' protocol that says the same error to every command.

use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Refuses each command (<https://redis.io/docs/latest/develop/reference/protocol-spec/>) until the client goes.
pub(super) async fn refuse_all(client: &mut TcpStream, error: &str) -> io::Result<()> {
    let mut buffer = vec![0; 16 * 1024];
    let mut heard = Vec::new();
    loop {
        let length = client.read(&mut buffer).await?;
        if length == 0 {
            return Ok(());
        }
        heard.extend_from_slice(&buffer[..length]);
        while let Some(end) = end_of_command(&heard) {
            heard.drain(..end);
            client.write_all(format!("-{error}\r\n").as_bytes()).await?;
        }
    }
}

/// Where the first command ends, if all of it is there: an array of strings, each with its length before it.
fn end_of_command(heard: &[u8]) -> Option<usize> {
    let (parts, mut end) = number(heard, 0, b'*')?;
    for _ in 0..parts {
        let (length, start) = number(heard, end, b'$')?;
        end = start + length + b"\r\n".len();
    }
    (end <= heard.len()).then_some(end)
}

/// The number after a sign, and where its line ends.
fn number(heard: &[u8], start: usize, sign: u8) -> Option<(usize, usize)> {
    let rest = heard.get(start..)?.strip_prefix(&[sign])?;
    let length = rest.windows(2).position(|pair| pair == b"\r\n")?;
    let digits = std::str::from_utf8(&rest[..length]).ok()?;
    Some((digits.parse().ok()?, start + 1 + length + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_ends_after_its_last_string_and_not_before_all_of_it_is_there() {
        let command = b"*2\r\n$3\r\nGET\r\n$4\r\n*1\r\n\r\n*1\r\n$4\r\nPING\r\n";
        assert_eq!(end_of_command(command), Some(23));
        assert_eq!(end_of_command(&command[23..]), Some(14));
        for length in 0..23 {
            assert_eq!(end_of_command(&command[..length]), None, "{length}");
        }
    }
}
