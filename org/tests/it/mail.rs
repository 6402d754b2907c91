//! Mails on their way to a mail server.

use std::time::Duration;

use org::MailServer;
use testkit::{TEST_SEED, TestOrg};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::dev::send_trial;
use crate::support::{JANE, JOHN};

/// A mail as the server got it.
#[derive(Debug)]
struct Mail {
    recipients: Vec<String>,
    data: String,
}

/// What the server says to a recipient, after those that came before.
type Verdict = Box<dyn FnMut(&str) -> &'static str + Send>;

/// A mail server on a port of its own.
struct Server {
    url: String,
    mails: UnboundedReceiver<Mail>,
}

impl Server {
    /// It hangs up on the first `away` clients, and then says `verdict` to each recipient.
    async fn start(
        away: usize,
        verdict: impl FnMut(&str) -> &'static str + Send + 'static,
    ) -> Self {
        let mut verdict: Verdict = Box::new(verdict);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (sender, mails) = unbounded_channel();
        tokio::spawn(async move {
            let mut connections = 0;
            while let Ok((stream, _)) = listener.accept().await {
                connections += 1;
                if connections > away {
                    talk(stream, &mut verdict, &sender).await;
                }
            }
        });
        let url = format!("smtp://127.0.0.1:{port}");
        Self { url, mails }
    }

    fn for_org(&self) -> MailServer {
        let server = MailServer::new(&self.url.clone().into(), "Portico <org@portico.example>");
        server.expect("a mail server")
    }

    async fn next(&mut self) -> Mail {
        let mail = tokio::time::timeout(Duration::from_secs(20), self.mails.recv());
        mail.await.expect("a mail in time").expect("a mail")
    }
}

/// As much of RFC 5321 as one client needs. `None` when the client hangs up.
async fn talk(
    stream: TcpStream,
    verdict: &mut Verdict,
    mails: &UnboundedSender<Mail>,
) -> Option<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    let mut recipients = Vec::new();
    say(&mut write, "220 ready").await?;
    loop {
        let line = lines.next_line().await.ok()??;
        let answer = if let Some(recipient) = line.strip_prefix("RCPT TO:") {
            let recipient = recipient.trim_matches(['<', '>']).to_owned();
            let answer = verdict(&recipient);
            recipients.push(recipient);
            answer
        } else if line == "DATA" {
            say(&mut write, "354 go on").await?;
            let data = data(&mut lines).await?;
            let recipients = std::mem::take(&mut recipients);
            mails.send(Mail { recipients, data }).ok()?;
            "250 taken"
        } else {
            "250 well"
        };
        say(&mut write, answer).await?;
    }
}

async fn data(lines: &mut Lines<BufReader<OwnedReadHalf>>) -> Option<String> {
    let mut data = String::new();
    loop {
        let line = lines.next_line().await.ok()??;
        if line == "." {
            return Some(data);
        }
        data.push_str(&line);
        data.push('\n');
    }
}

async fn say(write: &mut OwnedWriteHalf, line: &str) -> Option<()> {
    write.write_all(format!("{line}\r\n").as_bytes()).await.ok()
}

async fn org_with(server: &Server) -> TestOrg {
    TestOrg::with_config(TEST_SEED, |config| {
        config.mail_server = Some(server.for_org());
    })
    .await
}

/// Lets the org do its work until so many mails have been delivered.
async fn until_delivered(org: &TestOrg, count: i64) {
    let delivered = || -> i64 {
        let database = org.database();
        let query = "SELECT count(*) FROM messages WHERE delivered_at IS NOT NULL";
        database
            .query_row(query, [], |row| row.get(0))
            .expect("a number")
    };
    let all = async {
        while delivered() < count {
            tokio::task::yield_now().await;
        }
    };
    let patience = Duration::from_secs(20);
    tokio::time::timeout(patience, all)
        .await
        .expect("delivered in time");
}

#[tokio::test]
async fn a_mail_arrives_whole_at_its_one_recipient_and_messages_by_telephone_do_not() {
    let mut server = Server::start(0, |_| "250 welcome").await;
    let org = org_with(&server).await;
    send_trial(&mut org.browser(), "SMS", "+15551234567").await;
    send_trial(&mut org.browser(), "EMAIL", JOHN).await;
    let mail = server.next().await;
    assert_eq!(mail.recipients, [JOHN]);
    for part in [
        "From: Portico <org@portico.example>",
        "To: john.doe@example.com",
        "Subject: A trial message from Portico",
        "Auto-Submitted: auto-generated",
        "Date: Mon, 05 Jan 2026 09:00:00 +0000",
        "Message-ID: <2.1767603600000@portico.example>",
        "multipart/alternative",
        "text/plain; charset=utf-8",
        "text/html; charset=utf-8",
        "Your code: 123456",
    ] {
        assert!(mail.data.contains(part), "{part} in {}", mail.data);
    }
    until_delivered(&org, 1).await;
}

#[tokio::test]
async fn a_server_that_is_away_gets_the_mails_in_order_when_it_is_back() {
    let mut server = Server::start(2, |_| "250 welcome").await;
    let org = org_with(&server).await;
    send_trial(&mut org.browser(), "EMAIL", JOHN).await;
    send_trial(&mut org.browser(), "EMAIL", JANE).await;
    assert_eq!(server.next().await.recipients, [JOHN]);
    assert_eq!(server.next().await.recipients, [JANE]);
}

#[tokio::test]
async fn a_mail_that_is_refused_for_good_is_given_up_and_one_that_may_come_back_comes_back() {
    let mut is_full = true;
    let mut server = Server::start(0, move |recipient| match recipient {
        "gone@example.com" => "550 no such mailbox",
        "full@example.com" if is_full => "450 come back later",
        _ => {
            is_full = false;
            "250 welcome"
        }
    })
    .await;
    let org = org_with(&server).await;
    for to in ["gone@example.com", "full@example.com", JOHN] {
        send_trial(&mut org.browser(), "EMAIL", to).await;
    }
    assert_eq!(server.next().await.recipients, [JOHN]);
    assert_eq!(server.next().await.recipients, ["full@example.com"]);
    until_delivered(&org, 2).await;
    assert_eq!(org.execute("DELETE FROM messages WHERE pending = 1", []), 0);
}

#[tokio::test]
async fn a_text_that_is_not_one_plain_address_reaches_nobody() {
    let mut server = Server::start(0, |_| "250 welcome").await;
    let org = org_with(&server).await;
    for to in [
        "a@example.com, b@example.com",
        "a@example.com;b@example.com",
        "a@example.com b@example.com",
        "a@example.com\r\nBcc: b@example.com",
        "a@example.com\nRCPT TO:<b@example.com>",
        "a\r\n@example.com",
        "\"a\r\nBcc: b@example.com\"@example.com",
        "\"a@example.com,b\"@example.com",
        "<a@example.com>",
        "A <a@example.com>",
        "a@b@example.com",
        "a(comment)@example.com",
        "undisclosed:a@example.com",
        "a@example.com>\r\nDATA",
        "@example.com",
        "a@",
        "a",
    ] {
        send_trial(&mut org.browser(), "EMAIL", to).await;
    }
    send_trial(&mut org.browser(), "EMAIL", JOHN).await;
    let mail = server.next().await;
    assert_eq!(mail.recipients, [JOHN]);
    assert!(!mail.data.contains("Bcc"));
    assert!(server.mails.try_recv().is_err(), "only one");
}

#[tokio::test]
async fn a_mail_that_waits_survives_a_restart_and_leaves_nothing_where_nobody_may_read_it() {
    let away = Server::start(usize::MAX, |_| "250 never said").await;
    let org = org_with(&away).await;
    send_trial(&mut org.browser(), "EMAIL", JOHN).await;
    let mut back = Server::start(0, |_| "250 welcome").await;
    let server = back.for_org();
    let org = org
        .restart_with(|config| {
            config.mail_server = Some(server);
            config.dev = false;
        })
        .await;
    assert_eq!(back.next().await.recipients, [JOHN]);
    let empty = async {
        while !org.whole_inbox().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    let patience = Duration::from_secs(20);
    tokio::time::timeout(patience, empty)
        .await
        .expect("nothing left");
}

#[tokio::test]
async fn a_mail_that_is_a_day_late_is_not_sent_any_more() {
    let away = Server::start(usize::MAX, |_| "250 never said").await;
    let org = org_with(&away).await;
    send_trial(&mut org.browser(), "EMAIL", JOHN).await;
    org.clock.advance_seconds(25 * 3600);
    let mut back = Server::start(0, |_| "250 welcome").await;
    let server = back.for_org();
    let org = org
        .restart_with(|config| config.mail_server = Some(server))
        .await;
    send_trial(&mut org.browser(), "EMAIL", JANE).await;
    assert_eq!(back.next().await.recipients, [JANE]);
}

#[test]
fn a_password_is_not_sent_in_the_clear_over_a_network() {
    let server = |url: &str| MailServer::new(&url.to_owned().into(), "org@portico.example");
    for url in [
        "smtps://user:secret@mail.example.com",
        "smtp://user:secret@mail.example.com?tls=required",
        "smtp://user:secret@localhost:1025",
        "smtp://mailpit:1025",
    ] {
        assert!(server(url).is_ok(), "{url}");
    }
    for url in [
        "smtp://user:secret@mail.example.com",
        "smtp://user:secret@mail.example.com?tls=opportunistic",
        "http://mail.example.com",
        "mail.example.com",
        "",
    ] {
        let error = server(url).expect_err("refused").to_string();
        assert!(error.contains("smtps://"), "{error}");
        assert!(!error.contains("secret"), "{error}");
    }
    let from = MailServer::new(&"smtp://localhost:1025".to_owned().into(), "nobody");
    assert!(from.expect_err("refused").to_string().contains("nobody"));
}
