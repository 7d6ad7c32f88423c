//! The font of text typed into form fields. Viewers draw text with it later, so all its characters are embedded.
//!
//! A code of the font is the code point itself, in two bytes, so that what a viewer draws can be read without a table. The
//! files are those that `fonts/field.py` writes. They have the letters of Latin, Greek and Cyrillic; for a language with
//! another script, the letters of that script are added from the fonts that are given.

mod outline;
mod repertoire;
mod truetype;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use crate::faces;
use crate::font_program::FontProgram;
use crate::fonts::{Fonts, is_unseen};
use outline::{Glyph, UNITS};

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

/// Its name with the letters of another script.
const NAME_OF_MORE: &str = "AAAAAB+NotoSans";

/// The name by which fields refer to it.
///
/// PDFium takes a font for one with the letters of western Europe, and draws all others with fonts of the system that it
/// does not embed, and that lack some of them. Only a font with this name it takes for one with letters of its own.
pub(crate) const RESOURCE: &str = "Wingdings";

/// The name in forms of earlier versions.
pub(crate) const OLD_RESOURCE: &str = "Helv";

/// The fonts that we embed, as a document holds them.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ours<'d> {
    /// That with Latin, Greek and Cyrillic.
    Usual,
    /// One with the letters of another script too: its widths, and the document that they are in.
    More(&'d Document, &'d [Object]),
}

/// Returns which of our fonts a font of a document is; `None` if it is another one.
pub(crate) fn ours<'d>(document: &'d Document, font: &'d Dictionary) -> Option<Ours<'d>> {
    let name = |key: &[u8]| font.get(key).and_then(Object::as_name).ok();
    if name(b"Subtype")? != b"Type0" {
        return None;
    }
    if name(b"BaseFont")? == NAME.as_bytes() {
        return Some(Ours::Usual);
    }
    let is_more = name(b"BaseFont")? == NAME_OF_MORE.as_bytes();
    let parts = font.get_deref(b"DescendantFonts", document).ok()?.as_array().ok()?;
    let letters = document.dereference(parts.first()?).ok()?.1.as_dict().ok()?;
    let widths = letters.get_deref(b"W", document).ok()?.as_array().ok()?;
    is_more.then_some(Ours::More(document, widths))
}

/// The text of codes of this font. `None` if the font lacks one of them: then a program wrote codes of one byte, whatever
/// the font.
pub(crate) fn text_of(font: Ours<'_>, codes: &[u8]) -> Option<String> {
    let more = match font {
        Ours::Usual => Vec::new(),
        Ours::More(document, widths) => runs(document, widths),
    };
    let letter = |pair: &[u8]| {
        let code = u32::from(u16::from_be_bytes(pair.try_into().ok()?));
        let is_known = RUNS.iter().chain(&more).any(|run| run.contains(&code));
        char::from_u32(code).filter(|_| is_known)
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

/// The codes that added letters have a width for: runs of a first code, a last one, and their width.
fn runs(document: &Document, widths: &[Object]) -> Vec<Range<u32>> {
    let number = |object: &Object| {
        let number = document.dereference(object).ok()?.1.as_i64().ok()?;
        u32::try_from(number).ok()
    };
    let (mut found, mut at) = (Vec::new(), 0);
    while at + 1 < widths.len() {
        match (number(&widths[at]), number(&widths[at + 1])) {
            (Some(first), Some(last)) => {
                found.push(first..last.saturating_add(1));
                at += 3;
            }
            // A code and a list of widths: a run of the usual letters.
            _ => at += 2,
        }
    }
    found
}

/// The font with Latin, Greek and Cyrillic, and with the letters of the script of `language` that `fonts` have.
pub(crate) fn font(language: &str, fonts: &Fonts) -> Arc<FontProgram> {
    let usual = || Arc::new(usual());
    let letters = repertoire::letters(language);
    if letters.is_empty() {
        return usual();
    }
    let made = |letters: &[u32]| with(&found(letters, fonts)).map_or_else(usual, Arc::new);
    fonts.typed().entry(letters).or_insert_with_key(|letters| made(letters)).clone()
}

fn usual() -> FontProgram {
    FontProgram {
        name: NAME,
        file: FILE.to_vec(),
        length: FILE_LENGTH,
        glyphs: GLYPHS.to_vec(),
        to_unicode: TO_UNICODE.to_vec(),
        widths: usual_widths(),
    }
}

/// The font with further letters. `None` if there are none.
fn with(letters: &BTreeMap<u16, (Glyph, u16)>) -> Option<FontProgram> {
    if letters.is_empty() {
        return None;
    }
    let more: Vec<(Glyph, u16)> = letters.values().cloned().collect();
    let file = truetype::extended(&unpacked(FILE)?, &more)?;
    let mut glyphs = unpacked(GLYPHS)?;
    let last = letters.keys().next_back().map_or(0, |code| usize::from(*code));
    glyphs.resize(glyphs.len().max(2 * last + 2), 0);
    let first = truetype::glyphs(&unpacked(FILE)?)?;
    for (code, glyph) in letters.keys().zip(first..) {
        let at = 2 * usize::from(*code);
        glyphs[at..at + 2].copy_from_slice(&glyph.to_be_bytes());
    }
    let mut widths = usual_widths();
    let known: Vec<(u16, u16)> = letters.iter().map(|(code, (_, w))| (*code, *w)).collect();
    for run in known.chunk_by(|(code, width), (next, w)| code + 1 == *next && width == w) {
        let (first, width) = run[0];
        let last = run[run.len() - 1].0;
        widths.extend([first, last, width].map(|n| Object::Integer(n.into())));
    }
    let codes: Vec<u16> = letters.keys().copied().collect();
    Some(FontProgram {
        name: NAME_OF_MORE,
        length: i64::try_from(file.len()).ok()?,
        file: packed(file)?,
        glyphs: packed(glyphs)?,
        to_unicode: packed(cmap(&unpacked(TO_UNICODE)?, &codes)?)?,
        widths,
    })
}

/// The glyphs of those letters that the usual font lacks and one of `fonts` has, each with its width.
fn found(letters: &[u32], fonts: &Fonts) -> BTreeMap<u16, (Glyph, u16)> {
    let lacking = letters.iter().filter(|code| !RUNS.iter().any(|run| run.contains(code)));
    let lacking: Vec<u32> = lacking.copied().collect();
    let mut glyphs = BTreeMap::new();
    for face in faces::faces(fonts, &lacking) {
        let Some(font) = fonts.font(face) else { continue };
        let Ok(face) = ttf_parser::Face::parse(font.data(), font.index()) else { continue };
        for code in &lacking {
            let Ok(short) = u16::try_from(*code) else { continue };
            if !glyphs.contains_key(&short) {
                glyphs.extend(glyph(&face, *code).map(|glyph| (short, glyph)));
            }
        }
    }
    glyphs
}

/// The glyph of a face for a code, with its width.
fn glyph(face: &ttf_parser::Face<'_>, code: u32) -> Option<(Glyph, u16)> {
    let letter = char::from_u32(code)?;
    let id = face.glyph_index(letter)?;
    let width = f32::from(face.glyph_hor_advance(id)?) * UNITS / f32::from(face.units_per_em());
    let glyph = outline::glyph(face, id)?;
    // A picture, as of an emoji, has no outline.
    let is_drawn = !glyph.data.is_empty() || is_unseen(letter);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a conversion from a float stops at the limits of the type"
    )]
    is_drawn.then_some((glyph, width.round() as u16))
}

/// The runs of widths: each a code, and a list from this code on.
fn usual_widths() -> Vec<Object> {
    let mut all = Vec::new();
    for run in WIDTHS.lines() {
        let mut numbers = run.split(' ').filter_map(|number| number.parse().ok());
        all.extend(numbers.next().map(Object::Integer));
        all.push(numbers.map(Object::Integer).collect::<Vec<_>>().into());
    }
    all
}

/// The CMap with further codes, each of which is its own code point.
fn cmap(usual: &[u8], codes: &[u16]) -> Option<Vec<u8>> {
    const END: &str = "endcmap";
    let (head, _) = std::str::from_utf8(usual).ok()?.split_once(END)?;
    let tail = &std::str::from_utf8(usual).ok()?[head.len()..];
    // A run may not go beyond the codes with the same first byte.
    let runs: Vec<&[u16]> =
        codes.chunk_by(|code, next| code + 1 == *next && code >> 8 == next >> 8).collect();
    let mut written = head.to_owned();
    // A list may have 100 runs.
    for part in runs.chunks(100) {
        written += &format!("{} beginbfrange\n", part.len());
        for run in part {
            written += &format!("<{0:04X}> <{1:04X}> <{0:04X}>\n", run[0], run[run.len() - 1]);
        }
        written += "endbfrange\n";
    }
    Some((written + tail).into_bytes())
}

/// The content of a compressed file.
fn unpacked(compressed: &[u8]) -> Option<Vec<u8>> {
    let filter = dictionary! { "Filter" => "FlateDecode" };
    Stream::new(filter, compressed.to_vec()).decompressed_content().ok()
}

/// A file, compressed as it is in a document.
fn packed(content: Vec<u8>) -> Option<Vec<u8>> {
    let mut stream = Stream::new(Dictionary::new(), content);
    stream.compress().ok()?;
    // One that would not become smaller is left as it is. Fonts do become smaller.
    stream.dict.has(b"Filter").then_some(stream.content)
}

#[cfg(test)]
mod tests {
    use lopdf::{Dictionary, Document, Object};
    use ttf_parser::Face;

    use super::{
        FILE, FILE_LENGTH, GLYPHS, Ours, TO_UNICODE, WIDTHS, font, ours, text_of, unpacked,
    };
    use crate::Fonts;

    fn plain(compressed: &[u8]) -> Vec<u8> {
        unpacked(compressed).expect("a compressed file")
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
                // Tabs and ends of lines are blanks.
                let letter = char::from_u32(code.max(0x20)).expect("a character");
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
        let codes = String::from_utf8(plain(TO_UNICODE)).expect("text");
        for run in ["<0009> <000D> <0009>", "<0020> <007E> <0020>"] {
            assert!(codes.contains(run), "{run}");
        }
    }

    #[test]
    fn codes_are_read_as_code_points() {
        let mut document = Document::with_version("1.7");
        let font = font("de", Fonts::embedded()).embed(&mut document);
        let font = document.get_dictionary(font).expect("a font");
        let font = ours(&document, font).expect("ours");
        assert!(matches!(font, Ours::Usual));
        assert_eq!(text_of(font, b"\x00A\x03\xa9").as_deref(), Some("AΩ"));
        for other in [&b"A"[..], b"\xd8\x00", b"72,5", b"some words", "Grün".as_bytes()] {
            assert_eq!(text_of(font, other), None);
        }
    }

    /// The stream that an entry of the letters of a font refers to.
    fn part(document: &Document, letters: &Dictionary, key: &[u8]) -> Vec<u8> {
        let stream = letters.get_deref(key, document).and_then(Object::as_stream);
        stream.expect("a stream").decompressed_content().expect("a compressed file")
    }

    #[test]
    fn the_letters_of_another_script_follow_those_of_the_font() {
        // The embedded text face has Devanagari, so no other font is needed.
        let mut document = Document::with_version("1.7");
        let font = font("hi", Fonts::embedded()).embed(&mut document);
        let font = document.get_dictionary(font).expect("a font");
        let letters = font.get_deref(b"DescendantFonts", &document).and_then(Object::as_array);
        let letters = document.dereference(&letters.expect("a list")[0]).expect("a font").1;
        let letters = letters.as_dict().expect("a font");
        let glyphs = part(&document, letters, b"CIDToGIDMap");
        let descriptor = letters.get_deref(b"FontDescriptor", &document).and_then(Object::as_dict);
        let file = part(&document, descriptor.expect("a descriptor"), b"FontFile2");
        let file = Face::parse(&file, 0).expect("a font");
        let whole = include_bytes!("../fonts/NotoSans-Regular.ttf");
        let whole = Face::parse(whole, 0).expect("a font");
        for letter in "aŁΩЖकखश्री।१".chars() {
            let at = 2 * letter as usize;
            let glyph = ttf_parser::GlyphId(u16::from_be_bytes([glyphs[at], glyphs[at + 1]]));
            let of_whole = whole.glyph_index(letter).expect("a glyph of the whole font");
            assert_eq!(
                file.glyph_hor_advance(glyph),
                whole.glyph_hor_advance(of_whole),
                "{letter}"
            );
            assert_eq!(
                file.glyph_bounding_box(glyph),
                whole.glyph_bounding_box(of_whole),
                "{letter}"
            );
        }
        let known = ours(&document, font).expect("ours");
        assert_eq!(text_of(known, b"\x00A\x09\x15").as_deref(), Some("Aक"));
        for other in [&b"72,5"[..], b"\x4e\x00", b"\x04"] {
            assert_eq!(text_of(known, other), None);
        }
        let to_unicode = font.get_deref(b"ToUnicode", &document).and_then(Object::as_stream);
        let to_unicode = to_unicode.expect("a stream").decompressed_content().expect("a file");
        assert!(String::from_utf8(to_unicode).expect("text").contains("<0900> <09"));
    }
}
