//! Snapshots show every change of the wire, and schemas describe it. A changed snapshot needs a new version of the
//! protocol or a feature, unless a request only got a new key.

use scalewright_wire::{
    Answers, Change, Describe, Description, EvaluateResponse, ExportResponse, FEATURES, File,
    FileDescription, Finding, Fix, FormatDescription, ImportRequest, ImportResponse, Kind,
    LintDescription, LintResponse, Loss, LossDescription, Mark, NameRules, OptionDescription,
    OptionKind, PROTOCOL, Refusal, Request, ScoreValue, Severity, ValueDescription, encode,
    request_schema, response_schema,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::{everything, plain_request, published};
use crate::support::{load, root};

fn snapshot(name: &str, value: &Value) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(root().join("tests/wire"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let text = serde_json::to_string_pretty(value).expect("it can be written");
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// One request of each kind. The second and later ones with an instrument name only how they differ from an export.
fn requests() -> Vec<(&'static str, Value)> {
    let checked = load(&root().join("instruments/side-by-side"));
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let text = plain_request(&checked, &instrument.wordings[0], "redcap");
    let export: Value = serde_json::from_str(&text).expect("it is JSON");
    let definition = encode::Definition {
        instrument,
        program: &checked.program,
        ranges: &checked.ranges,
        published: &published(&checked, false),
        sources: &[("instrument.toml", &checked.documents[0].text)],
    };
    let lint = encode::lint_request(&definition, scalewright_export::yes_and_no);
    let Request::Export(of) = serde_json::from_str(&text).expect("it can be read") else {
        panic!("it is a request to export");
    };
    let answers = Answers { items: vec!["a".to_owned()], rows: vec![vec![Some(1.0)], vec![None]] };
    let evaluate = encode::evaluate_request(*of, answers);
    let import = ImportRequest {
        protocol: PROTOCOL,
        options: std::collections::BTreeMap::new(),
        name: "form.csv".to_owned(),
        base64: "YQ==".to_owned(),
    };
    let value = |request: Request| serde_json::to_value(request).expect("it can be written");
    vec![
        ("describe", value(Request::Describe(Describe::new(Kind::Export, "codebook")))),
        ("export", export),
        ("lint", value(Request::Lint(Box::new(lint)))),
        ("import", value(Request::Import(import))),
        ("evaluate", value(Request::Evaluate(Box::new(evaluate)))),
    ]
}

/// Shortens what another snapshot contains completely, and the text of the definition.
fn shortened(kind: &str, mut request: Value) -> Value {
    let same = json!("as in the request to export");
    for key in ["instrument", "scores"] {
        if kind == "lint" {
            request[key] = same.clone();
        }
    }
    if kind == "evaluate" {
        request["export"] = same;
    }
    if let Some(source) = request.pointer_mut("/sources/0/text") {
        *source = json!("the text of the definition");
    }
    request
}

#[test]
fn requests_are_unchanged() {
    for (kind, request) in requests() {
        snapshot(&format!("request-{kind}"), &shortened(kind, request));
    }
}

fn description() -> Description {
    let text = |text: &str| text.to_owned();
    Description {
        protocol: PROTOCOL,
        kind: Kind::Export,
        name: text("codebook"),
        version: text("1.0.0"),
        summary: text("A codebook."),
        features: vec![text("serve")],
        flags: vec!["paper".to_owned()],
        options: vec![OptionDescription {
            name: text("language"),
            summary: text("which words are used"),
            kind: OptionKind::Choice,
            values: vec![ValueDescription { value: text("all"), meaning: text("all words") }],
            default: text("all"),
        }],
        files: vec![FileDescription { name: text("<id>.csv"), what: text("The codebook.") }],
        names: Some(NameRules { longest: Some(20), reserved: vec![text("id")] }),
        limits: vec![text("No more than 1,000 items.")],
        losses: vec![LossDescription {
            keys: vec![text("scales[].norms")],
            what: text("the norms"),
            because: text("a codebook has no place for them"),
            when: text("if there are any"),
            help: text("The scores are not affected."),
        }],
        lints: vec![LintDescription {
            name: text("end-of-stem"),
            summary: text("a stem has no full stop"),
            explain: text("Stems end alike."),
            level: Severity::Hint,
        }],
        formats: vec![FormatDescription {
            what: text("A table."),
            endings: vec![text("csv")],
            contains: vec![text("id,stem")],
        }],
    }
}

fn finding() -> Finding {
    let text = |text: &str| text.to_owned();
    Finding {
        code: text("end-of-stem"),
        severity: Some(Severity::Warning),
        message: text("the stem has no full stop"),
        at: text("/items/0/stem"),
        at_key: true,
        file: Some(text("instrument.toml")),
        label: text("here"),
        about: Some(text("q1")),
        related: vec![Mark { at: text("/items/1/stem"), label: text("unlike this") }],
        help: vec![text("Add a full stop.")],
        fix: Some(Fix {
            message: text("replace the stem"),
            changes: vec![
                Change::Replace { at: text("/items/0/stem"), with: text("A stem.") },
                Change::Remove { at: text("/items/0/number") },
            ],
        }),
    }
}

/// One response of each kind, with every key.
fn responses() -> Vec<(&'static str, Value)> {
    let text = |text: &str| text.to_owned();
    let refusal = Some(Refusal { message: text("there are no items"), help: vec![text("Add.")] });
    let files = vec![
        File { path: text("a.csv"), text: Some(text("a,b")), base64: None },
        File { path: text("b/c.png"), text: None, base64: Some(text("YQ==")) },
    ];
    let loss = Loss {
        at: text("/norms/0"),
        what: text("the norm"),
        because: text("a codebook has no place for it"),
        help: text("The score is not affected."),
    };
    let export = ExportResponse {
        protocol: PROTOCOL,
        files: files.clone(),
        diagnostics: vec![finding()],
        losses: vec![loss],
        refusal: refusal.clone(),
    };
    let lint =
        LintResponse { protocol: PROTOCOL, findings: vec![finding()], refusal: refusal.clone() };
    let import = ImportResponse {
        protocol: PROTOCOL,
        files: files.clone(),
        form: files.into_iter().next(),
        notes: vec![finding()],
        refusal: refusal.clone(),
    };
    let score = |value| Some(value);
    let row = [
        (text("a"), score(ScoreValue::Number(1.5))),
        (text("b"), score(ScoreValue::Truth(true))),
        (text("c"), score(ScoreValue::Word(text("high")))),
        (text("d"), None),
    ];
    let evaluate =
        EvaluateResponse { protocol: PROTOCOL, rows: vec![row.into_iter().collect()], refusal };
    vec![
        ("describe", serde_json::to_value(description()).expect("it can be written")),
        ("export", serde_json::to_value(export).expect("it can be written")),
        ("lint", serde_json::to_value(lint).expect("it can be written")),
        ("import", serde_json::to_value(import).expect("it can be written")),
        ("evaluate", serde_json::to_value(evaluate).expect("it can be written")),
    ]
}

#[test]
fn responses_are_unchanged() {
    for (kind, response) in responses() {
        snapshot(&format!("response-{kind}"), &response);
    }
    assert_eq!((PROTOCOL, FEATURES.len()), (1, 0), "the version and the features");
}

#[test]
fn requests_conform_to_the_schema() {
    let schema = jsonschema::validator_for(&request_schema()).expect("the schema is valid");
    for (kind, request) in requests() {
        assert!(schema.is_valid(&request), "{kind}: {:?}", schema.validate(&request));
    }
    for (name, checked) in everything() {
        let instrument = checked.instrument.as_ref().expect("loaded without error");
        let Some(wording) = instrument.wordings.first() else { continue };
        let text = plain_request(checked, wording, "fhir");
        let request: Value = serde_json::from_str(&text).expect("it is JSON");
        assert!(schema.is_valid(&request), "{name}");
    }
}

fn is_read<T: DeserializeOwned>(value: &Value) -> bool {
    serde_json::from_value::<T>(value.clone()).is_ok()
}

#[test]
fn unknown_keys_of_responses_are_refused() {
    let schema = jsonschema::validator_for(&response_schema()).expect("the schema is valid");
    for (kind, response) in responses() {
        let read = match kind {
            "describe" => is_read::<Description>,
            "export" => is_read::<ExportResponse>,
            "lint" => is_read::<LintResponse>,
            "import" => is_read::<ImportResponse>,
            _ => is_read::<EvaluateResponse>,
        };
        assert!(schema.is_valid(&response) && read(&response), "{kind}");
        for place in
            ["", "/files/0", "/diagnostics/0", "/findings/0/fix", "/losses/0", "/options/0"]
        {
            let mut changed = response.clone();
            let Some(Value::Object(object)) = changed.pointer_mut(place) else { continue };
            object.insert("unheard_of".to_owned(), json!(1));
            assert!(!schema.is_valid(&changed), "{kind}: the schema accepts a key at `{place}`");
            assert!(!read(&changed), "{kind}: the program accepts a key at `{place}`");
        }
    }
}
