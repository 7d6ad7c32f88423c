//! A form for an engine, the answers to enter, and what must come out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use scalewright_check::Checked;
use scalewright_export::{
    Content, ExportRequest, House, OptionValues, SourceFile, StudyRequest, exporter,
};
use scalewright_model::{Instrument, ItemIx, ResponseKind, ResponseOption, Severity};
use scalewright_scoring::normal::Normal;
use serde_json::{Map, Value, json};

use crate::code::expected::{self, Cell};
use crate::code::job::sampled;
use crate::dialects::{hostile, odd_rows};
use crate::oracles::COMMON;

static PLAIN: LazyLock<House> = LazyLock::new(House::default);

/// The tolerance for results of another order of operations.
const CLOSE: f64 = 1e-9;
/// The most respondents of an instrument in the usual run.
const MOST: usize = 8;

/// A form, whose files are written.
pub(super) struct Job {
    name: String,
    folder: PathBuf,
    /// The file in version 1.3.2, then in 2.0.
    files: [PathBuf; 2],
    /// The identifier of its form, if the files contain other forms too.
    oid: Option<String>,
    instrument: Instrument,
    checked: Checked,
    rows: Vec<Vec<Option<f64>>>,
    refused: BTreeSet<String>,
}

impl Job {
    pub(super) fn write(
        folder: &Path,
        name: &str,
        checked: Checked,
        reasons: &mut BTreeSet<String>,
    ) -> Self {
        let mut instrument = hostile(checked.instrument.as_ref().expect("loaded without error"));
        with_odd_words(&mut instrument);
        std::fs::create_dir_all(folder).expect("the folder can be created");
        let (bytes, refused) = exported(&instrument, &checked, "1.3.2", reasons);
        let (two, _) = exported(&instrument, &checked, "2.0", reasons);
        let files = ["form.xml", "form-2.xml"].map(|name| folder.join(name));
        for (file, bytes) in files.iter().zip([bytes, two]) {
            std::fs::write(file, bytes).expect("the file is writable");
        }
        let rows = sampled(odd_rows(&checked), MOST);
        let listed: Vec<Value> = rows.iter().map(|row| listed(&instrument, row)).collect();
        std::fs::write(folder.join("rows.json"), Value::from(listed).to_string())
            .expect("the file is writable");
        let (name, folder) = (name.to_owned(), folder.to_owned());
        Self { name, folder, files, oid: None, instrument, checked, rows, refused }
    }

    /// The job for the script.
    pub(super) fn listed(&self) -> Value {
        let [rows, results] = ["rows.json", "results.json"].map(|name| self.folder.join(name));
        json!({"form": self.files[0], "rows": rows, "results": results, "oid": self.oid})
    }

    /// Replaces the files of jobs by those of one study.
    pub(super) fn together(folder: &Path, jobs: &mut [Self]) {
        std::fs::create_dir_all(folder).expect("the folder can be created");
        let files = ["1.3.2", "2.0"].map(|version| {
            let path = folder.join(format!("study-{version}.xml"));
            std::fs::write(&path, study(jobs, version)).expect("the file is writable");
            path
        });
        for job in jobs {
            job.oid = Some(format!("F.{}", job.oid_of_instrument()));
            job.files.clone_from(&files);
        }
    }

    /// The id of its instrument as a part of identifiers.
    pub(super) fn oid_of_instrument(&self) -> String {
        self.instrument.id.to_uppercase().replace('-', "_")
    }

    /// Its files.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(PathBuf::as_path)
    }

    /// Compares what came out. Returns the number of values.
    pub(super) fn compare(&self, engine: &str) -> usize {
        let text = std::fs::read_to_string(self.folder.join("results.json")).expect("it exists");
        let found: Vec<Value> = serde_json::from_str(&text).expect("valid JSON");
        assert_eq!(found.len(), self.rows.len(), "{}: rows", self.name);
        let is_openedc = engine == "openedc";
        // OpenEDC removes the answers to hidden items.
        let rows = match is_openedc {
            true => found.iter().map(|found| self.saved(found)).collect(),
            false => self.rows.clone(),
        };
        self.is_shown(engine, &found, &rows);
        let mut compared = 0;
        for column in expected::all(&self.instrument, &self.checked, &rows, &self.refused) {
            for ((found, cell), answers) in found.iter().zip(&column.cells).zip(&rows) {
                // An engine has no expressions for some scores.
                let Some(result) = found["values"].get(&column.name) else { continue };
                let is_blank = is_openedc && matches!(result.as_str(), None | Some(""));
                let ids = self.instrument.items.iter().map(|item| &item.id);
                let given: Vec<_> =
                    ids.zip(answers).filter(|(_, answer)| answer.is_some()).collect();
                assert!(
                    is_blank || same(result, cell),
                    "{engine}: {}, `{}`: {result} for {cell:?} from {given:?}\n{}",
                    self.name,
                    column.name,
                    self.files[0].display()
                );
                if is_blank {
                    let is_allowed = *cell == Cell::Missing
                        || !self.is_complete(answers)
                        || self.is_lost(&column.refused_as);
                    assert!(is_allowed, "{}, `{}` from {given:?}", self.name, column.name);
                }
                compared += usize::from(!is_blank);
            }
        }
        compared
    }

    /// Whether all items that can be scored have an answer that is scored.
    fn is_complete(&self, answers: &[Option<f64>]) -> bool {
        let scored = |at: usize| self.checked.program.answer(ItemIx(at)).is_some();
        let counts = |at: usize, answer: f64| {
            let options = self.instrument.response(ItemIx(at)).options();
            #[expect(clippy::float_cmp, reason = "both are whole")]
            let is_none =
                |option: &ResponseOption| option.non_response && option.value.number() == answer;
            !options.iter().any(is_none)
        };
        let mut all = answers.iter().enumerate();
        all.all(|(at, answer)| answer.is_some_and(|answer| counts(at, answer)) || !scored(at))
    }

    /// Whether OpenEDC has no expression for a score or its bands.
    fn is_lost(&self, score: &str) -> bool {
        let id = score.trim_start_matches("the score of ");
        let lost = ["the expression of", "the band or word of"];
        lost.iter().any(|what| self.refused.contains(&format!("{what} {id} for OpenEDC")))
    }

    /// The answers that a form has.
    fn saved(&self, found: &Value) -> Vec<Option<f64>> {
        let answer = |id: &String| match found["values"][id].as_str().unwrap_or_default() {
            "" => None,
            text => match text.split_once(':') {
                None => Some(text.parse().expect("a number")),
                Some((hours, minutes)) => {
                    let number = |text: &str| text.parse::<f64>().expect("a number");
                    Some(number(hours) * 60.0 + number(minutes))
                }
            },
        };
        self.instrument.items.iter().map(|item| answer(&item.id)).collect()
    }

    /// Compares which items are collected. OpenEDC may hide an item while another one of its condition has no answer.
    fn is_shown(&self, engine: &str, found: &[Value], rows: &[Vec<Option<f64>>]) {
        let normal = Normal::of(&self.checked.program, &self.instrument);
        for (found, answers) in found.iter().zip(rows) {
            let checks = normal.values(&self.checked.program, answers).checks;
            for (at, item) in self.instrument.items.iter().enumerate() {
                let Some(truth) = normal.asked[at] else { continue };
                let Some(shown) = found["shown"].get(&item.id).and_then(Value::as_bool) else {
                    continue;
                };
                // An item whose condition is lost is always collected.
                let all = format!("the condition of `{}`", item.id);
                let one = format!("{all} for OpenEDC");
                let is_lost = self.refused.contains(&all)
                    || engine == "openedc" && self.refused.contains(&one);
                let expected = is_lost || checks[truth.yes.0];
                let is_hidden = engine == "openedc" && !shown && answers.contains(&None);
                let name = format!("{engine}: {}: `{}`", self.name, item.id);
                assert!(shown == expected || is_hidden, "{name} is shown: {shown}");
            }
        }
    }
}

/// Stems and labels with what XML and OpenEDC could interpret.
fn with_odd_words(instrument: &mut Instrument) {
    let mut endings = ["", " <b> & </p>", " \"'\\", "\u{5d0}\u{202e}", "\r\n\tx ]]>", " !(I.q1)"]
        .into_iter()
        .cycle();
    let words = &mut instrument.wordings[0];
    let labels = words.responses.iter_mut().flat_map(|words| &mut words.labels);
    for text in words.stems.iter_mut().chain(labels) {
        text.push_str(endings.next().expect("they repeat"));
    }
}

/// The answers to enter. Only numbers and clock times are scored.
fn listed(instrument: &Instrument, row: &[Option<f64>]) -> Value {
    let is_entered = |item: &scalewright_model::Item| {
        !matches!(
            instrument.response_scales[item.response.0].kind,
            ResponseKind::SeveralChoice { options: _ }
                | ResponseKind::Text { lines: _ }
                | ResponseKind::Date
        )
    };
    let cells = instrument.items.iter().zip(row).filter(|(item, _)| is_entered(item));
    let cells: Map<String, Value> =
        cells.map(|(item, answer)| (item.id.clone(), json!(answer))).collect();
    Value::from(cells)
}

fn same(found: &Value, expected: &Cell) -> bool {
    let text = found.as_str();
    match expected {
        Cell::Missing => text.is_none(),
        Cell::Text(text) => found.as_str().unwrap_or_default() == text.trim_end_matches(' '),
        Cell::Truth(truth) => text == Some(if *truth { "1" } else { "0" }),
        Cell::Number(number) => text
            .and_then(|text| text.parse::<f64>().ok())
            .is_some_and(|found| (found - number).abs() <= CLOSE * number.abs().max(1.0)),
    }
}

/// The exported study of several jobs.
fn study(jobs: &[Job], version: &str) -> Vec<u8> {
    let options = options(version);
    let sources: Vec<[SourceFile<'_>; 1]> = jobs.iter().map(|job| source(&job.checked)).collect();
    let requests: Vec<ExportRequest<'_>> = jobs
        .iter()
        .zip(&sources)
        .map(|(job, sources)| request(&job.instrument, &job.checked, sources, &options))
        .collect();
    let study = StudyRequest { name: "trial", title: "Trial <&>", instruments: &requests };
    let export = exporter("odm").and_then(|exporter| exporter.study).expect("studies are exported");
    let exported = export(&study);
    let mut found = exported.diagnostics.iter().flatten();
    let refused = found.find(|finding| finding.code == "unusable-name");
    assert!(refused.is_none(), "{refused:?}");
    let Content::Bytes(bytes) = &exported.files[0].content else { panic!("XML is bytes") };
    bytes.clone()
}

fn options(version: &str) -> OptionValues {
    let exporter = exporter("odm").expect("the target exists");
    let mut options = OptionValues::default();
    options.set(exporter.option("version").expect("it exists"), version).expect("it is allowed");
    options
}

fn source(checked: &Checked) -> [SourceFile<'_>; 1] {
    [SourceFile { name: "instrument.toml", text: &checked.documents[0].text }]
}

fn request<'a>(
    instrument: &'a Instrument,
    checked: &'a Checked,
    sources: &'a [SourceFile<'a>],
    options: &'a OptionValues,
) -> ExportRequest<'a> {
    ExportRequest {
        instrument,
        program: &checked.program,
        ranges: &checked.ranges,
        wording: &instrument.wordings[0],
        sources,
        common: COMMON,
        options,
        house: &PLAIN,
    }
}

/// The exported form, and what is refused.
fn exported(
    instrument: &Instrument,
    checked: &Checked,
    version: &str,
    reasons: &mut BTreeSet<String>,
) -> (Vec<u8>, BTreeSet<String>) {
    let exporter = exporter("odm").expect("the target exists");
    let (options, sources) = (options(version), source(checked));
    let exported = (exporter.export)(&request(instrument, checked, &sources, &options));
    let mut refused = BTreeSet::new();
    for finding in &exported.diagnostics {
        let Some((what, why)) = finding.message.split_once(" is not exported: ") else {
            assert_ne!(finding.severity, Severity::Error, "{}", finding.message);
            continue;
        };
        refused.insert(what.to_owned());
        let is_unsure =
            why.starts_with("its key") || why.starts_with("it is computed from a scale whose key");
        if what.starts_with("the score of") && !is_unsure {
            reasons.insert(why.to_owned());
        }
    }
    let Content::Bytes(bytes) = &exported.files[0].content else { panic!("XML is bytes") };
    (bytes.clone(), refused)
}
