use icu_normalizer::ComposingNormalizerBorrowed;

/// The NFKC form of a text (UAX #15): what looks the same or stands for the same is the same.
pub(crate) fn nfkc(text: &str) -> String {
    ComposingNormalizerBorrowed::new_nfkc()
        .normalize(text)
        .into_owned()
}

/// The form in which two texts that differ by letter case or by the width of letters only are equal.
pub(crate) fn nfkc_folded(text: &str) -> String {
    nfkc(&nfkc(text).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_look_alike_by_width_ligature_or_composition_are_one() {
        assert_eq!(nfkc_folded("ＪＯＨＮ"), "john");
        assert_eq!(nfkc_folded("ﬁsh"), "fish");
        assert_eq!(nfkc_folded("Jose\u{301}"), nfkc_folded("JOSÉ"));
    }

    #[test]
    fn folding_again_changes_nothing() {
        for text in ["İstanbul", "ΑΣ", "ﬃ", "Ⅷ", "ẞ", "K\u{212a}"] {
            assert_eq!(nfkc_folded(&nfkc_folded(text)), nfkc_folded(text), "{text}");
        }
    }
}
