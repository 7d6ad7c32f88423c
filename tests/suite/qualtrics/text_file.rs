//! Text files in the Advanced Format, read strictly, contain every question with its name, its words and its codes.

use std::path::Path;

use scalewright_export::{Content, ExportRequest, House, OptionValues, exporter};
use scalewright_model::ResponseKind;

use crate::oracles::{COMMON, corpus};
use crate::support::{root, run};

/// A question of a text file.
#[derive(Debug, Default, PartialEq)]
struct Question {
    kind: String,
    id: String,
    text: String,
    /// The codes and the labels of the choices.
    choices: Vec<(String, String)>,
}

/// Reads a file. Everything that is not part of the format is an error.
fn read(text: &str) -> Vec<Question> {
    let mut lines = text.lines().peekable();
    assert_eq!(lines.next(), Some("[[AdvancedFormat]]"));
    let mut questions: Vec<Question> = Vec::new();
    while let Some(line) = lines.next() {
        let mark = line.strip_prefix("[[").and_then(|mark| mark.strip_suffix("]]"));
        let words = |lines: &mut std::iter::Peekable<std::str::Lines<'_>>| {
            let words = lines.next().expect("words follow").to_owned();
            assert!(!words.contains("[[") && !words.is_empty(), "{words}");
            words
        };
        match mark.map(|mark| mark.split_once(':').unwrap_or((mark, ""))) {
            None => assert_eq!(line, "", "a line outside of a question"),
            Some(("Block", name)) => assert!(!name.is_empty() && !name.contains("]]"), "{name}"),
            Some(("Question", kind)) => {
                let id = lines.next().and_then(|line| line.strip_prefix("[[ID:"));
                let id = id.and_then(|id| id.strip_suffix("]]")).expect("an id");
                let text = words(&mut lines);
                let (kind, id) = (kind.to_owned(), id.to_owned());
                questions.push(Question { kind, id, text, choices: Vec::new() });
            }
            Some(("AdvancedChoices", "")) => {
                assert!(questions.last().is_some_and(|question| question.choices.is_empty()));
            }
            Some(("Choice", code)) => {
                let label = words(&mut lines);
                let question = questions.last_mut().expect("a question");
                assert!(question.kind.starts_with("MC:"), "{question:?}");
                question.choices.push((code.to_owned(), label));
            }
            Some((mark, _)) => panic!("an unknown mark: {mark}"),
        }
    }
    questions
}

#[test]
fn every_question_has_its_name_and_codes() {
    let qualtrics = exporter("qualtrics").expect("the target exists");
    let mut options = OptionValues::default();
    let format = qualtrics.option("format").expect("the option exists");
    options.set(format, "txt").expect("the option accepts it");
    let mut read_items = 0;
    for (name, checked) in corpus() {
        let instrument = checked.instrument.as_ref().expect("loaded without error");
        let request = ExportRequest {
            instrument,
            program: &checked.program,
            ranges: &checked.ranges,
            wording: &instrument.wordings[0],
            sources: &[],
            common: COMMON,
            options: &options,
            house: &House::default(),
        };
        let exported = (qualtrics.export)(&request);
        let file = exported.files.into_iter().next().expect("a file");
        let Content::Bytes(bytes) = file.content else { panic!("{name}: not a text") };
        let text = String::from_utf8(bytes).expect("UTF-8");
        let questions = read(&text);
        let asked: Vec<&Question> =
            questions.iter().filter(|question| question.kind != "DB").collect();
        assert_eq!(asked.len(), instrument.items.len(), "{name}");
        for (item, question) in instrument.items.iter().zip(&asked) {
            assert_eq!(question.id, item.id, "{name}");
            let kind = &instrument.response_scales[item.response.0].kind;
            if let ResponseKind::Coded { options } = kind {
                let codes = options.iter().map(|option| option.value.to_string());
                let own = question.choices.iter().map(|(code, _)| code.clone());
                assert!(own.eq(codes), "{name}: {}", item.id);
            }
        }
        read_items += asked.len();
    }
    assert!(read_items > 300, "{read_items} items were read");
}

fn exported(folder: &Path, format: &str, more: &[&str]) -> crate::support::Run {
    let out = folder.display().to_string();
    let format = format!("qualtrics.format={format}");
    let args = ["export", "side-by-side", "--to", "qualtrics", "--set", &format, "--out", &out];
    run(&[&args[..], more].concat(), &root())
}

#[test]
fn what_a_text_file_cannot_contain_is_refused_or_reported() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let refused = exported(folder.path(), "txt", &[]);
    assert_eq!(refused.code, 1, "{}", refused.err);
    assert!(refused.err.contains("a text file of Qualtrics contains no scores"), "{}", refused.err);
    assert!(refused.err.contains("instrument.toml:"), "{}", refused.err);
    let left_out = exported(folder.path(), "txt", &["--leave-out-scores"]);
    assert_eq!(left_out.code, 0, "{}", left_out.err);
    assert!(left_out.err.contains("the translations in the text file"), "{}", left_out.err);
    std::fs::remove_file(folder.path().join("side-by-side.en.qualtrics.txt")).expect("it exists");
    let both = exported(folder.path(), "both", &[]);
    assert_eq!(both.code, 0, "{}", both.err);
    assert!(folder.path().join("side-by-side.en.qsf").exists());
    assert!(both.err.contains("the translations in the text file"), "{}", both.err);
}
