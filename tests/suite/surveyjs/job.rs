//! A form for an engine, the answers to enter, and what must come out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use scalewright_check::Checked;
use scalewright_export::{Content, ExportRequest, House, OptionValues, SourceFile, exporter};
use scalewright_model::{Instrument, ResponseKind, date_number, is_chosen};
use scalewright_scoring::dated;
use scalewright_scoring::normal::Normal;
use serde_json::{Map, Value, json};

use crate::code::expected::{self, Cell};
use crate::code::job::{is_whole, sampled};
use crate::dialects::{hostile, odd_rows};
use crate::oracles::{COMMON, choose};
use crate::support::run;

/// The tolerance for results of another order of operations.
const CLOSE: f64 = 1e-9;
/// The most respondents of an instrument in the usual run.
const MOST: usize = 4;

/// A form, whose files are written.
pub(crate) struct Job {
    name: String,
    target: &'static str,
    pub(crate) form: PathBuf,
    folder: PathBuf,
    instrument: Instrument,
    checked: Checked,
    rows: Vec<Vec<Option<f64>>>,
    refused: BTreeSet<String>,
}

impl Job {
    pub(crate) fn write(
        folder: &Path,
        target: &'static str,
        (name, checked): (&str, Checked),
        reasons: &mut BTreeSet<String>,
    ) -> Self {
        let mut instrument = hostile(checked.instrument.as_ref().expect("loaded without error"));
        // An expression cannot contain these; another test shows that they are refused.
        let scales = instrument.wordings[0].scales.iter_mut();
        let labels =
            scales.flat_map(|s| s.bands.iter_mut().chain(s.band_sets.iter_mut().flatten()));
        labels.for_each(|label| *label = label.replace("\"\\", "\""));
        with_odd_words(&mut instrument);
        if target == "html" {
            // Otherwise nothing is saved while an answer is missing.
            instrument.items.iter_mut().for_each(|item| item.required = false);
        }
        Self::with_words(folder, target, (name, checked), instrument, reasons)
    }

    /// A form with the words of the definition, which exported labels need.
    pub(crate) fn with_own_words(
        folder: &Path,
        target: &'static str,
        (name, checked): (&str, Checked),
        reasons: &mut BTreeSet<String>,
    ) -> Self {
        let instrument = checked.instrument.clone().expect("loaded without error");
        Self::with_words(folder, target, (name, checked), instrument, reasons)
    }

    fn with_words(
        folder: &Path,
        target: &'static str,
        (name, checked): (&str, Checked),
        instrument: Instrument,
        reasons: &mut BTreeSet<String>,
    ) -> Self {
        let (files, refused) = exported(target, &instrument, &checked, reasons);
        std::fs::create_dir_all(folder).expect("the folder can be created");
        // Scores need no translations.
        let lines = checked.documents[0].text.lines();
        let lines = lines.filter(|line| !line.starts_with("translations = "));
        let definition = lines.collect::<Vec<_>>().join("\n");
        std::fs::write(folder.join("instrument.toml"), definition).expect("the file is writable");
        let form = folder.join(&files[0].0);
        for (name, bytes) in files {
            std::fs::write(folder.join(name), bytes).expect("the file is writable");
        }
        let mut rows = sampled(odd_rows(&checked), MOST);
        if target == "surveyjs" {
            choose(&checked, &mut rows);
        }
        if std::env::var_os("SCALEWRIGHT_BROWSER").is_some() {
            rows.retain(|row| of_options(&checked, row));
            rows.truncate(3);
        }
        // An answer to a long form takes the engine a tenth of a second.
        if instrument.items.len() > 20 && !is_whole() {
            rows = rows.into_iter().step_by(3).collect();
        }
        rows.iter_mut().for_each(|row| within_limits(&instrument, row));
        if target != "surveyjs" {
            rows.iter_mut().for_each(|row| possible(&instrument, row));
        }
        if target != "html" {
            // The other platforms refuse scores that read dates.
            rows.iter_mut()
                .for_each(|row| dated(&instrument).iter().for_each(|at| row[at.0] = None));
        }
        let listed: Vec<Value> = rows.iter().map(|row| listed(&instrument, row)).collect();
        std::fs::write(folder.join("rows.json"), Value::from(listed).to_string())
            .expect("the file is writable");
        let (name, folder) = (name.to_owned(), folder.to_owned());
        Self { name, target, form, folder, instrument, checked, rows, refused }
    }

    /// The job for the script.
    pub(crate) fn listed(&self) -> Value {
        let (rows, results) = (self.folder.join("rows.json"), self.folder.join("results.json"));
        let other = |name: &str| Some(self.folder.join(name)).filter(|path| path.exists());
        let (lss, names) = (other("form.limesurvey.lss"), other("form.limesurvey-names.csv"));
        let table = self.folder.join("saved.csv");
        json!({"code": self.form, "lss": lss, "names": names, "rows": rows, "results": results, "prefix": "", "table": table, "decimals": self.decimals()})
    }

    /// The values of the options of each item that has an option with decimals.
    fn decimals(&self) -> Value {
        let values = self.instrument.items.iter().filter_map(|item| {
            let options = self.instrument.response_scales[item.response.0].options();
            let values: Vec<f64> = options.iter().map(|option| option.value.number()).collect();
            values
                .iter()
                .any(|value| value.fract() != 0.0)
                .then(|| (item.id.clone(), json!(values)))
        });
        Value::from(values.collect::<Map<String, Value>>())
    }

    /// Compares what the form saved. Returns the number of values.
    pub(crate) fn compare(&self) -> usize {
        let text = std::fs::read_to_string(self.folder.join("results.json")).expect("it exists");
        let found: Vec<Value> = serde_json::from_str(&text).expect("valid JSON");
        assert_eq!(found.len(), self.rows.len(), "{}: rows", self.name);
        if !found[0]["texts"].is_null() {
            self.has_its_words(&found[0]["texts"]);
        }
        // The command refuses definitions with findings, which invented ones have.
        if !self.name.starts_with("invented") {
            self.is_read_back(&found);
        }
        let normal = Normal::of(&self.checked.program, &self.instrument);
        let rows: Vec<Vec<Option<f64>>> = found.iter().map(|found| self.answers(found)).collect();
        for ((found, answers), given) in found.iter().zip(&rows).zip(&self.rows) {
            self.is_shown(&normal, found, answers, given);
        }
        let mut columns = expected::all(&self.instrument, &self.checked, &rows, &self.refused);
        columns.retain(|column| {
            let bands = column
                .name
                .split_once("_band")
                .map(|(id, _)| format!("the list of bands of `{id}`"));
            column.name != "invalid_answers"
                && bands.is_none_or(|bands| !self.refused.contains(&bands))
        });
        for column in &columns {
            for ((found, cell), answers) in found.iter().zip(&column.cells).zip(&rows) {
                let result = &found["results"][&column.name];
                let ids = self.instrument.items.iter().map(|item| &item.id);
                let given: Vec<_> =
                    ids.zip(answers).filter(|(_, answer)| answer.is_some()).collect();
                assert!(
                    self.same(result, cell),
                    "{}, `{}`: {result} for {cell:?} from {given:?}\n{}",
                    self.name,
                    column.name,
                    self.form.display()
                );
            }
        }
        rows.len() * columns.len()
    }

    /// Scores what the form saved. The scores that the form computed are compared with ours.
    fn is_read_back(&self, found: &[Value]) {
        let is_allowed = |found: &&Value| {
            let answers = self.answers(found).into_iter().enumerate();
            answers.filter_map(|(at, answer)| Some((at, answer?))).all(|(at, answer)| {
                let response =
                    &self.instrument.response_scales[self.instrument.items[at].response.0];
                response.bounds().is_none() || response.accepts(answer).is_ok()
            })
        };
        let allowed: Vec<&Value> =
            found.iter().filter(is_allowed).map(|one| &one["data"]).collect();
        let is_table = self.target == "qualtrics";
        assert!(!is_table || allowed.len() == found.len(), "{}: impossible answers", self.name);
        let answered =
            |data: &&&Value| is_table || data.as_object().is_some_and(|data| data.len() > 1);
        if !allowed.iter().any(|data| answered(&data)) {
            return;
        }
        let write = |name: &str, text: String| {
            std::fs::write(self.folder.join(name), text).expect("the file is writable");
        };
        match self.target {
            "html" => {
                write("saved.csv", one_table(&allowed));
                self.is_scored(&["saved.csv"], allowed.len());
                let texts = allowed.iter().map(|data| data["json"].as_str().expect("a text"));
                write("saved.json", texts.collect());
                self.is_scored(&["saved.json", "--from", "html"], allowed.len());
            }
            "limesurvey" => {
                write("saved.csv", one_table(&allowed));
                self.is_scored(&["saved.csv", "--from", "limesurvey"], allowed.len());
            }
            "qualtrics" => self.is_scored(&["saved.csv", "--from", "qualtrics"], allowed.len()),
            _ => {
                write("saved.json", json!(allowed).to_string());
                self.is_scored(&["saved.json", "--from", "surveyjs"], allowed.len());
            }
        }
    }

    /// Scores a file. The scores in it, if there are any, are ours.
    fn is_scored(&self, file: &[&str], rows: usize) {
        let args = [&["score", "--drop-all", "instrument.toml"], file].concat();
        let more = ["--accept-recalled-keys", "--format", "jsonl"];
        let result = run(&[&args[..], &more].concat(), &self.folder);
        assert_eq!(result.code, 0, "{}: {}", self.name, result.err);
        assert!(!result.err.contains("states"), "{}: {}", self.name, result.err);
        assert_eq!(result.out.lines().count(), rows, "{}: {}", self.name, result.err);
    }

    /// Scores the table with labels that Qualtrics exports. The result must be that of the table with codes; `false` if the
    /// labels are refused, which is only allowed if they are not certain.
    pub(crate) fn has_labels_that_are_read(&self) -> bool {
        let score = |table: &str| {
            let args = ["score", "--drop-all", "instrument.toml", table, "--from", "qualtrics"];
            run(&[&args[..], &["--accept-recalled-keys"]].concat(), &self.folder)
        };
        let (codes, labels) = (score("saved.csv"), score("saved.csv.labels.csv"));
        assert_eq!(codes.code, 0, "{}: {}", self.name, codes.err);
        let is_read = labels.code == 0;
        // The code for a question that was seen and not answered is refused among labels.
        let is_certain = !labels.err.contains("can be a code or a label")
            && !labels.err.contains("`-99` is not the label");
        assert!(is_read || !is_certain, "{}: {}", self.name, labels.err);
        // Whether the survey was finished is 1 beside codes, and `True` beside labels.
        let found = labels.out.replace(",True,", ",1,");
        assert!(!is_read || found == codes.out, "{}:\n{}\n{found}", self.name, codes.out);
        is_read
    }

    /// Compares the words that the form shows.
    fn has_its_words(&self, texts: &Value) {
        let words = &self.instrument.wordings[0];
        for (item, stem) in self.instrument.items.iter().zip(&words.stems) {
            let number = match item.number.chars().last() {
                None => String::new(),
                Some(last) if last.is_alphanumeric() => format!("{}. ", item.number),
                Some(_) => format!("{} ", item.number),
            };
            let yes_no =
                self.instrument.response_scales[item.response.0].kind == ResponseKind::YesNo;
            let labels = words.responses[item.response.0].labels.iter().filter(|_| !yes_no);
            let expected: Vec<String> =
                std::iter::once(format!("{number}{stem}")).chain(labels.cloned()).collect();
            let shown: Vec<String> =
                serde_json::from_value(texts[&item.id].clone()).expect("a list of texts");
            let shown = &shown[..expected.len()];
            assert_eq!(shown, expected, "{}: the words of `{}`", self.name, item.id);
        }
    }

    /// Whether a result is the expected one. The fields of Qualtrics are texts, in which truth values are 1 and 0.
    fn same(&self, found: &Value, expected: &Cell) -> bool {
        let number = found.as_str().and_then(|text| text.parse::<f64>().ok());
        match (self.target, expected) {
            ("qualtrics", Cell::Number(_)) => same(&json!(number), expected),
            ("qualtrics", Cell::Truth(truth)) => number == Some(f64::from(u8::from(*truth))),
            _ => same(found, expected),
        }
    }

    /// The answers that the form saved.
    fn answers(&self, found: &Value) -> Vec<Option<f64>> {
        let answer = |item: &scalewright_model::Item| match &found["answers"][&item.id] {
            Value::Null => None,
            Value::Array(chosen) => {
                let response = &self.instrument.response_scales[item.response.0];
                let position = |value: &Value| response.position(value.as_f64()?);
                response.chosen(chosen.iter().filter_map(position))
            }
            Value::Number(number) => number.as_f64(),
            Value::String(day) if day.contains('-') => date_number(day),
            Value::String(clock) => {
                let (hours, minutes) = clock.split_once(':').expect("a clock time");
                let number = |text: &str| text.parse::<f64>().expect("a number");
                Some(number(hours) * 60.0 + number(minutes))
            }
            other => panic!("{}: `{}` is saved as {other}", self.name, item.id),
        };
        self.instrument.items.iter().map(answer).collect()
    }

    /// Compares which questions are shown, and that the form has saved the answers to these and, unless it keeps them, no
    /// others.
    fn is_shown(
        &self,
        normal: &Normal,
        found: &Value,
        answers: &[Option<f64>],
        given: &[Option<f64>],
    ) {
        let checks = normal.values(&self.checked.program, answers).checks;
        for (at, item) in self.instrument.items.iter().enumerate() {
            let is_refused = self.refused.contains(&format!("the condition of `{}`", item.id));
            let asked = normal.asked[at].filter(|_| !is_refused);
            let expected = asked.is_none_or(|truth| checks[truth.yes.0]);
            let visible = found["visible"][&item.id].as_bool();
            let name = format!("{}: `{}` in {}", self.name, item.id, self.form.display());
            assert_eq!(visible, Some(expected), "{name} is shown");
            let is_kept = found["kept"] == true;
            let saved = given[at].filter(|_| expected || is_kept);
            assert_eq!(answers[at], saved, "the answer to {name}");
        }
    }
}

/// The rows of the tables that a form saved, below one header. Each row gets another respondent.
fn one_table(saved: &[&Value]) -> String {
    let mut tables = saved.iter().map(|data| data["csv"].as_str().expect("a table"));
    let header = tables.clone().next().and_then(|table| table.lines().next());
    let rows = tables.by_ref().enumerate().map(|(at, table)| {
        let (_, row) = table.trim_end().split_once("\r\n").expect("a header and a row");
        let (_, cells) = row.split_once(',').unwrap_or((row, ""));
        format!("r{at},{cells}\n")
    });
    let rows: String = rows.collect();
    format!("{}\n{rows}", header.expect("a header"))
}

/// Stems and labels with what the formats of platforms could interpret.
fn with_odd_words(instrument: &mut Instrument) {
    let mut endings =
        ["", " {ask_1} {q1}", " <b> & </p>", " \"'\\", "\u{5d0}\u{202e}", " **x** [y](z) `$`"]
            .into_iter()
            .cycle();
    let words = &mut instrument.wordings[0];
    let labels = words.responses.iter_mut().flat_map(|words| &mut words.labels);
    for text in words.stems.iter_mut().chain(labels) {
        text.push_str(endings.next().expect("they repeat"));
    }
}

/// Whether all answers are allowed: in a browser, no others can be clicked.
fn of_options(checked: &Checked, row: &[Option<f64>]) -> bool {
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    row.iter().enumerate().all(|(item, answer)| {
        answer.is_none_or(|answer| {
            instrument.response_scales[instrument.items[item].response.0].accepts(answer).is_ok()
        })
    })
}

/// A slider cannot be moved beyond its ends, and a field does not save a number beyond its limits.
fn within_limits(instrument: &Instrument, row: &mut [Option<f64>]) {
    for (item, answer) in instrument.items.iter().zip(row) {
        let item_kind = &instrument.response_scales[item.response.0].kind;
        let (min, max) = match *item_kind {
            ResponseKind::VisualAnalogue { min, max, decimals: _ } => (Some(min), Some(max)),
            ResponseKind::Numeric { min, max, decimals: _ } => (min, max),
            ResponseKind::Time => (Some(0.0), Some(1439.0)),
            _ => continue,
        };
        let is_time = |answer: f64| item_kind != &ResponseKind::Time || answer.fract() == 0.0;
        *answer = answer.filter(|answer| {
            is_time(*answer)
                && min.is_none_or(|min| min <= *answer)
                && max.is_none_or(|max| *answer <= max)
        });
    }
}

/// A page has no button for another code, and saves no number with too many decimals.
fn possible(instrument: &Instrument, row: &mut [Option<f64>]) {
    for (item, answer) in instrument.items.iter().zip(row) {
        let response = &instrument.response_scales[item.response.0];
        *answer = answer.filter(|answer| response.accepts(*answer).is_ok());
    }
}

/// Whether a number records chosen options.
fn is_recorded(number: f64, options: usize) -> bool {
    let most = 2_f64.powi(i32::try_from(options).expect("few options"));
    number.fract() == 0.0 && number >= 1.0 && number < most
}

/// The answers to enter.
fn listed(instrument: &Instrument, row: &[Option<f64>]) -> Value {
    let cells = instrument.items.iter().zip(row).map(|(item, answer)| {
        let response = &instrument.response_scales[item.response.0];
        let several = matches!(response.kind, ResponseKind::SeveralChoice { options: _ });
        let answer = match answer {
            Some(recorded) if several && is_recorded(*recorded, response.options().len()) => {
                let options = response.options().iter().enumerate();
                let chosen = options.filter(|(at, _)| is_chosen(*recorded, *at));
                json!(chosen.map(|(_, option)| option.value).collect::<Vec<_>>())
            }
            answer => json!(answer),
        };
        (item.id.clone(), answer)
    });
    Value::from(cells.collect::<Map<String, Value>>())
}

fn same(found: &Value, expected: &Cell) -> bool {
    match expected {
        Cell::Missing => found.is_null(),
        Cell::Text(text) => found.as_str() == Some(text),
        // A truth value is 1 or 0 in LimeSurvey.
        Cell::Truth(truth) => {
            found.as_bool().or_else(|| Some(found.as_f64()? != 0.0)) == Some(*truth)
        }
        Cell::Number(number) => found
            .as_f64()
            .is_some_and(|found| (found - number).abs() <= CLOSE * number.abs().max(1.0)),
    }
}

/// The exported files, the form first, and the scores, bands and conditions that are refused.
fn exported(
    target: &str,
    instrument: &Instrument,
    checked: &Checked,
    reasons: &mut BTreeSet<String>,
) -> (Vec<(String, Vec<u8>)>, BTreeSet<String>) {
    let exporter = exporter(target).expect("the target exists");
    let mut options = OptionValues::default();
    // Both files of LimeSurvey are read. The text file of Qualtrics has no scores.
    if let Some(format) = exporter.option("format").filter(|_| target == "limesurvey") {
        options.set(format, "both").expect("a value");
    }
    let exported = (exporter.export)(&ExportRequest {
        instrument,
        program: &checked.program,
        ranges: &checked.ranges,
        wording: &instrument.wordings[0],
        sources: &[SourceFile { name: "instrument.toml", text: &checked.documents[0].text }],
        common: COMMON,
        options: &options,
        house: &House::default(),
    });
    let mut refused = BTreeSet::new();
    for finding in &exported.diagnostics {
        let Some((what, why)) = finding.message.split_once(" is not exported: ") else {
            assert_ne!(finding.severity, scalewright_model::Severity::Error, "{}", finding.message);
            continue;
        };
        refused.insert(what.to_owned());
        // Scores whose keys are unverified have no program.
        if !why.starts_with("its key") && !why.starts_with("it is computed from a scale whose key")
        {
            reasons.insert(why.to_owned());
        }
    }
    let files = exported.files.into_iter().map(|file| match file.content {
        // Without the id and the language.
        Content::Bytes(bytes) => {
            let ending = file.name.splitn(3, '.').nth(2).expect("an ending").to_owned();
            (format!("form.{ending}"), bytes)
        }
        Content::Typst(_) => panic!("{} is not a form", file.name),
    });
    (files.collect(), refused)
}
