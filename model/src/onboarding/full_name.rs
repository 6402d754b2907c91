/// Languages whose speakers say the family name first.
const FAMILY_FIRST: [&str; 6] = ["hu", "ja", "km", "ko", "vi", "zh"];

/// The whole name in the order that the speakers of a locale use, such as `Ada Lovelace`, `Nagy Anna` or `山田太郎`.
///
/// Where both parts are written without spaces between words, none is put between them. A locale that is not known
/// leaves the given name first.
pub fn full_name(given: &str, family: &str, locale: &str) -> String {
    let language = locale.split(['-', '_']).next().unwrap_or_default();
    let is_family_first = FAMILY_FIRST
        .iter()
        .any(|known| known.eq_ignore_ascii_case(language));
    let (first, second) = if is_family_first {
        (family, given)
    } else {
        (given, family)
    };
    let is_dense = is_family_first && [first, second].iter().all(|part| is_cjk(part));
    let between = if first.is_empty() || second.is_empty() || is_dense {
        ""
    } else {
        " "
    };
    [first, between, second].concat()
}

/// Whether a name is written in Han characters, kana or Hangul alone.
fn is_cjk(name: &str) -> bool {
    let is_of_them = |character: char| {
        matches!(character,
            '\u{3005}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
    };
    !name.is_empty() && name.chars().all(is_of_them)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_in_the_order_that_people_expect() {
        for (given, family, locale, expected) in [
            ("Ada", "Lovelace", "en-GB", "Ada Lovelace"),
            ("Ada", "Lovelace", "", "Ada Lovelace"),
            ("Anna", "Nagy", "hu_HU", "Nagy Anna"),
            ("太郎", "山田", "ja-JP", "山田太郎"),
            ("太郎", "山田", "en-US", "太郎 山田"),
            ("Taro", "Yamada", "ja", "Yamada Taro"),
            ("민준", "김", "KO", "김민준"),
            ("Văn An", "Nguyễn", "vi-VN", "Nguyễn Văn An"),
            ("Jo", "", "de", "Jo"),
            ("", "山田", "ja", "山田"),
        ] {
            assert_eq!(full_name(given, family, locale), expected, "{locale}");
        }
    }
}
