//! Files that this program makes return their definition, byte for byte: `import(export(x)) = x`.

use std::collections::BTreeMap;

use scalewright_check::Checked;
use scalewright_export::{Content, ExportRequest, House, OptionValues, SourceFile, exporter};
use scalewright_import::{Options, Sources, import};
use scalewright_model::WordingPolicy;

use crate::invented::{self, invent};
use crate::oracles::{COMMON, corpus};
use crate::support::{root, run};

/// The targets whose files contain the definition, and the ending of that file. PDF is laid out by another test.
const TARGETS: [(&str, &str); 9] = [
    ("docx", ".docx"),
    ("fhir", ".json"),
    ("html", ".html"),
    ("limesurvey", ".txt"),
    ("odm", ".odm.xml"),
    ("qualtrics", ".qsf"),
    ("redcap", ".csv"),
    ("surveyjs", ".json"),
    ("xlsform", ".xlsx"),
];

/// How many invented instruments are exported and imported.
const INVENTED: u64 = 200;

/// The files of an export with this ending.
fn exported(target: &str, ending: &str, checked: &Checked) -> Vec<(String, Vec<u8>)> {
    exported_with(target, ending, checked, &OptionValues::default())
}

/// The same with options of the target.
pub(super) fn exported_with(
    target: &str,
    ending: &str,
    checked: &Checked,
    options: &OptionValues,
) -> Vec<(String, Vec<u8>)> {
    let instrument = checked.instrument.as_ref().expect("it has no error");
    let name = |index: usize| match index {
        0 => "instrument.toml".to_owned(),
        _ => {
            let path = &checked.documents[index].name;
            path.rsplit('/').next().expect("a name").to_owned()
        }
    };
    let names: Vec<String> = (0..checked.documents.len()).map(name).collect();
    let sources: Vec<SourceFile<'_>> = names
        .iter()
        .zip(&checked.documents)
        .map(|(name, document)| SourceFile { name, text: &document.text })
        .collect();
    let request = ExportRequest {
        instrument,
        program: &checked.program,
        ranges: &checked.ranges,
        wording: &instrument.wordings[0],
        sources: &sources,
        common: COMMON,
        options,
        house: &House::default(),
    };
    let files = (exporter(target).expect("the target exists").export)(&request).files.into_iter();
    let files = files.filter_map(|file| match file.content {
        Content::Bytes(bytes) => Some((file.name, bytes)),
        Content::Typst(_) => None,
    });
    files.filter(|(name, _)| name.ends_with(ending)).collect()
}

/// Asserts that each file returns the texts of a definition.
fn gives_back(target: &str, ending: &str, checked: &Checked) -> bool {
    let texts: Vec<&str> =
        checked.documents.iter().map(|document| document.text.as_str()).collect();
    let files = exported(target, ending, checked);
    let rights = checked.instrument.as_ref().expect("it has no error").rights.wording;
    let mut any = false;
    for (name, bytes) in files {
        let sources = Sources { file: &name, bytes: &bytes, beside: &|_| None, attached: &[] };
        // A definition that is too long for a target is not embedded, which the target reports.
        let Ok(import) = import(&sources, Some("scalewright"), &Options::default()) else {
            continue;
        };
        assert_eq!(import.instruments.len(), 1, "{name}");
        let given: BTreeMap<&str, &[u8]> = import.instruments[0]
            .files
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .collect();
        assert_eq!(given["instrument.toml"], texts[0].as_bytes(), "{name}");
        // Words that may not be redistributed are not in every export.
        let is_free = rights == WordingPolicy::Included;
        for text in texts[1..].iter().filter(|_| is_free) {
            assert!(
                given.values().any(|bytes| *bytes == text.as_bytes()),
                "{name}: a wording file is missing"
            );
        }
        any = true;
    }
    any
}

#[test]
fn every_export_gives_back_its_definition() {
    for (target, ending) in TARGETS {
        let mut count = 0;
        for (name, checked) in corpus() {
            let done = gives_back(target, ending, &checked);
            count += usize::from(done);
            // Texts of several hundred kilobytes do not fit into every platform.
            assert!(
                done || checked.documents[0].text.len() > 20_000 || target == "qualtrics",
                "{target}: {name}"
            );
        }
        assert!(count > 20, "{target}: only {count} definitions were recovered");
    }
}

#[test]
fn exports_of_invented_instruments_give_back_their_definitions() {
    for seed in 0..INVENTED {
        let (name, checked) = invented::load(&invent(seed));
        for (target, ending) in
            [("redcap", ".csv"), ("fhir", ".json"), ("surveyjs", ".json"), ("odm", ".odm.xml")]
        {
            assert!(gives_back(target, ending, &checked), "{target}: {name}");
        }
    }
}

#[test]
fn a_pdf_gives_back_its_definition() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let shown = out.path().display().to_string();
    let result =
        run(&["export", "side-by-side", "--to", "pdf", "--quiet", "--out", &shown], &root());
    assert_eq!(result.code, 0, "{}", result.err);
    let back = out.path().join("back").display().to_string();
    let file = out.path().join("side-by-side.en.form.pdf");
    let file = if file.exists() { file } else { out.path().join("side-by-side.en.pdf") };
    let result = run(&["import", &file.display().to_string(), "--out", &back], &root());
    assert_eq!(result.code, 0, "{}", result.err);
    for name in ["instrument.toml", "de.toml", "es.toml"] {
        let own =
            std::fs::read(root().join("instruments/side-by-side").join(name)).expect("readable");
        let given =
            std::fs::read(out.path().join("back/side-by-side").join(name)).expect("written");
        assert_eq!(given, own, "{name}");
    }
}
