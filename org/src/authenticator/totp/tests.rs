use super::*;
use proptest::prelude::*;
use testkit::SeededEntropy;

/// RFC 6238, appendix B: the secret of its SHA-1 examples.
fn example() -> TotpSecret {
    TotpSecret::from_base32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").expect("a secret")
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).expect("a moment")
}

#[test]
fn the_codes_are_those_of_the_rfc() {
    for (second, code) in [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ] {
        assert_eq!(example().code_at(at(second)).expose_secret(), code);
    }
}

#[test]
fn a_code_counts_one_step_before_and_after_its_own_and_not_further() {
    let code = example().code_at(at(59)).expose_secret().to_owned();
    let check = |second| example().check(&code, at(second), None);
    assert_eq!(check(0), TotpOutcome::Accepted { step: 1 });
    assert_eq!(check(89), TotpOutcome::Accepted { step: 1 });
    assert_eq!(check(90), TotpOutcome::Wrong);
    assert_eq!(check(-1), TotpOutcome::Wrong);
}

#[test]
fn a_step_is_good_once_and_none_before_it_is_good_afterwards() {
    let secret = example();
    let (now, code) = (at(3000), |second| secret.code_at(at(second)));
    let check = |second, last| secret.check(code(second).expose_secret(), now, last);
    assert_eq!(check(3000, Some(99)), TotpOutcome::Accepted { step: 100 });
    assert_eq!(check(3000, Some(100)), TotpOutcome::Used);
    assert_eq!(check(2999, Some(100)), TotpOutcome::Used);
    assert_eq!(check(3030, Some(100)), TotpOutcome::Accepted { step: 101 });
}

#[test]
fn a_secret_is_read_as_apps_show_it() {
    let shown = "gezd gnbv gy3t qojq gezd gnbv gy3t qojq====";
    let secret = TotpSecret::from_base32(shown).expect("a secret");
    assert_eq!(
        secret.base32().expose_secret(),
        example().base32().expose_secret()
    );
    let short = TotpSecret::from_base32("GEZDGNBVGY3TQOJQ");
    assert_eq!(short.err(), Some(InvalidTotpSecret));
    assert!(TotpSecret::from_base32("0189").is_err());
}

#[test]
fn a_fresh_secret_has_160_bits() {
    let secret = TotpSecret::generate(&SeededEntropy::new(1));
    assert_eq!(secret.0.len() * 8, 160);
    let other = TotpSecret::generate(&SeededEntropy::new(2));
    assert_ne!(
        secret.base32().expose_secret(),
        other.base32().expose_secret()
    );
}

#[test]
fn the_address_for_apps_names_the_org_and_the_login() {
    let uri = example().uri("My: org", "john+x@example.com");
    assert_eq!(
        uri.expose_secret(),
        "otpauth://totp/My%20%20org:john%2Bx%40example%2Ecom?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=My%20%20org"
    );
}

#[test]
fn the_pictures_are_a_png_and_an_svg_of_the_same_code() {
    let uri = example().uri("Portico", "john.doe@example.com");
    let picture = QrCode::new(&uri).expect("a picture");
    let png = picture.png_data_uri().expect("a picture");
    let data = png
        .expose_secret()
        .strip_prefix("data:image/png;base64,")
        .expect("a data URI");
    let file = data_encoding::BASE64
        .decode(data.as_bytes())
        .expect("base64");
    let mut reader = png::Decoder::new(std::io::Cursor::new(file))
        .read_info()
        .expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut pixels).expect("pixels");
    assert_eq!(info.width, info.height);
    // The corner is white; inside the quiet zone the finder pattern begins, black.
    assert_eq!((pixels[0], pixels.len()), (0xff, info.buffer_size()));
    let row = info.line_size * 16;
    assert_eq!(&pixels[row..row + 3], &[0xff, 0xff, 0x00]);
    let svg = picture.svg();
    assert!(svg.expose_secret().contains("<svg") && !svg.expose_secret().contains("<script"));
}

proptest! {
    #[test]
    fn only_the_three_codes_of_the_moment_are_right(second in 0_i64..4_000_000_000, answer in "[0-9]{6}") {
        let secret = example();
        let codes = [-30, 0, 30].map(|shift| secret.code_at(at(second + shift)).expose_secret().to_owned());
        let accepted = matches!(secret.check(&answer, at(second), None), TotpOutcome::Accepted { .. });
        prop_assert_eq!(accepted, codes.contains(&answer));
    }

    #[test]
    fn no_answer_makes_it_panic(answer in ".*", second in 0_i64..4_000_000_000) {
        example().check(&answer, at(second), Some(0));
    }
}
