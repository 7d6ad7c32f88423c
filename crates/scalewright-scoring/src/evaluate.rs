//! Computes scores from responses, column by column. One respondent and ten million take the same path.
//!
//! Rows are processed in stretches that fit in the processor's cache. A missing number is marked as missing. An
//! undefined result (a division by zero, the logarithm of zero) is missing too.

mod checked;
mod chunk;
mod codes;
mod column;
pub(crate) mod eap;
mod lane;
mod scored;
mod settle;
mod truth;

use scalewright_model::file::{Matching, Outside};
use scalewright_model::{
    Aggregate, AggregateKind, Expr, Fill, Formula, Function, ItemIx, Operator, TOLERANCE, Table,
    Test, is_chosen,
};

use crate::program::is_whole;
use crate::{Answer, EvalStep, Program, Score, rounded};
use chunk::{Chunk, Target};
use codes::{Coded, Codes, Sums};
use lane::{Lane, ROWS};
use truth::{Tally, Truth, Truths};

pub use checked::InvalidResponses;
pub use column::Column;
pub use scored::Scored;

/// The coded answers of many respondents, one column per item, in the instrument's order. [`Responses::new`] checks
/// columns from outside. Code that fills the fields directly must keep the invariants that it checks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Responses {
    /// The number of respondents.
    pub rows: usize,
    /// One column for each item of the instrument, with `rows` rows.
    pub items: Vec<Column>,
}

impl Responses {
    /// The responses of one respondent; `answers` has one entry for each item of the instrument.
    #[must_use]
    pub fn of_one(answers: &[Option<f64>]) -> Self {
        let column = |answer: &Option<f64>| {
            let mut column = Column::default();
            column.push(*answer);
            column
        };
        Self { rows: 1, items: answers.iter().map(column).collect() }
    }
}

/// Scores all respondents; the result is parallel to `program.scores`.
#[must_use]
pub fn evaluate(program: &Program, responses: &Responses) -> Vec<Scored> {
    let mut scored = Vec::new();
    run(program, responses, &mut scored, true);
    scored
}

/// Scores all respondents into `scored`, reusing its memory. Answers are not counted.
pub fn evaluate_scores(program: &Program, responses: &Responses, scored: &mut Vec<Scored>) {
    run(program, responses, scored, false);
}

/// Scores all respondents as [`evaluate`] does, into `scored`, reusing its memory.
pub fn evaluate_into(program: &Program, responses: &Responses, scored: &mut Vec<Scored>) {
    run(program, responses, scored, true);
}

fn run(program: &Program, responses: &Responses, scored: &mut Vec<Scored>, count: bool) {
    scored.resize_with(program.scores.len(), Scored::default);
    let targets = scored.iter_mut().map(|scored| Target::of(scored, responses.rows, count));
    let whole = Chunk { from: 0, rows: responses.rows, targets: targets.collect() };
    let prepared = Prepared::of(program);
    chunk::each(whole, |mut chunk| {
        while chunk.rows > 0 {
            stretch(program, responses, &prepared, chunk.front(ROWS), count);
        }
    });
}

/// What is computed once from the program, before any row is read.
struct Prepared {
    /// For each score, whether binary arithmetic may miss a decimal result slightly, so that it must be tidied.
    tidy: Vec<bool>,
    /// For each item, the accepted answers, if they fit in bytes.
    codes: Vec<Option<Codes>>,
}

impl Prepared {
    fn of(program: &Program) -> Self {
        let codes = |answer: &Option<Answer>| Codes::of(&answer.as_ref()?.accepted);
        Self {
            tidy: program.scores.iter().map(|s| needs_tidying(&s.formula, program)).collect(),
            codes: program.answers.iter().map(codes).collect(),
        }
    }
}

/// Evaluates a stretch of rows and writes each score directly into its target.
fn stretch(
    program: &Program,
    responses: &Responses,
    prepared: &Prepared,
    mut chunk: Chunk<'_>,
    count: bool,
) {
    let (from, rows) = (chunk.from, chunk.rows);
    let mut gated = vec![None; program.answers.len()];
    for step in &program.order {
        // The target is taken out of the list, so that it can be written while earlier scores are read from the list.
        let mut target = match *step {
            EvalStep::Ask(_) => Target::default(),
            EvalStep::Score(position) => std::mem::take(&mut chunk.targets[position]),
        };
        let scored = &chunk.targets;
        let codes = &prepared.codes;
        let work = Stretch { program, responses, codes, scored, gated: &gated, from, rows };
        match *step {
            EvalStep::Ask(item) => gated[item.0] = work.asked(item),
            EvalStep::Score(position) => {
                let score = &program.scores[position];
                work.formula(&score.formula, prepared.tidy[position], &mut target);
                if count {
                    work.answered(score, target.answered);
                }
                chunk.targets[position] = target;
            }
        }
    }
}

/// A stretch of rows during evaluation, with the results so far.
struct Stretch<'a> {
    program: &'a Program,
    responses: &'a Responses,
    codes: &'a [Option<Codes>],
    /// The scores of this stretch; only those already computed may be read.
    scored: &'a [Target<'a>],
    /// For each item, its effective answers if it is asked under a condition.
    gated: &'a [Option<Lane>],
    from: usize,
    rows: usize,
}

impl Stretch<'_> {
    /// The effective answers to an item that is asked under a condition: the declared value where it was not asked.
    fn asked(&self, item: ItemIx) -> Option<Lane> {
        let answer = self.program.answer(item)?;
        let asked = answer.asked.as_ref()?;
        let mut lane = self.plain_answer(item);
        // The same rule as for answers from outside: a value that is not accepted is missing.
        let otherwise = asked.otherwise.filter(|value| answer.accepted.contains(*value));
        let Truths { truths, filled } = self.test(&asked.when);
        for (row, when) in truths.into_iter().enumerate() {
            // Only a false condition discards an answer. If the condition is unknown, the recorded answer counts.
            if when == Truth::False {
                lane.set(row, otherwise);
                lane.filled[row] = lane.present[row] && filled[row];
            }
        }
        Some(lane)
    }

    fn plain_answer(&self, item: ItemIx) -> Lane {
        let mut lane = Lane::missing(self.rows);
        let Some(answer) = self.program.answer(item) else { return lane };
        let column = &self.responses.items[item.0];
        column.copy(self.from, &mut lane.values, &mut lane.present);
        for (value, present) in lane.values.iter_mut().zip(&mut lane.present) {
            *present = *present && answer.accepted.contains(*value);
            // A missing number is 0, as in every lane.
            *value = if *present { *value } else { 0.0 };
        }
        lane
    }

    /// Counts for each row how many items of a score were answered. An item that was not asked counts as answered if a
    /// value is declared for that case.
    fn answered(&self, score: &Score, answered: &mut [u32]) {
        let mut sums = Sums::new(self.rows);
        let mut together = Vec::with_capacity(score.items.len());
        answered.fill(0);
        for item in &score.items {
            // Only the counts are used, so reversal does not matter.
            if let Some(coded) = self.coded_item(*item, false) {
                together.push(coded);
                continue;
            }
            let lane = self.expr(&Expr::Answer(*item));
            for (count, present) in answered.iter_mut().zip(lane.present) {
                *count += u32::from(present);
            }
        }
        sums.add(&mut together);
        sums.counted(answered);
    }

    /// Evaluates a score into its target.
    fn formula(&self, formula: &Formula, tidy: bool, target: &mut Target<'_>) {
        match formula {
            Formula::Number(expr) => {
                match expr {
                    Expr::Aggregate(aggregate) if self.plain_sum(aggregate, target) => {}
                    _ => target.put(&self.expr(expr)),
                }
                if tidy {
                    tidied(target.values);
                }
            }
            Formula::Word { position, words: _ } => target.put(&self.expr(position)),
            Formula::Truth(test) => target.put(&self.test(test).lane()),
        }
    }

    fn score(&self, scale: scalewright_model::ScaleIx) -> Lane {
        let Some(position) = self.program.position(scale) else { return Lane::missing(self.rows) };
        let scored = &self.scored[position];
        Lane {
            // A copy, because lanes are changed in place. Sums of scores, which are frequent, use `scored_term`
            // instead.
            values: scored.values.to_vec(),
            present: scored.present.to_vec(),
            filled: scored.prorated.to_vec(),
        }
    }

    fn expr(&self, expr: &Expr) -> Lane {
        match expr {
            Expr::Number(value) => Lane::constant(Some(*value), self.rows),
            Expr::Missing => Lane::missing(self.rows),
            Expr::Answer(item) => match &self.gated[item.0] {
                Some(lane) => lane.clone(),
                None => self.plain_answer(*item),
            },
            Expr::Chosen { item, option } => self.chosen(*item, *option),
            Expr::Score(scale) => self.score(*scale),
            Expr::Reverse { of, low, high } => self.expr(of).map(|x| Some(low + high - x)),
            Expr::Recode { of, table, other, missing } => {
                self.recode(self.expr(of), table, *other, *missing)
            }
            Expr::Aggregate(aggregate) => self.aggregate(aggregate),
            Expr::Count { tests, need } => self.count(tests, *need),
            Expr::LongestRun(terms) => self.longest_run(terms),
            Expr::Arithmetic { operator, left, right } => {
                let right = self.expr(right);
                self.expr(left).zip(&right, |a, b| arithmetic(*operator, a, b))
            }
            Expr::Apply { function, of } => self.expr(of).map(|x| apply(*function, x)),
            Expr::Round { of, decimals } => self.expr(of).map(|x| Some(rounded(x, *decimals))),
            Expr::If { test, then, otherwise, unknown } => {
                self.choose(self.test(test), [then, otherwise, unknown])
            }
            Expr::Lookup { of, table } => self.lookup(of, table),
            Expr::Eap { model, need, sd } => {
                let answers: Vec<Lane> =
                    model.items.iter().map(|item| self.expr(&item.answer)).collect();
                let mut lane = eap::estimate(model, &answers, *need, *sd, self.rows);
                lane.mark(&answers);
                lane
            }
        }
    }

    /// Whether an option is chosen. Without an answer, none is.
    fn chosen(&self, item: ItemIx, option: usize) -> Lane {
        let mut lane = self.expr(&Expr::Answer(item));
        for row in 0..self.rows {
            let chosen = lane.get(row).is_some_and(|answer| is_chosen(answer, option));
            lane.set(row, Some(f64::from(u8::from(chosen))));
        }
        lane
    }

    fn recode(
        &self,
        mut lane: Lane,
        table: &[(f64, f64)],
        other: Option<f64>,
        missing: Option<f64>,
    ) -> Lane {
        for row in 0..self.rows {
            let value = match lane.get(row) {
                // A recoded missing answer counts as answered: it is no substitute, so the row gets no mark.
                None => missing,
                Some(value) => {
                    let hit = table.iter().find(|(key, _)| (key - value).abs() <= TOLERANCE);
                    hit.map(|(_, value)| *value).or(other)
                }
            };
            lane.set(row, value);
        }
        lane
    }

    /// The value of the branch that the condition selects. A result is marked as using substitutes if the selected
    /// branch uses one or the condition was decided by one. Branches that are not selected have no effect on the mark.
    fn choose(&self, tests: Truths, branches: [&Expr; 3]) -> Lane {
        // An undefined result in a branch that a row does not select is harmless: it is missing, not an error.
        let [then, otherwise, unknown] = branches.map(|branch| self.expr(branch));
        let mut lane = Lane::missing(self.rows);
        for (row, (test, decided)) in tests.truths.iter().zip(tests.filled).enumerate() {
            let chosen = match test {
                Truth::True => &then,
                Truth::False => &otherwise,
                Truth::Missing => &unknown,
            };
            lane.set(row, chosen.get(row));
            lane.filled[row] = chosen.present[row] && (chosen.filled[row] || decided);
        }
        lane
    }

    fn lookup(&self, of: &[Expr], table: &Table) -> Lane {
        let keys: Vec<Lane> = of.iter().map(|key| self.expr(key)).collect();
        let mut lane = Lane::missing(self.rows);
        let mut key = vec![0.0; keys.len()];
        for row in 0..self.rows {
            let known = keys.iter().zip(&mut key).all(|(lane, key)| {
                *key = lane.values[row];
                lane.present[row]
            });
            lane.set(row, if known { found(table, &key) } else { None });
        }
        lane.mark(&keys);
        lane
    }

    fn longest_run(&self, terms: &[Expr]) -> Lane {
        let lanes: Vec<Lane> = terms.iter().map(|term| self.expr(term)).collect();
        let mut lane = Lane::missing(self.rows);
        for row in 0..self.rows {
            let (mut longest, mut run, mut last) = (0_u32, 0_u32, None);
            for value in lanes.iter().map(|lane| lane.get(row)) {
                run = match (value, last) {
                    // A missing answer ends the run: equal answers before and after it are two runs.
                    (None, _) => 0,
                    (Some(a), Some(b)) if f64::abs(a - b) <= TOLERANCE => run + 1,
                    (Some(_), _) => 1,
                };
                last = value;
                longest = longest.max(run);
            }
            // Without any answer the result is missing, not 0.
            lane.set(row, (longest > 0).then_some(f64::from(longest)));
        }
        lane.mark(&lanes);
        lane
    }

    fn count(&self, tests: &[Test], need: usize) -> Lane {
        let (mut met, mut known) = (vec![0_usize; self.rows], vec![0_usize; self.rows]);
        let mut marks = vec![false; self.rows];
        for test in tests {
            let Truths { truths, filled } = self.test(test);
            for (row, (truth, filled)) in truths.into_iter().zip(filled).enumerate() {
                met[row] += usize::from(truth == Truth::True);
                known[row] += usize::from(truth != Truth::Missing);
                marks[row] |= filled;
            }
        }
        let mut lane = Lane::missing(self.rows);
        for row in 0..self.rows {
            #[expect(clippy::cast_precision_loss, reason = "a count of conditions")]
            lane.set(row, (known[row] >= need).then_some(met[row] as f64));
            lane.filled[row] = lane.present[row] && marks[row];
        }
        lane
    }

    /// The codes of a term, if it is just a coded answer or a reversed one.
    fn coded(&self, term: &Expr) -> Option<Coded<'_>> {
        match term {
            Expr::Answer(item) => self.coded_item(*item, false),
            Expr::Reverse { of, .. } => match **of {
                Expr::Answer(item) => self.coded_item(item, true),
                _ => None,
            },
            _ => None,
        }
    }

    fn coded_item(&self, item: ItemIx, reversed: bool) -> Option<Coded<'_>> {
        if self.gated[item.0].is_some() {
            return None;
        }
        let codes = self.responses.items[item.0].codes()?;
        let answers = self.codes[item.0].as_ref()?;
        Some(Coded { codes: &codes[self.from..self.from + self.rows], answers, reversed })
    }

    /// The target of a term that is a score, without copying it.
    fn scored_term(&self, term: &Expr) -> Option<&Target<'_>> {
        let Expr::Score(scale) = term else { return None };
        Some(&self.scored[self.program.position(*scale)?])
    }

    fn aggregate(&self, aggregate: &Aggregate) -> Lane {
        match aggregate.kind {
            AggregateKind::Sum | AggregateKind::Mean => self.sum(aggregate),
            AggregateKind::Min => self.extreme(aggregate, f64::min),
            AggregateKind::Max => self.extreme(aggregate, f64::max),
        }
    }

    /// Computes a sum or mean of coded answers only, or of scores only, none of them weighted or mandatory. Most scores
    /// are of this kind. Returns `false`, with nothing computed, if the aggregate is of another kind.
    fn plain_sum(&self, aggregate: &Aggregate, target: &mut Target<'_>) -> bool {
        let adds = matches!(aggregate.kind, AggregateKind::Sum | AggregateKind::Mean);
        let each = matches!(aggregate.fill, Fill::Each(_));
        if !adds || each || aggregate.weights.is_some() || !aggregate.mandatory.is_empty() {
            return false;
        }
        let Some(first) = aggregate.terms.first() else { return false };
        // Scores may be fractions, so they are added in their order; codes are whole and can be added in any order.
        if matches!(first, Expr::Score(_)) {
            let terms = aggregate.terms.iter().map(|term| self.scored_term(term));
            let terms: Option<Vec<&Target<'_>>> = terms.collect();
            return terms.is_some_and(|terms| settle::scores(aggregate, &terms, target));
        }
        let terms = aggregate.terms.iter().map(|term| self.coded(term));
        let Some(mut terms) = terms.collect::<Option<Vec<Coded<'_>>>>() else { return false };
        let mut sums = Sums::new(self.rows);
        sums.add(&mut terms);
        settle::codes(aggregate, sums, target);
        true
    }

    fn sum(&self, aggregate: &Aggregate) -> Lane {
        let mut lane = Lane::constant(Some(0.0), self.rows);
        if self.plain_sum(aggregate, &mut lane.target()) {
            return lane;
        }
        let mut counts = vec![0; self.rows];
        let each = if let Fill::Each(each) = &aggregate.fill { Some(each) } else { None };
        let mut together = Vec::new();
        for (position, term) in aggregate.terms.iter().enumerate() {
            let mandatory = aggregate.mandatory.contains(&position);
            // Plain coded terms are summed in bytes; only the others need floating-point numbers.
            let plain = aggregate.weights.is_none() && each.is_none() && !mandatory;
            if let Some(coded) = self.coded(term).filter(|_| plain) {
                together.push(coded);
                continue;
            }
            let part = self.expr(term);
            let weight = aggregate.weights.as_ref().map_or(1.0, |weights| weights[position]);
            // A missing term adds its own substitute here, or 0: a common substitute is applied when the sum is
            // settled.
            let stand_in = each.map_or(0.0, |each| each[position]) * weight;
            lane.add(&part, weight, stand_in, &mut counts);
            if mandatory {
                lane.require(&part);
            }
        }
        let mut sums = Sums::new(self.rows);
        sums.add(&mut together);
        let (whole, whole_counts) = sums.wide();
        lane.add_sums(whole);
        for (count, more) in counts.iter_mut().zip(whole_counts) {
            *count += *more;
        }
        settle::lane(aggregate, &mut lane, &counts);
        lane
    }

    fn extreme(&self, aggregate: &Aggregate, better: fn(f64, f64) -> f64) -> Lane {
        let mut lane = Lane::missing(self.rows);
        let mut counts = vec![0_usize; self.rows];
        let mut ruled_out = vec![false; self.rows];
        let all = aggregate.terms.len();
        for (position, term) in aggregate.terms.iter().enumerate() {
            let mandatory = aggregate.mandatory.contains(&position);
            let part = self.expr(term);
            for row in 0..self.rows {
                // A substitute takes part in the comparison, but does not count towards the needed answers.
                let stand_in = match &aggregate.fill {
                    Fill::Constant(value) => Some(*value),
                    Fill::Each(each) => Some(each[position]),
                    Fill::Nothing | Fill::PersonMean => None,
                };
                counts[row] += usize::from(part.present[row]);
                ruled_out[row] |= mandatory && !part.present[row];
                let filled = lane.filled[row] || part.filled[row];
                if let Some(value) = part.get(row).or(stand_in) {
                    let best = lane.get(row).map_or(value, |best| better(best, value));
                    lane.set(row, Some(best));
                }
                lane.filled[row] = filled;
            }
        }
        for row in 0..self.rows {
            let met = counts[row] >= aggregate.need && !ruled_out[row];
            let filled = aggregate.fill != Fill::Nothing && counts[row] < all;
            // Before `set`, which removes the mark again if there is no score.
            lane.filled[row] |= filled;
            let value = lane.get(row).filter(|_| met);
            lane.set(row, value);
        }
        lane
    }

    fn test(&self, test: &Test) -> Truths {
        let rows = self.rows;
        match test {
            Test::Truth(truth) => Truths::constant(Truth::of(Some(*truth)), rows),
            Test::Missing => Truths::constant(Truth::Missing, rows),
            Test::Flag(scale) => {
                let lane = self.score(*scale);
                let truth = |row| Truth::of(lane.get(row).map(|truth| truth != 0.0));
                Truths { truths: (0..rows).map(truth).collect(), filled: lane.filled }
            }
            Test::Compare { comparison, left, right } => {
                let (left, right) = (self.expr(left), self.expr(right));
                let compare = |row| Some(comparison.holds(left.get(row)?, right.get(row)?));
                let truths: Vec<Truth> = (0..rows).map(|row| Truth::of(compare(row))).collect();
                // The mark states that a substitute decided the comparison, so an unknown one has none.
                let filled = |row: usize| {
                    truths[row] != Truth::Missing && (left.filled[row] || right.filled[row])
                };
                let filled = (0..rows).map(filled).collect();
                Truths { truths, filled }
            }
            Test::AtLeast { count, tests } => self.at_least(*count, tests),
            Test::All(tests) => self.at_least(tests.len(), tests),
            Test::Any(tests) => self.at_least(1, tests),
            Test::Not(of) => self.test(of).map(Truth::not),
            Test::IsMissing(of) => {
                // A value can be present only because of a substitute, so the condition inherits the mark.
                let Lane { values: _, present, filled } = self.expr(of);
                let truths = present.iter().map(|present| Truth::of(Some(!present))).collect();
                Truths { truths, filled }
            }
            Test::IsUnknown(of) => {
                self.test(of).map(|truth| Truth::of(Some(truth == Truth::Missing)))
            }
        }
    }

    /// True if at least `count` are true, false if that is impossible whatever the missing ones are, otherwise missing.
    fn at_least(&self, count: usize, tests: &[Test]) -> Truths {
        let mut tallies = vec![Tally::default(); self.rows];
        for test in tests {
            let Truths { truths, filled } = self.test(test);
            for (tally, (truth, filled)) in tallies.iter_mut().zip(truths.into_iter().zip(filled)) {
                tally.add(truth, filled);
            }
        }
        let (truths, filled) = tallies.into_iter().map(|tally| tally.at_least(count)).unzip();
        Truths { truths, filled }
    }
}

/// The result of `operator`; `None` for a division or modulo by 0.
pub(crate) fn arithmetic(operator: Operator, a: f64, b: f64) -> Option<f64> {
    // A divisor that is 0 in exact arithmetic may be stored slightly off 0. Dividing by it would give a huge number.
    let zero = b.abs() <= 1e-12;
    match operator {
        Operator::Add => Some(a + b),
        Operator::Subtract => Some(a - b),
        Operator::Multiply => Some(a * b),
        Operator::Divide => (!zero).then(|| a / b),
        // The result has the sign of the divisor, so that a difference of clock times modulo 1440 minutes is a
        // duration, also across midnight.
        Operator::Modulo => (!zero).then(|| a - b * (a / b).floor()),
    }
}

/// The value of `function`; `None` where it is not defined.
pub(crate) fn apply(function: Function, x: f64) -> Option<f64> {
    match function {
        Function::Abs => Some(x.abs()),
        Function::Sqrt => (x >= 0.0).then(|| x.sqrt()),
        Function::Ln => (x > 0.0).then(|| x.ln()),
        // An overflow gives infinity, which `Lane::set` stores as missing.
        Function::Exp => Some(x.exp()),
        // A number that is whole in exact arithmetic may be stored slightly off; the tolerance treats it as whole.
        Function::Floor => Some((x + TOLERANCE).floor()),
        // Adding 0 turns −0 into 0.
        Function::Ceiling => Some((x - TOLERANCE).ceil() + 0.0),
        Function::Truncate => {
            Some(if x < 0.0 { (x - TOLERANCE).ceil() + 0.0 } else { (x + TOLERANCE).floor() })
        }
        Function::NormalCdf => Some(eap::normal_cdf(x)),
    }
}

/// The value of `table` for `key`, or `None` if no row matches. Each part of the key narrows the rows, which are
/// sorted.
pub(crate) fn found(table: &Table, key: &[f64]) -> Option<f64> {
    let mut rows = table.rows.as_slice();
    for (place, (&key, matching)) in key.iter().zip(&table.matching).enumerate() {
        let (first, last) = (rows.first()?[place], rows.last()?[place]);
        let key = match table.outside {
            // `first` and `last` are those of the rows left by the keys before.
            Outside::Nearest => key.clamp(first, last),
            Outside::Missing => key,
        };
        match matching {
            // A table with linear matching has only one key: others are rejected when the definition is read.
            Matching::Linear => return between(rows, key),
            Matching::Exact | Matching::Step => {
                let end = rows.partition_point(|row| row[place] <= key + TOLERANCE);
                let hit = rows[..end].last()?[place];
                if *matching == Matching::Exact && (hit - key).abs() > TOLERANCE {
                    return None;
                }
                // Exact, because `hit` comes from one of these rows.
                let start = rows.partition_point(|row| row[place] < hit);
                rows = &rows[start..end];
            }
        }
    }
    rows.first()?.last().copied()
}

/// Linear interpolation between the rows of a table with one key.
fn between(rows: &[Vec<f64>], key: f64) -> Option<f64> {
    let end = rows.partition_point(|row| row[0] <= key + TOLERANCE);
    let below = rows[..end].last()?;
    match rows.get(end) {
        None => ((below[0] - key).abs() <= TOLERANCE).then_some(below[1]),
        Some(above) => {
            let share = (key - below[0]) / (above[0] - below[0]);
            // A key within the tolerance below a row belongs to that row: its share is slightly negative and counts as
            // 0.
            Some(below[1] + share.max(0.0) * (above[1] - below[1]))
        }
    }
}

/// Whether binary arithmetic can miss a decimal result of the formula slightly, so that it must be [`tidied`].
fn needs_tidying(formula: &Formula, program: &Program) -> bool {
    let Formula::Number(expr) = formula else { return false };
    let whole = |expr: &Expr| is_whole(expr, &program.answers);
    if whole(expr) {
        return false;
    }
    match expr {
        // A whole sum with one division at the end is already the double nearest to the exact result.
        Expr::Aggregate(Aggregate { terms, weights, fill, .. }) => {
            let whole_fill = match fill {
                Fill::Nothing | Fill::PersonMean => true,
                Fill::Constant(value) => value.fract() == 0.0,
                Fill::Each(each) => each.iter().all(|value| value.fract() == 0.0),
            };
            weights.is_some() || !whole_fill || !terms.iter().all(whole)
        }
        // A rounded number is already the double nearest to its decimal.
        Expr::Round { .. } => false,
        _ => true,
    }
}

/// Removes the error of binary arithmetic from the result of a calculation with decimal numbers, as for scores.
#[must_use]
pub fn tidy(value: f64) -> f64 {
    let mut one = [value];
    tidied(&mut one);
    one[0]
}

/// Replaces numbers that are within the error of binary arithmetic of a six-decimal number by that number.
///
/// Numbers in a definition have at most six decimals. The error is a few units in the last of sixteen digits. A
/// fraction such as 1/3 is never that close to a six-decimal number, and stays unchanged.
fn tidied(values: &mut [f64]) {
    const GRID: f64 = 1e6;
    const ERROR: f64 = 16.0 * f64::EPSILON;
    // Adding and subtracting 1.5 · 2^52 rounds to a whole number without a function call, so the loop is vectorised.
    const SHIFT: f64 = 6_755_399_441_055_744.0;
    // Larger numbers stay unchanged: the error is relative, and would grow towards the width of the grid.
    const FARTHEST: f64 = 1e6;
    for value in values {
        // Dividing by 10^6 gives the double nearest to the decimal. Multiplying by 10^−6 would not, as 10^−6 is not
        // exact.
        let near = ((*value * GRID + SHIFT) - SHIFT) / GRID;
        let close = (*value - near).abs() <= ERROR * value.abs().max(1.0);
        // `&` instead of `&&`: a branch would prevent vector instructions.
        *value = if close & (value.abs() < FARTHEST) { near } else { *value };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[f64]], matching: &[Matching], outside: Outside) -> Table {
        let rows = rows.iter().map(|row| row.to_vec()).collect();
        Table {
            name: "t".to_owned(),
            matching: matching.to_vec(),
            outside,
            rows,
            source: Vec::new(),
            of_sums: None,
        }
    }

    #[test]
    fn tables_are_searched_as_declared() {
        use Matching::{Exact, Linear, Step};
        let rows: &[&[f64]] = &[&[0.0, 10.0], &[2.0, 20.0], &[4.0, 50.0]];
        for (matching, outside, key, expected) in [
            (Exact, Outside::Missing, 2.0, Some(20.0)),
            (Exact, Outside::Missing, 3.0, None),
            (Exact, Outside::Nearest, 9.0, Some(50.0)),
            (Step, Outside::Missing, 3.9, Some(20.0)),
            (Step, Outside::Missing, 100.0, Some(50.0)),
            (Step, Outside::Missing, -1.0, None),
            (Step, Outside::Nearest, -1.0, Some(10.0)),
            (Linear, Outside::Missing, 3.0, Some(35.0)),
            (Linear, Outside::Missing, 4.0, Some(50.0)),
            (Linear, Outside::Missing, 4.5, None),
            (Linear, Outside::Nearest, 4.5, Some(50.0)),
        ] {
            let got = found(&table(rows, &[matching], outside), &[key]);
            assert_eq!(got, expected, "{matching:?} {outside:?} {key}");
        }
        let two: &[&[f64]] = &[&[11.0, 0.0, 1.0], &[11.0, 1.0, 2.0], &[14.0, 0.0, 3.0]];
        let two = table(two, &[Step, Exact], Outside::Missing);
        assert_eq!(found(&two, &[13.0, 1.0]), Some(2.0));
        assert_eq!(found(&two, &[14.0, 1.0]), None);
        assert_eq!(found(&two, &[15.0, 0.0]), Some(3.0));
    }

    #[test]
    fn decimals_missed_by_binary_arithmetic_are_restored() {
        let mut values = [9.1 + 8.7 + 9.0 + 9.3, 13.0 / 3.0, -0.1 - 0.2, 1e12, 0.1 + 0.2 - 0.3];
        tidied(&mut values);
        assert_eq!(values, [36.1, 13.0 / 3.0, -0.3, 1e12, 0.0]);
    }

    #[test]
    fn numbers_without_a_short_decimal_stay_unchanged() {
        for divisor in [3.0, 7.0, 9.0, 11.0, 13.0, 27.0, 63.0, 81.0] {
            for whole in (1..100_000).map(f64::from).filter(|whole| whole % divisor != 0.0) {
                let mut values = [whole / divisor];
                tidied(&mut values);
                assert_eq!(values, [whole / divisor], "{whole} / {divisor}");
            }
        }
    }
}
