//! How the score of a scale is made: in words and symbols, for whoever has to check or explain it.

mod words;

use std::collections::BTreeSet;

use scalewright_model::{Instrument, ItemIx, Origin, ReferenceIx, Scale, ScaleIx};

use crate::emit::number;
use crate::{Program, Range, Score, formula_text, test_text};

/// What there is to say about the score of one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// The id of the scale.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is: `scale`, `flag` or `derived score`.
    pub kind: &'static str,
    /// What it measures.
    pub description: Option<String>,
    /// The id of the scale that it is a subscale of.
    pub part_of: Option<String>,
    /// What the score is counted in.
    pub unit: Option<String>,
    /// The rule in words.
    pub rule: String,
    /// The rule in symbols; nothing when the key is not known.
    pub formula: Option<String>,
    /// What it is made of, term by term.
    pub terms: Vec<String>,
    /// What becomes of the sum or mean, in order.
    pub steps: Vec<String>,
    /// The rule for missing answers.
    pub missing: Option<String>,
    /// The ids of the items that have to be answered.
    pub mandatory: Vec<String>,
    /// The groups of respondents that norms distinguish.
    pub groups: Vec<String>,
    /// The conditions under which its items are asked.
    pub conditions: Vec<String>,
    /// What the score can be; nothing for a condition, which is true or false.
    pub range: Option<Range>,
    /// The words that the score is one of.
    pub words: Vec<String>,
    /// Its bands, a list for each set.
    pub bands: Vec<BandsAccount>,
    /// How reliable it is known to be.
    pub reliability: Option<String>,
    /// How sure the key is.
    pub key: Option<&'static str>,
    /// What was taken from a source, and from which.
    pub sources: Vec<(String, Vec<ReferenceIx>)>,
}

/// A set of bands, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandsAccount {
    /// The name of the set; nothing for the scale's own.
    pub set: Option<String>,
    /// For each band its label, and the scores in it.
    pub bands: Vec<(String, String)>,
}

impl Account {
    /// The account of one scale of `instrument`, whose program is `program`. `ranges` are parallel to the program's scores.
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

/// The items that are asked under a condition.
fn conditions(instrument: &Instrument, items: &[ItemIx]) -> Vec<String> {
    let told = items.iter().filter_map(|&item| {
        let item = &instrument.items[item.0];
        let ask = item.ask.as_ref()?;
        let stands = match ask.otherwise {
            Some(value) => format!("counts as {}", number(value)),
            None => "is missing".to_owned(),
        };
        let when = test_text(&ask.when, instrument);
        Some(format!("{} is asked if {when}; where it was not asked it {stands}", item.id))
    });
    told.collect()
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
    let told = own.into_iter().chain(named).map(|(set, bands)| {
        let bands = bands.iter().map(|band| (band.label.clone(), words::band(band)));
        BandsAccount { set, bands: bands.collect() }
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

/// The works that any of `accounts` rests on, in the order of the definition.
#[must_use]
pub fn cited(accounts: &[Account]) -> BTreeSet<ReferenceIx> {
    accounts
        .iter()
        .flat_map(|account| &account.sources)
        .flat_map(|(_, references)| references.iter().copied())
        .collect()
}
