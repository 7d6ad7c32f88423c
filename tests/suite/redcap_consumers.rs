//! Third-party programs that read REDCap data dictionaries find the fields and choices of the definition.

use std::collections::BTreeMap;
use std::process::Command;

use scalewright_check::Checked;
use scalewright_export::redcap_names::field_name;
use scalewright_model::{ItemIx, ResponseKind};

use crate::oracles::{Way, corpus, export_scores};
use crate::support::root;

/// The fields that a program found, each with its choices as code and label.
type Fields = BTreeMap<String, Option<Vec<(String, String)>>>;

/// The choices of each item in REDCap's form, or `None` if it is not answered by a choice.
fn items(checked: &Checked) -> Fields {
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let labels = |item: usize| {
        let response = instrument.items[item].response.0;
        instrument.wordings[0].responses[response].labels.iter().cloned()
    };
    let fields = instrument.items.iter().enumerate().map(|(index, item)| {
        let choices = match &instrument.response(ItemIx(index)).kind {
            ResponseKind::Coded { options } | ResponseKind::SeveralChoice { options } => {
                let codes = options.iter().map(|option| option.value.to_string());
                Some(codes.zip(labels(index)).collect())
            }
            _ => None,
        };
        (field_name(&item.id), choices)
    });
    fields.collect()
}

#[test]
fn third_party_programs_find_the_fields_and_choices_of_the_definition() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let python = root().join("target/oracles/consumers/bin/python");
    assert!(python.exists(), "the programs are not installed: run `tests/oracles/setup`");
    let corpus = corpus();
    let files = corpus.iter().map(|(name, checked)| {
        let path = folder.path().join(format!("{name}.csv"));
        let (bytes, _) = export_scores(checked, ("redcap", Way::Portable), ".redcap.csv");
        std::fs::write(&path, bytes).expect("the file is writable");
        path
    });
    let output = Command::new(python)
        .arg("tests/oracles/redcap/consumers/read.py")
        .args(files)
        .current_dir(root())
        .output()
        .expect("Python can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: Vec<BTreeMap<String, Fields>> =
        serde_json::from_slice(&output.stdout).expect("the answer is valid JSON");
    assert_eq!(found.len(), corpus.len(), "an answer for each instrument");
    for ((name, checked), found) in corpus.iter().zip(&found) {
        let programs: Vec<&str> = found.keys().map(String::as_str).collect();
        assert_eq!(programs, ["heal", "reproschema"]);
        for (program, fields) in found {
            for (field, choices) in items(checked) {
                // HEAL makes a field of each option of a question with several choices.
                let of_options = format!("{field}___");
                if program == "heal" && fields.keys().any(|name| name.starts_with(&of_options)) {
                    let count = fields.keys().filter(|name| name.starts_with(&of_options)).count();
                    assert_eq!(Some(count), choices.map(|all| all.len()), "{name}: `{field}`");
                    continue;
                }
                let theirs = fields.get(&field);
                let theirs = theirs.unwrap_or_else(|| panic!("{name}: {program} has no `{field}`"));
                if choices.is_some() {
                    // REDCap shows labels as HTML, in which a leading minus sign is a character reference.
                    let shown = |label: &String| label.replace("&#45;", "-");
                    let theirs = theirs.as_ref().map(|all| {
                        all.iter().map(|(code, label)| (code.clone(), shown(label))).collect()
                    });
                    assert_eq!(theirs, choices, "{name}: the choices of `{field}` in {program}");
                }
            }
        }
    }
}
