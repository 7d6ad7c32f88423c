//! Formulas and conditions as text that a psychometrician can read, in the notation of formulas.

use scalewright_model::{
    Aggregate, AggregateKind, Comparison, Expr, Fill, Formula, Function, Instrument, ItemIx,
    Operator, ScaleIx, Test,
};

/// The formula of a score as text.
#[must_use]
pub fn formula(formula: &Formula, instrument: &Instrument) -> String {
    match formula {
        Formula::Number(of) => expr(of, instrument),
        Formula::Truth(of) => test(of, instrument),
        Formula::Word { position, words } => {
            FormulaWriter { instrument, words: Some(words) }.expr(position, 0)
        }
    }
}

/// A numeric expression as text.
#[must_use]
pub fn expr(expr: &Expr, instrument: &Instrument) -> String {
    FormulaWriter { instrument, words: None }.expr(expr, 0)
}

/// A condition as text.
#[must_use]
pub fn test(test: &Test, instrument: &Instrument) -> String {
    FormulaWriter { instrument, words: None }.test(test, 0)
}

/// Writes formulas with the ids of an instrument.
struct FormulaWriter<'a> {
    instrument: &'a Instrument,
    /// The words that numbers represent, if the formula gives words.
    words: Option<&'a [String]>,
}

/// Precedence of operators. An expression with lower precedence than its context is parenthesised.
const SUM: u8 = 1;
const PRODUCT: u8 = 2;
const FACTOR: u8 = 3;

/// The item and its options, if an aggregate counts which of them are chosen.
fn counted(aggregate: &Aggregate) -> Option<(ItemIx, Vec<usize>)> {
    let of = |expr: &Expr| match expr {
        Expr::Chosen { item, option } => Some((*item, *option)),
        _ => None,
    };
    let plain = aggregate.kind == AggregateKind::Sum && aggregate.weights.is_none();
    let chosen: Vec<(ItemIx, usize)> = aggregate.terms.iter().map(of).collect::<Option<_>>()?;
    let (item, _) = *chosen.first().filter(|_| plain)?;
    let one = chosen.iter().all(|(other, _)| *other == item);
    one.then(|| (item, chosen.into_iter().map(|(_, option)| option).collect()))
}

/// The item and its options, if a condition is that one of them is chosen.
fn chosen(test: &Test) -> Option<(ItemIx, usize)> {
    let Test::Compare { comparison: Comparison::Equal, left, right } = test else { return None };
    match (&**left, &**right) {
        (Expr::Chosen { item, option }, Expr::Number(1.0)) => Some((*item, *option)),
        _ => None,
    }
}

/// The item and its options, if each condition is that one of them is chosen.
fn all_chosen(tests: &[Test]) -> Option<(ItemIx, Vec<usize>)> {
    let all: Vec<(ItemIx, usize)> = tests.iter().map(chosen).collect::<Option<_>>()?;
    let (item, _) = *all.first()?;
    let one = all.iter().all(|(other, _)| *other == item);
    one.then(|| (item, all.into_iter().map(|(_, option)| option).collect()))
}

impl FormulaWriter<'_> {
    fn scale(&self, scale: ScaleIx) -> String {
        self.instrument.scales[scale.0].id.clone()
    }

    fn list(&self, terms: &[Expr]) -> String {
        let terms: Vec<String> = terms.iter().map(|term| self.expr(term, 0)).collect();
        terms.join(", ")
    }

    fn number(&self, value: f64) -> String {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a position among words"
        )]
        match self.words {
            Some(words) => format!("\"{}\"", words.get(value as usize).map_or("?", String::as_str)),
            None => crate::emit::number(value),
        }
    }

    /// A function of the chosen options of an item.
    fn choices(&self, function: &str, item: ItemIx, chosen: &[usize]) -> String {
        let options = self.instrument.response(item).options();
        let values = chosen
            .iter()
            .map(|at| options.get(*at).map_or("?".to_owned(), |option| option.value.to_string()));
        let values: Vec<String> = values.collect();
        format!("{function}({}, {})", self.instrument.items[item.0].id, values.join(", "))
    }

    fn expr(&self, expr: &Expr, around: u8) -> String {
        match expr {
            Expr::Number(value) => self.number(*value),
            Expr::Missing => "missing".to_owned(),
            Expr::Answer(item) => self.instrument.items[item.0].id.clone(),
            Expr::Chosen { item, option } => self.choices("count", *item, &[*option]),
            Expr::Score(scale) => self.scale(*scale),
            Expr::Reverse { of, low, high } => {
                let text =
                    format!("{} - {}", crate::emit::number(low + high), self.expr(of, PRODUCT));
                parenthesised(text, around > 0)
            }
            Expr::Recode { of, table, other, missing } => {
                let mut text = format!("recode({}", self.expr(of, 0));
                for (key, value) in table.iter() {
                    text.push_str(&format!(
                        ", {}: {}",
                        crate::emit::number(*key),
                        self.number(*value)
                    ));
                }
                if let Some(other) = other {
                    text.push_str(&format!(", else {}", self.number(*other)));
                }
                if let Some(missing) = missing {
                    text.push_str(&format!(", missing: {}", self.number(*missing)));
                }
                text + ")"
            }
            Expr::Aggregate(aggregate) => self.aggregate(aggregate),
            Expr::Count { tests, need } => {
                let conditions: Vec<String> = tests.iter().map(|test| self.test(test, 0)).collect();
                let need = match *need {
                    0 => String::new(),
                    all if all == tests.len() => "; all".to_owned(),
                    need => format!("; >= {need}"),
                };
                format!("count({}{need})", conditions.join(", "))
            }
            Expr::LongestRun(terms) => format!("longest_run({})", self.list(terms)),
            Expr::Arithmetic { operator, left, right } => {
                self.arithmetic(*operator, left, right, around)
            }
            Expr::Apply { function, of } => format!("{}({})", name(*function), self.expr(of, 0)),
            Expr::Round { of, decimals } => format!("round({}, {decimals})", self.expr(of, 0)),
            Expr::If { test, then, otherwise, unknown } => {
                let mut text = format!(
                    "if {} then {} else {}",
                    self.test(test, 0),
                    self.expr(then, 0),
                    self.expr(otherwise, 0)
                );
                if **unknown != Expr::Missing {
                    text.push_str(&format!(" (if unknown: {})", self.expr(unknown, 0)));
                }
                parenthesised(text, around > 0)
            }
            Expr::Lookup { of, table } => format!("lookup({}, {})", table.name, self.list(of)),
            Expr::Eap { model, need, sd } => {
                let function = if *sd { "eap_sd" } else { "eap" };
                format!("{function}({}; >= {need})", model.name)
            }
        }
    }

    fn arithmetic(&self, operator: Operator, left: &Expr, right: &Expr, around: u8) -> String {
        let (sign, binds, right_binds) = match operator {
            Operator::Add => ("+", SUM, SUM),
            Operator::Subtract => ("-", SUM, PRODUCT),
            Operator::Multiply => ("*", PRODUCT, PRODUCT),
            Operator::Divide => ("/", PRODUCT, FACTOR),
            Operator::Modulo => ("mod", PRODUCT, FACTOR),
        };
        let text = format!("{} {sign} {}", self.expr(left, binds), self.expr(right, right_binds));
        parenthesised(text, around > binds)
    }

    fn aggregate(&self, aggregate: &Aggregate) -> String {
        if let Some((item, chosen)) = counted(aggregate) {
            return self.choices("count", item, &chosen);
        }
        let Aggregate { kind, terms, weights, need, mandatory, fill } = aggregate;
        let name = match kind {
            AggregateKind::Sum => "sum",
            AggregateKind::Mean => "mean",
            AggregateKind::Min => "min",
            AggregateKind::Max => "max",
        };
        let weighted = |position: usize, term: &Expr| match weights {
            Some(weights) => {
                format!("{} * {}", crate::emit::number(weights[position]), self.expr(term, PRODUCT))
            }
            None => self.expr(term, 0),
        };
        let list: Vec<String> =
            terms.iter().enumerate().map(|(position, term)| weighted(position, term)).collect();
        let mut text = format!("{name}({}; ", list.join(", "));
        match (*need, terms.len()) {
            (need, all) if need >= all => text.push_str("all needed"),
            (need, all) => text.push_str(&format!("{need} of {all} needed")),
        }
        for &position in mandatory {
            text.push_str(&format!(", {} needed", self.expr(&terms[position], 0)));
        }
        match fill {
            Fill::Nothing => {}
            Fill::PersonMean => text.push_str("; missing replaced by the person's mean"),
            Fill::Constant(value) => {
                text.push_str(&format!("; missing replaced by {}", crate::emit::number(*value)));
            }
            Fill::Each(each) => {
                let values: Vec<String> =
                    each.iter().map(|value| crate::emit::number(*value)).collect();
                text.push_str(&format!("; missing replaced by {}", values.join(", ")));
            }
        }
        text + ")"
    }

    fn test(&self, test: &Test, around: u8) -> String {
        // Inside a condition, numbers are printed as numbers even if the formula gives words.
        let plain = FormulaWriter { instrument: self.instrument, words: None };
        let several = |tests: &[Test], word: &str| {
            let parts: Vec<String> = tests.iter().map(|test| self.test(test, 1)).collect();
            match parts.len() {
                1 => parts.concat(),
                _ => parenthesised(parts.join(word), around > 0),
            }
        };
        match test {
            Test::Truth(truth) => truth.to_string(),
            Test::Missing => "missing".to_owned(),
            Test::Flag(scale) => self.scale(*scale),
            Test::Compare { comparison: _, left: _, right: _ } if chosen(test).is_some() => {
                all_chosen(std::slice::from_ref(test))
                    .map_or(String::new(), |(item, chosen)| self.choices("any", item, &chosen))
            }
            Test::Compare { comparison, left, right } => {
                // Without parentheses, the comparison would read as part of the `else` branch.
                let side = |side: &Expr| {
                    parenthesised(plain.expr(side, 0), matches!(side, Expr::If { .. }))
                };
                format!("{} {} {}", side(left), comparison.sign(), side(right))
            }
            Test::AtLeast { count, tests } => {
                let parts: Vec<String> = tests.iter().map(|test| self.test(test, 0)).collect();
                format!("count({}) >= {count}", parts.join(", "))
            }
            Test::All(tests) => match all_chosen(tests) {
                Some((item, chosen)) => self.choices("all", item, &chosen),
                None => several(tests, " and "),
            },
            Test::Any(tests) => match all_chosen(tests) {
                Some((item, chosen)) => self.choices("any", item, &chosen),
                None => several(tests, " or "),
            },
            Test::Not(of) => format!("not ({})", self.test(of, 0)),
            Test::IsMissing(of) => format!("is_missing({})", plain.expr(of, 0)),
            Test::IsUnknown(of) => format!("is_missing({})", self.test(of, 0)),
        }
    }
}

fn parenthesised(text: String, needed: bool) -> String {
    if needed { format!("({text})") } else { text }
}

fn name(function: Function) -> &'static str {
    match function {
        Function::Abs => "abs",
        Function::Sqrt => "sqrt",
        Function::Ln => "ln",
        Function::Exp => "exp",
        Function::Floor => "floor",
        Function::Ceiling => "ceiling",
        Function::Truncate => "truncate",
        Function::NormalCdf => "normal_cdf",
    }
}
