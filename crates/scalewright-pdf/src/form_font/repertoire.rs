//! The letters that people type in a language, beside those of Latin, Greek and Cyrillic.
//!
//! Nobody knows which letters will be typed, so a font of fields has all letters of a script. Chinese, Japanese and Korean
//! have too many: for them it has those of the national standards, which names and everyday texts are written with.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK};
use unicode_script::{Script, ScriptExtension, UnicodeScript};

/// The last code point that a font of fields can have.
const LAST: u32 = 0xffff;

/// The scripts of languages, by ISO 639 and ISO 15924. A language that is not here is written in Latin, Greek or Cyrillic.
const SCRIPTS: [(&str, &[&str]); 16] = [
    ("Hebr", &["he", "iw", "yi"]),
    ("Arab", &["ar", "ckb", "fa", "ps", "sd", "ug", "ur"]),
    ("Deva", &["hi", "mr", "ne", "sa"]),
    ("Beng", &["as", "bn"]),
    ("Guru", &["pa"]),
    ("Gujr", &["gu"]),
    ("Taml", &["ta"]),
    ("Telu", &["te"]),
    ("Knda", &["kn"]),
    ("Mlym", &["ml"]),
    ("Sinh", &["si"]),
    ("Thai", &["th"]),
    ("Geor", &["ka"]),
    ("Armn", &["hy"]),
    ("Khmr", &["km"]),
    ("Ethi", &["am", "ti"]),
];

/// The tags of written Chinese with traditional characters.
const TRADITIONAL: [&str; 4] = ["Hant", "TW", "HK", "MO"];

/// The marks and forms of letters that the three languages share: punctuation, and letters as wide as an ideograph.
const WIDE: [(u32, u32); 3] = [(0x3000, 0x303f), (0xff01, 0xff5e), (0xffe0, 0xffe6)];

/// Returns the letters of the script of a language, in order; none if it is Latin, Greek or Cyrillic.
pub(super) fn letters(tag: &str) -> Vec<u32> {
    let parts: Vec<&str> = tag.split('-').collect();
    let (language, further) = parts.split_first().map_or(("", &[][..]), |(l, f)| (*l, f));
    let has = |tags: &[&str]| further.iter().any(|part| tags.contains(part));
    match language {
        "ja" => wide(&[(0x3041, 0x30ff), (0x31f0, 0x31ff), (0xff61, 0xff9f)], EUC_JP, 0xb0..=0xf4),
        "ko" => wide(&[(0x3131, 0x318e)], EUC_KR, 0xb0..=0xc8),
        "zh" if has(&TRADITIONAL) => wide(&[(0x3105, 0x3129)], BIG5, 0xa4..=0xc6),
        "zh" => wide(&[(0x3105, 0x3129)], GBK, 0xb0..=0xf7),
        _ => of_script(language, further),
    }
}

/// The letters of an alphabet. A script in the tag, as in `uz-Arab`, is that of the language.
fn of_script(language: &str, further: &[&str]) -> Vec<u32> {
    let named = further.iter().find(|part| part.len() == 4).copied();
    let usual = SCRIPTS.iter().find(|(_, languages)| languages.contains(&language));
    let script = named.or(usual.map(|(script, _)| *script)).and_then(Script::from_short_name);
    let Some(script) = script.filter(|script| !is_usual(*script)) else { return Vec::new() };
    let of = |c: char| {
        let scripts = c.script_extension();
        // Marks that belong to any script say nothing.
        let shared = [Script::Common, Script::Inherited].map(ScriptExtension::from);
        !shared.contains(&scripts) && scripts.contains_script(script) && !is_form(c)
    };
    (0..=LAST).filter(|point| char::from_u32(*point).is_some_and(of)).collect()
}

/// Whether every font of fields has the letters of a script, or a language has its own list of them.
fn is_usual(script: Script) -> bool {
    use Script::{Common, Cyrillic, Greek, Han, Hangul, Hiragana, Inherited, Katakana, Latin};
    [Latin, Greek, Cyrillic, Common, Inherited, Han, Hangul, Hiragana, Katakana].contains(&script)
}

/// Whether a character is a joined form of letters. Nobody types these.
fn is_form(c: char) -> bool {
    matches!(c, '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// The letters of some blocks, and those whose two bytes in an encoding begin with one of `rows`: the standard that the
/// encoding extends has them there.
fn wide(
    blocks: &[(u32, u32)],
    encoding: &'static Encoding,
    rows: std::ops::RangeInclusive<u8>,
) -> Vec<u32> {
    let in_blocks = |point: u32| {
        blocks.iter().chain(&WIDE).any(|(first, last)| (*first..=*last).contains(&point))
    };
    let is_letter = |point: u32| {
        let Some(letter) = char::from_u32(point) else { return false };
        if in_blocks(point) {
            return true;
        }
        let mut buffer = [0; 4];
        let (bytes, _, is_lost) = encoding.encode(letter.encode_utf8(&mut buffer));
        // Big5 has lower second bytes too; in the others, these belong to later extensions.
        let least = if encoding == BIG5 { 0x40 } else { 0xa1 };
        let is_standard = matches!(*bytes, [row, cell] if rows.contains(&row) && cell >= least);
        !is_lost && is_standard
    };
    let ideographs = (0x3400..=0x9fff).chain(0xac00..=0xd7a3).chain(0x3000..=0x33ff);
    let mut letters: Vec<u32> =
        ideographs.chain(0xf900..=LAST).filter(|point| is_letter(*point)).collect();
    letters.sort_unstable();
    letters.dedup();
    letters
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn each_standard_has_as_many_letters_as_it_says() {
        let ideographs = |tag: &str| {
            letters(tag).iter().filter(|point| (0x4e00..=0x9fff).contains(*point)).count()
        };
        // JIS X 0208: 2,965 of the first level and 3,390 of the second. GB 2312: 3,755 and 3,008. Big5: 5,401.
        assert_eq!(ideographs("ja"), 2_965 + 3_390);
        assert_eq!(ideographs("zh"), 3_755 + 3_008);
        assert_eq!(ideographs("zh-Hant"), 5_401);
        // KS X 1001: 2,350 syllables.
        let syllables = letters("ko");
        let syllables = syllables.iter().filter(|point| (0xac00..=0xd7a3).contains(*point)).count();
        assert_eq!(syllables, 2_350);
    }

    #[test]
    fn a_language_brings_the_letters_of_its_script() {
        let has = |tag: &str, text: &str| {
            let letters = letters(tag);
            text.chars().all(|c| letters.contains(&u32::from(c)))
        };
        assert!(has("he", "אבץ׳"));
        assert!(has("ar", "ابپ؟٣ـ"));
        assert!(has("ur-PK", "ٹڑے"));
        assert!(has("uz-Arab", "ئې"));
        assert!(has("hi", "कखक्ष।"));
        assert!(has("th", "กขเแ"));
        assert!(has("ja", "漢字かなカナ、。ーＡ１"));
        assert!(has("ko", "한국어ㄱ"));
        for tag in ["de", "el", "uk", "sr-Latn", "", "-", "x-1"] {
            assert!(letters(tag).is_empty(), "{tag}");
        }
    }
}
