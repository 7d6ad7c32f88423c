//! An instrument as a form on paper: its items in order, with their headings, options and conditions in words. PDF and
//! Word print it.

pub(crate) mod losses;
mod skip;

use scalewright_model::{Entry, Item, ItemIx, ResponseKind, SectionIx};
use scalewright_scoring::emit::number;
use serde::Serialize;

use crate::ExportRequest;
use crate::ui::Ui;

/// A heading, a note, or items that are printed together.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Block<'a> {
    Section {
        title: Option<&'a str>,
        lead_in: Option<&'a str>,
        instructions: Option<&'a str>,
    },
    Note {
        text: &'a str,
        condition: Option<String>,
    },
    Matrix {
        options: Vec<OptionData<'a>>,
        items: Vec<ItemData<'a>>,
    },
    Several {
        #[serde(flatten)]
        item: ItemData<'a>,
        options: Vec<OptionData<'a>>,
    },
    Number {
        #[serde(flatten)]
        item: ItemData<'a>,
        min: Option<String>,
        max: Option<String>,
        unit: Option<&'a str>,
    },
    VisualAnalogue {
        #[serde(flatten)]
        item: ItemData<'a>,
        min_label: &'a str,
        max_label: &'a str,
        /// The values of the ends. The line itself is marked on paper, and its value is typed on a screen.
        min: String,
        max: String,
    },
    Text {
        #[serde(flatten)]
        item: ItemData<'a>,
        lines: u32,
    },
    Date {
        #[serde(flatten)]
        item: ItemData<'a>,
    },
    Time {
        #[serde(flatten)]
        item: ItemData<'a>,
    },
}

/// An item as it is printed.
#[derive(Serialize, Clone)]
pub(crate) struct ItemData<'a> {
    pub(crate) number: &'a str,
    pub(crate) id: &'a str,
    pub(crate) stem: &'a str,
    pub(crate) condition: Option<String>,
    /// Whether an answer is required. A mark after the stem says so.
    pub(crate) required: bool,
}

/// The mark of a required item.
pub(crate) const REQUIRED: &str = "*";

/// An option of an item.
#[derive(Serialize, Clone, PartialEq)]
pub(crate) struct OptionData<'a> {
    pub(crate) value: String,
    pub(crate) label: &'a str,
}

impl<'a> Block<'a> {
    /// Returns its items, and the options of each of them.
    pub(crate) fn parts(&self) -> (&[ItemData<'a>], &[OptionData<'a>]) {
        match self {
            Block::Section { title: _, lead_in: _, instructions: _ }
            | Block::Note { text: _, condition: _ } => (&[], &[]),
            Block::Matrix { options, items } => (items, options),
            Block::Several { item, options } => (std::slice::from_ref(item), options),
            Block::Number { item, min: _, max: _, unit: _ }
            | Block::VisualAnalogue { item, min_label: _, max_label: _, min: _, max: _ }
            | Block::Text { item, lines: _ }
            | Block::Date { item }
            | Block::Time { item } => (std::slice::from_ref(item), &[]),
        }
    }
}

/// Returns the items and notes in order, each under its section. Neighbouring items with the same options share one
/// matrix.
pub(crate) fn blocks<'a>(request: &ExportRequest<'a>, words: &'static Ui) -> Vec<Block<'a>> {
    let mut blocks: Vec<Block<'a>> = Vec::new();
    let mut section: Option<SectionIx> = None;
    for entry in request.instrument.entries() {
        let own = request.instrument.section_of(entry);
        if own != section {
            section = own;
            // The heading also prevents items of two sections from sharing a matrix.
            blocks.push(heading(request, section));
        }
        let condition = skip::condition(request, entry, words);
        let block = match entry {
            Entry::Item(item) => block(request, item, condition, words),
            Entry::Note(note) => Block::Note { text: &request.wording.notes[note.0], condition },
        };
        match (blocks.last_mut(), block) {
            (
                Some(Block::Matrix { options, items }),
                Block::Matrix { options: same, items: more },
            ) if *options == same => items.extend(more),
            (_, block) => blocks.push(block),
        }
    }
    blocks
}

/// Returns the sentence that explains the mark of required items, if there are any.
pub(crate) fn explained(blocks: &[Block<'_>], words: &Ui) -> Option<String> {
    let is_marked = blocks.iter().any(|block| block.parts().0.iter().any(|item| item.required));
    is_marked.then(|| format!("{REQUIRED} {}", words.required))
}

/// Returns the heading of a section, or an empty heading as a break if items outside of any section follow.
fn heading<'a>(request: &ExportRequest<'a>, section: Option<SectionIx>) -> Block<'a> {
    let words = section.map(|section| &request.wording.sections[section.0]);
    Block::Section {
        title: words.and_then(|words| words.title.as_deref()),
        lead_in: words.and_then(|words| words.lead_in.as_deref()),
        instructions: words.and_then(|words| words.instructions.as_deref()),
    }
}

fn block<'a>(
    request: &ExportRequest<'a>,
    index: ItemIx,
    condition: Option<String>,
    words: &'static Ui,
) -> Block<'a> {
    // `skip` puts conditions into words. A background item is asked like any other. Codes mean nothing to respondents.
    let Item {
        id,
        number: printed,
        response,
        section: _,
        required,
        ask: _,
        background: _,
        codes: _,
        taken_from: _,
    } = &request.instrument.items[index.0];
    let labels = &request.wording.responses[response.0];
    let stem = &request.wording.stems[index.0];
    let item = ItemData { number: printed, id, stem, condition, required: *required };
    let kind = &request.instrument.response(index).kind;
    let options = || -> Vec<OptionData<'a>> {
        let options = request.instrument.response(index).options().iter().zip(&labels.labels);
        options.map(|(o, label)| OptionData { value: o.value.to_string(), label }).collect()
    };
    match kind {
        ResponseKind::Coded { options: _ } => {
            Block::Matrix { options: options(), items: vec![item] }
        }
        ResponseKind::YesNo => {
            let yes = labels.yes_label.as_deref().unwrap_or(words.yes);
            let no = labels.no_label.as_deref().unwrap_or(words.no);
            let options = [("1", yes), ("0", no)];
            let options =
                options.map(|(value, label)| OptionData { value: value.to_owned(), label });
            Block::Matrix { options: options.to_vec(), items: vec![item] }
        }
        ResponseKind::SeveralChoice { options: _ } => Block::Several { item, options: options() },
        ResponseKind::Numeric { min, max, decimals } => Block::Number {
            item,
            min: min.map(|min| bound(min, *decimals, words)),
            max: max.map(|max| bound(max, *decimals, words)),
            unit: labels.unit.as_deref(),
        },
        ResponseKind::VisualAnalogue { min, max, decimals } => Block::VisualAnalogue {
            item,
            min_label: labels.min_label.as_deref().unwrap_or_default(),
            max_label: labels.max_label.as_deref().unwrap_or_default(),
            min: bound(*min, *decimals, words),
            max: bound(*max, *decimals, words),
        },
        ResponseKind::Text { lines } => Block::Text { item, lines: *lines },
        ResponseKind::Date => Block::Date { item },
        ResponseKind::Time => Block::Time { item },
    }
}

/// Returns the bound of a number as it is typed: with all its decimals, so that the range tells how many there may be,
/// and with the decimal mark of the language.
fn bound(value: f64, decimals: u32, words: &Ui) -> String {
    let exact = number(value);
    let digits = exact.split_once('.').map_or(0, |(_, digits)| digits.len());
    let decimals = usize::try_from(decimals).unwrap_or(usize::MAX);
    let whole = if exact.contains('e') || digits >= decimals {
        exact
    } else {
        format!("{value:.decimals$}")
    };
    whole.replace('.', words.typing().decimal)
}
