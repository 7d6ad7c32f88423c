//! Forms contain their definition, which can be extracted byte for byte with Python's standard library.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

use crate::support::{root, run};

/// Extracts the definitions from the files named as arguments. A definition is the base64 encoding of a zlib stream; in a
/// workbook, several cells contain one together.
const TAKE_OUT: &str = r#"
import base64, json, re, sys, zipfile, zlib

def text(path):
    if not zipfile.is_zipfile(path):
        return open(path, encoding="utf-8-sig").read()
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist()]
    return re.sub("</t></si><si><t>([A-Za-z0-9+/]{1000,})", r"\1", "\n".join(parts))

def definition(text):
    found = re.findall(r"(?:scalewright-definition:|Name=\"|>)(eN[A-Za-z0-9+/]{200,}={0,2})", text)
    assert len(set(found)) == 1, [one[:60] for one in found]
    return json.loads(zlib.decompress(base64.b64decode(found[0], validate=True)))

print(json.dumps({path: definition(text(path)) for path in sys.argv[1:]}))
"#;

/// The file of each target that contains the definition.
const FILES: [(&str, &str); 9] = [
    ("docx", "docx"),
    ("html", "html"),
    ("limesurvey", "limesurvey.txt"),
    ("odm", "odm.xml"),
    ("qualtrics", "qsf"),
    ("redcap", "redcap.csv"),
    ("reproschema", "item.text__definition.jsonld"),
    ("surveyjs", "surveyjs.json"),
    ("xlsform", "xlsform.xlsx"),
];

/// Exports a definition to the targets of `files`, and returns the names and texts of the definition in each file.
fn extracted(
    instrument: &str,
    id: &str,
    files: &[(&str, &str)],
) -> BTreeMap<String, BTreeMap<String, String>> {
    let out = tempfile::tempdir().expect("a temporary folder");
    let to: Vec<&str> = files.iter().map(|(target, _)| *target).collect();
    let shown = out.path().display().to_string();
    let args = ["export", instrument, "--to", &to.join(","), "--quiet", "--out", &shown];
    let result = run(&args, &root());
    assert_eq!(result.code, 0, "{}", result.err);
    let paths = files.iter().map(|(_, ending)| out.path().join(format!("{id}.en.{ending}")));
    let output = Command::new("python3").args(["-c", TAKE_OUT]).args(paths).output();
    let output = output.expect("python3 runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("names and texts")
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a text")
}

#[test]
fn every_form_has_its_definition_and_translations() {
    let all = extracted("instruments/side-by-side", "side-by-side", &FILES);
    assert_eq!(all.len(), FILES.len());
    let folder = root().join("instruments/side-by-side");
    for (file, found) in all {
        assert_eq!(found.keys().collect::<Vec<_>>(), ["de.toml", "es.toml", "instrument.toml"]);
        for (name, found) in found {
            assert_eq!(found, text(&folder.join(&name)), "{file}: {name}");
        }
    }
}

#[test]
fn a_long_definition_is_in_several_cells_of_a_workbook() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    // An instrument is in a folder with the name of its id.
    let own = folder.path().join("bands");
    std::fs::create_dir(&own).expect("writable");
    let path = own.join("instrument.toml");
    let fixture = text(&root().join("tests/scoring/bands/instrument.toml"));
    let mut long = fixture.clone();
    // Comments that cannot be compressed much.
    let mut state = 1_u64;
    for _ in 0..3_000 {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let _ = writeln!(long, "# {state:016x}");
    }
    std::fs::write(&path, &long).expect("writable");
    let id = fixture.lines().find_map(|line| line.strip_prefix("id = ")).expect("an id");
    let shown = path.display().to_string();
    let all = extracted(&shown, id.trim_matches('"'), &[("xlsform", "xlsform.xlsx")]);
    let found = all.values().next().expect("a file");
    assert_eq!(found["instrument.toml"], long);
}
