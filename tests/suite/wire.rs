//! The protocol of plug-ins loses nothing: our own exporters give the same from a request that was written as JSON and
//! read again, and the scores can be computed from the request alone.

mod computed;
mod unchanged;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use scalewright_check::{Checked, Document};
use scalewright_export::{
    Common, Content, ExportRequest, Exported, Exporter, House, OptionKind, OptionValues,
    SourceFile, exporters, yes_and_no,
};
use scalewright_model::{Choice, Layout, Paper, Wording};
use scalewright_wire::encode::{Definition, Publication, export_request};
use scalewright_wire::{HouseStyle, OptionValue, Request, decode};

use crate::support::{load, root};
use crate::{invented, oracles};

/// The options of an export.
struct Way {
    common: Common,
    /// Whether each option has a value other than its default.
    other: bool,
    house: House,
}

fn ways() -> [Way; 2] {
    let common = Common {
        paper: Paper::A4,
        layout: Layout::Comfortable,
        accept_recalled_keys: false,
        leave_out_scores: false,
    };
    let house = House {
        colour: Some("#1f4e79".to_owned()),
        footer: Some("A footer".to_owned()),
        ..House::default()
    };
    let more = Common {
        paper: Paper::UsLetter,
        layout: Layout::Compact,
        accept_recalled_keys: true,
        leave_out_scores: true,
    };
    [
        Way { common, other: false, house: House::default() },
        Way { common: more, other: true, house },
    ]
}

/// Every instrument of the library, every scoring fixture, a form with every kind of item, and invented instruments.
pub(super) fn everything() -> &'static [(String, Checked)] {
    static ALL: LazyLock<Vec<(String, Checked)>> = LazyLock::new(loaded);
    &ALL
}

fn loaded() -> Vec<(String, Checked)> {
    let mut all = Vec::new();
    for parent in ["instruments", "tests/scoring"] {
        let entries = std::fs::read_dir(root().join(parent)).into_iter().flatten().flatten();
        for folder in entries.map(|entry| entry.path()) {
            if folder.join("instrument.toml").is_file() {
                all.push((folder.display().to_string(), load(&folder)));
            }
        }
    }
    all.push(("fhir".to_owned(), load(&root().join("tests/fixtures/fhir"))));
    all.extend(invented::corpus());
    assert!(all.len() > 80, "the instruments exist");
    all
}

fn sources(documents: &[Document]) -> Vec<(&str, &str)> {
    documents.iter().map(|document| ("instrument.toml", &*document.text)).collect()
}

/// For each score, whether it may be published, by the rule of recalled keys.
fn published(checked: &Checked, accepted: bool) -> Vec<bool> {
    use scalewright_model::KeyStatus;
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let recalled = |scale: scalewright_model::ScaleIx| {
        let parts = scalewright_scoring::parts(&checked.program, scale);
        let mut status = parts.iter().map(|part| instrument.scales[part.0].key_status);
        status.any(|status| status == Some(KeyStatus::Recalled))
    };
    checked.program.scores.iter().map(|score| accepted || !recalled(score.scale)).collect()
}

/// The values of the options of `exporter`: all defaults, or all others.
fn options(exporter: &Exporter, other: bool) -> OptionValues {
    let mut values = OptionValues::default();
    for spec in exporter.options.iter().filter(|_| other) {
        let text = match &spec.kind {
            OptionKind::Switch => if spec.default == "yes" { "no" } else { "yes" }.to_owned(),
            OptionKind::Choice(values) => values[values.len() - 1].value.to_string(),
            OptionKind::List(values) => {
                let values: Vec<&str> = values.iter().map(|value| &*value.value).collect();
                values.join("+")
            }
            OptionKind::Names => "first+second".to_owned(),
        };
        values.set(spec, &text).expect("the option accepts its own values");
    }
    values
}

/// The options as a request lists them: complete, by name.
fn option_values(exporter: &Exporter, values: &OptionValues) -> BTreeMap<String, OptionValue> {
    let value = |spec: &scalewright_export::OptionSpec| match spec.kind {
        OptionKind::Switch => OptionValue::Switch(values.get(spec) == "yes"),
        OptionKind::Choice(_) => OptionValue::Text(values.get(spec).to_owned()),
        OptionKind::List(_) | OptionKind::Names => {
            let texts = values.get(spec).split('+').filter(|text| !text.is_empty());
            OptionValue::Texts(texts.map(str::to_owned).collect())
        }
    };
    // The name is an owned text: descriptions of plug-ins have such names.
    exporter.options.iter().map(|spec| (spec.name.to_string(), value(spec))).collect()
}

fn options_of(exporter: &Exporter, request: &BTreeMap<String, OptionValue>) -> OptionValues {
    let mut values = OptionValues::default();
    for spec in exporter.options {
        let text = match &request[&*spec.name] {
            OptionValue::Switch(on) => if *on { "yes" } else { "no" }.to_owned(),
            OptionValue::Text(text) => text.clone(),
            OptionValue::Texts(texts) => texts.join("+"),
        };
        values.set(spec, &text).expect("the option accepts the value");
    }
    values
}

/// The request as JSON.
pub(super) fn written(
    checked: &Checked,
    wording: &Wording,
    exporter: &Exporter,
    way: (&Common, &OptionValues, &House),
) -> String {
    let (common, values, house) = way;
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let definition = Definition {
        instrument,
        program: &checked.program,
        ranges: &checked.ranges,
        published: &published(checked, common.accept_recalled_keys),
        sources: &sources(&checked.documents),
    };
    let publication = Publication {
        wording,
        yes_and_no,
        options: option_values(exporter, values),
        paper: common.paper,
        layout: common.layout,
        accept_recalled_keys: common.accept_recalled_keys,
        leave_out_scores: common.leave_out_scores,
        house: HouseStyle {
            logo: None,
            colour: house.colour.clone(),
            footer: house.footer.clone(),
        },
    };
    let request = Request::Export(Box::new(export_request(&definition, publication)));
    serde_json::to_string(&request).expect("a request has no maps with other keys than texts")
}

/// The request as JSON, with the defaults of all options.
pub(super) fn plain_request(checked: &Checked, wording: &Wording, target: &str) -> String {
    let exporter = scalewright_export::exporter(target).expect("the target exists");
    let [Way { common, house, .. }, _] = ways();
    written(checked, wording, exporter, (&common, &OptionValues::default(), &house))
}

/// The result of an exporter, given a request as JSON alone.
fn read_and_exported(text: &str, exporter: &Exporter, original: &Checked) -> Exported {
    let request: Request = serde_json::from_str(text).expect("the request can be read");
    let Request::Export(request) = request else { panic!("it is a request to export") };
    let decoded = decode::definition(&request.instrument, &request.wordings, &request.scores)
        .expect("the request is consistent");
    let wording = decode::words(&request.instrument, &request.wording).expect("it is complete");
    assert_eq!(decoded.program, original.program);
    assert_eq!(decoded.ranges, original.ranges);
    let sources: Vec<SourceFile<'_>> = request
        .sources
        .iter()
        .map(|source| SourceFile { name: &source.name, text: &source.text })
        .collect();
    let paper = Paper::ALL.iter().find(|paper| paper.name() == request.paper);
    let layout = Layout::ALL.iter().find(|layout| layout.name() == request.layout);
    let HouseStyle { logo: _, colour, footer } = request.house;
    (exporter.export)(&ExportRequest {
        instrument: &decoded.instrument,
        program: &decoded.program,
        ranges: &decoded.ranges,
        wording: &wording,
        sources: &sources,
        common: Common {
            paper: *paper.expect("the paper size exists"),
            layout: *layout.expect("the layout exists"),
            accept_recalled_keys: request.accept_recalled_keys,
            leave_out_scores: request.leave_out_scores,
        },
        options: &options_of(exporter, &request.options),
        house: &House { logo: None, colour, footer },
    })
}

fn directly_exported(
    checked: &Checked,
    wording: &Wording,
    exporter: &Exporter,
    (common, values, house): (&Common, &OptionValues, &House),
) -> Exported {
    let sources = sources(&checked.documents);
    let sources: Vec<SourceFile<'_>> =
        sources.into_iter().map(|(name, text)| SourceFile { name, text }).collect();
    (exporter.export)(&ExportRequest {
        instrument: checked.instrument.as_ref().expect("loaded without error"),
        program: &checked.program,
        ranges: &checked.ranges,
        wording,
        sources: &sources,
        common: *common,
        options: values,
        house,
    })
}

fn assert_same(name: &str, direct: &Exported, wired: &Exported) {
    assert_eq!(direct.diagnostics, wired.diagnostics, "{name}");
    assert_eq!(direct.files.len(), wired.files.len(), "{name}");
    for (a, b) in direct.files.iter().zip(&wired.files) {
        assert_eq!(a.name, b.name, "{name}");
        let same = match (&a.content, &b.content) {
            (Content::Bytes(a), Content::Bytes(b)) => a == b,
            (Content::Typst(a), Content::Typst(b)) => {
                (a.template, &a.data, &a.files, &a.ident)
                    == (b.template, &b.data, &b.files, &b.ident)
                    && (&a.fields, &a.marks, a.weight) == (&b.fields, &b.marks, b.weight)
            }
            _ => false,
        };
        assert!(same, "{name}: {} differs", a.name);
    }
}

#[test]
fn every_exporter_gives_the_same_through_a_request() {
    let mut compared = 0;
    let ways = ways();
    for (at, (name, checked)) in everything().iter().enumerate() {
        let instrument = checked.instrument.as_ref().expect("loaded without error");
        for (language, wording) in instrument.wordings.iter().enumerate() {
            for (target, (_, exporter)) in exporters().enumerate() {
                // Each instrument takes one of the ways, in turns. Scoring code is long and depends little on the way, so only
                // some instruments take one.
                let is_code = exporter.option("self-test").is_some();
                let turns = if is_code { 3 * ways.len() } else { ways.len() };
                let own = ways.get((at + language + target) % turns);
                if let Some(Way { common, other, house }) = own {
                    let values = options(exporter, *other);
                    let way = (common, &values, house);
                    let text = written(checked, wording, exporter, way);
                    let wired = read_and_exported(&text, exporter, checked);
                    let direct = directly_exported(checked, wording, exporter, way);
                    let place = format!("{name}, {}, {}", wording.language, exporter.name);
                    assert_same(&place, &direct, &wired);
                    compared += direct.files.len();
                }
            }
        }
    }
    assert!(compared > 500, "{compared} files were compared");
}

#[test]
fn an_instrument_is_the_same_after_a_request() {
    for (name, checked) in everything() {
        let instrument = checked.instrument.as_ref().expect("loaded without error");
        let definition = Definition {
            instrument,
            program: &checked.program,
            ranges: &checked.ranges,
            published: &published(checked, false),
            sources: &[],
        };
        let request = scalewright_wire::encode::lint_request(&definition, yes_and_no);
        let text = serde_json::to_string(&request).expect("it can be written");
        let read: scalewright_wire::LintRequest =
            serde_json::from_str(&text).expect("it can be read");
        assert_eq!(request, read, "{name}");
        let decoded = decode::definition(&read.instrument, &read.wordings, &read.scores)
            .expect("the request is consistent");
        let same = format!("{instrument:?}") == format!("{:?}", decoded.instrument);
        assert!(same, "{name}: the instrument differs");
        assert_eq!(decoded.program, checked.program, "{name}");
        assert_eq!(decoded.ranges, checked.ranges, "{name}");
    }
}

#[test]
fn a_request_with_a_loose_end_is_an_error() {
    let checked = load(&root().join("instruments/side-by-side"));
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let text = plain_request(&checked, &instrument.wordings[0], "fhir");
    let Request::Export(request) = serde_json::from_str(&text).expect("it can be read") else {
        panic!("it is a request to export");
    };
    let decoded = |change: fn(&mut scalewright_wire::ExportRequest)| {
        let mut request = request.clone();
        change(&mut request);
        let wordings = &request.wordings;
        let result = decode::definition(&request.instrument, wordings, &request.scores);
        result.map(|_| ()).map_err(|error| error.message)
    };
    assert_eq!(decoded(|_| ()), Ok(()));
    let wrong: [fn(&mut scalewright_wire::ExportRequest); 5] = [
        |request| request.instrument.items[0].response = "none".to_owned(),
        |request| request.instrument.items[1].id = request.instrument.items[0].id.clone(),
        |request| request.instrument.scales[0].at = "/items/0".to_owned(),
        |request| request.wordings[0].items.clear(),
        |request| request.scores.scores[0].scale = "none".to_owned(),
    ];
    for change in wrong {
        assert!(decoded(change).is_err_and(|message| !message.is_empty()));
    }
}

/// The responses of the oracles, as rows.
pub(super) fn rows(checked: &Checked) -> Vec<Vec<Option<f64>>> {
    let responses = oracles::respondents(checked);
    let row = |at| responses.items.iter().map(|column| column.get(at)).collect();
    (0..responses.rows).map(row).collect()
}
