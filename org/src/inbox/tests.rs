use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use testkit::TestDir;
use url::Url;

use super::{
    Channel, Delivery, Filter, Message, Outgoing, delete_messages, find_messages, messages, put,
    set_delivery,
};
use crate::store::{Store, StoreError};

const BRAND: &str = "Portico & <Sons>";
const TO: &str = "jo@example.com";

fn code() -> SecretString {
    "493817".into()
}

fn link() -> Url {
    Url::parse("http://localhost:7000/verify/abc?x=1&y=2").expect("a link")
}

/// One of each, with everything that it can have.
fn all() -> Vec<Outgoing> {
    let (code, link) = (code(), link());
    vec![
        messages::email_challenge(TO, &code, Some(&link), BRAND),
        messages::email_verification(TO, &code, Some(&link), BRAND),
        messages::registration_verification(TO, &code, Some(&link), BRAND),
        messages::registration_attempt(TO, Some(&link), BRAND),
        messages::activation(TO, &link, BRAND),
        messages::forgot_password(TO, &code, Some(&link), BRAND),
        messages::password_changed(TO, BRAND),
        messages::unlock_account(TO, &code, Some(&link), BRAND),
        messages::account_locked(TO, BRAND),
        messages::authenticator_enrolled(TO, "Phone", BRAND),
        messages::sms_code("+15551234567", &code, BRAND),
        messages::voice_code("+15551234567", &code, BRAND),
        messages::trial(Channel::Email, TO, &link, BRAND),
        messages::trial(Channel::Sms, TO, &link, BRAND),
        messages::trial(Channel::Voice, TO, &link, BRAND),
    ]
}

#[test]
fn every_message_says_its_code_and_its_link_in_words_and_by_themselves() {
    for message in all() {
        let template = message.template;
        if let Some(code) = &message.code {
            let spoken: String = message.text.split(", ").collect();
            assert!(spoken.contains(code.expose_secret()), "{template}");
        }
        if let Some(link) = &message.link {
            assert!(message.text.contains(link.as_str()), "{template}");
        }
        let words = [&message.subject, &message.text]
            .map(String::as_str)
            .concat();
        assert!(words.contains(BRAND), "{template}");
        assert!(!message.subject.contains('\n'), "{template}");
    }
}

#[test]
fn every_mail_is_a_page_as_well_that_escapes_what_it_says() {
    for message in all() {
        let template = message.template;
        assert_eq!(
            message.html.is_some(),
            message.channel == Channel::Email,
            "{template}"
        );
        let html = message.html.unwrap_or_default();
        assert!(!html.contains("<Sons>"), "{template}");
        if let (Some(code), Channel::Email) = (&message.code, message.channel) {
            assert!(html.contains(code.expose_secret()), "{template}");
        }
        if message.link.is_some() && message.channel == Channel::Email {
            assert!(html.contains("href=\"http://localhost:7000/verify/abc?x=1&#38;y=2\""));
        }
    }
}

#[test]
fn a_call_says_each_digit_by_itself_and_all_of_them_twice() {
    let call = messages::voice_code("+15551234567", &code(), "Portico");
    assert_eq!(call.text.matches("4, 9, 3, 8, 1, 7").count(), 2);
}

#[test]
fn a_mail_without_a_link_does_not_speak_of_one() {
    let mail = messages::email_challenge(TO, &code(), None, "Portico");
    assert!(!mail.text.contains("link") && !mail.html.expect("a page").contains("href"));
}

#[test]
fn neither_codes_nor_links_nor_words_show_when_a_message_is_printed_for_debugging() {
    for message in all() {
        let printed = format!("{message:?}");
        assert!(
            !printed.contains("493817") && !printed.contains("verify"),
            "{printed}"
        );
    }
}

const BOTH: Delivery = Delivery {
    kept: true,
    mailed: true,
};

/// A store in which messages are treated so.
async fn store(delivery: Delivery) -> (Store, TestDir) {
    let dir = TestDir::new();
    let store = Store::open(dir.path()).expect("a store");
    choose(&store, delivery).await;
    (store, dir)
}

async fn choose(store: &Store, delivery: Delivery) {
    store
        .write(move |db| set_delivery(db, delivery).map_err(StoreError::from))
        .await
        .expect("a choice");
}

async fn send(store: &Store, message: Outgoing) {
    store
        .write(move |db| put(db, &message, Timestamp::UNIX_EPOCH).map_err(StoreError::from))
        .await
        .expect("a message");
}

fn found(store: &Store) -> Vec<Message> {
    let filter = Filter {
        limit: 1000,
        ..Filter::default()
    };
    store
        .read(|db| find_messages(db, &filter))
        .expect("messages")
}

#[tokio::test]
async fn only_what_somebody_will_read_or_get_is_put_in() {
    for (kept, mailed, expected) in [
        (
            true,
            true,
            vec![(Channel::Sms, false), (Channel::Email, true)],
        ),
        (
            true,
            false,
            vec![(Channel::Sms, false), (Channel::Email, false)],
        ),
        (false, true, vec![(Channel::Email, true)]),
        (false, false, vec![]),
    ] {
        let (store, _dir) = store(Delivery { kept, mailed }).await;
        send(&store, messages::password_changed(TO, BRAND)).await;
        send(&store, messages::sms_code("+15551234567", &code(), BRAND)).await;
        let messages = found(&store);
        let messages: Vec<_> = messages
            .iter()
            .map(|one| (one.channel, one.pending))
            .collect();
        assert_eq!(messages, expected, "kept {kept}, mailed {mailed}");
    }
}

#[tokio::test]
async fn without_a_mail_server_no_mail_waits_for_the_next_one() {
    let (store, _dir) = store(BOTH).await;
    send(&store, messages::password_changed(TO, BRAND)).await;
    let kept_only = Delivery {
        kept: true,
        mailed: false,
    };
    choose(&store, kept_only).await;
    choose(&store, BOTH).await;
    assert!(found(&store).iter().all(|message| !message.pending));
}

#[tokio::test]
async fn clearing_the_inbox_takes_no_mail_from_the_mail_server() {
    let (store, _dir) = store(BOTH).await;
    send(&store, messages::password_changed(TO, BRAND)).await;
    send(&store, messages::sms_code("+15551234567", &code(), BRAND)).await;
    let cleared = store.write(|db| delete_messages(db, None).map_err(StoreError::from));
    assert_eq!(cleared.await.expect("cleared"), 1);
    assert_eq!(found(&store).len(), 1);
}

#[tokio::test]
async fn the_newest_ten_thousand_messages_are_kept() {
    let (store, _dir) = store(BOTH).await;
    send(
        &store,
        messages::password_changed("first@example.com", BRAND),
    )
    .await;
    send(
        &store,
        messages::password_changed("second@example.com", BRAND),
    )
    .await;
    let skip = |db: &rusqlite::Connection| {
        db.execute(
            "UPDATE sqlite_sequence SET seq = 10000 WHERE name = 'messages'",
            [],
        )
        .map_err(StoreError::from)
    };
    store.write(skip).await.expect("as if there had been more");
    send(
        &store,
        messages::password_changed("last@example.com", BRAND),
    )
    .await;
    let messages = found(&store);
    let recipients: Vec<&str> = messages.iter().map(|message| &*message.to).collect();
    assert_eq!(recipients, ["last@example.com", "second@example.com"]);
}
