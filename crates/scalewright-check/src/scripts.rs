//! The scripts that languages are written in.

use unicode_script::{Script, UnicodeScript};

use crate::words::listed;

/// The scripts of a language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scripts(&'static [Script]);

use Script as S;

/// The scripts of languages that are not written in Latin letters alone (CLDR, likely subtags and script metadata).
const LANGUAGES: [(&str, &[Script]); 72] = [
    ("ab", &[S::Cyrillic]),
    ("am", &[S::Ethiopic]),
    ("ar", &[S::Arabic]),
    ("as", &[S::Bengali]),
    ("av", &[S::Cyrillic]),
    ("az", &[S::Latin, S::Cyrillic, S::Arabic]),
    ("ba", &[S::Cyrillic]),
    ("be", &[S::Cyrillic]),
    ("bg", &[S::Cyrillic]),
    ("bn", &[S::Bengali]),
    ("bo", &[S::Tibetan]),
    ("bs", &[S::Latin, S::Cyrillic]),
    ("ce", &[S::Cyrillic]),
    ("ckb", &[S::Arabic]),
    ("cr", &[S::Canadian_Aboriginal, S::Latin]),
    ("cv", &[S::Cyrillic]),
    ("dv", &[S::Thaana]),
    ("dz", &[S::Tibetan]),
    ("el", &[S::Greek]),
    ("fa", &[S::Arabic]),
    ("ff", &[S::Latin, S::Adlam]),
    ("gu", &[S::Gujarati]),
    ("ha", &[S::Latin, S::Arabic]),
    ("he", &[S::Hebrew]),
    ("hi", &[S::Devanagari]),
    ("hy", &[S::Armenian]),
    ("ii", &[S::Yi]),
    ("iu", &[S::Canadian_Aboriginal, S::Latin]),
    ("ja", &[S::Han, S::Hiragana, S::Katakana]),
    ("ka", &[S::Georgian]),
    ("kk", &[S::Cyrillic, S::Latin, S::Arabic]),
    ("km", &[S::Khmer]),
    ("kn", &[S::Kannada]),
    ("ko", &[S::Hangul, S::Han]),
    ("ks", &[S::Arabic, S::Devanagari]),
    ("ku", &[S::Latin, S::Arabic]),
    ("kv", &[S::Cyrillic]),
    ("ky", &[S::Cyrillic, S::Arabic, S::Latin]),
    ("lo", &[S::Lao]),
    ("mk", &[S::Cyrillic]),
    ("ml", &[S::Malayalam]),
    ("mn", &[S::Cyrillic, S::Mongolian]),
    ("mr", &[S::Devanagari]),
    ("ms", &[S::Latin, S::Arabic]),
    ("my", &[S::Myanmar]),
    ("ne", &[S::Devanagari]),
    ("oj", &[S::Canadian_Aboriginal, S::Latin]),
    ("or", &[S::Oriya]),
    ("os", &[S::Cyrillic]),
    ("pa", &[S::Gurmukhi, S::Arabic]),
    ("ps", &[S::Arabic]),
    ("ru", &[S::Cyrillic]),
    ("sa", &[S::Devanagari]),
    ("sd", &[S::Arabic, S::Devanagari]),
    ("si", &[S::Sinhala]),
    ("sr", &[S::Cyrillic, S::Latin]),
    ("ta", &[S::Tamil]),
    ("te", &[S::Telugu]),
    ("tg", &[S::Cyrillic, S::Arabic]),
    ("th", &[S::Thai]),
    ("ti", &[S::Ethiopic]),
    ("tk", &[S::Latin, S::Cyrillic, S::Arabic]),
    ("tt", &[S::Cyrillic, S::Latin]),
    ("ug", &[S::Arabic, S::Cyrillic]),
    ("uk", &[S::Cyrillic]),
    ("ur", &[S::Arabic]),
    ("uz", &[S::Latin, S::Cyrillic, S::Arabic]),
    ("yi", &[S::Hebrew]),
    ("yue", &[S::Han, S::Bopomofo]),
    ("zh", &[S::Han, S::Bopomofo]),
    ("zgh", &[S::Tifinagh]),
    ("zza", &[S::Latin]),
];
const LATIN: [Script; 1] = [S::Latin];
/// Fewer Latin letters than this may be an abbreviation or a name in any language.
const FEW: usize = 12;

impl Scripts {
    /// Returns the scripts of a BCP 47 tag, or `None` if the tag names a script itself, or if it is an unknown language
    /// of three letters.
    pub(crate) fn of(tag: &str) -> Option<Self> {
        let mut parts = tag.split('-');
        let language = parts.next()?;
        if parts.any(|part| part.len() == 4 && part.chars().all(|c| c.is_ascii_alphabetic())) {
            return None;
        }
        let latin = || (language.len() == 2).then_some(&LATIN[..]);
        listed(&LANGUAGES, tag).or_else(latin).map(Self)
    }

    /// Returns what in a text is not written in these scripts, as a noun phrase.
    pub(crate) fn stranger(self, text: &str) -> Option<String> {
        // Most texts in Latin letters need no closer look: nothing in ASCII is foreign to them.
        if text.is_ascii() && self.0.contains(&S::Latin) {
            return None;
        }
        let own = |c: char| self.0.contains(&c.script());
        let latin = || text.chars().filter(|c| c.script() == S::Latin).count();
        if !self.0.contains(&S::Latin) && !text.chars().any(own) && latin() >= FEW {
            return Some("Latin letters only".to_owned());
        }
        let c = text.chars().find(|&c| !own(c) && !is_neutral(c))?;
        // A Greek letter in a short word is a symbol: α, μg.
        let word = text.split(|c: char| !c.is_alphanumeric()).find(|word| word.contains(c));
        if c.script() == S::Greek && word.is_none_or(|word| word.chars().nth(3).is_none()) {
            return None;
        }
        // Names and abbreviations are in Latin letters in many languages, but words do not mix scripts.
        if c.script() == S::Latin {
            let mixed = text
                .split(|c: char| !c.is_alphanumeric())
                .find(|word| word.chars().any(own) && word.chars().any(|c| c.script() == S::Latin));
            // Mixed words count only in scripts that separate words. In others, such as Japanese, a Latin name may
            // directly follow another word.
            let separates_words = self
                .0
                .iter()
                .any(|s| matches!(s, S::Cyrillic | S::Greek | S::Armenian | S::Georgian));
            return mixed
                .filter(|_| separates_words)
                .map(|word| format!("`{word}`, which mixes Latin letters with others"));
        }
        Some(match c.script() {
            S::Unknown => {
                format!("the character U+{:04X}, which belongs to no script", u32::from(c))
            }
            script => format!(
                "the {} `{c}` (U+{:04X})",
                script.full_name().replace('_', " "),
                u32::from(c)
            ),
        })
    }
}

/// Whether a character is used with all scripts, such as digits and punctuation.
fn is_neutral(c: char) -> bool {
    matches!(c.script(), S::Common | S::Inherited)
}

#[cfg(test)]
mod tests {
    use super::Scripts;

    fn stranger(text: &str, tag: &str) -> Option<String> {
        Scripts::of(tag).and_then(|scripts| scripts.stranger(text))
    }

    #[test]
    fn letters_of_another_script_are_found_and_symbols_are_not() {
        assert_eq!(stranger("Ich schlief ruhig – „so“.", "de"), None);
        assert_eq!(stranger("ein Gewicht von 5 μg und α = 0,9", "de"), None);
        assert!(stranger("My \u{441}alm", "en").is_some());
        assert!(stranger("Мне было cпокойно", "ru").is_some());
        assert_eq!(stranger("Опросник PHQ-9", "ru"), None);
        assert!(stranger("I felt calm at night", "ru").is_some());
        assert_eq!(stranger("PHQ-9", "th"), None);
        assert_eq!(stranger("PHQ-9を使う", "ja"), None);
        assert!(stranger("ನನಗೆ \u{cff}", "kn").is_some());
        assert_eq!(stranger("ya spal", "ru-Latn"), None);
    }
}
