//! What is declared about the cells of a table, ready for its items: codes, labels, marks, words, and columns of answers that
//! are already reversed.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use scalewright_model::{Instrument, ItemIx, ResponseKind, ResponseScaleIx};

use crate::Stop;

use super::codes::{CodeList, Codes};
use super::labels::{Labels, fold};
use super::map_file::Map;
use super::meaning::{DateOrder, Meaning};
use super::numbers::Numbers;

/// What is declared about a table.
pub(super) struct Declared {
    /// Whether columns of items may contain labels.
    pub(super) has_labels: bool,
    /// How numbers are written.
    pub(super) numbers: Numbers,
    /// The words for yes and for no, folded as labels are.
    words: (BTreeSet<String>, BTreeSet<String>),
    dates: DateOrder,
    /// The items with codes.
    codes: BTreeMap<ItemIx, Rc<CodeList>>,
    /// The items whose answers are already reversed.
    reversed: BTreeSet<ItemIx>,
    labels: BTreeMap<ResponseScaleIx, Rc<Labels>>,
}

impl Declared {
    /// What the options and the map declare. `has_commas` states whether commas do not separate the cells of the table.
    ///
    /// # Errors
    ///
    /// When they contradict each other, or the definition has nothing that they could apply to.
    pub(super) fn new(
        (meaning, map): (&Meaning, &Map),
        has_commas: bool,
        instrument: &Instrument,
    ) -> Result<Self, Stop> {
        let meaning = meaning.with(map.meaning(), map.name())?;
        let words = |words: &[String]| words.iter().map(|word| fold(word)).collect();
        // Items with the same codes share them, so that they can share tables of cells too.
        let mut lists: BTreeMap<*const Codes, Rc<CodeList>> = BTreeMap::new();
        let mut codes = BTreeMap::new();
        for item in (0..instrument.items.len()).map(ItemIx) {
            let Some(own) = map.codes(instrument, item) else { continue };
            let list = lists.entry(own).or_insert_with(|| Rc::new(CodeList::new(own)));
            codes.insert(item, Rc::clone(list));
        }
        let mut labels = BTreeMap::new();
        for (at, item) in instrument.items.iter().enumerate() {
            let of = || Rc::new(Labels::new(instrument, ItemIx(at)));
            labels.entry(item.response).or_insert_with(of);
        }
        let declared = Self {
            has_labels: meaning.labels,
            numbers: Numbers::new(&meaning, has_commas),
            words: (words(&meaning.yes), words(&meaning.no)),
            dates: meaning.dates.unwrap_or(DateOrder::YearMonthDay),
            codes,
            reversed: map.reversed().collect(),
            labels,
        };
        declared.applies(&meaning, instrument)?;
        Ok(declared)
    }

    /// Checks that the definition has labels and yes-no items, if they are declared.
    fn applies(&self, meaning: &Meaning, instrument: &Instrument) -> Result<(), Stop> {
        if meaning.labels && self.labels.values().all(|labels| labels.is_empty()) {
            return Err(Stop::usage("`labels` is declared, but the definition has no labels")
                .help("its wording may be withheld; then list the texts in a map under `[codes.<response scale>]`"));
        }
        let has_words = !meaning.yes.is_empty() || !meaning.no.is_empty();
        let is_yes_no = |at| instrument.response(ItemIx(at)).kind == ResponseKind::YesNo;
        if has_words && !(0..instrument.items.len()).any(is_yes_no) {
            return Err(Stop::usage(
                "words for yes and no are declared, but no item is a yes-no item",
            )
            .help("list the texts in a map under `[codes.<response scale>]`"));
        }
        Ok(())
    }

    /// Whether a text is a date.
    pub(super) fn is_date(&self, text: &str) -> bool {
        self.day(text).is_some()
    }

    /// A date as ISO 8601 writes it; `None` if the text is none.
    pub(super) fn day<'t>(&self, text: &'t str) -> Option<Cow<'t, str>> {
        self.dates.iso(text)
    }

    /// The value that a word for yes or no has.
    pub(super) fn yes_or_no(&self, text: &str) -> Option<f64> {
        let (yes, no) = &self.words;
        if yes.is_empty() && no.is_empty() {
            return None;
        }
        let folded = fold(text);
        let is_yes = yes.contains(&folded);
        (is_yes || no.contains(&folded)).then_some(f64::from(u8::from(is_yes)))
    }

    /// The labels of a response scale.
    pub(super) fn labels(&self, scale: ResponseScaleIx) -> Rc<Labels> {
        self.labels.get(&scale).cloned().unwrap_or_default()
    }

    /// The codes of an item, if the map lists any.
    pub(super) fn codes(&self, item: ItemIx) -> Option<Rc<CodeList>> {
        self.codes.get(&item).cloned()
    }

    /// Whether the answers to an item are already reversed.
    pub(super) fn is_reversed(&self, item: ItemIx) -> bool {
        self.reversed.contains(&item)
    }
}
