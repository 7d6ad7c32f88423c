//! Describes how the score of a scale is computed, in words and in symbols, for people who check or explain it.

mod words;

use std::collections::BTreeSet;

use scalewright_model::{Instrument, ItemIx, Origin, ReferenceIx, ResponseKind, Scale, ScaleIx};

use crate::emit::number;
use crate::{Program, Range, Score, formula_text, test_text};

/// The description of the score of one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// The id of the scale.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The kind of score: `scale`, `flag` or `derived score`.
    pub kind: &'static str,
    /// What the scale measures.
    pub description: Option<String>,
    /// The id of the parent scale, if it is a subscale.
    pub part_of: Option<String>,
    /// The unit of the score.
    pub unit: Option<String>,
    /// The rule in words.
    pub rule: String,
    /// The rule in symbols; `None` when the scale is not scored.
    pub formula: Option<String>,
    /// The terms of the score, each with its keying, recoding and weight.
    pub terms: Vec<String>,
    /// The transformations of the sum or mean, in order.
    pub steps: Vec<String>,
    /// The rule for missing answers.
    pub missing: Option<String>,
    /// The ids of the mandatory items, or scales.
    pub mandatory: Vec<String>,
    /// The groups of respondents that norms distinguish.
    pub groups: Vec<String>,
    /// The conditions under which its items are asked.
    pub conditions: Vec<String>,
    /// The reachable scores; `None` for a truth value.
    pub range: Option<Range>,
    /// The possible words, if the score is a word.
    pub words: Vec<String>,
    /// Its bands, one list for each set.
    pub bands: Vec<BandsAccount>,
    /// The published reliability.
    pub reliability: Option<String>,
    /// How well the key is established.
    pub key: Option<&'static str>,
    /// The parts of the definition taken from sources (key, bands, tables, …), each with its references.
    pub sources: Vec<(String, Vec<ReferenceIx>)>,
}

/// A set of bands, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandsAccount {
    /// The name of the set; `None` for the scale's own bands.
    pub set: Option<String>,
    /// For each band, its label and its limits in words.
    pub bands: Vec<(String, String)>,
}

impl Account {
    /// Describes one scale of `instrument`, whose program is `program`. `ranges` is parallel to the program's scores.
    #[must_use]
    pub fn of(
        instrument: &Instrument,
        program: &Program,
        ranges: &[Range],
        index: ScaleIx,
    ) -> Self {
        let scale = &instrument.scales[index.0];
        let position = program.position(index);
        let score = position.map(|position| &program.scores[position]);
        Self {
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
            conditions: score.map_or(Vec::new(), |score| conditions(instrument, &score.items)),
            range: position.filter(|_| !scale.is_truth()).map(|position| ranges[position].clone()),
            words: scale.words().map(<[String]>::to_vec).unwrap_or_default(),
            bands: bands(scale),
            reliability: scale.reliability.as_ref().map(words::reliability),
            key: words::key(scale),
            sources: sources(scale, score),
        }
    }
}

/// For each conditional item, when it is asked and what counts if it was not asked.
fn conditions(instrument: &Instrument, items: &[ItemIx]) -> Vec<String> {
    let conditions = items.iter().filter_map(|&ix| {
        let item = &instrument.items[ix.0];
        let ask = item.ask.as_ref()?;
        let effect = match ask.otherwise {
            Some(value) => format!("counts as {}", number(value)),
            None => match instrument.response(ix).kind {
                ResponseKind::SeveralChoice { .. } => "has no chosen option".to_owned(),
                _ => "is missing".to_owned(),
            },
        };
        let when = test_text(&ask.when, instrument);
        Some(format!("{} is asked if {when}; if it was not asked, it {effect}", item.id))
    });
    conditions.collect()
}

fn kind(scale: &Scale) -> &'static str {
    match scale.origin {
        Origin::Scale(_) => "scale",
        Origin::Flag(_) => "flag",
        Origin::Norm(..) => "derived score",
    }
}

fn bands(scale: &Scale) -> Vec<BandsAccount> {
    let own = (!scale.bands.is_empty()).then_some((None, &scale.bands));
    let named = scale.band_sets.iter().map(|set| {
        let name = match &set.title {
            Some(title) => format!("{} ({title})", set.id),
            None => set.id.clone(),
        };
        (Some(name), &set.bands)
    });
    let sets = own.into_iter().chain(named).map(|(set, bands)| {
        let bands = bands.iter().map(|band| (band.label.clone(), words::band(band)));
        BandsAccount { set, bands: bands.collect() }
    });
    sets.collect()
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
        // A formula may use the same table several times.
        if !sources.contains(&table) {
            sources.push(table);
        }
    }
    sources.retain(|(_, references)| !references.is_empty());
    sources
}

/// The works that any of `accounts` cites, in the order of the definition.
#[must_use]
pub fn cited(accounts: &[Account]) -> BTreeSet<ReferenceIx> {
    accounts
        .iter()
        .flat_map(|account| &account.sources)
        .flat_map(|(_, references)| references.iter().copied())
        .collect()
}
