//! The input of lints, and their findings.

use scalewright_model::file::{CasesFile, InstrumentFile, WordingFile};
use scalewright_model::{
    Band, Diagnostic, Formula, Instrument, ItemIx, NoteIx, Origin, Pointer, Scale, ScaleItem,
    Terms, Test,
};
use scalewright_scoring::{Possible, Program, Range};

use super::banded::Banded;
use super::file::File;
use crate::input::Study;
use crate::orders::OptionOrder;
use crate::targets::TargetRules;
use crate::words::Words;

/// The input of a lint.
pub(crate) struct Context<'a> {
    /// The definition as written.
    pub(crate) file: &'a InstrumentFile,
    /// The resolved definition.
    pub(crate) instrument: &'a Instrument,
    /// The compiled scores.
    pub(crate) program: &'a Program,
    /// The possible values of each score, parallel to the program's scores.
    pub(crate) ranges: &'a [Range],
    /// The possible values of parts of formulas. All lints use the same one, since it stores its results.
    pub(crate) possible: Possible<'a>,
    /// The cases; `None` if there is no cases file, if it cannot be read, or if a case is not reproduced.
    pub(crate) cases: Option<&'a CasesFile>,
    /// Whether there is a cases file, readable or not.
    pub(crate) has_cases: bool,
    /// The wording files, in the folder of the definition or supplied, as written.
    pub(crate) wordings: &'a [(File, WordingFile)],
    /// The words that respondents read, by file, the definition first.
    pub(crate) words: &'a [Words<'a>],
    /// The order in which wording files list the options of response scales.
    pub(crate) option_orders: &'a [OptionOrder],
    /// The definition that this one is a short form of, as written, if it could be read.
    pub(crate) long_form: Option<&'a InstrumentFile>,
    /// The definitions of the parallel forms, as written, as far as they could be read.
    pub(crate) parallel: &'a [InstrumentFile],
    /// The comments of the definition that mark something as still to be decided, with their places.
    pub(crate) todos: &'a [(Pointer, String)],
    /// The use of the instrument.
    pub(crate) study: &'a Study,
    /// The platforms that it may be published to.
    pub(crate) targets: &'a [&'a TargetRules],
}

/// A finding of a lint, with the id of the item or scale that it is about. The `at` of an `[[allow]]` may name that id.
pub(crate) struct Hit {
    pub(crate) diagnostic: Diagnostic,
    pub(crate) at: Option<String>,
    /// The file that the locations of the diagnostic are in.
    pub(crate) file: File,
}

impl Hit {
    /// The same finding, with its locations in `file` instead of the definition.
    pub(crate) fn inside(self, file: File) -> Self {
        Self { file, ..self }
    }
}

impl Context<'_> {
    /// Returns the sets of bands of all scored scales. The bands of a set are sorted from low to high, each with its
    /// position in the file.
    pub(crate) fn banded(&self) -> Vec<Banded<'_>> {
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
    /// The scales that list items, with their entries.
    pub(crate) fn keyed(&self) -> impl Iterator<Item = (&'a Scale, &'a [ScaleItem])> {
        self.instrument.scales.iter().filter_map(|scale| match &scale.terms {
            Terms::Items(items) => Some((scale, items.as_slice())),
            Terms::Scales(_) | Terms::Formula(_) | Terms::Unknown => None,
        })
    }

    /// The formulas of scores and flags, with their locations.
    pub(crate) fn formulas(&self) -> impl Iterator<Item = (&'a Scale, &'a Formula, Pointer)> {
        self.instrument.scales.iter().filter(|scale| scale.is_scored()).filter_map(|scale| {
            let Terms::Formula(formula) = &scale.terms else { return None };
            let key = match scale.origin {
                Origin::Scale(_) => "formula",
                Origin::Flag(_) => "when",
                // The author writes the groups of a norm, not its formula, and lints about norms check the groups.
                Origin::Norm(..) => return None,
            };
            Some((scale, &**formula, scale.pointer().key(key)))
        })
    }

    /// The conditions of items, notes and flags, each with the id of the item, note or flag and its location.
    pub(crate) fn conditions(&self) -> Vec<(&'a str, &'a Test, Pointer)> {
        let mut all = Vec::new();
        // Items and notes come first: `cut-score-out-of-range` takes their conditions by their number.
        for (index, item) in self.instrument.items.iter().enumerate() {
            if let Some(ask) = &item.ask {
                let place = Pointer::item(ItemIx(index)).key("ask-if");
                all.push((item.id.as_str(), &ask.when, place));
            }
        }
        for (index, note) in self.instrument.notes.iter().enumerate() {
            if let Some(ask) = &note.ask {
                let place = Pointer::note(NoteIx(index)).key("ask-if");
                all.push((note.id.as_str(), &ask.when, place));
            }
        }
        for (scale, formula, place) in self.formulas() {
            if let Formula::Truth(test) = formula {
                all.push((scale.id.as_str(), test, place));
            }
        }
        all
    }

    /// The possible values of parts of formulas.
    pub(crate) fn possible(&self) -> &Possible<'a> {
        &self.possible
    }

    /// The lowest and highest value that an entry of a scale can contribute, after keying and recoding.
    pub(crate) fn bounds(&self, entry: &ScaleItem) -> Option<(f64, f64)> {
        match &entry.recode {
            Some(recode) => {
                // A missing answer with a value counts as answered, so the value belongs to the bounds.
                let values = recode.table.iter().map(|(_, value)| *value).chain(recode.missing);
                let low = values.clone().fold(f64::INFINITY, f64::min);
                Some((low, values.fold(f64::NEG_INFINITY, f64::max)))
            }
            // Reversed, the lowest and the highest answer change places, so keying does not change the bounds.
            None => self.instrument.response(entry.item).bounds(),
        }
    }
}

/// Formats a score for a message, with at most three decimals.
pub(crate) fn shown(score: f64) -> String {
    let text = format!("{score:.3}");
    // The text always has a decimal point, so the zeros of a number such as 100 are not removed.
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
