//! How functions of R score a list of items.

use scalewright_model::file::ScaleFile;
use scalewright_model::{MissingKind, ScoreKind, ScoreRange};

use crate::form::Form;
use crate::form::rule::{Answers, Source, Target};
use crate::value::Value;

/// A score.
#[derive(Debug, Clone)]
pub(super) struct Scorer {
    /// The items, by position, and whether each is reversed.
    pub(super) items: Vec<(usize, bool)>,
    /// The lowest and the highest answer.
    pub(super) range: (f64, f64),
    pub(super) method: Method,
    pub(super) blanks: Blanks,
}

/// What is computed of the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Mean,
    Sum,
    /// The mean as a percentage of the range.
    Percentage,
}

/// What happens to missing answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Blanks {
    /// They are left out. A sum of nothing is 0, and there is no mean of nothing.
    LeftOut,
    /// A score needs all answers.
    NoScore,
    /// The median or the mean of the item in the sample takes their place.
    OfSample,
    /// At most this share may be missing. A sum is the mean times the number of items.
    AtMost(f64),
}

impl Source for Scorer {
    fn value(&self, _form: &Form, answers: &Answers) -> Value {
        let (low, high) = self.range;
        let (mut sum, mut count) = (0.0, 0.0);
        for (item, is_reversed) in &self.items {
            let Some(answer) = answers.of.get(*item).copied().flatten() else { continue };
            sum += if *is_reversed { low + high - answer } else { answer };
            count += 1.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "lists are short")]
        let length = self.items.len() as f64;
        let missing = length - count;
        match self.blanks {
            Blanks::NoScore if missing > 0.0 => return Value::Blank,
            Blanks::AtMost(share) if missing / length > share || count == 0.0 => {
                return Value::Blank;
            }
            // Any sample will do to show that the score depends on it: here all others chose the middle.
            Blanks::OfSample => {
                sum += missing * (low + high) / 2.0;
                count = length;
            }
            _ => {}
        }
        match self.method {
            Method::Sum if matches!(self.blanks, Blanks::AtMost(_)) => {
                Value::Number(sum / count * length)
            }
            Method::Sum => Value::Number(sum),
            _ if count == 0.0 => Value::Blank,
            Method::Mean => Value::Number(sum / count),
            Method::Percentage => Value::Number((sum / count - low) / (high - low) * 100.0),
        }
    }
}

impl Scorer {
    /// The score in our format.
    pub(super) fn target(&self, form: &Form) -> Target {
        let id = |item: &usize| form.items.get(*item).map_or("", |item| item.id.as_str());
        if (self.method, self.blanks) == (Method::Sum, Blanks::LeftOut) {
            let terms: Vec<String> = self
                .items
                .iter()
                .map(|(item, is_reversed)| match is_reversed {
                    true => format!("reverse({})", id(item)),
                    false => id(item).to_owned(),
                })
                .collect();
            return Target::Formula(format!("coalesce(sum({}; >= 1), 0)", terms.join(", ")));
        }
        let (kind, missing) = match (self.method, self.blanks) {
            (_, Blanks::NoScore | Blanks::OfSample) => (self.method, MissingKind::NoScore),
            (Method::Sum, Blanks::AtMost(_)) => (Method::Sum, MissingKind::Prorate),
            _ => (self.method, MissingKind::AnsweredOnly),
        };
        let score = if kind == Method::Sum { ScoreKind::Sum } else { ScoreKind::Mean };
        let mut scale = ScaleFile::new("", "", score, missing);
        scale.items = self
            .items
            .iter()
            .map(|(item, is_reversed)| {
                format!("{}{}", if *is_reversed { "-" } else { "" }, id(item))
            })
            .collect();
        match self.blanks {
            Blanks::LeftOut => scale.min_answered = Some(1),
            Blanks::AtMost(share) if share >= 1.0 => scale.min_answered = Some(1),
            Blanks::AtMost(share) => {
                let needed = ((1.0 - share) * 1e8).round() / 1e6;
                scale.min_proportion = Some(format!("{needed}%"));
            }
            Blanks::NoScore | Blanks::OfSample => {}
        }
        if self.method == Method::Percentage {
            scale.rescale = Some(ScoreRange { low: 0.0, high: 100.0 });
        }
        Target::Scale(Box::new(scale))
    }
}
