//! Mutants of formulas and conditions: comparisons, constants, `and` and `or`, limits, rows of tables.

use std::sync::Arc;

use scalewright_model::{
    Aggregate, Ask, Comparison, Expr, Fill, Formula, Instrument, ItemIx, OperationMut, Operator,
    Origin, Pointer, Scale, ScaleIx, Terms, Test,
};
use scalewright_scoring::emit::number;
use scalewright_scoring::test_text;

use super::{Maker, Mutant, nudged};

impl Maker<'_> {
    pub(super) fn formulas(&self, index: ScaleIx, all: &mut Vec<Mutant>) {
        let scale = self.scale(index);
        if !matches!(scale.terms, Terms::Formula(_)) {
            return;
        }
        // The derived scores of a norm use the same groups, so one mistake changes all of them.
        let together: Vec<ScaleIx> = match scale.origin {
            Origin::Norm(norm, _) => (0..self.instrument.scales.len())
                .map(ScaleIx)
                .filter(
                    |&other| matches!(self.scale(other).origin, Origin::Norm(of, _) if of == norm),
                )
                .collect(),
            Origin::Scale(_) | Origin::Flag(_) => vec![index],
        };
        // The first derived score of a norm makes the mutants for all of them.
        if together.first() != Some(&index) {
            return;
        }
        // One walk per mutant: each makes the next possible change, until there is none left.
        for target in 0.. {
            let changed: Vec<(ScaleIx, Scale, Option<Site>)> =
                together.iter().map(|&index| self.changed(index, target)).collect();
            let Some(site) = changed.iter().find_map(|(.., site)| site.clone()) else { return };
            let place = self.place(scale, &site);
            let scales = changed.into_iter().map(|(index, scale, _)| (index, scale)).collect();
            let what = format!("{} in {}`{}`", site.what, self.group(scale, &site), scale.id);
            let needs =
                format!("responses for which this matters, and the value of `{}`", scale.id);
            all.push(Mutant { scales, ask: None, what, place, needs, differs: false });
        }
    }

    /// Returns a scale with the `target`th possible change of its formula, and a description if there is such a change.
    fn changed(&self, index: ScaleIx, target: usize) -> (ScaleIx, Scale, Option<Site>) {
        let mut scale = self.scale(index).clone();
        let mut site = None;
        if let Terms::Formula(formula) = &mut scale.terms {
            let norm = matches!(scale.origin, Origin::Norm(..));
            // Numbers such as the 50 and 10 of a T score, or the position of a word, are not written by the author.
            let mut walk = self.walk(target, !norm && !matches!(**formula, Formula::Word { .. }));
            match &mut **formula {
                Formula::Number(chain) if norm => walk.groups(chain),
                Formula::Number(expr) | Formula::Word { position: expr, words: _ } => {
                    walk.expr(expr)
                }
                Formula::Truth(test) => walk.test(test),
            }
            site = walk.site;
        }
        (index, scale, site)
    }

    fn walk(&self, target: usize, constants: bool) -> Walk<'_> {
        let (instrument, tree) = (self.instrument, self);
        Walk { instrument, tree, target, seen: 0, constants, group: None, key: None, site: None }
    }

    fn place(&self, scale: &Scale, site: &Site) -> Pointer {
        if let Some((name, row)) = &site.table {
            return Pointer::table(name).key("rows").index(*row);
        }
        let keys: &[&str] = match scale.origin {
            Origin::Scale(_) => &["formula"],
            Origin::Flag(_) => &["when"],
            Origin::Norm(..) => &["groups"],
        };
        let place = self.key(&scale.pointer(), keys);
        let group = site.group.map(|group| place.index(group));
        let group = group.filter(|group| self.tree.value(group).is_some());
        group.map_or(place, |group| self.key(&group, site.key.as_slice()))
    }

    /// Names the group of a norm with several groups: `` group 2 of ``, counted from 1.
    fn group(&self, scale: &Scale, site: &Site) -> String {
        let groups = self.tree.value(&scale.pointer().key("groups"));
        let several = groups.and_then(|list| list.as_array()).is_some_and(|list| list.len() > 1);
        match site.group {
            Some(group) if several => format!("group {} of ", group + 1),
            _ => String::new(),
        }
    }

    fn is_written(&self, table: &str) -> bool {
        self.tree.value(&Pointer::table(table)).is_some()
    }

    /// Makes mutants of the condition of an item, and of the value that counts if it is not asked.
    pub(super) fn conditions(&self, item: ItemIx, all: &mut Vec<Mutant>) {
        let Some(ask) = &self.instrument.items[item.0].ask else { return };
        let id = &self.instrument.items[item.0].id;
        let place = Pointer::item(item);
        let mut push = |what: String, key: &str, ask: Ask| {
            let needs = format!("responses for which this matters, and a score that uses `{id}`");
            let place = self.key(&place, &[key]);
            all.push(Mutant {
                scales: Vec::new(),
                ask: Some((item, ask)),
                what,
                place,
                needs,
                differs: false,
            });
        };
        for target in 0.. {
            let mut then = ask.clone();
            let mut walk = self.walk(target, true);
            walk.test(&mut then.when);
            let Some(site) = walk.site else { break };
            push(format!("{} in the condition of `{id}`", site.what), "ask-if", then);
        }
        if ask.otherwise.is_some() {
            let then = Ask { otherwise: None, ..ask.clone() };
            push(format!("`{id}` is missing when it is not asked"), "when-not-asked", then);
        }
    }
}

/// The part of a formula that was changed.
#[derive(Clone)]
struct Site {
    what: String,
    /// The name of the table and the row, if a row of a table was changed.
    table: Option<(String, usize)>,
    /// The position of the group, if a norm was changed.
    group: Option<usize>,
    /// The key of the group that the author wrote.
    key: Option<&'static str>,
}

/// Walks over a formula and makes the `target`th possible change.
struct Walk<'a> {
    instrument: &'a Instrument,
    tree: &'a Maker<'a>,
    target: usize,
    /// The number of possible changes so far.
    seen: usize,
    /// Whether the author wrote the numbers outside of conditions.
    constants: bool,
    /// The group of a norm that the walk is in.
    group: Option<usize>,
    /// The key of that group.
    key: Option<&'static str>,
    site: Option<Site>,
}

impl Walk<'_> {
    /// Counts a possible change, and returns whether to make it.
    fn here(&mut self) -> bool {
        self.seen += 1;
        self.seen == self.target + 1
    }

    fn record(&mut self, what: String) {
        self.site = Some(Site { what, table: None, group: self.group, key: self.key });
    }

    /// Walks over the groups of a norm: a chain of choices, and a last group that may have no condition.
    fn groups(&mut self, chain: &mut Expr) {
        let mut rest = chain;
        for group in 0.. {
            self.group = Some(group);
            match rest {
                Expr::If { test, then, otherwise, unknown: _ } => {
                    self.key = Some("when");
                    self.test(test);
                    self.key = None;
                    self.expr(then);
                    rest = otherwise;
                }
                last => return self.expr(last),
            }
        }
    }

    fn nudge(&mut self, value: &mut f64) {
        if self.here() {
            let then = nudged(*value);
            self.record(format!("{} becomes {}", number(*value), number(then)));
            *value = then;
        }
    }

    /// Lowers or raises a limit by one, within `range`.
    fn limit(&mut self, limit: &mut usize, range: std::ops::RangeInclusive<usize>) {
        let before = *limit;
        for then in [before.saturating_sub(1), before + 1] {
            if then != before && range.contains(&then) && self.here() {
                self.record(format!("a limit of {before} becomes {then}"));
                *limit = then;
            }
        }
    }

    fn children(&mut self, children: Vec<OperationMut<'_>>) {
        for child in children {
            match child {
                OperationMut::Number(expr) => self.expr(expr),
                OperationMut::Truth(test) => self.test(test),
            }
        }
    }

    /// Changes the operands before the operation itself, so that the numbers of possible changes are stable.
    fn expr(&mut self, expr: &mut Expr) {
        if let Expr::Arithmetic { operator, left, right } = expr {
            return self.arithmetic(*operator, left, right);
        }
        self.children(expr.children_mut());
        match expr {
            Expr::Number(value) if self.constants => self.nudge(value),
            Expr::Round { of: _, decimals } if self.constants && self.here() => {
                self.record(format!(
                    "rounding to {decimals} decimals becomes rounding to {}",
                    *decimals + 1
                ));
                *decimals += 1;
            }
            Expr::Recode { of: _, table, other, missing } => {
                let mut rows = table.to_vec();
                rows.iter_mut().for_each(|(_, to)| self.nudge(to));
                *table = rows.into();
                other.iter_mut().chain(missing).for_each(|value| self.nudge(value));
            }
            Expr::Aggregate(aggregate) => self.aggregate(aggregate),
            Expr::Count { tests, need } if *need > 0 => self.limit(need, 1..=tests.len()),
            Expr::Lookup { of: _, table } if self.tree.is_written(&table.name) => self.rows(table),
            _ => {}
        }
    }

    /// Changes an arithmetic operation. In a norm, the author writes only the mean and the standard deviation.
    fn arithmetic(&mut self, operator: Operator, left: &mut Expr, right: &mut Expr) {
        let raw = |expr: &Expr| matches!(expr, Expr::Score(_));
        let moment = match (operator, &*left) {
            (Operator::Subtract, left) => raw(left),
            (Operator::Divide, Expr::Arithmetic { operator: Operator::Subtract, left, .. }) => {
                raw(left)
            }
            _ => false,
        };
        self.expr(left);
        match right {
            Expr::Number(value) if moment && !self.constants => {
                self.key = Some(if operator == Operator::Subtract { "mean" } else { "sd" });
                self.nudge(value);
                self.key = None;
            }
            right => self.expr(right),
        }
    }

    fn aggregate(&mut self, aggregate: &mut Aggregate) {
        // `min` and `max` with a number limit another term; they are not aggregates of a list of answers.
        if self.constants && !aggregate.terms.iter().any(|term| matches!(term, Expr::Number(_))) {
            self.limit(&mut aggregate.need, 1..=aggregate.terms.len());
        }
        match &mut aggregate.fill {
            Fill::Constant(value) => self.nudge(value),
            Fill::PersonMean if self.here() => {
                self.record("`prorate` is omitted".to_owned());
                aggregate.fill = Fill::Nothing;
            }
            _ => {}
        }
    }

    fn rows(&mut self, table: &mut Arc<scalewright_model::Table>) {
        for row in 0..table.rows.len() {
            if !self.here() {
                continue;
            }
            let name = table.name.clone();
            // This copies the table, which the definition and other mutants share.
            let Some((result, keys)) = Arc::make_mut(table).rows[row].split_last_mut() else {
                continue;
            };
            let keys: Vec<String> = keys.iter().map(|key| number(*key)).collect();
            let what = format!("`{name}` gives {} for {}", number(*result + 1.0), keys.join(", "));
            *result += 1.0;
            self.record(what);
            self.site.iter_mut().for_each(|site| site.table = Some((name.clone(), row)));
        }
    }

    fn test(&mut self, test: &mut Test) {
        let constants = std::mem::replace(&mut self.constants, true);
        let before = test.clone();
        self.children(test.children_mut());
        let flipped = match test {
            Test::Compare { comparison, left: _, right: _ } => {
                let here = self.here();
                *comparison = if here { flipped(*comparison) } else { *comparison };
                here
            }
            Test::AtLeast { count, tests } => {
                self.limit(count, 1..=tests.len());
                false
            }
            Test::All(tests) | Test::Any(tests) => tests.len() > 1 && self.here(),
            Test::Truth(_)
            | Test::Missing
            | Test::Flag(_)
            | Test::Not(_)
            | Test::IsUnknown(_)
            | Test::IsMissing(_) => false,
        };
        if flipped {
            *test = swapped(std::mem::replace(test, Test::Missing));
            let text = |test: &Test| test_text(test, self.instrument);
            self.record(format!("`{}` becomes `{}`", text(&before), text(test)));
        }
        self.constants = constants;
    }
}

fn swapped(test: Test) -> Test {
    match test {
        Test::All(tests) => Test::Any(tests),
        Test::Any(tests) => Test::All(tests),
        other => other,
    }
}

fn flipped(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::AtMost,
        Comparison::AtMost => Comparison::Less,
        Comparison::Equal => Comparison::Unequal,
        Comparison::Unequal => Comparison::Equal,
        Comparison::AtLeast => Comparison::Greater,
        Comparison::Greater => Comparison::AtLeast,
    }
}
