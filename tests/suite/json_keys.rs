//! Duplicate keys in JSON: it would be ambiguous which of two answers is meant.

use std::fs;

use crate::support::{root, run};

#[test]
fn duplicate_keys_are_rejected() {
    let at = tempfile::tempdir().expect("a temporary folder");
    let instrument = root().join("tests/scoring/steady-ten/instrument.toml").display().to_string();
    let answers = |first: &str| {
        let rest = (2..=10).map(|item| format!(", \"steady_{item}\": 1")).collect::<String>();
        format!("{{\"respondent\": \"p1\", {first}{rest}}}")
    };
    let (once, twice) =
        (answers("\"steady_1\": 1"), answers("\"steady_1\": 1, \"steady_\\u0031\": 3"));
    let nested = answers("\"steady_1\": 1, \"note\": {\"a\": 1, \"a\": 2}");
    let response = |keys: &str| {
        format!("{{\"resourceType\": \"QuestionnaireResponse\", {keys}\"status\": \"completed\"}}")
    };
    let form = "{\"resourceType\": \"Questionnaire\", \"url\": \"a\", \"url\": \"b\"}";
    fs::write(at.path().join("form.json"), form).expect("the file is writable");
    let form: &[&str] = &["--from", "fhir", "--questionnaire", "form.json"];
    let cases: [(&str, String, &[&str], bool); 8] = [
        ("once.json", format!("[{once}]"), &[], false),
        ("once.jsonl", format!("{once}\n"), &[], false),
        ("twice.json", format!("[{once},\n {twice}]"), &[], true),
        ("twice.jsonl", format!("{once}\n{twice}\n"), &[], true),
        ("nested.json", format!("[{nested}]"), &[], true),
        ("nested.jsonl", format!("{nested}\n"), &[], true),
        ("fhir.json", response("\"status\": \"amended\", "), &["--from", "fhir"], true),
        ("form.fhir", response(""), form, true),
    ];
    for (name, text, more, is_refused) in cases {
        fs::write(at.path().join(name), text).expect("the file is writable");
        let mut args = vec!["score", instrument.as_str(), name];
        args.extend(more);
        let done = run(&args, at.path());
        assert_eq!(done.code, u8::from(is_refused), "{name}: {}", done.err);
        assert_eq!(done.err.contains("the same key twice"), is_refused, "{name}: {}", done.err);
    }
}
