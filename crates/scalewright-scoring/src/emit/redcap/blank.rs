//! What stands in a field: a number or a word, or nothing. A field may be blank, so that its formula need not say first
//! when it is not; within other formulas it must.

use scalewright_model::file::Matching;
use scalewright_model::{Expr, Table};

use super::conditions::Sure;
use super::{ALWAYS, Print, Printed, Printer, bounded, text};
use crate::program::rounded;

impl Printer<'_> {
    /// `expr`, blank where it is missing.
    pub(super) fn or_blank(&mut self, expr: &Expr) -> Print<String> {
        if let Some(inner) = rounded_inside(expr) {
            return self.or_blank(&inner);
        }
        match expr {
            Expr::Missing => Ok("''".to_owned()),
            Expr::If { test, then, otherwise, unknown } => {
                let sure = self.test(test)?;
                let then = self.or_blank(then)?;
                chosen(&sure, &then, &self.or_blank(otherwise)?, &self.or_blank(unknown)?)
            }
            Expr::Lookup { of, table } => {
                let found = self.lookup(of, table)?;
                Ok(where_there(Printed { condition: found.known, number: found.number }))
            }
            _ => self.print(expr).map(where_there),
        }
    }

    /// The word at the position that `expr` gives, blank where it is missing.
    pub(super) fn word(&mut self, expr: &Expr, words: &[String]) -> Print<String> {
        match expr {
            Expr::Missing => Ok("''".to_owned()),
            Expr::Number(position) => of_words(*position, words),
            Expr::If { test, then, otherwise, unknown } => {
                let sure = self.test(test)?;
                let then = self.word(then, words)?;
                chosen(&sure, &then, &self.word(otherwise, words)?, &self.word(unknown, words)?)
            }
            _ => {
                let Printed { condition, number } = self.print(expr)?;
                let mut tests = String::new();
                for (position, word) in words.iter().enumerate() {
                    tests.push_str(&format!("if({number} = {position}, {}, ", text(word)?));
                }
                bounded(format!("if({condition}, {tests}''{}, '')", ")".repeat(words.len())))
            }
        }
    }
}

fn chosen(sure: &Sure, then: &str, otherwise: &str, unknown: &str) -> Print<String> {
    let Sure { yes, no } = sure;
    bounded(format!("if({yes}, {then}, if({no}, {otherwise}, {unknown}))"))
}

fn where_there(Printed { condition, number }: Printed) -> String {
    match condition.as_str() {
        ALWAYS => number,
        _ => format!("if({condition}, {number}, '')"),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position among words"
)]
fn of_words(position: f64, words: &[String]) -> Print<String> {
    words.get(position as usize).map_or(Ok("''".to_owned()), |word| text(word))
}

/// The same with what is rounded rounded where it is chosen or found: rounding a blank is not the same everywhere.
fn rounded_inside(expr: &Expr) -> Option<Expr> {
    let Expr::Round { of, decimals } = expr else { return None };
    let round = |of: &Expr| Box::new(Expr::Round { of: Box::new(of.clone()), decimals: *decimals });
    match &**of {
        Expr::Missing => Some(Expr::Missing),
        Expr::If { test, then, otherwise, unknown } => Some(Expr::If {
            test: test.clone(),
            then: round(then),
            otherwise: round(otherwise),
            unknown: round(unknown),
        }),
        Expr::Lookup { of, table } if !table.matching.contains(&Matching::Linear) => {
            let mut table = Table::clone(table);
            for found in table.rows.iter_mut().filter_map(|row| row.last_mut()) {
                *found = rounded(*found, *decimals);
            }
            Some(Expr::Lookup { of: of.clone(), table: table.into() })
        }
        _ => None,
    }
}
