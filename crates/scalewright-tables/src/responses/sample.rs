//! The beginning of a text: the first rows of a table with a delimiter, or the keys of JSON.

use csv_core::ReadRecordResult;
use scalewright_check::kinds::HEAD;

use super::csv_head::{delimiter, stated_delimiter};

/// The number of rows that are examined.
const ROWS: usize = 3;
/// The maximum number of keys that are examined.
const KEYS: usize = 10_000;

/// The first rows of a table with a delimiter.
pub(super) struct Sample {
    pub(super) delimiter: u8,
    /// The names of the columns, then the cells of two more rows, as far as they are complete in the first bytes.
    rows: Vec<Vec<String>>,
}

impl Sample {
    /// Parses the first bytes of a table.
    pub(super) fn of(head: &[u8]) -> Self {
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        let (delimiter, skipped) = stated_delimiter(text).unwrap_or((delimiter(text), 0));
        let mut machine = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        let mut input = &text[skipped..];
        let (mut cells, mut ends) = (vec![0; input.len() + 1], vec![0; input.len() + 2]);
        let mut rows = Vec::new();
        let is_whole = head.len() < HEAD;
        let (mut written, mut ended) = (0, 0);
        while rows.len() < ROWS {
            // An empty input means the end of the file to the machine.
            if input.is_empty() && !is_whole {
                break;
            }
            let (result, read, text, count) =
                machine.read_record(input, &mut cells[written..], &mut ends[ended..]);
            input = &input[read..];
            (written, ended) = (written + text, ended + count);
            match result {
                ReadRecordResult::Record => {
                    rows.push(row(&cells, &ends[..ended]));
                    (written, ended) = (0, 0);
                }
                ReadRecordResult::InputEmpty if is_whole => {}
                _ => break,
            }
        }
        Self { delimiter, rows }
    }

    /// The names of the columns.
    pub(super) fn header(&self) -> &[String] {
        self.row(0)
    }

    /// The cells of a row, the header being row 0. Empty if the row is not complete in the first bytes.
    pub(super) fn row(&self, at: usize) -> &[String] {
        self.rows.get(at).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a column has this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.header().iter().any(|column| column == name)
    }
}

fn row(text: &[u8], ends: &[usize]) -> Vec<String> {
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let cells = starts
        .zip(ends)
        .map(|(start, &end)| String::from_utf8_lossy(&text[start..end]).trim().to_owned());
    cells.collect()
}

/// A key of JSON.
pub(super) struct JsonKey {
    /// The number of objects that the key is in.
    pub(super) depth: usize,
    pub(super) key: String,
    /// The value, if it is a short text.
    pub(super) text: Option<String>,
}

/// The keys in the first bytes of JSON, in order.
pub(super) fn keys(head: &[u8]) -> Vec<JsonKey> {
    let mut keys: Vec<JsonKey> = Vec::new();
    let (mut depth, mut at) = (0_usize, 0);
    let mut is_value = false;
    while let Some(&byte) = head.get(at) {
        at += 1;
        match byte {
            b'{' => (depth, is_value) = (depth + 1, false),
            b'}' => depth = depth.saturating_sub(1),
            b':' => is_value = true,
            b',' | b'[' => is_value = false,
            b'"' => {
                let Some(length) = end_of_text(&head[at..]) else { break };
                let text = String::from_utf8_lossy(&head[at..at + length]).into_owned();
                at += length + 1;
                if is_value {
                    if let Some(key) = keys.last_mut() {
                        key.text.get_or_insert(text);
                    }
                } else if head[at..].trim_ascii_start().starts_with(b":") && keys.len() < KEYS {
                    keys.push(JsonKey { depth, key: text, text: None });
                }
            }
            _ => {}
        }
    }
    keys
}

/// The number of bytes before the quotation mark that ends a text.
fn end_of_text(bytes: &[u8]) -> Option<usize> {
    let mut escaped = false;
    bytes.iter().position(|byte| {
        let ends = *byte == b'"' && !escaped;
        escaped = *byte == b'\\' && !escaped;
        ends
    })
}

#[cfg(test)]
mod tests {
    use super::{Sample, keys};

    #[test]
    fn the_first_rows_are_parsed() {
        let sample = Sample::of(b"\xef\xbb\xbfa;\"b;c\"\n1;\"x\ny\"\n3;4\n5;6");
        assert_eq!(sample.delimiter, b';');
        assert_eq!(sample.header(), ["a", "b;c"]);
        assert_eq!(sample.row(1), ["1", "x\ny"]);
        assert_eq!(sample.row(2), ["3", "4"]);
        assert_eq!(Sample::of(b"a,b").header(), ["a", "b"]);
    }

    #[test]
    fn keys_have_the_depth_of_their_object() {
        let found: Vec<(usize, String, Option<String>)> =
            keys(br#"[{"a": "x", "b\"": [1, "y"], "c": {"d": "e"}}, {"a": 2"#)
                .into_iter()
                .map(|key| (key.depth, key.key, key.text))
                .collect();
        let expected = [
            (1, "a", Some("x")),
            (1, "b\\\"", None),
            (1, "c", None),
            (2, "d", Some("e")),
            (1, "a", None),
        ];
        let expected: Vec<(usize, String, Option<String>)> = expected
            .into_iter()
            .map(|(depth, key, text)| (depth, key.to_owned(), text.map(str::to_owned)))
            .collect();
        assert_eq!(found, expected);
    }
}
