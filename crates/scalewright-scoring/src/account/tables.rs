//! The tables and models that a formula uses.

use scalewright_model::file::{Matching, ModelType, Outside};
use scalewright_model::{Expr, Model, Operation, Origin, Table};

use super::phrases::fill;
use super::{AccountTable, Describer, shown};
use crate::expr_text;

impl Describer<'_> {
    /// The tables and models of the formula, each once, in the order of their first use.
    pub(super) fn tables(&self) -> Vec<AccountTable> {
        let Some(score) = self.score else { return Vec::new() };
        // Those of norms are described with their groups.
        if matches!(self.scale.origin, Origin::Norm(..)) {
            return Vec::new();
        }
        let mut tables = Vec::new();
        self.collect(score.formula.root(), &mut tables);
        tables
    }

    fn collect(&self, part: Operation<'_>, tables: &mut Vec<AccountTable>) {
        part.children().into_iter().for_each(|child| self.collect(child, tables));
        let found = match part {
            Operation::Number(Expr::Lookup { of, table }) => {
                let of: Vec<String> =
                    of.iter().map(|key| expr_text(key, self.instrument)).collect();
                self.table_of(table, &of)
            }
            Operation::Number(Expr::Eap { model, .. }) => self.model(model),
            _ => return,
        };
        if !tables.contains(&found) {
            tables.push(found);
        }
    }

    /// A table, with what is looked up in each column.
    pub(super) fn table_of(&self, table: &Table, of: &[String]) -> AccountTable {
        let keys = table.matching.len();
        let row = |row: &Vec<f64>| {
            let results = row[keys..].iter().map(|value| self.result(table, *value));
            row[..keys].iter().map(|key| shown(*key)).chain(results).collect()
        };
        let mut columns = of.to_vec();
        columns.push(self.phrases.result.to_owned());
        AccountTable {
            title: fill(self.phrases.table, &[("name", &table.name)]),
            columns,
            rows: table.rows.iter().map(row).collect(),
            notes: self.rules(table, of),
        }
    }

    /// A result of a table: to six decimals if it is computed from a model.
    pub(super) fn result(&self, table: &Table, value: f64) -> String {
        match table.of_sums {
            None => shown(value),
            Some(_) => shown((value * 1e6).round() / 1e6),
        }
    }

    /// How the row of a number is found.
    pub(super) fn rules(&self, table: &Table, of: &[String]) -> Vec<String> {
        let phrases = self.phrases;
        let mut rules: Vec<String> = Vec::new();
        for (matching, column) in table.matching.iter().zip(of) {
            match matching {
                Matching::Exact => {}
                Matching::Step => rules.push(fill(phrases.step, &[("column", column)])),
                Matching::Linear => rules.push(phrases.linear.to_owned()),
            }
        }
        rules.push(match (table.outside, rules.is_empty()) {
            (Outside::Missing, true) => phrases.exact.to_owned(),
            (Outside::Missing, false) => phrases.outside.to_owned(),
            (Outside::Nearest, _) => phrases.nearest.to_owned(),
        });
        rules
    }

    /// The parameters of a model.
    fn model(&self, model: &Model) -> AccountTable {
        let phrases = self.phrases;
        let most = model.items.iter().map(|item| item.thresholds.len()).max().unwrap_or(0);
        let threshold = |at: usize| fill(phrases.threshold, &[("number", &(at + 1).to_string())]);
        let mut columns = vec![phrases.item.to_owned(), phrases.discrimination.to_owned()];
        columns.extend((0..most).map(threshold));
        let row = |item: &scalewright_model::ModelItem| {
            let cell =
                |at: usize| item.thresholds.get(at).map_or("–".to_owned(), |one| shown(*one));
            let mut row =
                vec![expr_text(&item.answer, self.instrument), shown(item.discrimination)];
            row.extend((0..most).map(cell));
            row
        };
        let kind = match model.kind {
            ModelType::GradedResponse => phrases.graded,
            ModelType::GeneralizedPartialCredit => phrases.credit,
        };
        let mut notes = vec![format!("{kind}; {}", self.points(model))];
        notes.push(phrases.by_program.to_owned());
        AccountTable {
            title: fill(phrases.model, &[("name", &model.name)]),
            columns,
            rows: model.items.iter().map(row).collect(),
            notes,
        }
    }

    /// The values of the trait and their distribution.
    fn points(&self, model: &Model) -> String {
        let mean: f64 = model.points.iter().map(|(value, weight)| value * weight).sum();
        let square = |(value, weight): &(f64, f64)| (value - mean) * (value - mean) * weight;
        let sd = model.points.iter().map(square).sum::<f64>().sqrt();
        let end = |point: Option<&(f64, f64)>| point.map_or(String::new(), |(at, _)| shown(*at));
        let two = |value: f64| shown((value * 100.0).round() / 100.0);
        fill(
            self.phrases.points,
            &[
                ("scaling", &shown(model.scaling)),
                ("count", &model.points.len().to_string()),
                ("low", &end(model.points.first())),
                ("high", &end(model.points.last())),
                ("mean", &two(mean)),
                ("sd", &two(sd)),
            ],
        )
    }
}
