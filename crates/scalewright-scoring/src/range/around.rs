//! Bounds of what cannot be told exactly: never too narrow. Each node is gone through once.

use scalewright_model::{
    Aggregate, AggregateKind, Comparison, Expr, Fill, Function, Operator, TOLERANCE, Test,
};

use crate::evaluate;

use super::exact::Exact;
use super::graph::Op;
use super::{FARTHEST, GRAIN, MOST_PAIRS, Reach, Set, combine, distinct, outcome, size};
use crate::Accepted;

/// What the root of a graph can be, given the sets of those nodes that have one.
pub(super) fn root(exact: &Exact<'_, '_>, mut sets: Vec<Option<Set>>) -> Reach {
    let root = exact.graph.root();
    if let Some(set) = sets[root].take() {
        return Reach::of(set);
    }
    let mut reaches: Vec<Reach> = Vec::with_capacity(root + 1);
    for (node, set) in sets.into_iter().enumerate() {
        let reach = match set {
            Some(set) => Reach::of(set),
            None if exact.work.spend(10 + exact.graph.nodes[node].below.len()).is_none() => {
                Reach { may_miss: true, ..Reach::between(-FARTHEST, FARTHEST) }
            }
            None => finite(one(exact, node, &reaches)),
        };
        reaches.push(reach);
    }
    reaches.pop().unwrap_or_else(|| Reach::only(&[]))
}

/// A number that is too large for one is missing, so that how far it goes is not known.
fn finite(reach: Reach) -> Reach {
    if reach.low.is_finite() && reach.high.is_finite() {
        return reach;
    }
    // A minimum ignores what is no number at all.
    let (low, high) = (reach.low.max(f64::MIN), reach.high.min(f64::MAX));
    Reach { may_miss: true, ..Reach::between(low.min(f64::MAX), high.max(f64::MIN)) }
}

/// What a node can be, given what those before it can be.
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
        (Op::Score(position), _) => exact.reach(position).clone(),
        (Op::Asked(otherwise), [when, given]) => {
            let values: Vec<f64> = otherwise.into_iter().collect();
            let skipped = Reach { may_miss: otherwise.is_none(), ..Reach::only(&values) };
            let can = Truth::of(when);
            let parts = [(can.hold || when.may_miss, *given), (can.fail, &skipped)];
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
            let can = Truth::of(test);
            let taken = [can.hold, can.fail, test.may_miss];
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
            Reach { may_miss: !exact.complete, ..Reach::between(1.0, size(terms.len())) }
        }
        (Expr::Lookup { of: _, table }, keys) => lookup(table, keys, apart),
        (Expr::Eap { model, need, sd }, answers) => {
            estimated(exact, model, (*need, *sd), answers, apart)
        }
        _ => Reach { may_miss: true, ..Reach::between(-FARTHEST, FARTHEST) },
    }
}

/// Whether a condition can be true, and whether it can be false.
#[derive(Clone, Copy)]
struct Truth {
    hold: bool,
    fail: bool,
}

impl Truth {
    fn of(reach: &Reach) -> Self {
        let is = |wanted: f64| match &reach.values {
            Some(values) => values.iter().any(|value| (value - wanted).abs() < 0.5),
            None => true,
        };
        Self { hold: is(1.0), fail: is(0.0) }
    }

    fn reach(self, may_miss: bool) -> Reach {
        let values = [(self.fail, 0.0), (self.hold, 1.0)].into_iter().filter(|(can, _)| *can);
        let values: Vec<f64> = values.map(|(_, value)| value).collect();
        Reach { may_miss, exact: false, ..Reach::only(&values) }
    }
}

fn truth(test: &Test, below: &[&Reach]) -> Reach {
    let may_miss = below.iter().any(|reach| reach.may_miss);
    let each: Vec<Truth> = below.iter().map(|reach| Truth::of(reach)).collect();
    let at_least = |count: usize| {
        let holding = each.iter().filter(|truth| truth.hold).count();
        // One that is missing may be true as well.
        let failing = below.iter().zip(&each).filter(|(_, truth)| truth.fail).count();
        Truth { hold: holding >= count, fail: each.len() - failing < count }
    };
    let truth = match (test, below) {
        (Test::Compare { comparison, .. }, [left, right]) => compared(*comparison, left, right),
        (Test::AtLeast { count, tests: _ }, _) => at_least(*count),
        (Test::All(tests), _) => at_least(tests.len()),
        (Test::Any(_), _) => at_least(1),
        (Test::Not(_), [of]) => {
            let Truth { hold, fail } = Truth::of(of);
            Truth { hold: fail, fail: hold }
        }
        (Test::IsMissing(_) | Test::IsUnknown(_), [of]) => {
            return Truth { hold: of.may_miss, fail: !of.is_empty() }.reach(false);
        }
        _ => Truth { hold: true, fail: true },
    };
    truth.reach(may_miss)
}

fn compared(comparison: Comparison, left: &Reach, right: &Reach) -> Truth {
    if left.is_empty() || right.is_empty() {
        return Truth { hold: false, fail: false };
    }
    if let (Some(values), true) = (&left.values, right.low == right.high) {
        let met = |value: &f64| comparison.holds(*value, right.low);
        return Truth {
            hold: values.iter().any(met),
            fail: values.iter().any(|value| !met(value)),
        };
    }
    let below = left.low < right.high - TOLERANCE;
    let above = left.high > right.low + TOLERANCE;
    let meet = left.low <= right.high + TOLERANCE && left.high >= right.low - TOLERANCE;
    let (hold, fail) = match comparison {
        Comparison::Less => (below, above || meet),
        Comparison::AtMost => (below || meet, above),
        Comparison::Equal => (meet, below || above),
        Comparison::Unequal => (below || above, meet),
        Comparison::AtLeast => (above || meet, below),
        Comparison::Greater => (above, below || meet),
    };
    Truth { hold, fail }
}

/// Applies a function that is monotone, or any where the values are listed.
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
    // Numbers of which there is no root or logarithm give nothing.
    let applied = |x: f64| evaluate::apply(function, x).filter(|y| y.is_finite());
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
        (Function::Exp, None) => Reach { exact: false, ..map(of, applied) },
        (_, None) => map(of, applied),
    };
    Reach { may_miss: of.may_miss || misses || reach.may_miss, ..reach }
}

/// What any of several can be, of those that can be taken at all. Each comes about where that is known for sure.
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
            Reach { exact: true, ..Reach::between(*min, *max) }
        }
        (None, Accepted::Values(_)) => Reach::only(&[]),
    }
}

/// What two numbers can make, where they have nothing to do with each other or, where they have, more than they can.
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
    // Of listed divisors those next to 0 count, which may come about between the ends.
    let divisors = match (operator, &b.values) {
        (Operator::Divide, Some(values)) => next_to_zero(values),
        _ => vec![b.low, b.high],
    };
    let by_zero = divisors.is_empty() || (b.values.is_none() && b.low <= GRAIN && b.high >= -GRAIN);
    let (low, high) = match operator {
        Operator::Modulo => (b.low.min(0.0), b.high.max(0.0)),
        Operator::Divide if by_zero => (-FARTHEST, FARTHEST),
        _ => {
            let ends = [a.low, a.high].into_iter();
            let pairs = ends.flat_map(|x| divisors.iter().map(move |y| (x, *y)));
            let made: Vec<f64> =
                pairs.filter_map(|(x, y)| evaluate::arithmetic(operator, x, y)).collect();
            let low = made.iter().copied().fold(f64::INFINITY, f64::min);
            (low, made.iter().copied().fold(f64::NEG_INFINITY, f64::max))
        }
    };
    // In each of two numbers by itself, all but the remainder go one way.
    let goes_one_way = match operator {
        Operator::Add | Operator::Subtract | Operator::Multiply => true,
        Operator::Divide => !by_zero,
        Operator::Modulo => false,
    };
    Reach { exact: is_exact && goes_one_way, ..Reach::between(low, high) }
}

/// The lowest, the highest, and those on either side of 0.
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
    let stands_in = missing.filter(|_| of.may_miss);
    let reach = Reach::only(&distinct(known.into_iter().chain(stands_in)));
    Reach { exact, may_miss: lost || (of.may_miss && missing.is_none()), ..reach }
}

fn lookup(table: &scalewright_model::Table, keys: &[&Reach], apart: bool) -> Reach {
    let results = table.rows.iter().filter_map(|row| row.last().copied());
    let reach = Reach::only(&distinct(results));
    let whole = Reach { values: None, exact: false, may_miss: true, ..reach };
    let [key] = keys else { return whole };
    // A table that goes one way reaches its ends at those of its key.
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

/// The estimate is lowest where all answers are, and highest where all are: each answer above another makes higher
/// traits likelier. Of its standard deviation only bounds are known.
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
    let may_miss: Vec<bool> = (0..all)
        .map(|place| need < all && terms[place].may_miss && !aggregate.mandatory.contains(&place))
        .collect();
    let open = terms.iter().filter(|term| term.may_miss).count();
    let misses = all - open < aggregate.need.max(1)
        || aggregate.mandatory.iter().any(|&place| terms[place].may_miss);
    let exact = apart && terms.iter().all(|term| term.exact) && below.iter().all(|b| !b.is_empty());
    let reach = match aggregate.kind {
        AggregateKind::Min | AggregateKind::Max => extreme(aggregate, &terms, &may_miss),
        AggregateKind::Sum | AggregateKind::Mean => sum(aggregate, terms, may_miss, need),
    };
    Reach { exact: exact && reach.exact, may_miss: misses, ..reach }
}

fn sum(aggregate: &Aggregate, terms: Vec<Reach>, may_miss: Vec<bool>, need: usize) -> Reach {
    // Substitutes of their own make each missing term a value like any other.
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
        // With a limit, not every combination comes about.
        return Reach { exact: aggregate.need <= 1, ..Reach::between(low, high) };
    }
    let most_missing = may_miss.iter().filter(|&&may| may).count();
    let need = need.max(terms.len() - most_missing);
    let (low, high) = extremes(aggregate, &terms, &may_miss, need);
    Reach { exact: true, ..Reach::between(low, high) }
}

/// Lowest and highest of the lowest or highest of some terms.
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
    // What must be there bounds what the result can be; what may be missing only widens it.
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
    // With something missing, how many more may be is not looked at.
    Reach { exact: !may_miss.contains(&true), ..Reach::between(low, high) }
}

/// The lowest and highest score, by the lowest and highest sum of each number of present terms: the
/// mandatory ones and as many of the lowest, or highest, of the others.
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
