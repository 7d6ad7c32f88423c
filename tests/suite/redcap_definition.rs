//! A data dictionary for REDCap contains its definition, which can be extracted without scalewright.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::support::{Run, root, run};

/// Extracts the definition with Python's standard library: it is the last word of the annotation of a hidden field.
const TAKE_OUT: &str = r#"
import base64, csv, json, sys, zlib
rows = csv.reader(open(sys.argv[1], encoding="utf-8-sig"))
notes = [row[17] for row in rows if "scalewright-definition:" in row[17]]
assert len(notes) == 1 and notes[0].startswith("@HIDDEN "), notes
packed = notes[0].rsplit("scalewright-definition:", 1)[1]
json.dump(json.loads(zlib.decompress(base64.b64decode(packed, validate=True))), sys.stdout)
"#;

fn export(what: &[&str], out: &Path) -> Run {
    let out = out.display().to_string();
    run(&[&["export"], what, &["--to", "redcap", "--quiet", "--out", &out]].concat(), &root())
}

fn extracted(dictionary: &Path) -> BTreeMap<String, String> {
    let output = Command::new("python3").args(["-c", TAKE_OUT]).arg(dictionary).output();
    let output = output.expect("python3 runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("names and texts")
}

#[test]
fn the_definition_can_be_extracted_byte_for_byte() {
    let wording = "tests/fixtures/wording/phq-9";
    for (folder, more, files) in [
        ("instruments/side-by-side", &[][..], &["de.toml", "es.toml", "instrument.toml"][..]),
        ("instruments/phq-9", &["--wording", wording], &["en.toml", "instrument.toml"]),
        ("tests/fixtures/conditions", &[], &["instrument.toml"]),
    ] {
        let out = tempfile::tempdir().expect("a temporary folder");
        let result = export(&[&[folder], more].concat(), out.path());
        assert_eq!(result.code, 0, "{}", result.err);
        let id = folder.rsplit('/').next().expect("a name");
        let found = extracted(&out.path().join(format!("{id}.en.redcap.csv")));
        assert_eq!(found.keys().collect::<Vec<_>>(), files, "{folder}");
        for (name, text) in found {
            let written = [folder, wording].map(|place| root().join(place).join(&name));
            let written = written.iter().find_map(|path| std::fs::read_to_string(path).ok());
            assert_eq!(Some(text), written, "{folder}: {name}");
        }
    }
}

#[test]
fn the_definition_can_be_left_out() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let result = export(&["side-by-side", "--set", "redcap.attachments=no"], out.path());
    assert_eq!(result.code, 0, "{}", result.err);
    let path = out.path().join("side-by-side.en.redcap.csv");
    let dictionary = std::fs::read_to_string(path).expect("a string");
    assert!(dictionary.contains("sbs_12,") && !dictionary.contains("definition"));
}
