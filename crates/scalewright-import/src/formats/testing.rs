//! Helpers for the tests of readers.

use std::collections::BTreeMap;

use scalewright_model::Stop;

use crate::prove::Outcome;
use crate::source::Opened;
use crate::{Definition, Imported, Options, Sources, import};

/// The files of a source by path; the first one is imported.
pub(crate) fn imported_all(
    files: &[(&str, &[u8])],
    options: &Options,
) -> Result<Vec<Imported>, Stop> {
    let beside: BTreeMap<&str, &[u8]> = files.iter().copied().collect();
    let sources = Sources {
        file: files[0].0,
        bytes: files[0].1,
        beside: &|path| beside.get(path).map(|bytes| bytes.to_vec()),
        attached: &[],
    };
    import(&sources, None, options).map(|import| import.instruments)
}

/// The only instrument of a source in English with an open licence.
pub(crate) fn imported(files: &[(&str, &str)]) -> Imported {
    let options = Options {
        language: Some("en".to_owned()),
        licence: Some("CC0-1.0".to_owned()),
        ..Options::default()
    };
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let mut all = imported_all(&files, &options).expect("the source can be imported");
    assert_eq!(all.len(), 1, "the source has one instrument");
    let one = all.swap_remove(0);
    assert!(one.errors.is_empty(), "{:?}", one.errors);
    one
}

/// The text of a file.
pub(crate) fn text(imported: &Imported, name: &str) -> String {
    let found = imported.files.iter().find(|(own, _)| own == name);
    let (_, bytes) = found.expect("the file exists");
    String::from_utf8(bytes.clone()).expect("a definition is UTF-8")
}

/// Asserts that the definition contains each of some texts.
pub(crate) fn contains(imported: &Imported, expected: &[&str]) {
    let text = text(imported, "instrument.toml");
    for part in expected {
        assert!(text.contains(part), "`{part}` is missing:\n{text}");
    }
}

/// Asserts that there is a finding with this code whose place and message contain these texts.
pub(crate) fn finds(imported: &Imported, code: &str, at: &str, message: &str) {
    let is = |finding: &&crate::Finding| {
        finding.code == code
            && finding.place.to_string().contains(at)
            && finding.message.contains(message)
    };
    assert!(
        imported.findings.iter().any(|finding| is(&finding)),
        "`{code}` at `{at}`: {:#?}",
        imported.findings
    );
}

/// Asserts that all scores and conditions were understood, and that none differs.
pub(crate) fn is_proven(imported: &Imported) {
    for proof in &imported.proofs {
        assert!(matches!(proof.outcome, Outcome::Equal(_)), "{}: {:?}", proof.id, proof.outcome);
    }
}

/// Reads a source and makes its definition, without the proofs, which take longer.
fn read(files: &[(&str, &[u8])], options: &Options) {
    let beside: BTreeMap<&str, &[u8]> = files.iter().copied().collect();
    let beside = |path: &str| beside.get(path).map(|bytes| bytes.to_vec());
    let sources = Sources { file: files[0].0, bytes: files[0].1, beside: &beside, attached: &[] };
    let Ok(opened) = Opened::of(&sources) else { return };
    let Ok(format) = super::format_of(&opened, None) else { return };
    for form in (format.read)(&opened, options).into_iter().flatten() {
        let _ = Definition::of(&form, files[0].0, options);
    }
}

/// Reads many damaged copies of a file: cut off, and with single bytes changed. No copy may cause a panic.
pub(crate) fn survives_damage(files: &[(&str, &str)], position: usize) {
    let options = Options {
        language: Some("en".to_owned()),
        licence: Some("CC0-1.0".to_owned()),
        ..Options::default()
    };
    let original = files[position].1.as_bytes();
    let steps = original.len() / 150 + 1;
    for at in (0..original.len()).step_by(steps) {
        let mut changed = original.to_vec();
        changed[at] = match at % 4 {
            0 => b'0',
            1 => b'"',
            2 => b'x',
            _ => b'-',
        };
        let mut removed = original.to_vec();
        removed.drain(at..(at + 7).min(original.len()));
        for damaged in [&original[..at], &changed, &removed] {
            let mut all: Vec<(&str, &[u8])> =
                files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
            all[position].1 = damaged;
            read(&all, &options);
        }
    }
}

/// Reads copies of a JSON document in which each value in turn is removed or replaced by another kind of value.
pub(crate) fn survives_other_values(files: &[(&str, &str)], position: usize) {
    let options = Options {
        language: Some("en".to_owned()),
        licence: Some("CC0-1.0".to_owned()),
        ..Options::default()
    };
    let document: serde_json::Value =
        serde_json::from_str(files[position].1).expect("the fixture is JSON");
    let mut pointers = Vec::new();
    collect(&document, String::new(), &mut pointers);
    let others = [
        serde_json::json!(null),
        serde_json::json!(-1.5e300),
        serde_json::json!("{é}''"),
        serde_json::json!([[]]),
        serde_json::json!({"default": {"a": 1}}),
    ];
    for (index, pointer) in pointers.iter().enumerate() {
        let mut changed = document.clone();
        if let Some(value) = changed.pointer_mut(pointer) {
            *value = others[index % others.len()].clone();
        }
        let bytes = changed.to_string().into_bytes();
        let mut all: Vec<(&str, &[u8])> =
            files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        all[position].1 = &bytes;
        read(&all, &options);
    }
}

fn collect(value: &serde_json::Value, at: String, pointers: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(table) => {
            table.iter().for_each(|(key, value)| {
                collect(
                    value,
                    format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")),
                    pointers,
                )
            });
        }
        serde_json::Value::Array(list) => {
            list.iter()
                .enumerate()
                .for_each(|(index, value)| collect(value, format!("{at}/{index}"), pointers));
        }
        _ => {}
    }
    pointers.push(at);
}
