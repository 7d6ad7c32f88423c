//! Two columns that are exchanged.

use scalewright_model::{Diagnostic, Severity};

use crate::check::{Check, two};
use crate::collected::{Collected, Pairs};
use crate::shape::Shape;
use crate::statistics::{fisher, median};
use crate::turned::is_turned;

pub(super) static CHECK: Check = Check {
    name: "exchanged-columns",
    summary: "Two columns are probably exchanged",
    level: Severity::Warning,
    explain: include_str!("exchanged_columns.md"),
    run,
};

/// The fewest respondents.
const FEWEST: f64 = 100.0;
/// The least correlation of an item with the scale that it belongs to after the exchange.
const LEAST: f64 = 0.3;
/// The least standardised difference of the correlations.
const DIFFERS: f64 = 3.0;
/// The least standardised difference of means of exchanged items in a group.
const FAR: f64 = 6.0;

/// Two exchanged columns.
pub(super) struct Exchange {
    pub(super) a: usize,
    pub(super) b: usize,
    /// The group, if it is not all rows.
    group: Option<String>,
    /// The numbers behind it.
    why: String,
    strength: f64,
}

/// The pairs of exchanged columns in all rows, each item in at most one.
pub(super) fn found(collected: &Collected<'_>) -> Vec<Exchange> {
    by_scales(&collected.shape, &collected.whole.pairs)
}

fn by_scales(shape: &Shape, pairs: &Pairs) -> Vec<Exchange> {
    let mut all = Vec::new();
    for a in 0..shape.items.len() {
        for b in a + 1..shape.items.len() {
            all.extend(exchange(shape, pairs, a, b));
        }
    }
    best(all)
}

/// The strongest pairs, each item in one of them.
fn best(mut all: Vec<Exchange>) -> Vec<Exchange> {
    all.sort_by(|one, other| other.strength.total_cmp(&one.strength));
    let mut kept: Vec<Exchange> = Vec::new();
    for one in all {
        let is_used = |item: usize| kept.iter().any(|other| other.a == item || other.b == item);
        if !is_used(one.a) && !is_used(one.b) {
            kept.push(one);
        }
    }
    kept
}

/// Whether each of two items of different scales fits the other's scale much better than its own.
fn exchange(shape: &Shape, pairs: &Pairs, a: usize, b: usize) -> Option<Exchange> {
    let ((first, own), (second, other)) = (shape.items[a].scale?, shape.items[b].scale?);
    if first == second {
        return None;
    }
    let (left, right) = (&shape.scales[first], &shape.scales[second]);
    let on = |items: &[(usize, f64)], item: usize| items.iter().any(|(one, _)| *one == item);
    if on(&left.items, b) || on(&right.items, a) {
        return None;
    }
    let without = |items: &[(usize, f64)]| -> Vec<(usize, f64)> {
        items.iter().filter(|(item, _)| *item != a && *item != b).copied().collect()
    };
    let (left_rest, right_rest) = (without(&left.items), without(&right.items));
    // What is in the column of one item is keyed as the other.
    let (own_a, n) = pairs.with_rest(a, &left_rest)?;
    let (own_b, m) = pairs.with_rest(b, &right_rest)?;
    let (cross_a, _) = pairs.with_rest(a, &right_rest)?;
    let (cross_b, _) = pairs.with_rest(b, &left_rest)?;
    let (own_a, own_b, cross_a, cross_b) =
        (own * own_a, other * own_b, other * cross_a, own * cross_b);
    let n = n.min(m);
    let better = |cross: f64, own: f64| (fisher(cross) - fisher(own)) * ((n - 3.0) / 2.0).sqrt();
    let strength = better(cross_a, own_a).min(better(cross_b, own_b));
    let fits = cross_a >= LEAST && cross_b >= LEAST && n >= FEWEST && strength > DIFFERS;
    fits.then(|| Exchange {
        a,
        b,
        group: None,
        strength,
        why: format!(
            "the column of `{}` correlates {} with the rest of `{}` and {} with its own scale; that of `{}` correlates \
             {} with the rest of `{}` and {} with its own (n = {n})",
            shape.items[a].id,
            two(cross_a),
            right.id,
            two(own_a),
            shape.items[b].id,
            two(cross_b),
            left.id,
            two(own_b)
        ),
    })
}

/// Two items whose means in a group are those of the other elsewhere, while the other items are as elsewhere.
fn by_means(shape: &Shape, own: &Pairs, others: &Pairs) -> Vec<Exchange> {
    let deviate = |at: usize, from: usize| {
        let error =
            own.variance(at) / own.count(at, at) + others.variance(from) / others.count(from, from);
        (own.mean(at) - others.mean(from)) / error.sqrt()
    };
    let is_known = |at: &usize| {
        !shape.items[*at].values.is_empty()
            && own.count(*at, *at) >= FEWEST / 2.0
            && others.count(*at, *at) >= FEWEST / 2.0
    };
    let items: Vec<usize> = (0..shape.items.len()).filter(is_known).collect();
    let mut sizes: Vec<f64> = items.iter().map(|&at| deviate(at, at).abs()).collect();
    sizes.sort_by(f64::total_cmp);
    if items.len() < 4 || median(&sizes) > 3.0 {
        return Vec::new();
    }
    let mut all = Vec::new();
    for (at, &a) in items.iter().enumerate() {
        for &b in &items[at + 1..] {
            let (x, y) = (deviate(a, a), deviate(b, b));
            let is_far = x.abs() > FAR && y.abs() > FAR && x * y < 0.0;
            let same = shape.items[a].response == shape.items[b].response;
            if same && is_far && deviate(a, b).abs() < 3.0 && deviate(b, a).abs() < 3.0 {
                let why = format!(
                    "the means are {} and {}, elsewhere {} and {}",
                    two(own.mean(a)),
                    two(own.mean(b)),
                    two(others.mean(a)),
                    two(others.mean(b))
                );
                all.push(Exchange { a, b, group: None, why, strength: x.abs().min(y.abs()) });
            }
        }
    }
    best(all)
}

fn run(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let mut all = found(collected);
    for groups in &collected.axes {
        let is_turned = is_turned(&collected.shape, groups, &collected.whole.pairs);
        for at in (0..groups.groups.len()).filter(|_| groups.groups.len() > 1) {
            let own = &groups.groups[at].pairs;
            let others = collected.whole.pairs.without(own);
            let mut here = by_scales(&collected.shape, own);
            if !is_turned {
                here.extend(by_means(&collected.shape, own, &others));
            }
            for one in best(here) {
                if !all
                    .iter()
                    .any(|known| known.group.is_none() && known.a == one.a && known.b == one.b)
                {
                    all.push(Exchange { group: Some(groups.group_name(at)), ..one });
                }
            }
        }
    }
    all.iter().map(|one| finding(collected, one)).collect()
}

fn finding(collected: &Collected<'_>, one: &Exchange) -> Diagnostic {
    let id = |item: usize| &collected.shape.items[item].id;
    let place = one.group.as_ref().map_or(String::new(), |name| format!("in {name}, "));
    let message = format!(
        "{place}the columns of `{}` and `{}` are probably exchanged: {}",
        id(one.a),
        id(one.b),
        one.why
    );
    let pointer = scalewright_model::Pointer::item(scalewright_model::ItemIx(one.b)).key("id");
    CHECK
        .of_item(Severity::Warning, (collected, one.a), message)
        .at(pointer, "the other column")
        .help("compare the order of the columns with the form; a map (`--map`) can assign them")
}
