//! Which files an importer declares that it reads.

use scalewright_wire::{Description, FormatDescription};

/// How much of a file is searched for the texts by which a format is recognised.
const SEARCHED: usize = 64 << 10;

/// Whether a plug-in declares that it reads a file of this name and content.
#[must_use]
pub fn recognises(description: &Description, file: &str, bytes: &[u8]) -> bool {
    let start = bytes.get(..SEARCHED).unwrap_or(bytes);
    let has = |text: &String| start.windows(text.len()).any(|part| part == text.as_bytes());
    description.formats.iter().any(|format| {
        !format.contains.is_empty() && has_ending(format, file) && format.contains.iter().all(has)
    })
}

/// What a file of this name is: the declared format with its ending, else the first.
#[must_use]
pub fn what(description: &Description, file: &str) -> String {
    let formats = &description.formats;
    let format = formats.iter().find(|format| has_ending(format, file));
    format.or(formats.first()).map_or_else(|| "a file".to_owned(), |format| format.what.clone())
}

/// The name of a file without its folders.
#[must_use]
pub fn name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn has_ending(format: &FormatDescription, file: &str) -> bool {
    let name = name(file).to_lowercase();
    format.endings.iter().any(|ending| {
        let ending = ending.trim_start_matches('.').to_lowercase();
        name.strip_suffix(&ending).is_some_and(|stem| stem.ends_with('.'))
    })
}

#[cfg(test)]
mod tests {
    use scalewright_wire::{Description, FormatDescription, Kind};

    use super::{recognises, what};

    #[test]
    fn a_format_has_an_ending_and_all_its_texts_near_the_beginning() {
        let text = |text: &str| text.to_owned();
        let format = |contains: &[&str]| FormatDescription {
            what: text("a diary"),
            endings: vec![text(".Txt")],
            contains: contains.iter().map(|one| text(one)).collect(),
        };
        let description = |contains: &[&str]| Description {
            protocol: 1,
            kind: Kind::Import,
            name: text("diary"),
            version: text("1"),
            summary: text("diaries"),
            features: Vec::new(),
            options: Vec::new(),
            flags: Vec::new(),
            files: Vec::new(),
            names: None,
            limits: Vec::new(),
            losses: Vec::new(),
            lints: Vec::new(),
            formats: vec![format(contains)],
        };
        let far = [b" ".repeat(70_000), b"diary: answers: ".to_vec()].concat();
        for (file, bytes, contains, expected) in [
            ("a/B.TXT", &b"x diary: 1 answers: 2"[..], &["diary: ", "answers: "][..], true),
            ("a.txt", b"diary: 1", &["diary: ", "answers: "], false),
            ("a.csv", b"diary: answers: ", &["diary: "], false),
            ("atxt", b"diary: answers: ", &["diary: "], false),
            ("a.txt", b"diary: answers: ", &[], false),
            ("a.txt", &far, &["diary: "], false),
            ("a.txt", b"", &["diary: "], false),
        ] {
            assert_eq!(recognises(&description(contains), file, bytes), expected, "{file}");
        }
        assert_eq!(what(&description(&[]), "a.csv"), "a diary");
    }
}
