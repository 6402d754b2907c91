use super::*;
use proptest::prelude::*;

/// Texts that are more than one address, less than one, or something else beside one.
const REFUSED: &[&str] = &[
    "",
    " ",
    "@",
    "john",
    "john@",
    "@example.com",
    "john@example",
    "john@localhost",
    "john@.com",
    "john@example.",
    "john@example..com",
    "john@-example.com",
    "john@example-.com",
    "john@exam_ple.com",
    "john@127.0.0.1",
    "john@[127.0.0.1]",
    "john@[::1]",
    "john@0x7f.1",
    "john@@example.com",
    "john@doe@example.com",
    "john@example.com@evil.example",
    "john@example.com,jane@example.com",
    "john@example.com, jane@example.com",
    "john@example.com;jane@example.com",
    "john@example.com jane@example.com",
    "john,jane@example.com",
    "john;jane@example.com",
    "john@example.com\njane@example.com",
    "john@example.com\r\nBcc: jane@example.com",
    "john@example.com\rBcc:jane@example.com",
    "john\r\nBcc:jane@example.com",
    "john@exam\nple.com",
    "john@example.com\0",
    "jo\0hn@example.com",
    "john@example.com%0aBcc:jane@example.com",
    "john@example%2ecom",
    "john@exam%70le.com",
    "john@example.com%00",
    "<john@example.com>",
    "John <john@example.com>",
    "\"John Doe\" <john@example.com>",
    "John@example.com>",
    "\"john doe\"@example.com",
    "\"john\"@example.com",
    "john\\@example.com",
    "john(comment)@example.com",
    "john@example.com(comment)",
    "john@(comment)example.com",
    "john doe@example.com",
    "john @example.com",
    "john@ example.com",
    "john@exam ple.com",
    "john\u{a0}doe@example.com",
    "john\u{2003}doe@example.com",
    "john\tdoe@example.com",
    "john:doe@example.com",
    "john@example.com:25",
    "mailto:john@example.com",
    "john@example.com?subject=x",
    "john@example.com#x",
    "john@example.com/x",
    "john@user:pass@example.com",
    ".john@example.com",
    "john.@example.com",
    "john..doe@example.com",
    "jo\u{200b}hn@example.com",
    "john@exam\u{200b}ple.com",
    "jo\u{200d}hn@example.com",
    "jo\u{ad}hn@example.com",
    "john@exam\u{ad}ple.com",
    "\u{202e}john@example.com",
    "john@\u{202e}example.com",
    "\u{feff}john@example.com",
    "jo\u{2028}hn@example.com",
    "john@example.com\u{2029}",
    "jo\u{85}hn@example.com",
    "john\u{fe6b}jane\u{ff20}example.com",
    "john@example\u{2024}\u{2024}com",
    "john@xn--\u{fffd}.com",
    "group:john@example.com;",
    "john@example.com>, <jane@example.com",
    "=?utf-8?q?john=40example.com?=@\n",
];

#[test]
fn only_one_plain_address_is_an_address() {
    assert!(REFUSED.len() >= 80);
    for text in REFUSED {
        assert_eq!(EmailAddress::parse(text), Err(InvalidEmail), "{text:?}");
    }
    let (long, longer) = ("x".repeat(64), "x".repeat(65));
    assert!(EmailAddress::parse(&format!("{long}@example.com")).is_ok());
    assert!(EmailAddress::parse(&format!("{longer}@example.com")).is_err());
    let domain = format!("{0}.{0}.{0}.example.com", "y".repeat(60));
    assert!(EmailAddress::parse(&format!("john@{domain}")).is_ok());
    assert!(EmailAddress::parse(&format!("{long}@{domain}")).is_err());
}

#[test]
fn an_address_has_one_form() {
    for (typed, kept) in [
        (" John.Doe@Example.COM ", "John.Doe@example.com"),
        ("john+tag@example.com", "john+tag@example.com"),
        ("o'brien@example.co.uk", "o'brien@example.co.uk"),
        ("ｊｏｈｎ@example.com", "john@example.com"),
        ("john\u{ff20}example.com", "john@example.com"),
        ("jörg@bücher.example", "jörg@xn--bcher-kva.example"),
        ("jo\u{308}rg@example.com", "jörg@example.com"),
    ] {
        let address = EmailAddress::parse(typed);
        let address = address.expect(typed);
        assert_eq!(address.as_str(), kept);
    }
}

#[test]
fn a_masked_address_shows_first_and_last_letters_only() {
    for (address, masked) in [
        ("inca@hello.net", "i**a@h***o.net"),
        ("a@b.co", "a***@b****.co"),
        ("john.doe@mail.example.com", "j**e@m***e.com"),
    ] {
        let address = EmailAddress::parse(address).expect("an address");
        assert_eq!(address.masked(), masked);
    }
}

proptest! {
    #[test]
    fn what_is_read_is_read_again_as_the_same(text in "\\PC{0,20}@\\PC{1,20}") {
        if let Ok(address) = EmailAddress::parse(&text) {
            prop_assert_eq!(EmailAddress::parse(address.as_str()), Ok(address.clone()));
            prop_assert_eq!(address.as_str().matches('@').count(), 1);
            prop_assert!(!address.as_str().contains(char::is_whitespace));
            prop_assert!(address.masked().contains('@'));
        }
    }
}
