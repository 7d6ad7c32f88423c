//! Lints: rules of good psychometrics that a definition can break for a reason.
//!
//! A lint is one static and one function in a file of its own, beside the page that explains it.

mod altered_wording;
mod band_beyond_range;
mod band_gap;
mod band_overlap;
mod band_unreachable;
mod band_without_case;
mod bands_out_of_order;
mod bands_without_source;
mod compared_with_no_answer;
mod condition_always_true;
mod condition_never_true;
mod condition_on_later_item;
mod constant_score;
mod cut_score_out_of_range;
mod cut_score_without_source;
mod division_by_zero;
mod double_barrelled;
mod double_negative;
mod double_reversal;
mod flag_without_case;
mod foreign_script;
mod id_collision;
mod idle_missing_rule;
mod item_on_no_scale;
mod item_on_two_subscales;
mod key_without_source;
mod long_id;
mod missing_rule_without_case;
mod mixed_missing_rules;
mod no_cases;
mod norm_group_gap;
mod norm_group_unreachable;
mod norm_out_of_range;
mod norm_without_source;
mod number_twice;
mod one_way_keying;
mod opposite_keying;
mod option_order;
mod option_values_out_of_order;
mod other_coding_frame;
mod placeholder_left;
mod prorated_band_gap;
mod prorated_from_few;
mod prorated_unequal_ranges;
mod range_not_checked;
mod recall_period_mismatch;
mod recalled_key;
mod reliability_without_source;
mod reversal_without_case;
mod reversed_number;
mod rights_without_evidence;
mod same_stem;
mod scale_without_case;
mod short_form_off_long_form;
mod shrinking_sum;
mod skipped_item_without_rule;
mod stale_evidence;
mod stated_range;
mod subscale_item_off_total;
mod substitute_out_of_range;
mod table_hole;
mod table_not_monotone;
mod twin_cases;
mod twin_scales;
mod unequal_ranges;
mod unknown_language;
mod unportable_label;
mod unportable_score;
mod untranslated;
mod unused_reference;
mod unused_response_scale;
mod unused_section;
mod unused_table;
mod use_contradicted;
mod use_not_granted;
mod zero_weight;

use crate::Study;
use crate::orders::OptionOrder;
use crate::words::Words;
use scalewright_model::file::{CasesFile, InstrumentFile, WordingFile};
use scalewright_model::{
    Band, Diagnostic, Formula, Instrument, Lower, Origin, Pointer, Scale, ScaleItem, Severity,
    TOLERANCE, Terms, Test, Upper,
};
use scalewright_scoring::{Possible, Program, Range, Reach};

use crate::levels::{Level, Levels};

/// A rule that can be silenced, in the file and with a reason.
pub struct Lint {
    /// Its name, which states the defect: `item-on-no-scale`.
    pub name: &'static str,
    /// The defect in a clause.
    pub summary: &'static str,
    /// Its page: what, why it matters, how to fix it, when to allow it.
    pub explain: &'static str,
    /// What it is about.
    pub group: Group,
    /// How bad it is.
    pub level: Severity,
    /// The version that first had it.
    pub since: &'static str,
    run: fn(&Lint, &Context<'_>, &mut Vec<Hit>),
}

/// What a lint is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Which items are on which scale, and which way they count.
    Keying,
    /// What scores can be, and the bands, norms and tables over them.
    Range,
    /// What becomes of missing answers.
    Missing,
    /// When items are asked.
    Conditions,
    /// Words, languages and translations.
    Wording,
    /// What may be done with the wording, and on what evidence.
    Rights,
    /// Where keys, bands, norms and the rest come from.
    Provenance,
    /// What targets make of it.
    Portability,
    /// Published scores that confirm it.
    Cases,
}

impl Group {
    /// Every group, in the order they are told in.
    pub const ALL: [Self; 9] = [
        Self::Keying,
        Self::Range,
        Self::Missing,
        Self::Conditions,
        Self::Wording,
        Self::Rights,
        Self::Provenance,
        Self::Portability,
        Self::Cases,
    ];

    /// Its name, lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Keying => "keying",
            Self::Range => "range",
            Self::Missing => "missing data",
            Self::Conditions => "conditions",
            Self::Wording => "wording and language",
            Self::Rights => "rights",
            Self::Provenance => "provenance",
            Self::Portability => "portability",
            Self::Cases => "cases",
        }
    }

    /// Its name in one word, as a setting names it: `missing-data`.
    #[must_use]
    pub fn key(self) -> String {
        self.name().replace(' ', "-")
    }
}

/// Every lint, by name.
pub static LINTS: &[&Lint] = &[
    &altered_wording::LINT,
    &band_beyond_range::LINT,
    &band_gap::LINT,
    &band_overlap::LINT,
    &band_unreachable::LINT,
    &band_without_case::LINT,
    &bands_out_of_order::LINT,
    &bands_without_source::LINT,
    &compared_with_no_answer::LINT,
    &condition_always_true::LINT,
    &condition_never_true::LINT,
    &condition_on_later_item::LINT,
    &constant_score::LINT,
    &cut_score_out_of_range::LINT,
    &cut_score_without_source::LINT,
    &division_by_zero::LINT,
    &double_barrelled::LINT,
    &double_negative::LINT,
    &double_reversal::LINT,
    &flag_without_case::LINT,
    &foreign_script::LINT,
    &id_collision::LINT,
    &idle_missing_rule::LINT,
    &item_on_no_scale::LINT,
    &item_on_two_subscales::LINT,
    &key_without_source::LINT,
    &long_id::LINT,
    &missing_rule_without_case::LINT,
    &mixed_missing_rules::LINT,
    &no_cases::LINT,
    &norm_group_gap::LINT,
    &norm_group_unreachable::LINT,
    &norm_out_of_range::LINT,
    &norm_without_source::LINT,
    &number_twice::LINT,
    &one_way_keying::LINT,
    &opposite_keying::LINT,
    &option_order::LINT,
    &option_values_out_of_order::LINT,
    &other_coding_frame::LINT,
    &placeholder_left::LINT,
    &prorated_band_gap::LINT,
    &prorated_from_few::LINT,
    &prorated_unequal_ranges::LINT,
    &range_not_checked::LINT,
    &recall_period_mismatch::LINT,
    &recalled_key::LINT,
    &reliability_without_source::LINT,
    &reversal_without_case::LINT,
    &reversed_number::LINT,
    &rights_without_evidence::LINT,
    &same_stem::LINT,
    &scale_without_case::LINT,
    &short_form_off_long_form::LINT,
    &shrinking_sum::LINT,
    &skipped_item_without_rule::LINT,
    &stale_evidence::LINT,
    &stated_range::LINT,
    &subscale_item_off_total::LINT,
    &substitute_out_of_range::LINT,
    &table_hole::LINT,
    &table_not_monotone::LINT,
    &twin_cases::LINT,
    &twin_scales::LINT,
    &unequal_ranges::LINT,
    &unknown_language::LINT,
    &unportable_label::LINT,
    &unportable_score::LINT,
    &untranslated::LINT,
    &unused_reference::LINT,
    &unused_response_scale::LINT,
    &unused_section::LINT,
    &unused_table::LINT,
    &use_contradicted::LINT,
    &use_not_granted::LINT,
    &zero_weight::LINT,
];

/// What a lint looks at.
pub(crate) struct Context<'a> {
    /// As written.
    pub(crate) file: &'a InstrumentFile,
    /// As meant.
    pub(crate) instrument: &'a Instrument,
    /// As scored.
    pub(crate) program: &'a Program,
    /// What each score can be.
    pub(crate) ranges: &'a [Range],
    /// What parts of formulas can be: one for all lints, which share the work that is spent on it.
    pub(crate) possible: Possible<'a>,
    /// Its cases; nothing when there is no file of them, or none that could be read.
    pub(crate) cases: Option<&'a CasesFile>,
    /// Whether there is a file of cases, read or not.
    pub(crate) has_cases: bool,
    /// The wording files, beside the definition or supplied, as written.
    pub(crate) wordings: &'a [(File, WordingFile)],
    /// The words that respondents read, file by file; the definition's own first.
    pub(crate) words: &'a [Words<'a>],
    /// The order in which they list the options of response scales.
    pub(crate) option_orders: &'a [OptionOrder],
    /// The definition that this one is a short form of, as written, where it could be read.
    pub(crate) long_form: Option<&'a InstrumentFile>,
    /// What the instrument is used for.
    pub(crate) study: &'a Study,
}

/// Which of the files that are checked together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum File {
    Definition,
    Cases,
    /// A wording file, by its position among the documents.
    Wording(usize),
}

/// A defect found, and the id of what has it: an `[[allow]]` may name it.
pub(crate) struct Hit {
    pub(crate) diagnostic: Diagnostic,
    pub(crate) at: Option<String>,
    /// The file that the diagnostic's places are in.
    pub(crate) file: File,
}

impl Hit {
    /// The same, with its places in another file than the definition.
    pub(crate) fn inside(self, file: File) -> Self {
        Self { file, ..self }
    }
}

impl Lint {
    /// A diagnostic of this lint about what has the id `at`.
    fn hit(&self, at: &str, message: String, and: impl FnOnce(Diagnostic) -> Diagnostic) -> Hit {
        let diagnostic = and(Diagnostic::new(self.name, self.level, message));
        Hit { diagnostic, at: Some(at.to_owned()), file: File::Definition }
    }
}

/// Runs every lint that is not switched off.
pub(crate) fn run(context: &Context<'_>, levels: &Levels) -> Vec<Hit> {
    let mut hits = Vec::new();
    for lint in LINTS {
        let first = hits.len();
        match levels.given(lint) {
            Some(Level::Allow) => {}
            None => (lint.run)(lint, context, &mut hits),
            Some(level) => {
                (lint.run)(lint, context, &mut hits);
                let severity = level.severity();
                hits[first..].iter_mut().for_each(|hit| hit.diagnostic.severity = severity);
            }
        }
    }
    hits
}

/// A set of bands of a scale that has a score, with what the lints about bands need.
struct Banded<'a> {
    id: &'a str,
    bands: Vec<(usize, &'a Band)>,
    range: &'a Range,
    place: Pointer,
}

impl Context<'_> {
    /// The sets of bands of all scored scales, their bands from low to high with their position in the file.
    fn banded(&self) -> Vec<Banded<'_>> {
        let mut all = Vec::new();
        for (score, range) in self.program.scores.iter().zip(self.ranges) {
            let scale = &self.instrument.scales[score.scale.0];
            let own = scale.pointer().key("bands");
            let sets = scale.band_sets.iter().enumerate().map(|(index, set)| {
                (&set.bands, scale.pointer().key("band-sets").index(index).key("bands"))
            });
            for (bands, place) in std::iter::once((&scale.bands, own)).chain(sets) {
                let mut bands: Vec<(usize, &Band)> = bands.iter().enumerate().collect();
                bands.sort_by(|a, b| a.1.lower.value().total_cmp(&b.1.lower.value()));
                if !bands.is_empty() {
                    all.push(Banded { id: &scale.id, bands, range, place });
                }
            }
        }
        all
    }
}

impl<'a> Context<'a> {
    /// The scales that are made of items, with their entries.
    fn keyed(&self) -> impl Iterator<Item = (&'a Scale, &'a [ScaleItem])> {
        self.instrument.scales.iter().filter_map(|scale| match &scale.terms {
            Terms::Items(items) => Some((scale, items.as_slice())),
            Terms::Scales(_) | Terms::Formula(_) | Terms::Unknown => None,
        })
    }

    /// The formulas that scores and flags are written in, with their places.
    fn formulas(&self) -> impl Iterator<Item = (&'a Scale, &'a Formula, Pointer)> {
        self.instrument.scales.iter().filter(|scale| scale.is_scored()).filter_map(|scale| {
            let Terms::Formula(formula) = &scale.terms else { return None };
            let key = match scale.origin {
                Origin::Scale(_) => "formula",
                Origin::Flag(_) => "when",
                Origin::Norm(..) => return None,
            };
            Some((scale, &**formula, scale.pointer().key(key)))
        })
    }

    /// Every condition that stands alone: of items, and of flags. With the id of what has it, and its place.
    fn conditions(&self) -> Vec<(&'a str, &'a Test, Pointer)> {
        let mut all = Vec::new();
        for (index, item) in self.instrument.items.iter().enumerate() {
            if let Some(ask) = &item.ask {
                let place = Pointer::root().key("items").index(index).key("ask-if");
                all.push((item.id.as_str(), &ask.when, place));
            }
        }
        for (scale, formula, place) in self.formulas() {
            if let Formula::Truth(test) = formula {
                all.push((scale.id.as_str(), test, place));
            }
        }
        all
    }

    /// What parts of formulas can be.
    fn possible(&self) -> &Possible<'a> {
        &self.possible
    }

    /// The lowest and highest that the entry of a scale can contribute, keyed and recoded.
    fn bounds(&self, entry: &ScaleItem) -> Option<(f64, f64)> {
        match &entry.recode {
            Some(recode) => {
                let values = recode.table.iter().map(|(_, value)| *value).chain(recode.missing);
                let low = values.clone().fold(f64::INFINITY, f64::min);
                Some((low, values.fold(f64::NEG_INFINITY, f64::max)))
            }
            None => self.instrument.response(entry.item).bounds(),
        }
    }
}

impl Banded<'_> {
    fn place_of(&self, band: usize) -> Pointer {
        self.place.index(band)
    }

    /// The lowest score of `reach` that no band holds, when there is one for sure.
    fn outside(&self, reach: &Reach) -> Option<f64> {
        let held = |score: f64| self.bands.iter().any(|(_, band)| band.contains(score));
        match &reach.values {
            _ if !reach.exact => None,
            Some(values) => values.iter().copied().find(|&score| !held(score)),
            // Of the scores between nothing is known.
            None => [reach.low, reach.high].into_iter().find(|&score| !held(score)),
        }
    }

    /// Whether the bands hold every number from the lowest to the highest of `reach`.
    fn covers(&self, reach: &Reach) -> bool {
        // How far they go, and whether this number itself is held.
        let (mut end, mut is_held) = (reach.low, false);
        for (_, band) in &self.bands {
            let begins = match band.lower {
                Lower::From(from) => from <= end + TOLERANCE,
                Lower::Above(above) => {
                    above < end - TOLERANCE || (is_held && above <= end + TOLERANCE)
                }
            };
            if !begins {
                return false;
            }
            let (upper, holds) = match band.upper {
                Upper::To(to) => (to, true),
                Upper::Below(below) => (below, false),
            };
            if upper > end + TOLERANCE {
                (end, is_held) = (upper, holds);
            } else if upper >= end - TOLERANCE {
                is_held |= holds;
            }
        }
        end > reach.high + TOLERANCE || (is_held && end >= reach.high - TOLERANCE)
    }
}

/// A score in a message: as many decimals as tell it, at most three.
fn shown(score: f64) -> String {
    let text = format!("{score:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The position of the first item whose range is another than the first item's, and both ranges.
fn unequal(context: &Context<'_>, items: &[ScaleItem]) -> Option<(usize, [(f64, f64); 2])> {
    let first = context.bounds(items.first()?)?;
    let same = |a: f64, b: f64| (a - b).abs() <= TOLERANCE;
    items.iter().enumerate().skip(1).find_map(|(index, entry)| {
        let other = context.bounds(entry)?;
        let unlike = !same(first.0, other.0) || !same(first.1, other.1);
        unlike.then_some((index, [first, other]))
    })
}

/// What `cargo xtask new lint` writes, compiled here so that it cannot go stale.
#[cfg(test)]
#[path = "../../../xtask/templates/lint/new_lint.rs"]
mod new_lint;

#[cfg(test)]
mod tests {
    #[test]
    fn the_template_of_a_lint_is_a_lint() {
        assert_eq!(super::new_lint::LINT.name, "new-lint");
    }
}
