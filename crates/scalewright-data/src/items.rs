//! The items of a scale as its score uses them: keyed, recoded and weighted.

use scalewright_model::{
    Expr, Instrument, ItemIx, Keying, Origin, ScaleIx, ScoreKind, Terms, Transform,
};
use scalewright_scoring::{Accepted, Program, Responses, evaluate};

mod columns;

pub use columns::ItemColumns;

/// An item on a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyedItem {
    /// The item.
    pub item: ItemIx,
    /// Its keyed and recoded answer.
    pub expr: Expr,
    /// Whether a higher answer means less of the scale.
    pub is_reversed: bool,
    /// Its weight in the score, negative on a part that is keyed negatively.
    pub weight: f64,
    /// The lowest and the highest keyed answer. `None` if there is no limit.
    pub ends: Option<(f64, f64)>,
}

/// A scale whose score is a sum or mean of items, directly or through other scales.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyedScale {
    /// The scale.
    pub scale: ScaleIx,
    /// Its items, in the order of the key.
    pub items: Vec<KeyedItem>,
}

/// The scales that people define, without flags and the derived scores of norms.
pub fn own_scales(instrument: &Instrument) -> impl Iterator<Item = ScaleIx> {
    let scales = instrument.scales.iter().enumerate();
    scales
        .filter(|(_, scale)| matches!(scale.origin, Origin::Scale(_)))
        .map(|(index, _)| ScaleIx(index))
}

impl KeyedScale {
    /// The items of `scale`.
    ///
    /// # Errors
    ///
    /// Why the score of the scale is not a sum or mean of items, as a clause.
    pub fn of(instrument: &Instrument, program: &Program, scale: ScaleIx) -> Result<Self, String> {
        let mut items = Vec::new();
        collect(instrument, scale, 1.0, &mut items)?;
        let mut merged: Vec<KeyedItem> = Vec::new();
        for item in items {
            match merged.iter_mut().find(|other| other.item == item.item) {
                None => merged.push(item),
                Some(other) if other.expr == item.expr => other.weight += item.weight,
                Some(other) => {
                    let id = &instrument.items[other.item.0].id;
                    return Err(format!("it contains the item `{id}` twice, keyed differently"));
                }
            }
        }
        // Weights that are equal do not matter, and a sum is easier to read than a mean.
        if let Some(weight) = merged.first().map(|item| item.weight)
            && weight > 0.0
            && merged.iter().all(|item| (item.weight / weight - 1.0).abs() < 1e-12)
        {
            merged.iter_mut().for_each(|item| item.weight = 1.0);
        }
        merged.retain(|item| item.weight != 0.0);
        for item in &mut merged {
            item.ends = ends(program, item);
        }
        match merged.len() {
            0 | 1 => Err("it has fewer than two items".to_owned()),
            _ => Ok(Self { scale, items: merged }),
        }
    }

    /// The lowest and the highest sum of weighted items. `None` if there is no limit.
    #[must_use]
    pub fn ends(&self) -> Option<(f64, f64)> {
        self.items.iter().try_fold((0.0, 0.0), |(low, high), item| {
            let (a, b) = item.ends?;
            let (a, b) = (a * item.weight, b * item.weight);
            Some((low + a.min(b), high + a.max(b)))
        })
    }
}

/// Adds the items of `scale` and of its parts, each weight times `factor`.
fn collect(
    instrument: &Instrument,
    scale: ScaleIx,
    factor: f64,
    items: &mut Vec<KeyedItem>,
) -> Result<(), String> {
    let definition = &instrument.scales[scale.0];
    if !definition.is_scored() {
        return Err("its key is not known".to_owned());
    }
    let factor = match definition.score {
        ScoreKind::Sum => factor,
        ScoreKind::Mean => factor / definition.terms.len().max(1) as f64,
        ScoreKind::Min | ScoreKind::Max => {
            return Err("its score is a single answer, not a sum or mean".to_owned());
        }
        ScoreKind::Formula => return Err("its score is a formula".to_owned()),
    };
    let weight = |at: usize| factor * definition.weights.as_ref().map_or(1.0, |all| all[at]);
    match &definition.terms {
        Terms::Items(entries) => {
            items.extend(entries.iter().enumerate().map(|(at, entry)| KeyedItem {
                item: entry.item,
                expr: entry.keyed(instrument.response(entry.item)),
                is_reversed: entry.keying == Keying::Negative,
                weight: weight(at),
                ends: None,
            }));
            Ok(())
        }
        Terms::Scales(parts) => parts.iter().enumerate().try_for_each(|(at, part)| {
            let inner = &instrument.scales[part.scale.0];
            let factor = match inner.transform {
                Transform::None => weight(at),
                Transform::Linear { multiply, divide, add: _ } => weight(at) * multiply / divide,
                Transform::Rescale { .. } => {
                    return Err(format!("its part `{}` is rescaled", inner.id));
                }
            };
            let sign = if part.keying == Keying::Negative { -1.0 } else { 1.0 };
            collect(instrument, part.scale, factor * sign, items).map_err(|why| {
                format!("its part `{}` cannot be divided into items: {why}", inner.id)
            })
        }),
        Terms::Formula(_) => Err("its score is a formula".to_owned()),
        Terms::Unknown => Err("its key is not known".to_owned()),
    }
}

/// The lowest and the highest keyed answer that the definition allows.
fn ends(program: &Program, item: &KeyedItem) -> Option<(f64, f64)> {
    let answers: Vec<f64> = match &program.answer(item.item)?.accepted {
        Accepted::Values(values) => values.iter().map(|value| value.number()).collect(),
        Accepted::Between { min, max, .. } => {
            let is_limit = |end: &f64| end.abs() < scalewright_model::UNLIMITED;
            [*min, *max].into_iter().filter(is_limit).collect()
        }
        Accepted::Choices(_) => Vec::new(),
    };
    if answers.len() < 2 {
        return None;
    }
    let keyed = columns::alone(program, std::slice::from_ref(&item.expr));
    let of = |answer: f64| {
        let mut all = vec![None; program.answers.len()];
        all[item.item.0] = Some(answer);
        evaluate(&keyed, &Responses::of_one(&all))[0].score.get(0)
    };
    let keyed: Vec<f64> = answers.into_iter().filter_map(of).collect();
    let low = keyed.iter().copied().fold(f64::INFINITY, f64::min);
    let high = keyed.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (low < high).then_some((low, high))
}
