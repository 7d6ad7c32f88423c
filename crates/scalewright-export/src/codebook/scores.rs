//! The columns that `scalewright score` writes: for each score its value, the number of answers, whether it is prorated,
//! and its bands.

use scalewright_model::{Band, Code, Instrument, Scale, ScaleIx, Terms, Wording};
use scalewright_scoring::emit::number;
use scalewright_scoring::{Account, AccountTable, BandsAccount, Range, Term};

use super::table::{Kind, Note, Role, Value, Variable};
use crate::{ExportRequest, ui};

/// The columns of a published score.
pub(super) fn variables(
    request: &ExportRequest<'_>,
    wording: &Wording,
    account: &Account,
    ix: ScaleIx,
) -> Vec<Variable> {
    let scale = &request.instrument.scales[ix.0];
    let mut variables = vec![score(request, wording, account, ix)];
    variables.extend(marks(request, wording, ix));
    variables.extend(bands(scale, wording, account, ix));
    variables
}

fn score(
    request: &ExportRequest<'_>,
    wording: &Wording,
    account: &Account,
    ix: ScaleIx,
) -> Variable {
    let scale = &request.instrument.scales[ix.0];
    let words = &wording.scales[ix.0];
    let title = words.title.trim().to_owned();
    let mut score = Variable::new(scale.id.clone(), Role::Score, kind(scale), title);
    score.unit.clone_from(&words.unit);
    score.values = match scale.is_truth() {
        true => ["true", "false"].map(Value::plain).into(),
        false => scale.words().into_iter().flatten().map(|word| Value::plain(word)).collect(),
    };
    if let Some(range) = account.range.as_ref().filter(|_| score.kind == Kind::Number) {
        (score.min, score.max) = reached(range);
    }
    score.inputs = inputs(request, ix);
    score.notes = notes(request.instrument, scale, account);
    score
}

/// The columns that say how much of a score was answered.
fn marks(request: &ExportRequest<'_>, wording: &Wording, ix: ScaleIx) -> [Variable; 2] {
    let id = &request.instrument.scales[ix.0].id;
    let title = wording.scales[ix.0].title.trim();
    let about = |what: &str| format!("{title}: {what}");
    let label = about("how many of its items were answered");
    let mut answered =
        Variable::new(format!("{id}_answered"), Role::Answered, Kind::Integer, label);
    let items = request.program.position(ix).map(|at| request.program.scores[at].items.len());
    answered.min = Some(0.0);
    // Counts of items are small.
    answered.max = items.and_then(|count| u32::try_from(count).ok()).map(f64::from);
    answered.inputs = inputs(request, ix);
    let label = about("whether a missing answer was replaced");
    let mut prorated = Variable::new(format!("{id}_prorated"), Role::Prorated, Kind::Text, label);
    prorated.values = ["yes", "no"].map(Value::plain).into();
    prorated.inputs = vec![id.clone()];
    [answered, prorated]
}

fn kind(scale: &Scale) -> Kind {
    match (scale.is_truth(), scale.words()) {
        (true, _) => Kind::Truth,
        (false, Some(_)) => Kind::Text,
        (false, None) => Kind::Number,
    }
}

/// The lowest and the highest score with any pattern of missing answers.
fn reached(range: &Range) -> (Option<f64>, Option<f64>) {
    let known = |value: f64| (!range.any.is_empty() && value.is_finite()).then_some(value);
    (known(range.any.low), known(range.any.high))
}

/// The columns that a score is computed from: the items, or the scores of other scales.
fn inputs(request: &ExportRequest<'_>, ix: ScaleIx) -> Vec<String> {
    let instrument = request.instrument;
    if let Terms::Scales(scales) = &instrument.scales[ix.0].terms {
        return scales.iter().map(|scale| instrument.scales[scale.0].id.clone()).collect();
    }
    let Some(at) = request.program.position(ix) else { return Vec::new() };
    let items = request.program.scores[at].items.iter();
    items.map(|item| instrument.items[item.0].id.clone()).collect()
}

/// The columns of the bands. The data contain the labels of the definition, in whatever language the codebook is.
fn bands(scale: &Scale, wording: &Wording, account: &Account, ix: ScaleIx) -> Vec<Variable> {
    let (own, _) = ui::ui(&wording.language);
    let words = &wording.scales[ix.0];
    let sets = scale.all_bands().zip(words.all_bands()).zip(&account.bands);
    type Set<'a> = (((Option<&'a str>, &'a [Band]), &'a [String]), &'a BandsAccount);
    let column = |(((set, bands), labels), known): Set<'_>| {
        let name = match set {
            None => format!("{}_band", scale.id),
            Some(set) => format!("{}_band_{set}", scale.id),
        };
        let of = known.set.as_ref().map(|set| format!(" {set}")).unwrap_or_default();
        let label = format!("{}: {}{of}", words.title.trim(), own.band);
        let mut variable = Variable::new(name, Role::Band, Kind::Text, label);
        variable.inputs = vec![scale.id.clone()];
        for ((band, label), (_, limits)) in bands.iter().zip(labels).zip(&known.bands) {
            add(&mut variable.values, &band.label, label, limits);
        }
        variable
    };
    sets.map(column).collect()
}

/// Adds a band. Bands with the same label are one value.
fn add(values: &mut Vec<Value>, value: &str, label: &str, limits: &str) {
    match values.iter_mut().find(|known| known.value == value) {
        Some(known) => {
            let before = known.limits.take().unwrap_or_default();
            known.limits = Some(format!("{before}; {limits}"));
        }
        None => values.push(Value {
            label: label.trim().to_owned(),
            limits: Some(limits.to_owned()),
            ..Value::plain(value)
        }),
    }
}

/// How the score is computed and where that is published.
fn notes(instrument: &Instrument, scale: &Scale, account: &Account) -> Vec<Note> {
    let Account {
        id: _,
        title: _,
        kind,
        description,
        part_of,
        unit: _,
        rule,
        formula,
        numbers,
        terms,
        recoding,
        steps,
        missing,
        mandatory,
        derived,
        norms,
        tables,
        conditions,
        range: _,
        reach: [complete, _],
        words: _,
        bands: _,
        reliability,
        key,
        sources,
    } = account;
    let some = |name, text: &Option<String>| text.clone().map(|text| (name, text));
    let list = |name, list: &[String]| (!list.is_empty()).then(|| (name, list.join("; ")));
    let tabled = |tables: &[AccountTable]| -> Vec<String> {
        tables.iter().flat_map(AccountTable::sentences).collect()
    };
    let terms: Vec<String> = terms.iter().map(Term::text).collect();
    let sources: Vec<String> = sources
        .iter()
        .map(|(part, works)| {
            let ids = works.iter().map(|work| instrument.references[work.0].id.as_str());
            format!("{part}: {}", ids.collect::<Vec<_>>().join(", "))
        })
        .collect();
    let codes: Vec<String> = scale.codes.iter().map(Code::text).collect();
    let stated = scale.stated_range.as_ref();
    [
        some("measures", description),
        some("part of", part_of),
        Some(("kind", (*kind).to_owned())),
        Some(("rule", rule.clone())),
        list("computed from", &terms),
        list("recoding", &tabled(recoding.as_slice())),
        list("then", steps),
        list("missing answers", missing),
        list("must be answered", mandatory),
        some("derived score", derived),
        list("norm groups", &tabled(norms)),
        list("conditions", conditions),
        some("formula", formula),
        some("items by number", numbers),
        list("tables", &tabled(tables)),
        some("complete answers", complete),
        stated.map(|range| {
            ("stated range", format!("{} to {}", number(range.low), number(range.high)))
        }),
        some("reliability", reliability),
        key.map(|key| ("key", key.to_owned())),
        list("sources", &sources),
        list("codes", &codes),
    ]
    .into_iter()
    .flatten()
    .collect()
}
