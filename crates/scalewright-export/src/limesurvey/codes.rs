//! The codes of questions and answers. LimeSurvey renames or drops codes that break its rules, so all are checked and
//! chosen here. The reader of responses uses the same rules.

use std::collections::BTreeSet;

use scalewright_model::{Instrument, ItemIx, OptionValue, ResponseKind, ResponseOption};

use crate::choices;

/// The maximum length of a code of a question or a subquestion.
pub(super) const LONGEST: usize = 20;
/// The number of characters kept of a long id, before the hexadecimal digits that distinguish similar ids.
const KEPT: usize = 14;
/// The beginning of the codes of arrays whose items do not share a stem, before a number.
pub const ARRAY: &str = "array";
/// The beginning of the codes of the lines of scores, before a number.
pub(super) const LINE: &str = "calc";
/// The subquestion of a slider.
pub const SLIDER: &str = "v";
/// What precedes the code of a choice, if several may be chosen.
pub const CHOICE: char = 'c';
/// What precedes the code of a row that would begin with a digit.
pub const ROW: char = 'i';

/// Words that LimeSurvey reserves, operators of its expressions, and columns that it exports beside the answers. All are
/// compared without regard to case.
const RESERVED: [&str; 32] = [
    "and",
    "datestamp",
    "email",
    "eq",
    "firstname",
    "ge",
    "gid",
    "gt",
    "id",
    "interviewtime",
    "ipaddr",
    "lang",
    "lastname",
    "lastpage",
    "le",
    "lt",
    "ne",
    "or",
    "other",
    "qid",
    "refurl",
    "savedid",
    "seed",
    "self",
    "sgq",
    "sid",
    "startdate",
    "startlanguage",
    "submitdate",
    "that",
    "this",
    "time",
];

/// Whether LimeSurvey or our own export gives this code another meaning.
pub(super) fn is_reserved(code: &str) -> bool {
    let numbered = |beginning: &str| {
        let rest = code.strip_prefix(beginning);
        rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
    };
    RESERVED.contains(&code) || code == "token" || numbered(ARRAY) || numbered(LINE)
}

/// The letters and digits of an id.
#[must_use]
pub fn plain(id: &str) -> String {
    id.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// The code of a row of an array. LimeSurvey joins the number of a question and the code of a row without a divider, so
/// that a row `2` of question 1 would be question 12.
pub(super) fn row(ending: &str) -> String {
    match ending.starts_with(|first: char| first.is_ascii_digit()) {
        true => format!("{ROW}{ending}"),
        false => ending.to_owned(),
    }
}

/// Codes that are all different.
#[derive(Debug, Clone, Default)]
pub(super) struct Namer {
    taken: BTreeSet<String>,
}

impl Namer {
    /// The code for an id: the id without underscores if that is available, otherwise its beginning and hexadecimal
    /// digits of a hash of the whole id.
    pub(super) fn name(&mut self, id: &str) -> String {
        let own = plain(id).to_lowercase();
        let starts_well = own.starts_with(|first: char| first.is_ascii_alphabetic());
        if starts_well && own.len() <= LONGEST && !is_reserved(&own) && self.take(&own) {
            return own;
        }
        let beginning: String = if starts_well { own } else { format!("q{own}") };
        let beginning = if is_reserved(&beginning) { format!("q{beginning}") } else { beginning };
        let beginning: String = beginning.chars().take(KEPT).collect();
        // Ends at the first free code.
        for count in 0_u32.. {
            let code = format!("{beginning}{:06x}", digits(id, count));
            if self.take(&code) {
                return code;
            }
        }
        beginning
    }

    /// Takes the code of an array, if its columns cannot be taken for those of other items. Returns whether it did.
    pub(super) fn take_all(&mut self, array: &str, rows: &[String]) -> bool {
        let prefixed = |row: &&String| {
            let rest = row.strip_prefix(ROW);
            rest.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
        };
        let columns: Vec<String> =
            rows.iter().filter(prefixed).map(|row| format!("{array}{row}")).collect();
        let different: BTreeSet<&String> = columns.iter().collect();
        let is_free = |code: &str| !self.taken.contains(&code.to_lowercase());
        let can = is_free(array)
            && different.len() == columns.len()
            && columns.iter().all(|column| is_free(column));
        if can {
            self.taken.insert(array.to_lowercase());
            self.taken.extend(columns.iter().map(|column| column.to_lowercase()));
        }
        can
    }

    /// Takes a code. Returns whether it was free.
    pub(super) fn take(&mut self, code: &str) -> bool {
        self.taken.insert(code.to_lowercase())
    }
}

/// The 32-bit FNV-1a hash of an id and a count, folded to 24 bits.
fn digits(id: &str, count: u32) -> u32 {
    let bytes = id.bytes().chain(count.to_le_bytes().into_iter().filter(|_| count > 0));
    let hash = bytes
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash >> 8) ^ (hash & 0xff)
}

/// The codes of an instrument.
#[derive(Debug, Clone)]
pub struct Codes {
    /// The code of each item: that of its question, or the one by which the row of an array is recognised.
    pub items: Vec<String>,
    /// The code of the result of each scale.
    pub scales: Vec<String>,
    /// The code of the text of each note.
    pub notes: Vec<String>,
}

impl Codes {
    /// The codes in a survey of one instrument.
    #[must_use]
    pub fn of(instrument: &Instrument) -> Self {
        Self::named(instrument, &mut Namer::default(), str::to_owned)
    }

    /// The codes in a survey in which `namer` has named other instruments. `full` completes an id that another
    /// instrument has too.
    pub(super) fn named(
        instrument: &Instrument,
        namer: &mut Namer,
        full: impl Fn(&str) -> String,
    ) -> Self {
        let mut items = Vec::new();
        for (at, item) in instrument.items.iter().enumerate() {
            let code = namer.name(&full(&item.id));
            // Their columns, without brackets, must not be taken for those of other items.
            match &instrument.response(ItemIx(at)).kind {
                ResponseKind::SeveralChoice { options } => {
                    for answer in answers(options) {
                        namer.take(&format!("{code}{CHOICE}{answer}"));
                    }
                }
                ResponseKind::VisualAnalogue { min: _, max: _, decimals: _ } => {
                    namer.take(&format!("{code}{SLIDER}"));
                }
                _ => {}
            }
            items.push(code);
        }
        let scales = instrument.scales.iter().map(|scale| namer.name(&full(&scale.id))).collect();
        // Last, because nobody reads data by these codes.
        let notes = instrument.notes.iter().map(|note| namer.name(&full(&note.id))).collect();
        Self { items, scales, notes }
    }
}

/// The code of each option: its value, `m` and the value without its sign if that is negative, or `a` and its position
/// if that is too long.
#[must_use]
pub fn answers(options: &[ResponseOption]) -> Vec<String> {
    let code = |(at, option): (usize, &ResponseOption)| match option.value.as_whole() {
        Some(value @ 0..=99_999) => value.to_string(),
        Some(value @ -9_999..0) => format!("m{}", -value),
        // A code has no point, and at most five letters and digits.
        _ => format!("a{}", at + 1),
    };
    options.iter().enumerate().map(code).collect()
}

/// The options of an item with their codes.
#[must_use]
pub fn coded(instrument: &Instrument, item: ItemIx) -> Vec<(String, OptionValue)> {
    let options = choices::options(instrument, instrument.items[item.0].response);
    answers(&options).into_iter().zip(options.iter().map(|option| option.value)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Namer, answers};
    use scalewright_model::{OptionValue, ResponseOption};

    #[test]
    fn codes_follow_the_rules_and_differ() {
        let mut namer = Namer::default();
        assert_eq!(namer.name("gad7_1"), "gad71");
        let long = "a_rather_long_name_for_an_item_1";
        let all = ["gad_7_1", "id", "or", "array1x", long, "calc3"].map(|id| namer.name(id));
        for code in &all {
            assert!(code.len() <= 20 && code.chars().all(|c| c.is_ascii_alphanumeric()), "{code}");
        }
        assert!(all[3].starts_with("qarray1") && all[5].starts_with("qcalc3"), "{all:?}");
        assert!(all[1].starts_with("qid") && all[4].starts_with("aratherlongnam"), "{all:?}");
    }

    #[test]
    fn answers_have_at_most_five_letters_and_digits() {
        let option = |value| ResponseOption {
            value: OptionValue::whole(value),
            code: None,
            non_response: false,
            unlabelled: false,
        };
        let codes = answers(&[0, -1, 99_999, 100_000, -10_000].map(option));
        assert_eq!(codes, ["0", "m1", "99999", "a4", "a5"]);
    }
}
