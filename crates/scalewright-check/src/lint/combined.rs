//! Lists of keyed answers that scales, and parts of formulas, combine into one number.

use scalewright_model::file::ScoreKind;
use scalewright_model::{
    Aggregate, AggregateKind, Diagnostic, Expr, Fill, ItemIx, Keying, Operation, Operator, Origin,
    Scale, ScaleIx, Terms,
};

use super::context::Context;

/// Keyed answers, and scores, that are combined into one number.
pub(crate) struct Combined<'a> {
    /// The scale whose score they are a part of.
    pub(crate) scale: &'a Scale,
    /// How they are combined.
    pub(crate) kind: AggregateKind,
    /// The answers.
    pub(crate) answers: Vec<KeyedAnswer>,
    /// The scores of other scales among the terms, without those that are subtracted.
    pub(crate) scores: Vec<ScaleIx>,
    /// The number of all terms.
    pub(crate) all: usize,
    /// The number of terms that must be present.
    pub(crate) need: usize,
    /// What replaces missing terms. `None` for terms that are added with `+`.
    pub(crate) fill: Option<&'a Fill>,
    /// Whether the terms have weights.
    pub(crate) weighted: bool,
    /// Whether the list is a part of a formula.
    pub(crate) in_formula: bool,
}

/// An answer in a list, with its key.
pub(crate) struct KeyedAnswer {
    /// The item.
    pub(crate) item: ItemIx,
    /// Whether a higher answer counts less, by the sign, a reversal or a recoding.
    pub(crate) reversed: bool,
    /// The lowest and the highest number that it counts.
    pub(crate) bounds: Option<(f64, f64)>,
    /// The position among the terms.
    pub(crate) position: usize,
}

impl<'a> Combined<'a> {
    /// The items, ascending.
    pub(crate) fn items(&self) -> Vec<ItemIx> {
        let mut items: Vec<ItemIx> = self.answers.iter().map(|answer| answer.item).collect();
        items.sort_unstable();
        items
    }

    /// Marks the entry of an answer: in the list of the scale, or its first mention in the formula.
    pub(crate) fn mark(
        &self,
        context: &Context<'_>,
        answer: &KeyedAnswer,
        finding: Diagnostic,
        text: &str,
    ) -> Diagnostic {
        if self.in_formula {
            let id = &context.instrument.items[answer.item.0].id;
            return context.mention(self.scale, id, finding, text);
        }
        finding.at(self.scale.pointer().key("items").index(answer.position), text)
    }

    /// Marks the rule for missing answers: the key of the scale, or its formula.
    pub(crate) fn mark_rule(&self, finding: Diagnostic, text: impl Into<String>) -> Diagnostic {
        let key = if self.in_formula { formula_key(self.scale) } else { "missing" };
        finding.at(self.scale.pointer().key(key), text)
    }

    /// The name of the list in a message: the scale, or a list of its formula.
    pub(crate) fn name(&self) -> String {
        match self.in_formula {
            true => format!("a list in the formula of `{}`", self.scale.id),
            false => format!("`{}`", self.scale.id),
        }
    }
}

/// The key with the formula of a scale or flag.
pub(crate) fn formula_key(scale: &Scale) -> &'static str {
    if matches!(scale.origin, Origin::Flag(_)) { "when" } else { "formula" }
}

impl<'a> Context<'a> {
    /// All lists of keyed answers: first those of scales, then those of formulas.
    pub(crate) fn combined(&self) -> Vec<Combined<'a>> {
        let instrument = self.instrument;
        let scales = instrument.scales.iter().filter_map(|scale| of_scale(self, scale));
        let mut all: Vec<Combined<'a>> = scales.collect();
        all.extend(self.combined_in_formulas());
        all
    }

    /// The lists of keyed answers in formulas.
    pub(crate) fn combined_in_formulas(&self) -> Vec<Combined<'a>> {
        let mut all = Vec::new();
        for (scale, formula, _) in self.formulas() {
            collect(self, scale, formula.root(), &mut all);
        }
        all
    }

    /// Marks the first mention of `id` in the formula of `scale`, or the whole formula if it is not written there.
    pub(crate) fn mention(
        &self,
        scale: &Scale,
        id: &str,
        finding: Diagnostic,
        text: impl Into<String>,
    ) -> Diagnostic {
        let place = scale.pointer().key(formula_key(scale));
        let written = match scale.origin {
            Origin::Scale(at) => self.file.scales[at].formula.as_deref(),
            Origin::Flag(at) => Some(self.file.flags[at].when.as_str()),
            Origin::Norm(..) => None,
        };
        match written.and_then(|written| word_in(written, id)) {
            Some(start) => finding.within(place, start..start + id.len(), text),
            None => finding.at(place, text),
        }
    }
}

/// The position of `word` in `text`, not as a part of a longer name.
fn word_in(text: &str, word: &str) -> Option<usize> {
    let is_part = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    text.match_indices(word).map(|(start, _)| start).find(|&start| {
        let bytes = text.as_bytes();
        let before = start.checked_sub(1).and_then(|at| bytes.get(at));
        !is_part(before) && !is_part(bytes.get(start + word.len()))
    })
}

fn of_scale<'a>(context: &Context<'a>, scale: &'a Scale) -> Option<Combined<'a>> {
    let Terms::Items(items) = &scale.terms else { return None };
    let kind = match scale.score {
        ScoreKind::Sum => AggregateKind::Sum,
        ScoreKind::Mean => AggregateKind::Mean,
        ScoreKind::Min => AggregateKind::Min,
        ScoreKind::Max => AggregateKind::Max,
        ScoreKind::Formula => return None,
    };
    let answers = items.iter().enumerate().map(|(position, entry)| {
        let falls = entry.recode.as_ref().is_some_and(|recode| falls(&recode.table));
        let reversed = (entry.keying == Keying::Negative) != falls;
        KeyedAnswer { item: entry.item, reversed, bounds: context.bounds(entry), position }
    });
    Some(Combined {
        scale,
        kind,
        answers: answers.collect(),
        scores: Vec::new(),
        all: items.len(),
        need: scale.missing.need,
        fill: Some(&scale.missing.fill),
        weighted: scale.weights.is_some(),
        in_formula: false,
    })
}

/// Adds the lists of an operation and of the operations below it.
fn collect<'a>(
    context: &Context<'a>,
    scale: &'a Scale,
    root: Operation<'a>,
    all: &mut Vec<Combined<'a>>,
) {
    let mut open = vec![root];
    while let Some(operation) = open.pop() {
        let is_chain = |expr: &Expr| {
            matches!(expr, Expr::Arithmetic { operator: Operator::Add | Operator::Subtract, .. })
        };
        match operation {
            Operation::Number(Expr::Aggregate(aggregate)) => {
                let terms = aggregate.terms.iter().map(|term| (term, true)).collect();
                all.push(list(context, scale, Some(aggregate), terms));
                open.extend(operation.children());
            }
            // An answer that is subtracted from a number is one term, and no list.
            Operation::Number(expr) if is_chain(expr) && keyed(expr).is_none() => {
                let mut terms = Vec::new();
                addends(expr, true, &mut terms);
                open.extend(terms.iter().map(|(term, _)| Operation::Number(term)));
                all.push(list(context, scale, None, terms));
            }
            Operation::Number(Expr::Eap { model, .. }) => {
                let terms = model.items.iter().map(|item| {
                    // A negative discrimination reverses the answer as a minus sign does.
                    (&item.answer, item.discrimination >= 0.0)
                });
                all.push(list(context, scale, None, terms.collect()));
            }
            _ => open.extend(operation.children()),
        }
    }
}

/// The terms of a chain of additions and subtractions, each with whether it is added.
fn addends<'a>(expr: &'a Expr, added: bool, terms: &mut Vec<(&'a Expr, bool)>) {
    match expr {
        _ if keyed(expr).is_some() => terms.push((expr, added)),
        Expr::Arithmetic { operator: Operator::Add, left, right } => {
            addends(left, added, terms);
            addends(right, added, terms);
        }
        Expr::Arithmetic { operator: Operator::Subtract, left, right } => {
            addends(left, added, terms);
            addends(right, !added, terms);
        }
        _ => terms.push((expr, added)),
    }
}

fn list<'a>(
    context: &Context<'a>,
    scale: &'a Scale,
    aggregate: Option<&'a Aggregate>,
    terms: Vec<(&'a Expr, bool)>,
) -> Combined<'a> {
    let answers = terms.iter().enumerate().filter_map(|(position, (term, added))| {
        let (item, reversed) = keyed(term)?;
        let bounds = bounds(context, term);
        Some(KeyedAnswer { item, reversed: reversed == *added, bounds, position })
    });
    let scores = terms.iter().filter(|(_, added)| *added).filter_map(|(term, _)| match term {
        Expr::Score(scale) => Some(*scale),
        _ => None,
    });
    Combined {
        scale,
        kind: aggregate.map_or(AggregateKind::Sum, |aggregate| aggregate.kind),
        answers: answers.collect(),
        scores: scores.collect(),
        all: terms.len(),
        need: aggregate.map_or(terms.len(), |aggregate| aggregate.need),
        fill: aggregate.map(|aggregate| &aggregate.fill),
        weighted: aggregate.is_some_and(|aggregate| aggregate.weights.is_some()),
        in_formula: true,
    }
}

/// The item whose keyed answer a term is, and whether it is reversed.
pub(crate) fn keyed(term: &Expr) -> Option<(ItemIx, bool)> {
    match term {
        Expr::Answer(item) => Some((*item, false)),
        Expr::Reverse { of, .. } => keyed(of).map(|(item, reversed)| (item, !reversed)),
        Expr::Recode { of, table, .. } => {
            keyed(of).map(|(item, reversed)| (item, reversed != falls(table)))
        }
        Expr::Arithmetic { operator: Operator::Subtract, left, right } => {
            let is_number = matches!(**left, Expr::Number(_));
            keyed(right).filter(|_| is_number).map(|(item, reversed)| (item, !reversed))
        }
        _ => None,
    }
}

/// The lowest and the highest number that a keyed answer counts.
fn bounds(context: &Context<'_>, term: &Expr) -> Option<(f64, f64)> {
    match term {
        Expr::Answer(item) => context.instrument.response(*item).bounds(),
        Expr::Reverse { low, high, .. } => Some((*low, *high)),
        Expr::Recode { table, other, missing, .. } => {
            let values = || table.iter().map(|(_, value)| *value).chain(*other).chain(*missing);
            let low = values().fold(f64::INFINITY, f64::min);
            Some((low, values().fold(f64::NEG_INFINITY, f64::max)))
        }
        Expr::Arithmetic { operator: Operator::Subtract, left, right } => {
            let Expr::Number(from) = **left else { return None };
            bounds(context, right).map(|(low, high)| (from - high, from - low))
        }
        _ => None,
    }
}

/// Whether a recoding, in ascending order of the answers, falls from the lowest to the highest.
pub(crate) fn falls(table: &[(f64, f64)]) -> bool {
    let never_rises = table.windows(2).all(|pair| pair[1].1 <= pair[0].1);
    never_rises && table.first().zip(table.last()).is_some_and(|(first, last)| last.1 < first.1)
}
