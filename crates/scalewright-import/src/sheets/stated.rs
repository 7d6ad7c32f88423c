//! The number of texts that a part of a workbook states, for which the reader of workbooks reserves memory.

/// The attribute with the number.
const NAME: &[u8] = b"uniqueCount";
/// The element of the first text, after which nothing is stated.
const FIRST: &[u8] = b"<si";

/// Whether a part states more texts than its bytes can hold.
pub(super) fn states_too_many(part: &[u8]) -> bool {
    let head = memchr::memmem::find(part, FIRST).map_or(part, |end| &part[..end]);
    memchr::memmem::find_iter(head, NAME).any(|at| {
        let rest = head[at + NAME.len()..].trim_ascii_start();
        let value = rest.strip_prefix(b"=").map(|value| value.trim_ascii_start());
        value.is_some_and(|value| count(value) > part.len() as u64)
    })
}

/// The number between quotation marks. One that cannot be read is too large for any workbook.
fn count(value: &[u8]) -> u64 {
    let digits: Vec<u8> = value[value.len().min(1)..]
        .iter()
        .copied()
        .take_while(|byte| !matches!(byte, b'"' | b'\''))
        .take(32)
        .collect();
    let digits = String::from_utf8_lossy(&digits);
    digits.trim().parse().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::states_too_many;

    #[test]
    fn a_part_cannot_state_more_texts_than_bytes() {
        let part = |count: &str| {
            format!(
                "<sst xmlns=\"…\" count=\"3\" uniqueCount = \"{count}\"><si><t>uniqueCount</t></si></sst>"
            )
        };
        assert!(!states_too_many(part("2").as_bytes()));
        assert!(states_too_many(part("4000000000").as_bytes()));
        assert!(states_too_many(part("99999999999999999999").as_bytes()));
        assert!(!states_too_many(b"<worksheet/>"));
    }
}
