//! The appearance of a field: its position on the pages, which of its states is visible, and the text that it shows.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::{Spot, Unreadable, refusal};
use crate::form_font::{self, OLD_RESOURCE, Ours, RESOURCE};

/// The maximum length of the appearance stream of a button, in bytes; those of scalewright's forms are far shorter.
const MOST_OF_BUTTON: usize = 16 << 10;
/// The maximum length of the appearance stream of a text field, in bytes.
const MOST_OF_LINE: usize = 256 << 10;

/// Flags of annotations that are not shown on a screen (`Hidden` and `NoView`).
const NOT_SHOWN: i64 = (1 << 1) | (1 << 5);

/// The page of each annotation of a document, from 0.
pub(super) struct Pages(BTreeMap<ObjectId, usize>);

impl Pages {
    pub(super) fn new(document: &Document) -> Self {
        let mut places = BTreeMap::new();
        for (page, annotation) in annotations(document) {
            if let Ok(id) = annotation.as_reference() {
                places.entry(id).or_insert(page);
            }
        }
        Self(places)
    }

    /// The position of a widget; `None` if it is not visible.
    pub(super) fn spot(
        &self,
        document: &Document,
        id: ObjectId,
        widget: &Dictionary,
    ) -> Option<Spot> {
        // A widget that no page lists is drawn nowhere.
        spot_of(document, widget, *self.0.get(&id)?)
    }
}

/// The annotations of a document, each with its page, from 0.
pub(super) fn annotations(document: &Document) -> impl Iterator<Item = (usize, &Object)> {
    document.page_iter().enumerate().flat_map(|(number, page)| {
        let list = document.get_dictionary(page).ok();
        let list = list.and_then(|page| page.get_deref(b"Annots", document).ok());
        let list = list.and_then(|list| list.as_array().ok());
        list.into_iter().flatten().map(move |annotation| (number, annotation))
    })
}

/// The position of an annotation on its page; `None` if it is not visible.
pub(super) fn spot_of(document: &Document, annotation: &Dictionary, page: usize) -> Option<Spot> {
    let flags = annotation.get_deref(b"F", document).ok().and_then(|flags| flags.as_i64().ok());
    // Optional content (`OC`) may be hidden; scalewright's forms have none.
    if flags.unwrap_or_default() & NOT_SHOWN != 0 || annotation.has(b"OC") {
        return None;
    }
    let sides = annotation.get_deref(b"Rect", document).ok()?.as_array().ok()?;
    let sides: Vec<i32> = sides.iter().filter_map(|side| hundredths(side, document)).collect();
    let [x1, y1, x2, y2] = sides[..] else { return None };
    // The centre is the same in whatever order the corners are given.
    let spot = Spot { page, x: i32::midpoint(x1, x2), y: i32::midpoint(y1, y2) };
    (x1 != x2 && y1 != y2).then_some(spot)
}

/// A coordinate in hundredths of a point; `None` if it is outside any possible page.
fn hundredths(side: &Object, document: &Document) -> Option<i32> {
    let side = document.dereference(side).ok()?.1.as_float().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "the number is below 1e8")]
    (side.abs() < 1e6).then_some((side * 100.0).round() as i32)
}

/// The normal appearance of a widget: a stream, or a dictionary with one stream for each state.
fn drawings<'a>(document: &'a Document, widget: &'a Dictionary) -> Option<&'a Object> {
    let all = widget.get_deref(b"AP", document).ok()?.as_dict().ok()?;
    all.get_deref(b"N", document).ok()
}

/// The states that a button can have, except off.
pub(super) fn states(document: &Document, widget: &Dictionary) -> Vec<String> {
    let states = drawings(document, widget).and_then(|states| states.as_dict().ok());
    let names = states.into_iter().flat_map(Dictionary::iter).map(|(name, _)| name);
    let on = names.filter(|name| name.as_slice() != b"Off");
    on.map(|name| String::from_utf8_lossy(name).into_owned()).collect()
}

/// Whether a button in this state looks marked: it has an appearance for the state, which differs from that for off.
pub(super) fn is_seen(document: &Document, widget: &Dictionary, state: &str) -> bool {
    let states = drawings(document, widget).and_then(|states| states.as_dict().ok());
    let look = |name: &[u8]| {
        let drawing = states?.get_deref(name, document).ok()?.as_stream().ok()?;
        drawing.get_plain_content_with_limit(MOST_OF_BUTTON).ok()
    };
    let off = look(b"Off").unwrap_or_default();
    // A state that draws nothing, or the same as off, looks unmarked to a person.
    look(state.as_bytes())
        .is_some_and(|on| on.trim_ascii() != off.trim_ascii() && !on.trim_ascii().is_empty())
}

/// The object of a widget's appearance, if that is an indirect object.
pub(super) fn drawing(document: &Document, widget: &Dictionary) -> Option<ObjectId> {
    let all = widget.get_deref(b"AP", document).ok()?.as_dict().ok()?;
    all.get(b"N").ok()?.as_reference().ok()
}

/// The text that a widget shows; `None` if it cannot be read with certainty, as with any other font than the one that
/// scalewright embeds for fields.
pub(super) fn shown(
    document: &Document,
    widget: &Dictionary,
) -> Result<Option<String>, Unreadable> {
    let Some(drawing) = drawings(document, widget).and_then(|drawing| drawing.as_stream().ok())
    else {
        return Ok(None);
    };
    let content = drawing.get_plain_content_with_limit(MOST_OF_LINE);
    let content = content.map_err(|error| refusal(&error))?;
    let codes = codes_of(&content);
    Ok(codes.and_then(|codes| {
        let font = font_of(document, &drawing.dict);
        let wide = font.and_then(|font| form_font::text_of(font, &codes));
        certain(wide, latin(codes))
    }))
}

/// Which of two readings of an appearance is right. Two bytes may be one letter of ours or, as some programs write them
/// whatever the font, two of Latin: `木` has the codes of `g(`. `None` if both could be.
fn certain(wide: Option<String>, latin: Option<String>) -> Option<String> {
    let is_plain = |text: &String| text.chars().all(|c| matches!(c, ' '..='~'));
    match (wide, latin) {
        (Some(wide), Some(latin)) if !wide.is_empty() && is_plain(&latin) => None,
        (wide, latin) => wide.or(latin),
    }
}

/// The font of an appearance, or else of the form, if it is one of ours, with wide codes. Before, forms had a font with the
/// codes of Windows.
fn font_of<'d>(document: &'d Document, drawing: &'d Dictionary) -> Option<Ours<'d>> {
    let of = |resources: &'d Dictionary| {
        let fonts = resources.get_deref(b"Font", document).ok()?.as_dict().ok()?;
        let font = [RESOURCE, OLD_RESOURCE]
            .iter()
            .find_map(|name| fonts.get_deref(name.as_bytes(), document).ok())?;
        form_font::ours(document, font.as_dict().ok()?)
    };
    let own = drawing.get_deref(b"Resources", document).and_then(Object::as_dict);
    own.ok().and_then(of).or_else(|| of(form_resources(document)?))
}

/// The resources that the fields of a form share.
fn form_resources(document: &Document) -> Option<&Dictionary> {
    let form = document.catalog().ok()?.get_deref(b"AcroForm", document).ok()?.as_dict().ok()?;
    form.get_deref(b"DR", document).ok()?.as_dict().ok()
}

/// The text of codes of Windows code page 1252, which equals Latin 1 except for the codes 0x80 to 0x9F.
fn latin(codes: Vec<u8>) -> Option<String> {
    let is_known = |byte: &u8| !(0x80..0xa0).contains(byte);
    codes.iter().all(is_known).then(|| codes.into_iter().map(char::from).collect())
}

/// The codes of the text that an appearance stream shows.
fn codes_of(content: &[u8]) -> Option<Vec<u8>> {
    let (mut text, mut at, mut word) = (Vec::new(), 0, Vec::new());
    // The strings since the last operator, and the name before it.
    let (mut strings, mut font) = (Vec::new(), Vec::new());
    while at <= content.len() {
        // One step beyond the end: the blank there ends the last word.
        let byte = content.get(at).copied().unwrap_or(b' ');
        at += 1;
        if !(byte.is_ascii_whitespace() || b"()<>[]/%{}".contains(&byte)) {
            word.push(byte);
            continue;
        }
        match word.as_slice() {
            b"Tf" if !is_field_font(&font) => return None,
            // The four operators that show text. `append` empties the list, so that no string is shown twice.
            b"Tj" | b"TJ" | b"'" | b"\"" => text.append(&mut strings),
            name if name.starts_with(b"/") => font = name.to_vec(),
            // Nested streams and images may show any text.
            b"Do" | b"BI" => return None,
            _ => {}
        }
        // A word of letters is an operator. The strings before it were its operands, and have been used if it shows
        // text.
        if word.first().is_some_and(u8::is_ascii_alphabetic) {
            strings.clear();
        }
        word.clear();
        match byte {
            b'(' => at = literal(content, at, &mut strings)?,
            // Hexadecimal strings and dictionaries are not interpreted.
            b'<' => return None,
            b'/' => word.push(b'/'),
            b'%' => {
                at += content[at..].iter().position(|&b| b == b'\n').unwrap_or(content.len() - at)
            }
            _ => {}
        }
    }
    Some(text)
}

/// Whether a name, with its slash, is that of the font of fields.
fn is_field_font(name: &[u8]) -> bool {
    name.strip_prefix(b"/")
        .is_some_and(|name| [RESOURCE, OLD_RESOURCE].iter().any(|own| own.as_bytes() == name))
}

/// Reads a literal string up to its closing parenthesis, and returns the position after it.
fn literal(content: &[u8], mut at: usize, strings: &mut Vec<u8>) -> Option<usize> {
    let mut depth = 1;
    loop {
        let byte = *content.get(at)?;
        at += 1;
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return Some(at),
            b')' => depth -= 1,
            b'\\' => {
                let escaped = *content.get(at)?;
                at += 1;
                match escaped {
                    b'n' => strings.push(b'\n'),
                    b'r' => strings.push(b'\r'),
                    b't' => strings.push(b'\t'),
                    // Backspace and form feed draw nothing. A line break after a backslash only continues the string.
                    b'b' | b'f' | b'\n' | b'\r' => {}
                    b'0'..=b'7' => {
                        let digits = content[at - 1..].iter().take(3);
                        let digits: Vec<u8> =
                            digits.take_while(|b| (b'0'..=b'7').contains(b)).copied().collect();
                        at += digits.len() - 1;
                        let code =
                            digits.iter().fold(0_u32, |code, b| code * 8 + u32::from(b - b'0'));
                        // Three octal digits can exceed a byte. PDF ignores the overflow.
                        strings.push(u8::try_from(code & 0xff).unwrap_or_default());
                    }
                    other => strings.push(other),
                }
                continue;
            }
            _ => {}
        }
        strings.push(byte);
    }
}

#[cfg(test)]
mod tests {
    use super::{certain, codes_of, latin};

    #[test]
    fn two_readings_of_the_same_codes_are_none() {
        let read = |wide: Option<&str>, latin: Option<&str>| {
            certain(wide.map(str::to_owned), latin.map(str::to_owned))
        };
        assert_eq!(read(Some("木"), Some("g(")), None);
        assert_eq!(read(Some("A"), Some("\0A")).as_deref(), Some("A"));
        assert_eq!(read(None, Some("72,5")).as_deref(), Some("72,5"));
        assert_eq!(read(Some("木"), None).as_deref(), Some("木"));
        assert_eq!(read(Some(""), Some("")).as_deref(), Some(""));
    }

    #[test]
    fn the_text_of_an_appearance_is_read_only_if_certain() {
        for (content, expected) in [
            ("/Tx BMC EMC", Some("")),
            (
                "/Tx BMC q BT /Helv 10 Tf 0 g 1 0 0 1 0 0 Tm 2 4.89 Td (7,5) Tj ET Q EMC",
                Some("7,5"),
            ),
            ("BT /Helv 10 Tf (a\\(b\\)\\101) Tj T* (c(d)) ' ET", Some("a(b)Ac(d)")),
            ("BT /Helv 10 Tf [(7) -20 (5)] TJ ET", Some("75")),
            ("BT /F1 10 Tf (7) Tj ET", None),
            ("BT /Helv 10 Tf <0037> Tj ET", None),
            ("BT /Helv 10 Tf (\\200) Tj ET", None),
            ("/Im0 Do", None),
            ("BT (7", None),
        ] {
            let shown = codes_of(content.as_bytes()).and_then(latin);
            assert_eq!(shown.as_deref(), expected, "{content}");
        }
    }
}
