//! The values in the names of folders: the table `site=a/wave=2/part-0.csv` is of the site `a` and the wave `2`.
//!
//! They are columns only for those who ask for them by name, because readers of the scores of a folder find them in the
//! paths.

use std::path::{Component, Path};

use super::kept::{Keep, KeptColumns};

/// The value that Hive writes for a missing one.
const MISSING: &str = "__HIVE_DEFAULT_PARTITION__";

/// The name and the value of each folder above a table that has both.
pub(super) fn partitions(path: &Path) -> Vec<(String, String)> {
    let folders = path.parent().into_iter().flat_map(Path::components);
    let both = folders.filter_map(|folder| {
        let Component::Normal(name) = folder else { return None };
        let (name, value) = name.to_str()?.split_once('=')?;
        let value = if value == MISSING { String::new() } else { decoded(value) };
        (!name.is_empty()).then(|| (decoded(name), value))
    });
    both.collect()
}

/// A text in which some characters are written as `%2F`.
fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = code.filter(|code| code.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|_| first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The partitions that options name, and the options without them. `columns` are those of the table itself, which come
/// first.
pub(super) fn asked(
    wish: KeptColumns<'_>,
    partitions: &[(String, String)],
    columns: &[&str],
) -> (Vec<(String, String)>, Option<Keep>) {
    let (KeptColumns::Chosen(keep) | KeptColumns::Read(keep)) = wish else {
        return (Vec::new(), None);
    };
    let is_asked = |(name, _): &&(String, String)| {
        keep.keep.contains(name) && !columns.contains(&name.as_str())
    };
    let asked: Vec<(String, String)> = partitions.iter().filter(is_asked).cloned().collect();
    if asked.is_empty() {
        return (asked, None);
    }
    let mut own = keep.clone();
    own.keep.retain(|name| asked.iter().all(|(asked, _)| asked != name));
    // Without names, `keep` would mean all columns.
    own.drop_all = own.keep.is_empty();
    (asked, Some(own))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::partitions;

    #[test]
    fn folders_name_values() {
        let of = |path: &str| partitions(Path::new(path));
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(of("a/site=n%2Fs/wave=2/x=1.csv"), [pair("site", "n/s"), pair("wave", "2")]);
        assert_eq!(of("site=__HIVE_DEFAULT_PARTITION__/a.csv"), [pair("site", "")]);
        assert_eq!(of("=b/a%3/50%=%/a.csv"), [pair("50%", "%")]);
        assert!(of("a.csv").is_empty());
    }
}
