//! The extension records of a dictionary: long names, very long strings, labels and missing values of long strings.

use super::bytes::number;
use super::encoding::Decoder;

/// A reader of the content of an extension record.
pub(super) struct Content<'b> {
    rest: &'b [u8],
    is_big: bool,
}

impl<'b> Content<'b> {
    pub(super) fn new(rest: &'b [u8], is_big: bool) -> Self {
        Self { rest, is_big }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn bytes(&mut self, count: usize) -> Option<&'b [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(bytes)
    }

    pub(super) fn whole(&mut self) -> Option<i32> {
        let bytes = self.bytes(4)?.try_into().ok()?;
        Some(if self.is_big { i32::from_be_bytes(bytes) } else { i32::from_le_bytes(bytes) })
    }

    pub(super) fn long(&mut self) -> Option<i64> {
        let bytes = self.bytes(8)?.try_into().ok()?;
        Some(if self.is_big { i64::from_be_bytes(bytes) } else { i64::from_le_bytes(bytes) })
    }

    pub(super) fn float(&mut self) -> Option<f64> {
        Some(number(self.bytes(8)?.try_into().ok()?, self.is_big))
    }

    /// A text that its length precedes.
    pub(super) fn counted(&mut self) -> Option<&'b [u8]> {
        let length = usize::try_from(self.whole()?).ok()?;
        self.bytes(length)
    }
}

/// The pairs of names and texts in `NAME=text`, divided by tabs.
///
/// # Errors
///
/// Why the content is no such list.
pub(super) fn pairs(content: &[u8], texts: &Decoder) -> Result<Vec<(String, String)>, String> {
    let entries = content.split(|&byte| byte == b'\t');
    let entries = entries.map(<[u8]>::trim_ascii).filter(|entry| entry.iter().any(|&b| b != 0));
    let pair = |entry: &[u8]| {
        let text = texts.text(entry)?;
        let (name, text) =
            text.split_once('=').ok_or("a list of names has an entry without `=`")?;
        Ok((name.to_owned(), text.trim_end_matches('\0').to_owned()))
    };
    entries.map(pair).collect()
}

/// The labels of the values of a long string.
pub(super) struct LongLabels<'b> {
    pub(super) variable: &'b [u8],
    pub(super) labels: Vec<(&'b [u8], &'b [u8])>,
}

/// Reads record 7/21. `None` if it is damaged.
pub(super) fn long_labels(mut content: Content<'_>) -> Option<Vec<LongLabels<'_>>> {
    let mut all = Vec::new();
    while !content.is_empty() {
        let variable = content.counted()?;
        let _width = content.whole()?;
        let count = content.whole()?;
        let mut labels = Vec::new();
        for _ in 0..count {
            labels.push((content.counted()?, content.counted()?));
        }
        all.push(LongLabels { variable, labels });
    }
    Some(all)
}

/// The missing values of a long string.
pub(super) struct LongMissing<'b> {
    pub(super) variable: &'b [u8],
    pub(super) values: Vec<&'b [u8]>,
}

/// Reads record 7/22. `None` if it is damaged.
pub(super) fn long_missing(mut content: Content<'_>) -> Option<Vec<LongMissing<'_>>> {
    let mut all = Vec::new();
    while !content.is_empty() {
        let variable = content.counted()?;
        let count = content.bytes(1)?[0];
        let length = usize::try_from(content.whole()?).ok()?;
        let mut values = Vec::new();
        for at in 0..count {
            // Old versions of PSPP repeat the length before each value; it is always 8.
            let repeated = content.rest.get(..4) == Some(&[8, 0, 0, 0])
                || content.rest.get(..4) == Some(&[0, 0, 0, 8]);
            if at > 0 && repeated {
                content.bytes(4)?;
            }
            values.push(content.bytes(length)?);
        }
        all.push(LongMissing { variable, values });
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::{Content, long_missing};

    #[test]
    fn the_length_of_missing_values_may_be_repeated() {
        let plain = b"\x06\0\0\0region\x02\x08\0\0\0refused unknown ";
        let repeated = b"\x06\0\0\0region\x02\x08\0\0\0refused \x08\0\0\0unknown ";
        for content in [&plain[..], repeated] {
            let all = long_missing(Content::new(content, false)).expect("a whole record");
            assert_eq!(all[0].variable, b"region");
            assert_eq!(all[0].values, [b"refused ", b"unknown "]);
        }
        assert!(long_missing(Content::new(&plain[..20], false)).is_none());
    }
}
