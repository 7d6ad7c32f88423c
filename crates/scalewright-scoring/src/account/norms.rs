//! Norms: the groups of respondents, and what a raw score is compared with.

use std::sync::Arc;

use scalewright_model::file::Derived;
use scalewright_model::{Expr, Formula, Operator, Origin, Table, Test};

use super::phrases::fill;
use super::steps::rounding;
use super::{AccountTable, Describer, shown};
use crate::expr_text;

/// Up to so many groups share a table of raw scores.
const MOST_TOGETHER: usize = 6;

/// What a raw score is compared with.
enum Compared<'a> {
    Moments {
        mean: f64,
        sd: f64,
    },
    Table(&'a Arc<Table>),
    /// Another formula.
    Formula(&'a Expr),
}

/// A group: its condition, `None` for everyone else, and its norm.
type Group<'a> = (Option<&'a Test>, &'a Expr);

/// The groups of a norm, which is compiled to a chain of choices.
fn groups(mut rest: &Expr) -> Vec<Group<'_>> {
    let mut groups = Vec::new();
    while let Expr::If { test, then, otherwise, .. } = rest {
        groups.push((Some(&**test), &**then));
        rest = otherwise;
    }
    if *rest != Expr::Missing || groups.is_empty() {
        groups.push((None, rest));
    }
    groups
}

fn compared(expr: &Expr) -> Compared<'_> {
    let mut inner = expr;
    loop {
        inner = match inner {
            Expr::Lookup { table, .. } => return Compared::Table(table),
            Expr::Round { of, .. } | Expr::Apply { of, .. } => of,
            Expr::Aggregate(limited) if !limited.terms.is_empty() => &limited.terms[0],
            Expr::Arithmetic { operator: Operator::Divide, left, right } => {
                return match (&**left, &**right) {
                    (
                        Expr::Arithmetic { operator: Operator::Subtract, right: mean, .. },
                        Expr::Number(sd),
                    ) => match **mean {
                        Expr::Number(mean) => Compared::Moments { mean, sd: *sd },
                        _ => Compared::Formula(expr),
                    },
                    _ => Compared::Formula(expr),
                };
            }
            Expr::Arithmetic { right, .. } => right,
            _ => return Compared::Formula(expr),
        };
    }
}

/// The number of decimals to which a norm rounds.
fn rounded(expr: &Expr) -> Option<u32> {
    if let Expr::Round { decimals, .. } = expr { Some(*decimals) } else { None }
}

impl Describer<'_> {
    fn norm_groups(&self) -> Vec<Group<'_>> {
        match (self.scale.origin, self.score.map(|score| &score.formula)) {
            (Origin::Norm(..), Some(Formula::Number(expr))) => groups(expr),
            _ => Vec::new(),
        }
    }

    /// The id of the scale whose raw score is compared.
    fn raw(&self) -> String {
        let (mut scales, mut items) = (Vec::new(), Vec::new());
        for (_, norm) in self.norm_groups() {
            norm.operands(&mut scales, &mut items);
        }
        scales.first().map_or(String::new(), |raw| self.instrument.scales[raw.0].id.clone())
    }

    pub(super) fn by_norm(&self) -> String {
        fill(self.phrases.by_norm, &[("raw", &self.raw())])
    }

    /// How a mean and a standard deviation lead to the derived score.
    pub(super) fn derived(&self) -> Option<String> {
        let Origin::Norm(_, derived) = self.scale.origin else { return None };
        let groups = self.norm_groups();
        let first = groups.first()?.1;
        if !groups.iter().any(|(_, norm)| matches!(compared(norm), Compared::Moments { .. })) {
            return rounded(first).map(|decimals| rounding(self.phrases, decimals));
        }
        let phrases = self.phrases;
        let z = format!("({} − {}) / {}", self.raw(), phrases.mean, phrases.sd);
        let limited = |start: &str, high: &str| {
            let limit = fill(phrases.limit, &[("low", "1"), ("high", high)]);
            format!("{start} + 2 × {z}; {}; {limit}", phrases.whole)
        };
        let text = match derived {
            Derived::Z | Derived::Measure => z,
            Derived::T => format!("50 + 10 × {z}"),
            Derived::Iq => format!("100 + 15 × {z}"),
            // Their rounding comes before the limits, and that of the norm changes no whole number.
            Derived::Stanine => return Some(limited("5", "9")),
            Derived::Sten => return Some(limited("5.5", "10")),
            Derived::Percentile => format!("100 × Φ({z}); {}", phrases.phi),
        };
        Some(match rounded(first) {
            Some(decimals) => format!("{text}; {}", rounding(phrases, decimals)),
            None => text,
        })
    }

    pub(super) fn norms(&self) -> Vec<AccountTable> {
        let groups = self.norm_groups();
        let tables: Option<Vec<(Option<&Test>, &Arc<Table>)>> = groups
            .iter()
            .map(|(when, norm)| match compared(norm) {
                Compared::Table(table) => Some((*when, table)),
                Compared::Moments { .. } | Compared::Formula(_) => None,
            })
            .collect();
        match tables {
            Some(tables) if !tables.is_empty() => self.converted(&tables),
            _ if groups.is_empty() => Vec::new(),
            _ => vec![self.moments(&groups)],
        }
    }

    /// One row for each group, with its mean and standard deviation.
    fn moments(&self, groups: &[Group<'_>]) -> AccountTable {
        let phrases = self.phrases;
        let columns = [phrases.group, phrases.mean, phrases.sd].map(str::to_owned).into();
        let row = |(at, (when, norm)): (usize, &Group<'_>)| {
            let who = self.who(*when, at);
            match compared(norm) {
                Compared::Moments { mean, sd } => vec![who, shown(mean), shown(sd)],
                Compared::Table(table) => vec![who, table.name.clone(), "–".to_owned()],
                Compared::Formula(expr) => {
                    vec![who, expr_text(expr, self.instrument), "–".to_owned()]
                }
            }
        };
        let rows = groups.iter().enumerate().map(row).collect();
        let notes = self.first_group(groups.first().is_some_and(|(when, _)| when.is_some()));
        AccountTable { title: phrases.norm.to_owned(), columns, rows, notes }
    }

    fn first_group(&self, needed: bool) -> Vec<String> {
        needed.then(|| self.phrases.first_group.to_owned()).into_iter().collect()
    }

    fn who(&self, when: Option<&Test>, at: usize) -> String {
        match when {
            Some(test) => self.condition(test),
            None if at == 0 => self.phrases.everyone.to_owned(),
            None => self.phrases.all_others.to_owned(),
        }
    }

    /// The tables from raw scores to derived ones: together if they are alike and few.
    fn converted(&self, groups: &[(Option<&Test>, &Arc<Table>)]) -> Vec<AccountTable> {
        let (_, first) = groups[0];
        let alike = groups
            .iter()
            .all(|(_, table)| table.matching == first.matching && table.outside == first.outside);
        let raw = self.raw();
        let conditional = groups[0].0.is_some();
        if groups.len() == 1 && !conditional {
            let table = self.table_of(first, &[raw]);
            return vec![AccountTable { title: self.phrases.norm.to_owned(), ..table }];
        }
        if alike && groups.len() <= MOST_TOGETHER {
            return vec![self.together(groups, &raw)];
        }
        let mut tables: Vec<AccountTable> = groups
            .iter()
            .enumerate()
            .map(|(at, (when, table))| AccountTable {
                title: format!("{}: {}", self.phrases.norm, self.who(*when, at)),
                ..self.table_of(table, std::slice::from_ref(&raw))
            })
            .collect();
        tables[0].notes.extend(self.first_group(conditional));
        tables
    }

    /// A column of derived scores for each group.
    fn together(&self, groups: &[(Option<&Test>, &Arc<Table>)], raw: &str) -> AccountTable {
        let mut keys: Vec<f64> =
            groups.iter().flat_map(|(_, table)| table.rows.iter().map(|row| row[0])).collect();
        keys.sort_by(f64::total_cmp);
        keys.dedup();
        let cell = |table: &Table, key: f64| {
            let row = table.rows.iter().find(|row| row[0].total_cmp(&key).is_eq());
            row.map_or("–".to_owned(), |row| self.result(table, row[1]))
        };
        let row = |key: &f64| {
            let results = groups.iter().map(|(_, table)| cell(table, *key));
            std::iter::once(shown(*key)).chain(results).collect()
        };
        let name = |at: usize| format!("{} {}", self.phrases.group, at + 1);
        let mut notes: Vec<String> = groups
            .iter()
            .enumerate()
            .map(|(at, (when, _))| format!("{}: {}", name(at), self.who(*when, at)))
            .collect();
        notes.extend(self.first_group(groups[0].0.is_some()));
        notes.extend(self.rules(groups[0].1, &[raw.to_owned()]));
        AccountTable {
            title: self.phrases.norm.to_owned(),
            columns: std::iter::once(raw.to_owned()).chain((0..groups.len()).map(name)).collect(),
            rows: keys.iter().map(row).collect(),
            notes,
        }
    }
}
