//! Bounds for values whose exact set is not known. They are never too narrow. Each node is visited once.

use scalewright_model::{
    Aggregate, AggregateKind, Comparison, Expr, Fill, Function, Operator, TOLERANCE, Test,
    UNLIMITED,
};

use crate::evaluate;

use super::exact::Exact;
use super::graph::Op;
use super::{
    FARTHEST, GRAIN, MOST_PAIRS, PossibleTruth, Reach, Set, combine, distinct, outcome, size,
};
use crate::Accepted;

/// The possible values of the root of a graph, given the exact sets of those nodes that have one.
pub(super) fn root(exact: &Exact<'_, '_>, mut sets: Vec<Option<Set>>) -> Reach {
    let root = exact.graph.root();
    if let Some(set) = sets[root].take() {
        return Reach::of(set);
    }
    let mut reaches: Vec<Reach> = Vec::with_capacity(root + 1);
    for (node, set) in sets.into_iter().enumerate() {
        let reach = match set {
            Some(set) => Reach::of(set),
            // The budget also covers these bounds, since a definition may have a formula of any size.
            None if exact.work.spend(10 + exact.graph.nodes[node].below.len()).is_none() => {
                Reach { may_miss: true, ..Reach::between(-FARTHEST, FARTHEST) }
            }
            None => known(one(exact, node, &reaches)),
        };
        reaches.push(reach);
    }
    reaches.pop().unwrap_or_else(|| Reach::only(&[]))
}

/// The reach with an infinite bound in place of an unknown one. A score beyond the range of a double is missing.
fn known(reach: Reach) -> Reach {
    if reach.low.is_finite() && reach.high.is_finite() {
        return reach;
    }
    // Products of 0 and an infinite bound are NaN.
    let low = if reach.low < f64::INFINITY { reach.low } else { f64::NEG_INFINITY };
    let high = if reach.high > f64::NEG_INFINITY { reach.high } else { f64::INFINITY };
    Reach { may_miss: true, ..Reach::between(low, high) }
}

/// The possible values of a node, given those of the nodes before it.
fn one(exact: &Exact<'_, '_>, node: usize, reaches: &[Reach]) -> Reach {
    let of = &exact.graph.nodes[node];
    let below: Vec<&Reach> = of.below.iter().map(|below| &reaches[*below]).collect();
    let apart = exact.graph.is_apart(node);
    match (of.op, &below[..]) {
        (Op::Constant(value), _) => {
            let values: Vec<f64> = value.into_iter().collect();
            Reach { may_miss: value.is_none(), ..Reach::only(&values) }
        }
        (Op::Given(accepted), _) => Reach { may_miss: !exact.complete, ..answers(accepted) },
        (Op::Chosen, _) => Reach::only(&[0.0, 1.0]),
        (Op::Score(position), _) => exact.reach(position).clone(),
        (Op::Asked(otherwise), [when, given]) => {
            let values: Vec<f64> = otherwise.into_iter().collect();
            let skipped = Reach { may_miss: otherwise.is_none(), ..Reach::only(&values) };
            let can = PossibleTruth::of(when);
            // If the condition is unknown, a given answer counts.
            let parts = [(can.can_be_true || when.may_miss, *given), (can.can_be_false, &skipped)];
            chosen(&parts, apart && when.exact)
        }
        (Op::Number(expr), below) => number(exact, expr, below, apart),
        (Op::Truth(test), below) => truth(test, below),
        _ => Reach { may_miss: true, ..Reach::between(-FARTHEST, FARTHEST) },
    }
}

fn number(exact: &Exact<'_, '_>, expr: &Expr, below: &[&Reach], apart: bool) -> Reach {
    match (expr, below) {
        (Expr::Reverse { of: _, low, high }, [of]) => map(of, |x| Some(low + high - x)),
        (Expr::Round { of: _, decimals }, [of]) => map(of, |x| Some(crate::rounded(x, *decimals))),
        (Expr::Recode { of: _, table, other, missing }, [of]) => {
            recoded(of, table, *other, *missing)
        }
        (Expr::Apply { function, of: _ }, [of]) => apply(*function, of),
        (Expr::Arithmetic { operator, left: _, right: _ }, [a, b]) => {
            let divides = matches!(operator, Operator::Divide | Operator::Modulo);
            let by_zero = divides && b.low <= GRAIN && b.high >= -GRAIN;
            let reach = combined(exact, *operator, a, b, apart);
            Reach { may_miss: a.may_miss || b.may_miss || by_zero, ..reach }
        }
        (Expr::If { .. }, [test, branches @ ..]) => {
            let can = PossibleTruth::of(test);
            let taken = [can.can_be_true, can.can_be_false, test.may_miss];
            let parts: Vec<(bool, &Reach)> =
                taken.into_iter().zip(branches.iter().copied()).collect();
            chosen(&parts, apart && test.exact)
        }
        (Expr::Aggregate(aggregate), terms) => gathered(aggregate, terms, apart),
        (Expr::Count { tests, need }, known) => {
            let may_miss = *need > 0 && known.iter().any(|test| test.may_miss);
            Reach { may_miss, ..Reach::between(0.0, size(tests.len())) }
        }
        (Expr::LongestRun(terms), _) => {
            // At least 1: without any answer the result is missing, not 0.
            Reach { may_miss: !exact.complete, ..Reach::between(1.0, size(terms.len())) }
        }
        (Expr::Lookup { of: _, table }, keys) => lookup(table, keys, apart),
        (Expr::Eap { model, need, sd }, answers) => {
            estimated(exact, model, (*need, *sd), answers, apart)
        }
        _ => Reach { may_miss: true, ..Reach::between(-FARTHEST, FARTHEST) },
    }
}

impl PossibleTruth {
    /// Reads the possible values of a condition, which are 1 and 0.
    pub(super) fn of(reach: &Reach) -> Self {
        let is = |wanted: f64| match &reach.values {
            Some(values) => values.iter().any(|value| (value - wanted).abs() < 0.5),
            None => true,
        };
        Self { can_be_true: is(1.0), can_be_false: is(0.0) }
    }

    fn reach(self, may_miss: bool) -> Reach {
        let values = [(self.can_be_false, 0.0), (self.can_be_true, 1.0)];
        let values = values.into_iter().filter(|(can, _)| *can);
        let values: Vec<f64> = values.map(|(_, value)| value).collect();
        Reach { may_miss, exact: false, ..Reach::only(&values) }
    }
}

fn truth(test: &Test, below: &[&Reach]) -> Reach {
    let may_miss = below.iter().any(|reach| reach.may_miss);
    let each: Vec<PossibleTruth> = below.iter().map(|reach| PossibleTruth::of(reach)).collect();
    let at_least = |count: usize| {
        let holding = each.iter().filter(|truth| truth.can_be_true).count();
        // Only conditions that can be false count here: a missing one may be true.
        let failing = below.iter().zip(&each).filter(|(_, truth)| truth.can_be_false).count();
        PossibleTruth { can_be_true: holding >= count, can_be_false: each.len() - failing < count }
    };
    let truth = match (test, below) {
        (Test::Compare { comparison, .. }, [left, right]) => compared(*comparison, left, right),
        (Test::AtLeast { count, tests: _ }, _) => at_least(*count),
        (Test::All(tests), _) => at_least(tests.len()),
        (Test::Any(_), _) => at_least(1),
        (Test::Not(_), [of]) => {
            let PossibleTruth { can_be_true, can_be_false } = PossibleTruth::of(of);
            PossibleTruth { can_be_true: can_be_false, can_be_false: can_be_true }
        }
        (Test::IsMissing(_) | Test::IsUnknown(_), [of]) => {
            let can = PossibleTruth { can_be_true: of.may_miss, can_be_false: !of.is_empty() };
            return can.reach(false);
        }
        _ => PossibleTruth { can_be_true: true, can_be_false: true },
    };
    truth.reach(may_miss)
}

fn compared(comparison: Comparison, left: &Reach, right: &Reach) -> PossibleTruth {
    if left.is_empty() || right.is_empty() {
        return PossibleTruth { can_be_true: false, can_be_false: false };
    }
    // A list shows gaps that its bounds do not: a number between two of its values is never equal to one.
    if let (Some(values), true) = (&left.values, right.low == right.high) {
        let met = |value: &f64| comparison.holds(*value, right.low);
        return PossibleTruth {
            can_be_true: values.iter().any(met),
            can_be_false: values.iter().any(|value| !met(value)),
        };
    }
    let below = left.low < right.high - TOLERANCE;
    let above = left.high > right.low + TOLERANCE;
    let equal = left.low <= right.high + TOLERANCE && left.high >= right.low - TOLERANCE;
    let (can_be_true, can_be_false) = match comparison {
        Comparison::Less => (below, above || equal),
        Comparison::AtMost => (below || equal, above),
        Comparison::Equal => (equal, below || above),
        Comparison::Unequal => (below || above, equal),
        Comparison::AtLeast => (above || equal, below),
        Comparison::Greater => (above, below || equal),
    };
    PossibleTruth { can_be_true, can_be_false }
}

/// Applies a function. It must be monotone, unless the values are listed.
fn map(of: &Reach, f: impl Fn(f64) -> Option<f64>) -> Reach {
    match &of.values {
        Some(values) => {
            let made: Vec<Option<f64>> = values.iter().map(|value| f(*value)).collect();
            let may_miss = of.may_miss || made.contains(&None);
            let all = distinct(made.into_iter().flatten());
            Reach { exact: of.exact, may_miss, ..Reach::only(&all) }
        }
        None => {
            let (a, b) = (f(of.low).unwrap_or(of.low), f(of.high).unwrap_or(of.high));
            Reach { low: a.min(b), high: a.max(b), ..of.clone() }
        }
    }
}

fn apply(function: Function, of: &Reach) -> Reach {
    // A number without a root or logarithm makes the result missing.
    let bound = |x: f64| evaluate::apply(function, x);
    // A value that overflows is missing, but a bound that does must stay infinite: `finite` makes it the widest.
    let applied = |x: f64| bound(x).filter(|y| y.is_finite());
    let misses = match function {
        Function::Sqrt => of.low < 0.0,
        Function::Ln => of.low <= 0.0,
        _ => false,
    };
    let reach = match (function, &of.values) {
        (_, Some(_)) => map(of, applied),
        (Function::Abs, None) if of.low < 0.0 && of.high > 0.0 => {
            Reach::between(0.0, of.high.max(-of.low))
        }
        (Function::Sqrt, None) if of.low < 0.0 => Reach::between(0.0, of.high.max(0.0).sqrt()),
        (Function::Ln, None) if of.low <= 0.0 => {
            Reach::between(-FARTHEST, of.high.max(f64::MIN_POSITIVE).ln())
        }
        (Function::Exp, None) => Reach { exact: false, ..map(of, bound) },
        (_, None) => map(of, bound),
    };
    Reach { may_miss: of.may_miss || misses || reach.may_miss, ..reach }
}

/// The union of the parts that can be chosen at all. It is exact only if `is_sure`: if every part can certainly occur
/// with all of its values.
fn chosen(parts: &[(bool, &Reach)], is_sure: bool) -> Reach {
    let taken: Vec<&Reach> = parts.iter().filter(|(can, _)| *can).map(|(_, part)| *part).collect();
    let reach = union(&taken);
    Reach { exact: is_sure && taken.iter().all(|part| part.exact), ..reach }
}

fn union(parts: &[&Reach]) -> Reach {
    let filled: Vec<&&Reach> = parts.iter().filter(|part| !part.is_empty()).collect();
    let may_miss = parts.iter().any(|part| part.may_miss);
    let Some(first) = filled.first() else { return Reach { may_miss, ..Reach::only(&[]) } };
    let low = filled.iter().fold(first.low, |low, part| low.min(part.low));
    let high = filled.iter().fold(first.high, |high, part| high.max(part.high));
    let listed: Option<Vec<&Vec<f64>>> = filled.iter().map(|part| part.values.as_ref()).collect();
    let values = listed.map(|lists| distinct(lists.into_iter().flatten().copied()));
    let values = values.filter(|values| values.len() <= super::MOST_VALUES);
    Reach { low, high, values, exact: false, may_miss }
}

fn answers(accepted: &Accepted) -> Reach {
    match (super::exact::listed(accepted), accepted) {
        (Some(values), _) => Reach::only(&values),
        (None, Accepted::Between { min, max, .. }) => {
            // A limit that is not stated limits no score.
            let low = if *min > -UNLIMITED { *min } else { f64::NEG_INFINITY };
            let high = if *max < UNLIMITED { *max } else { f64::INFINITY };
            Reach { exact: low.is_finite() && high.is_finite(), ..Reach::between(low, high) }
        }
        (None, Accepted::Values(_) | Accepted::Choices(_)) => Reach::only(&[]),
    }
}

/// The possible results of an operator on two numbers. If the numbers share answers (`apart` is false), the result may
/// be too wide.
fn combined(exact: &Exact<'_, '_>, operator: Operator, a: &Reach, b: &Reach, apart: bool) -> Reach {
    if a.is_empty() || b.is_empty() {
        return Reach::only(&[]);
    }
    let is_exact = apart && a.exact && b.exact;
    if let (Some(left), Some(right)) = (&a.values, &b.values) {
        let pairs = left.len().saturating_mul(right.len());
        if pairs <= MOST_PAIRS && exact.work.spend(pairs.saturating_mul(4)).is_some() {
            let made = left.iter().flat_map(|x| right.iter().map(move |y| (*x, *y)));
            let made = made.filter_map(|(x, y)| evaluate::arithmetic(operator, x, y));
            let all = distinct(made.filter(|value| value.is_finite()));
            return Reach { exact: is_exact, values: None, ..Reach::only(&all) };
        }
    }
    // The quotient is extreme at the divisors nearest to 0, which may be between the lowest and the highest divisor.
    let divisors = match (operator, &b.values) {
        (Operator::Divide, Some(values)) => next_to_zero(values),
        _ => vec![b.low, b.high],
    };
    let by_zero = divisors.is_empty() || (b.values.is_none() && b.low <= GRAIN && b.high >= -GRAIN);
    let (low, high) = match operator {
        Operator::Modulo => (b.low.min(0.0), b.high.max(0.0)),
        Operator::Divide if by_zero => match a.low.is_finite() && a.high.is_finite() {
            true => (-FARTHEST, FARTHEST),
            false => (f64::NEG_INFINITY, f64::INFINITY),
        },
        _ => {
            let ends = [a.low, a.high].into_iter();
            let pairs = ends.flat_map(|x| divisors.iter().map(move |y| (x, *y)));
            let made: Vec<f64> =
                pairs.filter_map(|(x, y)| evaluate::arithmetic(operator, x, y)).collect();
            let low = made.iter().copied().fold(f64::INFINITY, f64::min);
            (low, made.iter().copied().fold(f64::NEG_INFINITY, f64::max))
        }
    };
    // If the operator is monotone in each of the two numbers, the extremes are reached at their bounds.
    let is_monotone = match operator {
        Operator::Add | Operator::Subtract | Operator::Multiply => true,
        Operator::Divide => !by_zero,
        Operator::Modulo => false,
    };
    Reach { exact: is_exact && is_monotone, ..Reach::between(low, high) }
}

/// The lowest and the highest value, and the nearest ones on either side of 0; without 0 itself.
fn next_to_zero(values: &[f64]) -> Vec<f64> {
    let below = values.iter().rev().find(|value| **value < -1e-12);
    let above = values.iter().find(|value| **value > 1e-12);
    let all = [values.first(), below, above, values.last()].into_iter().flatten().copied();
    all.filter(|value| value.abs() > 1e-12).collect()
}

fn recoded(of: &Reach, table: &[(f64, f64)], other: Option<f64>, missing: Option<f64>) -> Reach {
    let (known, exact, lost) = match &of.values {
        Some(values) => {
            let one = |x: &f64| outcome::recoded(table, *x).or(other);
            let made: Vec<Option<f64>> = values.iter().map(one).collect();
            let lost = made.contains(&None);
            (made.into_iter().flatten().collect::<Vec<_>>(), of.exact, lost)
        }
        None => {
            let all = table.iter().map(|(_, value)| *value).chain(other);
            (all.collect(), false, other.is_none())
        }
    };
    let substitute = missing.filter(|_| of.may_miss);
    let reach = Reach::only(&distinct(known.into_iter().chain(substitute)));
    Reach { exact, may_miss: lost || (of.may_miss && missing.is_none()), ..reach }
}

fn lookup(table: &scalewright_model::Table, keys: &[&Reach], apart: bool) -> Reach {
    let results = table.rows.iter().filter_map(|row| row.last().copied());
    let reach = Reach::only(&distinct(results));
    let whole = Reach { values: None, exact: false, may_miss: true, ..reach };
    let [key] = keys else { return whole };
    // A monotone table reaches its lowest and highest value at the bounds of its key.
    let column: Vec<f64> = table.rows.iter().filter_map(|row| row.last().copied()).collect();
    let up = column.windows(2).all(|pair| pair[0] <= pair[1]);
    let down = column.windows(2).all(|pair| pair[0] >= pair[1]);
    let ends = [key.low, key.high].map(|end| evaluate::found(table, &[end]));
    match ends {
        [Some(a), Some(b)] if (up || down) && key.values.is_none() => {
            let exact = apart && key.exact;
            Reach { exact, may_miss: true, ..Reach::between(a.min(b), a.max(b)) }
        }
        _ => whole,
    }
}

/// The possible values of an estimate. It is lowest if all answers are lowest and highest if all are highest, because a
/// higher answer makes higher traits more likely. For its standard deviation, only bounds are known.
fn estimated(
    exact: &Exact<'_, '_>,
    model: &scalewright_model::Model,
    (need, sd): (usize, bool),
    answers: &[&Reach],
    apart: bool,
) -> Reach {
    let may_miss = answers.iter().filter(|answer| answer.may_miss).count()
        > model.items.len().saturating_sub(need);
    let ends = (model.points.first(), model.points.last());
    let (Some(first), Some(last)) = ends else { return Reach::only(&[]) };
    if sd {
        return Reach { may_miss, ..Reach::between(0.0, last.0 - first.0) };
    }
    let likely = outcome::Likely::of(model, exact.work);
    let all = |end: fn(&Reach) -> f64| {
        let answers: Vec<f64> = answers.iter().map(|answer| end(answer)).collect();
        likely.as_ref()?.estimate(model, &answers, need, sd)
    };
    let whole = answers.iter().zip(&model.items).all(|(answer, item)| {
        let lists = |end: f64, value: Option<&f64>| value.is_some_and(|x| (x - end).abs() < GRAIN);
        let ends = [(answer.low, item.values.first()), (answer.high, item.values.last())];
        answer.exact && ends.into_iter().all(|(end, value)| lists(end, value))
    });
    match (all(|answer| answer.low), all(|answer| answer.high)) {
        (Some(low), Some(high)) if apart && whole => {
            Reach { exact: true, may_miss, ..Reach::between(low, high) }
        }
        _ => Reach { may_miss, ..Reach::between(first.0, last.0) },
    }
}

fn gathered(aggregate: &Aggregate, below: &[&Reach], apart: bool) -> Reach {
    let adds = matches!(aggregate.kind, AggregateKind::Sum | AggregateKind::Mean);
    let all = below.len();
    let need = aggregate.need.min(all);
    let terms: Vec<Reach> = below
        .iter()
        .enumerate()
        .map(|(place, term)| {
            let weight = aggregate.weights.as_ref().filter(|_| adds).map_or(1.0, |all| all[place]);
            let (a, b) = (term.low * weight, term.high * weight);
            Reach { values: None, low: a.min(b), high: a.max(b), ..(*term).clone() }
        })
        .collect();
    // A score can lack a term only if not all terms are needed and the term is not mandatory.
    let may_miss: Vec<bool> = (0..all)
        .map(|place| need < all && terms[place].may_miss && !aggregate.mandatory.contains(&place))
        .collect();
    let open = terms.iter().filter(|term| term.may_miss).count();
    let misses = all - open < aggregate.need.max(1)
        || aggregate.mandatory.iter().any(|&place| terms[place].may_miss);
    // The bounds of a term without any value are 0, which it cannot reach.
    let exact = apart && terms.iter().all(|term| term.exact) && below.iter().all(|b| !b.is_empty());
    let reach = match aggregate.kind {
        AggregateKind::Min | AggregateKind::Max => extreme(aggregate, &terms, &may_miss),
        AggregateKind::Sum | AggregateKind::Mean => sum(aggregate, terms, may_miss, need),
    };
    Reach { exact: exact && reach.exact, may_miss: misses, ..reach }
}

fn sum(aggregate: &Aggregate, terms: Vec<Reach>, may_miss: Vec<bool>, need: usize) -> Reach {
    // With a substitute for each term, a missing term is just another value of the term.
    if let Fill::Each(each) = &aggregate.fill {
        let filled = terms.iter().zip(&may_miss).zip(each.iter().enumerate());
        let filled: Vec<Reach> = filled
            .map(|((term, &may), (place, &value))| {
                let weight = aggregate.weights.as_ref().map_or(1.0, |weights| weights[place]);
                let stand_in = Reach::only(&[value * weight]);
                if may { union(&[term, &stand_in]) } else { term.clone() }
            })
            .collect();
        let none = vec![false; filled.len()];
        let (low, high) = extremes(aggregate, &filled, &none, filled.len());
        // If more than one answer is needed, not every combination is reachable.
        return Reach { exact: aggregate.need <= 1, ..Reach::between(low, high) };
    }
    let most_missing = may_miss.iter().filter(|&&may| may).count();
    // Terms that cannot be missing are always present, even if fewer are needed.
    let need = need.max(terms.len() - most_missing);
    let (low, high) = extremes(aggregate, &terms, &may_miss, need);
    Reach { exact: true, ..Reach::between(low, high) }
}

/// The bounds of the minimum or maximum of some terms.
fn extreme(aggregate: &Aggregate, terms: &[Reach], may_miss: &[bool]) -> Reach {
    let mut parts: Vec<Reach> = terms.to_vec();
    let fill: Vec<f64> = match &aggregate.fill {
        Fill::Constant(value) => vec![*value],
        Fill::Each(each) => each.to_vec(),
        Fill::Nothing | Fill::PersonMean => Vec::new(),
    };
    let fills = may_miss.contains(&true) && !fill.is_empty();
    parts.extend(fill.into_iter().filter(|_| fills).map(|value| Reach::only(&[value])));
    let least = |f: fn(&Reach) -> f64| parts.iter().map(f).fold(f64::INFINITY, f64::min);
    let most = |f: fn(&Reach) -> f64| parts.iter().map(f).fold(f64::NEG_INFINITY, f64::max);
    // A term that cannot be missing limits the result on one side; a term that may be missing can only widen it. `zip`
    // ends with the terms: the substitutes after them need not occur.
    let fixed: Vec<&Reach> =
        parts.iter().zip(may_miss).filter(|(_, may)| !**may).map(|(part, _)| part).collect();
    let (low, high) = match aggregate.kind {
        AggregateKind::Max => {
            let floor = fixed.iter().map(|part| part.low).fold(f64::NEG_INFINITY, f64::max);
            (floor.max(least(|p| p.low)), most(|p| p.high))
        }
        _ => {
            let ceiling = fixed.iter().map(|part| part.high).fold(f64::INFINITY, f64::min);
            (least(|p| p.low), ceiling.min(most(|p| p.high)))
        }
    };
    // The limit on the number of missing terms is ignored here, so the bounds may be too wide.
    Reach { exact: !may_miss.contains(&true), ..Reach::between(low, high) }
}

/// The lowest and the highest score. For each possible number of present terms, the lowest sum is that of the terms
/// that cannot be missing and of the lowest of the others; likewise for the highest.
fn extremes(aggregate: &Aggregate, terms: &[Reach], may_miss: &[bool], need: usize) -> (f64, f64) {
    let (mut low, mut high) = (0.0, 0.0);
    let (mut lows, mut highs) = (Vec::new(), Vec::new());
    for (term, &may_miss) in terms.iter().zip(may_miss) {
        if may_miss {
            lows.push(term.low);
            highs.push(term.high);
        } else {
            low += term.low;
            high += term.high;
        }
    }
    lows.sort_by(f64::total_cmp);
    highs.sort_by(|a, b| b.total_cmp(a));
    let fixed = terms.len() - lows.len();
    let mut ends: Option<(f64, f64)> = None;
    for more in 0..=lows.len() {
        if more > 0 {
            low += lows[more - 1];
            high += highs[more - 1];
        }
        let present = fixed + more;
        if present >= need.max(1) {
            let present = size(present);
            let (a, b) = (combine(aggregate, low, present), combine(aggregate, high, present));
            ends = Some(ends.map_or((a, b), |(c, d)| (a.min(c), b.max(d))));
        }
    }
    ends.unwrap_or((0.0, 0.0))
}
