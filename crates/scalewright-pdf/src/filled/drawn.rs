//! What somebody drew into the pages themselves. Chromium's pen does: it adds a stream to the content of a page, not an annotation.
//!
//! A page of a form has one stream. Programs that fill in fields leave it alone, or add streams that draw nothing.

use lopdf::{Document, Object};

use super::given::{Remark, Spot};

/// The maximum length of an added stream, unpacked, in bytes. A longer one is reported without its place.
const MOST: usize = 1 << 20;

/// At most this many streams of a page are read.
const MOST_STREAMS: usize = 50;

/// The drawings on a document, page by page: one for each added stream.
pub(super) fn read(document: &Document) -> impl Iterator<Item = Remark> {
    document.page_iter().enumerate().flat_map(move |(number, page)| {
        let content = document.get_dictionary(page).ok();
        let content = content.and_then(|page| page.get_deref(b"Contents", document).ok());
        let streams = content.and_then(|content| content.as_array().ok());
        let streams = streams.into_iter().flatten().take(MOST_STREAMS);
        let drawings = streams.filter_map(move |stream| start(document, stream));
        // The first is that of the form.
        drawings.skip(1).map(move |(x, y)| Remark {
            kind: "a drawing",
            spot: Spot { page: number, x, y },
            words: String::new(),
        })
    })
}

/// The place of the first line in a stream, in hundredths of a point; `None` if it draws nothing.
fn start(document: &Document, stream: &Object) -> Option<(i32, i32)> {
    let stream = document.dereference(stream).ok()?.1.as_stream().ok()?;
    let Ok(content) = stream.get_plain_content_with_limit(MOST) else { return Some((0, 0)) };
    let words: Vec<&[u8]> =
        content.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
    // Operators that only keep and restore a state, or mark a part, draw nothing.
    let draws = |word: &&[u8]| {
        matches!(*word, b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*")
            || matches!(*word, b"Do" | b"Tj" | b"TJ" | b"\'" | b"\"" | b"sh" | b"EI")
            // Typst and others write no blank before a text ends.
            || word.ends_with(b"]TJ")
            || word.ends_with(b")Tj")
    };
    if !words.iter().any(draws) {
        return None;
    }
    let first = words.iter().position(|word| *word == b"m").filter(|at| *at >= 2);
    let place = first.and_then(|at| Some((hundredths(words[at - 2])?, hundredths(words[at - 1])?)));
    Some(place.unwrap_or_default())
}

/// A number in hundredths; `None` if it is outside any possible page.
fn hundredths(word: &[u8]) -> Option<i32> {
    let number: f32 = std::str::from_utf8(word).ok()?.parse().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "the number is below 1e8")]
    (number.abs() < 1e6).then_some((number * 100.0).round() as i32)
}

#[cfg(test)]
mod tests {
    use lopdf::{Document, Object, Stream, dictionary};

    use super::read;
    use crate::{Remark, Spot};

    /// A document with one page of these streams.
    fn document(streams: &[&str]) -> Document {
        let mut document = Document::with_version("1.7");
        let content: Vec<Object> = streams
            .iter()
            .map(|text| {
                document.add_object(Stream::new(dictionary! {}, text.as_bytes().to_vec())).into()
            })
            .collect();
        let page = document.add_object(dictionary! { "Type" => "Page", "Contents" => content });
        let pages = dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![page.into()] };
        let pages = document.add_object(pages);
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", catalog);
        document
    }

    const FORM: &str = "/Span BDC\nBT[(a)]TJ\nET\nEMC";
    const PEN: &str =
        "q\n/GOOG:INKIsInker BMC\nq 0 0 0 rg 341.75 82.12811 m 340 83 l h f Q\nEMC\nQ";

    #[test]
    fn the_strokes_of_a_pen_are_found() {
        let found: Vec<Remark> = read(&document(&[FORM, PEN])).collect();
        let spot = Spot { page: 0, x: 34_175, y: 8_213 };
        assert_eq!(found, [Remark { kind: "a drawing", spot, words: String::new() }]);
    }

    #[test]
    fn a_form_without_a_drawing_has_no_remark() {
        for streams in [&[FORM][..], &["q\n", FORM, "\nQ"], &[FORM, ""]] {
            assert_eq!(read(&document(streams)).count(), 0, "{streams:?}");
        }
    }
}
