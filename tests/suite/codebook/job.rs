//! Codebooks and the data that they describe.

use std::fmt::Write;
use std::path::Path;

use scalewright_check::Checked;
use scalewright_export::{
    Content, ExportRequest, ExportedFile, House, OptionValues, StudyRequest, exporter,
};
use scalewright_model::{Diagnostic, Instrument, ItemIx, ResponseKind, Severity};

use crate::code::job::{is_whole, sampled};
use crate::oracles::{COMMON, respondents};
use crate::support::run;

/// The most respondents of an instrument in the usual run.
const MOST: usize = 9;

/// Endings of words that are hard to write in some format.
const ODD: [&str; 9] = [
    "",
    " | a || b",
    " <b>c</b> & \"d\" 'e'",
    " `f` *g* _h_ [i](j) \\k",
    "\nsecond line",
    " \u{5e9}\u{5dc}\u{5d5}\u{5dd}",
    " {l} ${m} $n$ %s",
    ", o; p",
    " ]]> @q #1 ~r~",
];
/// Beginnings that a spreadsheet or Markdown would act on.
const FIRST: [&str; 7] = ["", "=1+1 ", "- ", "1. ", "@s ", "# ", "> "];

/// Writes the codebook of an instrument with hostile words, and its scored data.
pub(super) fn write(folder: &Path, checked: &Checked) {
    std::fs::create_dir_all(folder).expect("the folder can be created");
    let instrument = worded(checked.instrument.as_ref().expect("loaded without error"));
    let (options, house) = (all_formats(), House::default());
    let request = request(&instrument, checked, (&options, &house));
    let export = exporter("codebook").expect("the target exists").export;
    let exported = export(&request);
    none_is_refused(&exported.diagnostics);
    save(folder, &exported.files);
    let again = export(&request);
    assert!(bytes(&again.files).eq(bytes(&exported.files)), "the bytes are the same");
    data(folder, checked);
}

/// Writes a codebook of several instruments.
pub(super) fn study(folder: &Path, all: impl Iterator<Item = (String, Checked)>) {
    std::fs::create_dir_all(folder).expect("the folder can be created");
    let all: Vec<Checked> = all.map(|(_, checked)| checked).collect();
    // Equal names of different items cannot be described together; another test shows that they are refused.
    let mut instruments: Vec<(Instrument, &Checked)> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for checked in &all {
        let instrument = worded(checked.instrument.as_ref().expect("loaded without error"));
        let scales = instrument.scales.iter().map(|scale| scale.id.clone());
        let own: Vec<String> =
            scales.chain(instrument.items.iter().map(|item| item.id.clone())).collect();
        if own.iter().all(|name| !names.contains(name)) {
            names.extend(own);
            instruments.push((instrument, checked));
        }
    }
    assert!(instruments.len() > 3, "{} instruments", instruments.len());
    let (options, house) = (all_formats(), House::default());
    let requests: Vec<ExportRequest<'_>> = instruments
        .iter()
        .map(|(instrument, checked)| request(instrument, checked, (&options, &house)))
        .collect();
    let study =
        StudyRequest { name: "all", title: "All & <everything> | ok", instruments: &requests };
    let export = exporter("codebook").expect("it exists").study.expect("it has studies");
    let exported = export(&study);
    exported.diagnostics.iter().for_each(|found| none_is_refused(found));
    save(folder, &exported.files);
    instruments.iter().for_each(|(_, checked)| data(folder, checked));
}

fn all_formats() -> OptionValues {
    let exporter = exporter("codebook").expect("the target exists");
    let mut options = OptionValues::default();
    options.set(exporter.option("format").expect("it exists"), "all").expect("it is a format");
    options
}

fn request<'a>(
    instrument: &'a Instrument,
    checked: &'a Checked,
    (options, house): (&'a OptionValues, &'a House),
) -> ExportRequest<'a> {
    ExportRequest {
        instrument,
        program: &checked.program,
        ranges: &checked.ranges,
        wording: &instrument.wordings[0],
        sources: &[],
        common: COMMON,
        options,
        house,
    }
}

fn none_is_refused(found: &[Diagnostic]) {
    let wrong: Vec<_> = found.iter().filter(|one| one.severity == Severity::Error).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

fn bytes(files: &[ExportedFile]) -> impl Iterator<Item = &[u8]> {
    files.iter().map(|file| match &file.content {
        Content::Bytes(bytes) => bytes.as_slice(),
        Content::Typst(_) => panic!("nothing is typeset"),
    })
}

fn save(folder: &Path, files: &[ExportedFile]) {
    for (file, bytes) in files.iter().zip(bytes(files)) {
        std::fs::write(folder.join(&file.name), bytes).expect("the file is writable");
    }
}

/// The instrument with words that are hard to write in some format. The labels of bands in the data are unchanged.
fn worded(instrument: &Instrument) -> Instrument {
    let mut instrument = instrument.clone();
    let mut endings = ODD.iter().cycle();
    let mut beginnings = FIRST.iter().cycle();
    let mut odd = |text: &mut String| {
        let (first, last) = (beginnings.next(), endings.next());
        *text = format!("{}{}{}", first.unwrap_or(&""), text.trim(), last.unwrap_or(&""));
    };
    let words = &mut instrument.wordings[0];
    odd(&mut words.title);
    words.stems.iter_mut().for_each(&mut odd);
    for response in &mut words.responses {
        response.labels.iter_mut().for_each(&mut odd);
        response.unit.iter_mut().for_each(&mut odd);
    }
    for section in &mut words.sections {
        section.title.iter_mut().chain(&mut section.lead_in).for_each(&mut odd);
    }
    for scale in &mut words.scales {
        odd(&mut scale.title);
        let sets = scale.band_sets.iter_mut().flatten();
        scale.bands.iter_mut().chain(sets).for_each(&mut odd);
    }
    instrument
}

/// Draws answers and lets the command score them.
fn data(folder: &Path, checked: &Checked) {
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    // Scores need no translations.
    let lines = checked.documents[0].text.lines();
    let lines = lines.filter(|line| !line.starts_with("translations = "));
    let definition = folder.join("instrument.toml");
    std::fs::write(definition, lines.collect::<Vec<_>>().join("\n")).expect("it is writable");
    // Random instruments are rarely good psychometrics.
    std::fs::write(folder.join("scalewright.toml"), "[lints]\nall = \"hint\"\n").expect("writable");
    let (answers, scores) =
        (format!("{}-answers.csv", instrument.id), format!("{}-scores.csv", instrument.id));
    std::fs::write(folder.join(&answers), table(checked)).expect("it is writable");
    if checked.program.scores.is_empty() {
        return;
    }
    let args = ["score", "instrument.toml", &answers, "--accept-recalled-keys", "--out", &scores];
    let result = run(&args, folder);
    assert_eq!(result.code, 0, "{}: {}", instrument.id, result.err);
}

fn table(checked: &Checked) -> String {
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let usual = respondents(checked);
    let row = |row: usize| usual.items.iter().map(|column| column.get(row)).collect();
    let all: Vec<Vec<Option<f64>>> = (0..usual.rows).map(row).collect();
    let rows = if is_whole() { all } else { sampled(all, MOST) };
    let ids: Vec<&str> = instrument.items.iter().map(|item| item.id.as_str()).collect();
    let mut text = format!("respondent,{}\n", ids.join(","));
    for (at, row) in rows.iter().enumerate() {
        let cells: Vec<String> =
            (0..ids.len()).map(|item| cell(instrument, item, row[item])).collect();
        let _ = writeln!(text, "sub-{at},{}", cells.join(","));
    }
    text
}

/// An answer as people write it. Answers that no score uses are the same for everybody.
fn cell(instrument: &Instrument, item: usize, answer: Option<f64>) -> String {
    let response = instrument.response(ItemIx(item));
    match (&response.kind, answer) {
        (ResponseKind::Text { .. }, _) => "\"noted: \"\"yes, | no\"\"\"".to_owned(),
        (ResponseKind::Date, _) => "2026-01-31".to_owned(),
        (ResponseKind::SeveralChoice { options }, _) => {
            let values: Vec<String> =
                options.iter().rev().take(2).map(|option| option.value.to_string()).collect();
            values.join(" ")
        }
        (_, None) => String::new(),
        (ResponseKind::Time, Some(minutes)) => {
            format!("{:02}:{:02}", (minutes / 60.0).floor(), minutes % 60.0)
        }
        (_, Some(number)) => number.to_string(),
    }
}
