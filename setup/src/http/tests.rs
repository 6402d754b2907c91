//! Calls at a server that does as a script says: busy, broken, cut.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::Method;
use secrecy::SecretString;
use serde_json::json;
use testkit::{SeededEntropy, TestClock};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use crate::http::{Boxed, Client, Patience, Pause};
use crate::{Fault, Target};

/// What the server does with one request.
#[derive(Debug, Clone, Copy)]
enum Act {
    Answer(&'static str),
    /// The connection ends without an answer.
    Cut,
}

const FINE: Act = Act::Answer("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"id\":\"00g\"}");
const BROKEN: Act = Act::Answer("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n");
const FULL: Act = Act::Answer(
    "HTTP/1.1 429 Too Many Requests\r\ndate: Mon, 05 Jan 2026 09:00:00 GMT\r\n\
     x-rate-limit-reset: 1767603630\r\ncontent-length: 0\r\n\r\n",
);
const SORTING: Act = Act::Answer(
    "HTTP/1.1 423 Locked\r\ncontent-length: 25\r\n\r\n{\"errorCode\":\"E0000239\"}\r\n",
);
const ELSEWHERE: Act =
    Act::Answer("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n");

/// Waits for nothing and remembers how long it should have waited.
#[derive(Debug, Default)]
struct Recorded(Mutex<Vec<Duration>>);

impl Pause for Recorded {
    fn pause(&self, duration: Duration) -> Boxed<'_, ()> {
        self.0.lock().expect("a lock").push(duration);
        Box::pin(std::future::ready(()))
    }
}

/// A server that follows a script, and then answers no more.
struct Fake {
    client: Client,
    pauses: Arc<Recorded>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Fake {
    async fn with(script: &[Act]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a socket");
        let address = listener.local_addr().expect("an address");
        let requests = Arc::new(Mutex::new(Vec::new()));
        tokio::spawn(follow(listener, script.to_vec(), Arc::clone(&requests)));
        let url = Url::parse(&format!("http://{address}")).expect("an address");
        let pauses = Arc::new(Recorded::default());
        let patience = Patience {
            clock: Arc::new(TestClock::new()),
            pause: pauses.clone(),
            entropy: Arc::new(SeededEntropy::new(1)),
        };
        let target = Target::parse("local", &url).expect("a target");
        let client = Client::new(&target, patience).expect("a client");
        Self {
            client: client
                .with_token(&SecretString::from("00secret"))
                .expect("a token"),
            pauses,
            requests,
        }
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("a lock").clone()
    }

    fn pauses(&self) -> Vec<u64> {
        let pauses = self.pauses.0.lock().expect("a lock");
        pauses.iter().map(Duration::as_secs).collect()
    }

    async fn make(&self) -> Result<serde_json::Value, Fault> {
        self.client
            .write(&Method::POST, "/api/v1/groups", Some(&json!({"a": 1})))
            .await
    }
}

async fn follow(listener: TcpListener, script: Vec<Act>, requests: Arc<Mutex<Vec<String>>>) {
    for act in script {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let request = read(&mut stream).await;
        requests.lock().expect("a lock").push(request);
        if let Act::Answer(answer) = act {
            let answer = answer.replacen("\r\n", "\r\nconnection: close\r\n", 1);
            stream
                .write_all(answer.as_bytes())
                .await
                .expect("an answer");
            stream.shutdown().await.expect("an end");
        }
    }
}

/// The whole request: whatever is left unread would turn the end of the connection into a reset.
async fn read(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    loop {
        let count = stream.read(&mut buffer).await.expect("a request");
        text += &String::from_utf8_lossy(&buffer[..count]);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        if body.len() >= length.and_then(|length| length.parse().ok()).unwrap_or(0) {
            return text;
        }
    }
}

#[tokio::test]
async fn a_full_bucket_is_waited_for_and_the_call_is_made_once_more() {
    let fake = Fake::with(&[FULL, FULL, FINE]).await;
    assert_eq!(fake.make().await.expect("an answer")["id"], "00g");
    assert_eq!(fake.pauses(), [30, 30]);
    assert_eq!(fake.requests().len(), 3);
}

#[tokio::test]
async fn policies_that_are_being_sorted_are_waited_for() {
    let fake = Fake::with(&[SORTING, FINE]).await;
    fake.make().await.expect("an answer");
    assert_eq!(fake.requests().len(), 2);
}

#[tokio::test]
async fn a_read_is_repeated_after_every_kind_of_failure() {
    let fake = Fake::with(&[Act::Cut, BROKEN, FULL, FINE]).await;
    let found = fake
        .client
        .find("/api/v1/groups/00g")
        .await
        .expect("an answer");
    assert_eq!(found.expect("a group")["id"], "00g");
    assert_eq!(fake.requests().len(), 4);
}

#[tokio::test]
async fn a_call_that_makes_something_is_not_repeated_when_it_may_have_worked() {
    for act in [Act::Cut, BROKEN] {
        let fake = Fake::with(&[act, FINE]).await;
        let fault = fake.make().await.expect_err("no answer");
        assert!(matches!(fault, Fault::Unknown { .. }), "{fault}");
        assert_eq!(fake.requests().len(), 1);
    }
}

#[tokio::test]
async fn an_org_that_never_answers_is_given_up() {
    let fake = Fake::with(&[BROKEN; 6]).await;
    let fault = fake
        .client
        .find("/api/v1/groups/00g")
        .await
        .expect_err("no answer");
    assert!(fault.to_string().contains("502"), "{fault}");
    assert_eq!(fake.pauses().len(), 5);
    // Nobody listens any more.
    let fault = fake
        .client
        .find("/api/v1/groups/00g")
        .await
        .expect_err("no answer");
    assert!(matches!(fault, Fault::Unreachable { .. }), "{fault}");
}

#[tokio::test]
async fn the_token_is_sent_to_the_org_and_follows_no_redirect() {
    let fake = Fake::with(&[ELSEWHERE]).await;
    let fault = fake
        .client
        .find("/api/v1/groups/00g")
        .await
        .expect_err("no answer");
    assert!(fault.to_string().contains("302"), "{fault}");
    assert!(fake.requests()[0].contains("authorization: SSWS 00secret"));
    assert!(!format!("{:?}", fake.client).contains("00secret"));
}

#[tokio::test]
async fn a_call_without_a_body_says_so() {
    let fake = Fake::with(&[FINE]).await;
    fake.client
        .write(&Method::PUT, "/api/v1/apps/0oa/policies/rst", None)
        .await
        .expect("an answer");
    assert!(
        fake.requests()[0].contains("content-length: 0"),
        "{}",
        fake.requests()[0]
    );
}
