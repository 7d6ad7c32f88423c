//! `scalewright explain-score`.

mod text;
mod words;

use std::collections::BTreeSet;

use scalewright_model::{
    Instrument, ItemIx, Origin, ReferenceIx, Scale, ScaleIx, Terms, did_you_mean,
};
use scalewright_scoring::{Program, Range, Reach, Score, formula_text, test_text};
use serde_json::{Value, json};

use crate::cli::{ExplainFormat, ExplainScoreArgs};
use crate::library::Library;
use crate::render::Printable;
use crate::{OK, Stop, Terminal};

/// Explains how an instrument is scored.
pub(crate) fn run(
    args: &ExplainScoreArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let found = library.one(&args.instrument)?;
    let checked = library.check(&found, &[])?;
    let instrument = super::score::sound(&checked, terminal)?;
    let (program, ranges) = (&checked.program, checked.ranges.as_slice());
    let teller = Teller { instrument, program, ranges };
    let chosen = chosen(instrument, &args.scale)?;
    let told: Vec<Told> = chosen.into_iter().map(|scale| teller.tell(scale)).collect();
    match args.format {
        ExplainFormat::Text => terminal.say(Printable::page(&text::whole(instrument, &told))),
        ExplainFormat::Json => terminal.result(json_of(instrument, &told).as_bytes()),
    }
    Ok(OK)
}

/// What is said of every score, as `--format json` says it, and each of its terms with the printed number of its item.
pub(super) fn scores(instrument: &Instrument, program: &Program, ranges: &[Range]) -> Vec<Value> {
    let teller = Teller { instrument, program, ranges };
    let one = |index: usize| {
        let mut score = object(instrument, &teller.tell(ScaleIx(index)));
        score["numbers"] = json!(numbers(&instrument.scales[index], instrument));
        score
    };
    (0..instrument.scales.len()).map(one).collect()
}

/// The printed numbers of the items of a scale; empty texts where it is made of other scales.
fn numbers<'a>(scale: &Scale, instrument: &'a Instrument) -> Vec<&'a str> {
    match &scale.terms {
        Terms::Items(items) => {
            items.iter().map(|item| instrument.items[item.item.0].number.as_str()).collect()
        }
        Terms::Scales(scales) => vec![""; scales.len()],
        Terms::Formula(_) | Terms::Unknown => Vec::new(),
    }
}

/// The scores to explain, in the order of the definition.
fn chosen(instrument: &Instrument, names: &[String]) -> Result<Vec<ScaleIx>, Stop> {
    let scales = &instrument.scales;
    for name in names {
        if scales.iter().all(|scale| scale.id != *name) {
            let stop = Stop::usage(format!("`{}` has no scale `{name}`", instrument.id));
            let near = did_you_mean(name, scales.iter().map(|scale| scale.id.as_str()));
            return Err(match near {
                Some(help) => stop.help(help),
                None => stop
                    .help(format!("`scalewright explain-score {}` names them all", instrument.id)),
            });
        }
    }
    let wanted = |scale: &Scale| names.is_empty() || names.contains(&scale.id);
    Ok((0..scales.len()).filter(|&index| wanted(&scales[index])).map(ScaleIx).collect())
}

/// What is said of one score.
struct Told {
    id: String,
    title: String,
    kind: &'static str,
    description: Option<String>,
    part_of: Option<String>,
    /// What the score is counted in.
    unit: Option<String>,
    /// The rule in words.
    rule: String,
    /// The rule in symbols; nothing when the key is not known.
    formula: Option<String>,
    /// What it is made of, term by term.
    terms: Vec<String>,
    /// What becomes of the sum or mean, in order.
    steps: Vec<String>,
    missing: Option<String>,
    mandatory: Vec<String>,
    groups: Vec<String>,
    conditions: Vec<String>,
    range: Option<Range>,
    words: Vec<String>,
    bands: Vec<Bands>,
    /// How far it can be relied on.
    reliability: Option<String>,
    key: Option<&'static str>,
    /// What was taken from a source, and from which.
    sources: Vec<(String, Vec<ReferenceIx>)>,
}

/// A set of bands, in words.
struct Bands {
    set: Option<String>,
    bands: Vec<(String, String)>,
}

struct Teller<'a> {
    instrument: &'a Instrument,
    program: &'a Program,
    ranges: &'a [Range],
}

impl Teller<'_> {
    fn tell(&self, index: ScaleIx) -> Told {
        let instrument = self.instrument;
        let scale = &instrument.scales[index.0];
        let position = self.program.position(index);
        let score = position.map(|position| &self.program.scores[position]);
        Told {
            id: scale.id.clone(),
            title: scale.title.clone(),
            kind: kind(scale),
            description: scale.description.clone(),
            unit: scale.unit.clone(),
            part_of: scale.parent.map(|parent| instrument.scales[parent.0].id.clone()),
            rule: words::rule(scale, instrument),
            formula: score.map(|score| formula_text(&score.formula, instrument)),
            terms: words::terms(scale, instrument),
            steps: words::steps(scale),
            missing: words::missing(scale),
            mandatory: words::mandatory(scale, instrument),
            groups: score
                .map_or(Vec::new(), |score| words::groups(scale, &score.formula, instrument)),
            conditions: score.map_or(Vec::new(), |score| self.conditions(&score.items)),
            range: position
                .filter(|_| !scale.is_truth())
                .map(|position| self.ranges[position].clone()),
            words: scale.words().map(<[String]>::to_vec).unwrap_or_default(),
            bands: bands(scale),
            reliability: scale.reliability.as_ref().map(words::reliability),
            key: words::key(scale),
            sources: sources(scale, score),
        }
    }

    /// The items that are asked under a condition.
    fn conditions(&self, items: &[ItemIx]) -> Vec<String> {
        let told = items.iter().filter_map(|&item| {
            let item = &self.instrument.items[item.0];
            let ask = item.ask.as_ref()?;
            let stands = match ask.otherwise {
                Some(value) => format!("counts as {}", words::number(value)),
                None => "is missing".to_owned(),
            };
            let when = test_text(&ask.when, self.instrument);
            Some(format!("{} is asked if {when}; where it was not asked it {stands}", item.id))
        });
        told.collect()
    }
}

fn kind(scale: &Scale) -> &'static str {
    match scale.origin {
        Origin::Scale(_) => "scale",
        Origin::Flag(_) => "flag",
        Origin::Norm(..) => "derived score",
    }
}

fn bands(scale: &Scale) -> Vec<Bands> {
    let own = (!scale.bands.is_empty()).then_some((None, &scale.bands));
    let named = scale.band_sets.iter().map(|set| {
        let name = match &set.title {
            Some(title) => format!("{} ({title})", set.id),
            None => set.id.clone(),
        };
        (Some(name), &set.bands)
    });
    let told = own.into_iter().chain(named).map(|(set, bands)| {
        let bands = bands.iter().map(|band| (band.label.clone(), words::band(band)));
        Bands { set, bands: bands.collect() }
    });
    told.collect()
}

fn sources(scale: &Scale, score: Option<&Score>) -> Vec<(String, Vec<ReferenceIx>)> {
    let key = if matches!(scale.origin, Origin::Norm(..)) { "norm" } else { "key" };
    let mut sources = vec![
        (key.to_owned(), scale.key_source.clone()),
        ("rule for missing answers".to_owned(), scale.missing_source.clone()),
        ("bands".to_owned(), scale.bands_source.clone()),
        (
            "reliability".to_owned(),
            scale.reliability.as_ref().map(|known| known.source.clone()).unwrap_or_default(),
        ),
    ];
    sources.extend(
        scale.band_sets.iter().map(|set| (format!("bands `{}`", set.id), set.source.clone())),
    );
    for (kind, name, references) in score.map_or(Vec::new(), |score| score.formula.published()) {
        let table = (format!("{kind} `{name}`"), references.to_vec());
        if !sources.contains(&table) {
            sources.push(table);
        }
    }
    sources.retain(|(_, references)| !references.is_empty());
    sources
}

/// The works that anything told rests on, in the order of the definition.
fn cited(told: &[Told]) -> BTreeSet<ReferenceIx> {
    told.iter()
        .flat_map(|told| &told.sources)
        .flat_map(|(_, references)| references.iter().copied())
        .collect()
}

fn json_of(instrument: &Instrument, told: &[Told]) -> String {
    let scores: Vec<Value> = told.iter().map(|told| object(instrument, told)).collect();
    let references: Vec<Value> = cited(told)
        .into_iter()
        .map(|reference| &instrument.references[reference.0])
        .map(|work| json!({ "id": work.id, "citation": work.citation, "doi": work.doi, "url": work.url }))
        .collect();
    let whole = json!({
        "instrument": instrument.id,
        "title": instrument.title,
        "version": instrument.version,
        "scores": scores,
        "references": references,
    });
    format!("{}\n", serde_json::to_string_pretty(&whole).unwrap_or_default())
}

fn object(instrument: &Instrument, told: &Told) -> Value {
    let bands: Vec<Value> = told
        .bands
        .iter()
        .map(|set| {
            let bands =
                set.bands.iter().map(|(label, text)| json!({ "label": label, "scores": text }));
            json!({ "set": set.set, "bands": bands.collect::<Vec<_>>() })
        })
        .collect();
    let sources: Vec<Value> = told
        .sources
        .iter()
        .map(|(what, references)| {
            let ids =
                references.iter().map(|reference| instrument.references[reference.0].id.as_str());
            json!({ "of": what, "references": ids.collect::<Vec<_>>() })
        })
        .collect();
    json!({
        "id": told.id,
        "title": told.title,
        "kind": told.kind,
        "description": told.description,
        "part-of": told.part_of,
        "unit": told.unit,
        "rule": told.rule,
        "formula": told.formula,
        "terms": told.terms,
        "steps": told.steps,
        "missing": told.missing,
        "mandatory": told.mandatory,
        "groups": told.groups,
        "conditions": told.conditions,
        "range": told.range.as_ref().map(|range| json!({
            "complete": reach(&range.complete),
            "with-missing": reach(&range.any),
        })),
        "words": told.words,
        "bands": bands,
        "reliability": told.reliability,
        "key": told.key,
        "sources": sources,
    })
}

fn reach(reach: &Reach) -> Value {
    if reach.is_empty() {
        return Value::Null;
    }
    json!({
        "low": reach.low,
        "high": reach.high,
        "exact": reach.exact,
        "scores": reach.values.as_ref().map(Vec::len),
        "may-be-missing": reach.may_miss,
    })
}
