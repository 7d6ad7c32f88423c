//! The font of text typed into form fields. Viewers draw text with it later, so all its characters are embedded.
//!
//! A code of the font is the code point itself, in two bytes, so that what a viewer draws can be read without a table. The
//! files are those that `fonts/field.py` writes.

use std::ops::Range;
use std::sync::LazyLock;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// The letters of Latin, Greek and Cyrillic of Noto Sans, compressed.
const FILE: &[u8] = include_bytes!("../fonts/FieldSans.ttf.zlib");
/// The number of bytes of the font file before it was compressed.
const FILE_LENGTH: i64 = 109_064;
/// The glyph of each code.
const GLYPHS: &[u8] = include_bytes!("../fonts/FieldSans.gids.zlib");
/// The CMap from codes to Unicode.
const TO_UNICODE: &[u8] = include_bytes!("../fonts/FieldSans.unicode.zlib");
/// The widths of runs of codes.
const WIDTHS: &str = include_str!("../fonts/FieldSans.widths");

/// The name of the font in a document.
const NAME: &str = "AAAAAA+NotoSans";

/// Whether a font of a document is this one.
pub(crate) fn is_ours(font: &Dictionary) -> bool {
    let is = |key: &[u8], name: &str| {
        font.get(key).and_then(Object::as_name).is_ok_and(|found| found == name.as_bytes())
    };
    is(b"Subtype", "Type0") && is(b"BaseFont", NAME)
}

/// The text of codes of this font. `None` if the font lacks one of them: then a program wrote codes of one byte, whatever
/// the font.
pub(crate) fn text_of(codes: &[u8]) -> Option<String> {
    let letter = |pair: &[u8]| {
        let code = u32::from(u16::from_be_bytes(pair.try_into().ok()?));
        char::from_u32(code).filter(|_| RUNS.iter().any(|run| run.contains(&code)))
    };
    codes.chunks(2).map(letter).collect()
}

/// The codes that have a glyph.
static RUNS: LazyLock<Vec<Range<u32>>> = LazyLock::new(|| {
    let run = |line: &str| {
        let mut numbers = line.split(' ');
        let first: u32 = numbers.next()?.parse().ok()?;
        Some(first..first + u32::try_from(numbers.count()).ok()?)
    };
    WIDTHS.lines().filter_map(run).collect()
});

/// Adds the font to the document, and returns its object.
pub(crate) fn embed(document: &mut Document) -> ObjectId {
    let mut stream = |dictionary: Dictionary, compressed: &[u8]| {
        let mut stream = Stream::new(dictionary, compressed.to_vec());
        stream.dict.set("Filter", "FlateDecode");
        document.add_object(stream)
    };
    let file = stream(dictionary! { "Length1" => FILE_LENGTH }, FILE);
    let glyphs = stream(Dictionary::new(), GLYPHS);
    let to_unicode = stream(Dictionary::new(), TO_UNICODE);
    let bounds = [-600, -300, 1400, 1070].map(Object::Integer).to_vec();
    let descriptor = document.add_object(dictionary! {
        "Type" => "FontDescriptor", "FontName" => NAME, "Flags" => 32, "FontBBox" => bounds,
        // Viewers centre typed text by these two. They are those of capital letters and descenders, without accents.
        "Ascent" => 714, "Descent" => -240,
        "ItalicAngle" => 0, "CapHeight" => 714, "StemV" => 88, "FontFile2" => file,
    });
    let system = dictionary! {
        "Registry" => Object::string_literal("Adobe"),
        "Ordering" => Object::string_literal("Identity"),
        "Supplement" => 0,
    };
    let letters = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => NAME,
        "CIDSystemInfo" => system, "FontDescriptor" => descriptor,
        "DW" => 600, "W" => widths(), "CIDToGIDMap" => glyphs,
    });
    document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => NAME, "Encoding" => "Identity-H",
        "DescendantFonts" => vec![letters.into()], "ToUnicode" => to_unicode,
    })
}

/// The runs of widths: each a code, and a list from this code on.
fn widths() -> Vec<Object> {
    let mut all = Vec::new();
    for run in WIDTHS.lines() {
        let mut numbers = run.split(' ').filter_map(|number| number.parse().ok());
        all.extend(numbers.next().map(Object::Integer));
        all.push(numbers.map(Object::Integer).collect::<Vec<_>>().into());
    }
    all
}

#[cfg(test)]
mod tests {
    use lopdf::{Document, Stream, dictionary};
    use ttf_parser::Face;

    use super::{FILE, FILE_LENGTH, GLYPHS, TO_UNICODE, WIDTHS, embed, is_ours, text_of};

    fn plain(compressed: &[u8]) -> Vec<u8> {
        let filter = dictionary! { "Filter" => "FlateDecode" };
        let stream = Stream::new(filter, compressed.to_vec());
        stream.decompressed_content().expect("a compressed file")
    }

    #[test]
    fn the_files_describe_the_glyphs_of_the_font() {
        let file = plain(FILE);
        assert_eq!(file.len() as i64, FILE_LENGTH);
        let whole = include_bytes!("../fonts/NotoSans-Regular.ttf");
        let whole = Face::parse(whole, 0).expect("a font");
        let glyphs = plain(GLYPHS);
        let glyphs: Vec<u16> =
            glyphs.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        let part = Face::parse(&file, 0).expect("a font");
        let mut count = 0;
        for run in WIDTHS.lines() {
            let numbers: Vec<u32> = run.split(' ').map(|n| n.parse().expect("a number")).collect();
            for (code, width) in (numbers[0]..).zip(&numbers[1..]) {
                let letter = char::from_u32(code).expect("a character");
                let glyph = whole.glyph_index(letter).expect("a glyph of the whole font");
                let expected = whole.glyph_hor_advance(glyph).expect("a width");
                let expected = f64::from(expected) * 1000.0 / f64::from(whole.units_per_em());
                assert!((f64::from(*width) - expected).abs() <= 0.5, "{letter}");
                assert_ne!(glyphs[code as usize], 0, "{letter}");
                let glyph = part.glyph_index(letter).expect("a glyph of the part");
                assert_eq!(glyph.0, glyphs[code as usize], "{letter}");
                count += 1;
            }
        }
        assert_eq!(count, glyphs.iter().filter(|glyph| **glyph != 0).count());
        assert!(count > 1500, "{count}");
        for letter in "AzßŁőΩίЇж€−".chars() {
            assert_ne!(glyphs[letter as usize], 0, "{letter}");
        }
        assert!(
            String::from_utf8(plain(TO_UNICODE)).expect("text").contains("<0020> <007E> <0020>")
        );
    }

    #[test]
    fn codes_are_read_as_code_points() {
        let mut document = Document::with_version("1.7");
        let font = embed(&mut document);
        assert!(is_ours(document.get_dictionary(font).expect("a font")));
        assert_eq!(text_of(b"\x00A\x03\xa9").as_deref(), Some("AΩ"));
        for other in [&b"A"[..], b"\xd8\x00", b"72,5", b"some words", "Grün".as_bytes()] {
            assert_eq!(text_of(other), None);
        }
    }
}
