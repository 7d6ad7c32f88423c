//! Whether a text is well-formed XML.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Checks that tags are closed in order, attributes are quoted, and references have names.
///
/// # Errors
/// The line of the first error, and the error.
pub(super) fn well_formed(text: &str) -> Result<(), (usize, String)> {
    let mut reader = Reader::from_str(text);
    let mut open = 0_usize;
    loop {
        let event = reader.read_event().map_err(|error| error.to_string());
        let wrong = match event {
            Ok(Event::Eof) if open > 0 => Some("an element is not closed".to_owned()),
            Ok(Event::Eof) => return Ok(()),
            Ok(Event::Start(start)) => {
                open += 1;
                attributes(&start)
            }
            Ok(Event::Empty(start)) => attributes(&start),
            Ok(Event::End(_)) => {
                open = open.saturating_sub(1);
                None
            }
            Ok(_) => None,
            Err(error) => Some(error),
        };
        if let Some(wrong) = wrong {
            let position = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let before = text.as_bytes().get(..position).unwrap_or(text.as_bytes());
            let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
            return Err((line, format!("the file is not well-formed XML: {wrong}")));
        }
    }
}

fn attributes(start: &BytesStart<'_>) -> Option<String> {
    start.attributes().find_map(|attribute| attribute.err().map(|error| error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::well_formed;

    #[test]
    fn mistakes_are_found() {
        assert!(well_formed("<?xml version=\"1.0\"?>\n<a b=\"c\">&lt;&#65;</a>").is_ok());
        for wrong in ["<a>\n<b></a>", "<a>", "<a b=c></a>", "<a>x & y</a>"] {
            assert!(well_formed(wrong).is_err(), "{wrong}");
        }
    }
}
