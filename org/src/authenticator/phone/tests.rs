use super::*;
use proptest::prelude::*;

fn number(text: &str) -> Result<String, InvalidPhoneNumber> {
    PhoneNumber::parse(text).map(String::from)
}

#[test]
fn a_number_is_read_as_people_write_it() {
    for text in [
        "+15551234567",
        " +1 555-123-4567 ",
        "+1 (555) 123.4567",
        "+1\u{a0}555\u{a0}1234567",
    ] {
        assert_eq!(number(text), Ok("+15551234567".to_owned()), "{text}");
    }
    assert_eq!(number("+49 30 901820"), Ok("+4930901820".to_owned()));
}

#[test]
fn what_is_not_a_number_with_its_country_is_refused() {
    for text in [
        "",
        "+",
        "15551234567",
        "0015551234567",
        "+05551234567",
        "+123456",
        "+1234567890123456",
        "+1555CALLNOW",
        "+1555123456７",
        "++15551234567",
        "+1555+1234567",
        "+15551234567,+15557654321",
        "+15551234567\n",
        "+1555\r\n1234567",
        "+15551234567;ext=5",
        "tel:+15551234567",
    ] {
        assert_eq!(number(text), Err(InvalidPhoneNumber), "{text:?}");
    }
}

#[test]
fn a_masked_number_shows_the_last_four_digits() {
    let masked = |text| PhoneNumber::parse(text).map(|number| number.masked());
    assert_eq!(masked("+15551232342"), Ok("+1 XXX-XXX-2342".to_owned()));
    assert_eq!(masked("+4930901820"), Ok("+XXXXXX1820".to_owned()));
    assert_eq!(masked("+1234567"), Ok("+XXX4567".to_owned()));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic_and_a_number_is_plus_and_digits(text in "\\PC{0,24}") {
        if let Ok(number) = PhoneNumber::parse(&text) {
            prop_assert!(number.as_str()[1..].bytes().all(|byte| byte.is_ascii_digit()));
            let shown = number.masked().bytes().filter(u8::is_ascii_digit).count();
            prop_assert!(shown <= 5);
        }
    }
}
