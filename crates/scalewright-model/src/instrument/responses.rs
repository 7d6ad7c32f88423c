//! Response scales: the answers that an item accepts.

use crate::OptionValue;
use crate::date::{DAYS, date_of};

/// A response scale: the answer format of one or more items.
#[derive(Debug, Clone)]
pub struct ResponseScale {
    /// The name in the file.
    pub name: String,
    /// The kind of answer, with its details.
    pub kind: ResponseKind,
}

/// The kind of answer of a response scale, with the details of that kind.
#[derive(Debug, Clone, PartialEq)]
pub enum ResponseKind {
    /// One of several coded options.
    Coded {
        /// The options, in printed order.
        options: Vec<ResponseOption>,
    },
    /// Any number of the options.
    SeveralChoice {
        /// The options, in printed order.
        options: Vec<ResponseOption>,
    },
    /// A number.
    Numeric {
        /// The lowest number allowed.
        min: Option<f64>,
        /// The highest number allowed.
        max: Option<f64>,
        /// The number of decimal places recorded.
        decimals: u32,
    },
    /// A mark on a line.
    VisualAnalogue {
        /// The number at the low end.
        min: f64,
        /// The number at the high end.
        max: f64,
        /// The number of decimal places recorded.
        decimals: u32,
    },
    /// Yes (1) or no (0).
    YesNo,
    /// Free text.
    Text {
        /// The number of lines to write on.
        lines: u32,
    },
    /// A calendar date. In formulas it is the number of its eight digits: 20260131 for 31 January 2026.
    Date,
    /// A clock time, scored as minutes since midnight.
    Time,
}

/// One response option.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseOption {
    /// The number that codes this answer, before keying.
    pub value: OptionValue,
    /// The word for this answer in formulas and data.
    pub code: Option<String>,
    /// Whether choosing it counts as a missing answer.
    pub non_response: bool,
    /// Whether it has no words: its label is its value.
    pub unlabelled: bool,
}

impl ResponseOption {
    /// Returns the value as text: the label of an option without words.
    #[must_use]
    pub fn number(&self) -> String {
        self.value.to_string()
    }
}

/// The most options of an item that formulas can look into.
///
/// The chosen options are recorded as the binary digits of one number, and a number has 53 of them.
pub const MOST_CHOICES: usize = 53;

/// The limit of numbers without a stated one.
///
/// Its negative is the lower limit. It is far beyond any measurement, and every platform computes with it exactly.
pub const UNLIMITED: f64 = 1e15;

impl ResponseScale {
    /// Returns the lowest and highest number that formulas accept. For a number without a stated limit, that is
    /// [`UNLIMITED`]; for a date, the number of its eight digits, from 1800 to 2199. `None` if the answers are not
    /// numbers.
    #[must_use]
    pub fn limits(&self) -> Option<(f64, f64)> {
        match &self.kind {
            ResponseKind::Numeric { min, max, decimals: _ } => {
                Some((min.unwrap_or(-UNLIMITED), max.unwrap_or(UNLIMITED)))
            }
            ResponseKind::Date => Some(DAYS),
            _ => self.bounds(),
        }
    }

    /// Returns the number that records which options of an item with several choices are chosen, by their positions:
    /// the sum of 2 to the power of each. `None` if no option is chosen, which is the same as no answer, or if there are
    /// more than [`MOST_CHOICES`] options.
    #[must_use]
    pub fn chosen(&self, options: impl IntoIterator<Item = usize>) -> Option<f64> {
        if self.options().len() > MOST_CHOICES {
            return None;
        }
        let digits = options.into_iter().fold(0_u64, |digits, option| digits | 1 << option);
        #[expect(clippy::cast_precision_loss, reason = "at most 53 digits")]
        (digits != 0).then_some(digits as f64)
    }

    /// Returns the position of the option with a value.
    #[must_use]
    pub fn position(&self, value: f64) -> Option<usize> {
        let value = OptionValue::of(value)?;
        self.options().iter().position(|option| option.value == value)
    }

    /// Returns the options. Empty for kinds of answer without options.
    #[must_use]
    pub fn options(&self) -> &[ResponseOption] {
        match &self.kind {
            ResponseKind::Coded { options } | ResponseKind::SeveralChoice { options } => options,
            _ => &[],
        }
    }

    /// Whether only the first and the last option have words. They can be given as the words at the two ends.
    #[must_use]
    pub fn has_words_at_its_ends(&self) -> bool {
        let ResponseKind::Coded { options } = &self.kind else { return false };
        let [first, between @ .., last] = options.as_slice() else { return false };
        !first.unlabelled && !last.unlabelled && between.iter().all(|option| option.unlabelled)
    }

    /// Returns the values that can be scored, ascending, without non-response options. `None` for kinds of answer
    /// without a short list of values: numbers, text, dates, times and several choices.
    #[must_use]
    pub fn scored_values(&self) -> Option<Vec<OptionValue>> {
        match &self.kind {
            ResponseKind::Coded { options } => {
                let mut values: Vec<OptionValue> =
                    // A non-response such as 99 would shift the reversal and the range of every score.
                    options.iter().filter(|o| !o.non_response).map(|o| o.value).collect();
                values.sort_unstable();
                Some(values)
            }
            ResponseKind::YesNo => Some([0, 1].map(OptionValue::whole).to_vec()),
            _ => None,
        }
    }

    /// Returns the lowest and highest value that can be scored. `None` if the answers cannot be scored or an end is not
    /// declared.
    #[must_use]
    pub fn bounds(&self) -> Option<(f64, f64)> {
        match &self.kind {
            ResponseKind::Numeric { min, max, .. } => Some(((*min)?, (*max)?)),
            ResponseKind::VisualAnalogue { min, max, .. } => Some((*min, *max)),
            ResponseKind::Time => Some((0.0, LAST_MINUTE)),
            _ => {
                let values = self.scored_values()?;
                Some((values.first()?.number(), values.last()?.number()))
            }
        }
    }
}

/// Whether an option is recorded as chosen.
///
/// See [`ResponseScale::chosen`].
#[must_use]
pub fn is_chosen(recorded: f64, option: usize) -> bool {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most 53 digits"
    )]
    let digits = recorded as u64;
    digits.checked_shr(u32::try_from(option).unwrap_or(u32::MAX)).is_some_and(|rest| rest & 1 == 1)
}

/// The last clock time of a day, 23:59, in minutes since midnight.
const LAST_MINUTE: f64 = 1439.0;

impl ResponseScale {
    /// Returns an answer whose reversal, lowest + highest − answer, is not an answer of this scale. `None` if there is
    /// no such answer.
    #[must_use]
    pub fn unreversible_answer(&self) -> Option<f64> {
        let values = self.scored_values()?;
        // Options with the same value are an error that is reported elsewhere.
        if values.windows(2).any(|pair| pair[0] == pair[1]) {
            return None;
        }
        // The values are sorted, as the binary search needs them.
        let ends = *values.first()? + *values.last()?;
        let stray = values.iter().find(|&&value| values.binary_search(&(ends - value)).is_err())?;
        Some(stray.number())
    }

    /// Returns the value of the option whose word is `code`.
    #[must_use]
    pub fn coded(&self, code: &str) -> Option<OptionValue> {
        self.options().iter().find(|o| o.code.as_deref() == Some(code)).map(|o| o.value)
    }

    /// Checks that `answer` is an answer of this scale. Non-response options are answers too.
    ///
    /// # Errors
    ///
    /// If it is not: a clause that states which answers are valid.
    pub fn accepts(&self, answer: f64) -> Result<(), String> {
        match &self.kind {
            ResponseKind::Coded { options } | ResponseKind::SeveralChoice { options } => {
                let given = OptionValue::of(answer);
                let known = options.iter().any(|option| Some(option.value) == given);
                if known { Ok(()) } else { Err(self.listed(options)) }
            }
            ResponseKind::YesNo if answer == 0.0 || answer == 1.0 => Ok(()),
            ResponseKind::YesNo => Err("yes is coded 1 and no 0".to_owned()),
            ResponseKind::Numeric { min, max, decimals } => within(answer, *min, *max, *decimals),
            ResponseKind::VisualAnalogue { min, max, decimals } => {
                within(answer, Some(*min), Some(*max), *decimals)
            }
            ResponseKind::Time => within(answer, Some(0.0), Some(LAST_MINUTE), 0)
                .map_err(|why| format!("a time is given in minutes since midnight, and {why}")),
            ResponseKind::Date => match date_of(answer) {
                Some(_) if (DAYS.0..=DAYS.1).contains(&answer) => Ok(()),
                Some(_) => Err("dates in formulas are from 1800 to 2199".to_owned()),
                None => Err("a date is the number of its digits, such as 20260131".to_owned()),
            },
            ResponseKind::Text { .. } => Err(format!("`{}` does not accept numbers", self.name)),
        }
    }
}

impl ResponseScale {
    /// Returns a clause that lists the answers. Of more than 40, it lists the first 20 and the last.
    fn listed(&self, options: &[ResponseOption]) -> String {
        let values: Vec<String> = options.iter().map(|option| option.value.to_string()).collect();
        let list = match values.as_slice() {
            [first @ .., last] if values.len() > 40 => {
                format!("{}, …, {last}", first[..20].join(", "))
            }
            all => all.join(", "),
        };
        format!("the answers of `{}` are {list}", self.name)
    }
}

/// Checks that a number is within the bounds, and has no more decimals than allowed.
fn within(answer: f64, min: Option<f64>, max: Option<f64>, decimals: u32) -> Result<(), String> {
    // Decimal fractions are not exact in binary, so the number of decimals is checked with a tolerance.
    // The schema allows at most 6 decimals, so the fallback is never used.
    let scaled = answer * 10_f64.powi(i32::try_from(decimals).unwrap_or(6));
    if min.is_some_and(|min| answer < min) {
        return Err(format!("the lowest answer is {}", min.unwrap_or_default()));
    }
    if max.is_some_and(|max| answer > max) {
        return Err(format!("the highest answer is {}", max.unwrap_or_default()));
    }
    if answer.is_finite() && answer.abs() > UNLIMITED {
        return Err("numbers have at most 15 digits before the point".to_owned());
    }
    // Infinity minus itself is NaN, which is not above the tolerance, so it needs a test of its own.
    if !answer.is_finite() || (scaled - scaled.round()).abs() > 1e-6 {
        return Err(match decimals {
            0 => "answers are whole numbers".to_owned(),
            1 => "answers have at most one decimal".to_owned(),
            more => format!("answers have at most {more} decimals"),
        });
    }
    Ok(())
}
