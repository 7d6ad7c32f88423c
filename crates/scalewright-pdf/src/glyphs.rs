//! Finds characters that are in no font.

use std::collections::BTreeSet;

use typst::layout::{Frame, FrameItem};
use typst::text::TextItem;
use typst_layout::PagedDocument;

use crate::Problem;

/// At most this many characters are listed in a message; the others are counted.
const LISTED: usize = 12;

/// Reports the characters of the document that would print as empty boxes.
pub(crate) fn missing(document: &PagedDocument) -> Option<Problem> {
    let mut found = BTreeSet::new();
    for page in document.pages() {
        in_frame(&page.frame, &mut found);
    }
    (!found.is_empty()).then(|| problem(&found))
}

fn in_frame(frame: &Frame, found: &mut BTreeSet<char>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => in_frame(&group.frame, found),
            FrameItem::Text(text) => in_text(text, found),
            FrameItem::Shape(..)
            | FrameItem::Image(..)
            | FrameItem::Link(..)
            | FrameItem::Tag(_) => {}
        }
    }
}

/// Finds characters drawn with glyph 0, which a font uses for characters that it does not have.
fn in_text(text: &TextItem, found: &mut BTreeSet<char>) {
    let boxes = text.glyphs.iter().filter(|glyph| glyph.id == 0);
    found.extend(boxes.filter_map(|glyph| text.text.get(glyph.range())).flat_map(str::chars));
}

fn problem(found: &BTreeSet<char>) -> Problem {
    let named = found.iter().take(LISTED).map(|c| format!("`{c}` (U+{:04X})", u32::from(*c)));
    let mut list = named.collect::<Vec<_>>().join(", ");
    if found.len() > LISTED {
        list += &format!(" and {} more", found.len() - LISTED);
    }
    Problem {
        message: format!("no font has the character {list}"),
        hints: vec![
            "the embedded fonts have Latin, Greek, Cyrillic and Devanagari letters".to_owned(),
        ],
    }
}
