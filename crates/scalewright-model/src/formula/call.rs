//! Functions: their arguments, and the operations they become.

use crate::irt::NoTable;
use crate::{
    Aggregate, AggregateKind, Expr, Fill, Function, ItemIx, Operator, Test, did_you_mean,
    reversed_name,
};

use super::lex::{FormulaFault, Span};
use super::lower::{Lowering, apply, compare};
use super::parse::{Argument, Call, FillWord, Need, SyntaxKind, SyntaxNode};

/// The names of all functions.
pub(super) const FUNCTIONS: [&str; 32] = [
    "abs",
    "all",
    "answered",
    "any",
    "band",
    "ceiling",
    "clamp",
    "coalesce",
    "count",
    "eap",
    "eap_sd",
    "eap_sum",
    "eap_sum_sd",
    "exp",
    "floor",
    "is_missing",
    "items",
    "ln",
    "longest_run",
    "lookup",
    "max",
    "mean",
    "min",
    "minutes_between",
    "normal_cdf",
    "recode",
    "reverse",
    "round",
    "sqrt",
    "sum",
    "truncate",
    "years_between",
];

impl Lowering<'_> {
    /// Turns a function call into an operation that gives a number.
    pub(super) fn call(&mut self, call: &Call) -> Option<Expr> {
        self.stray_rules(call);
        match call.name.as_str() {
            "sum" => self.aggregate(call, AggregateKind::Sum),
            "mean" => self.aggregate(call, AggregateKind::Mean),
            "min" => self.aggregate(call, AggregateKind::Min),
            "max" => self.aggregate(call, AggregateKind::Max),
            "count" => match self.several(call) {
                Some(item) => self.count_of_choices(call, item),
                None => self.counted(call),
            },
            "answered" => {
                let terms = self.list(call)?;
                let known = |term| Test::Not(Box::new(Test::IsMissing(Box::new(term))));
                // `IsMissing` is never missing, so a need would have nothing to check.
                Some(Expr::Count { tests: terms.into_iter().map(known).collect(), need: 0 })
            }
            "longest_run" => self.list(call).map(Expr::LongestRun),
            "abs" => self.one(call, Function::Abs),
            "sqrt" => self.one(call, Function::Sqrt),
            "ln" => self.one(call, Function::Ln),
            "exp" => self.one(call, Function::Exp),
            "floor" => self.one(call, Function::Floor),
            "ceiling" => self.one(call, Function::Ceiling),
            "truncate" => self.one(call, Function::Truncate),
            "normal_cdf" => self.one(call, Function::NormalCdf),
            "round" => self.round(call),
            "clamp" => self.clamp(call),
            "coalesce" => self.coalesce(&call.entries, call),
            "minutes_between" => self.minutes_between(call),
            "years_between" => self.years_between(call),
            "reverse" => self.reverse(call),
            "recode" => self.recode(call),
            "lookup" => self.lookup(call),
            "eap" => self.eap(call, false),
            "eap_sd" => self.eap(call, true),
            "eap_sum" => self.eap_sum(call, false),
            "eap_sum_sd" => self.eap_sum(call, true),
            "all" | "any" => {
                let message = "expected a number, found a condition";
                let fault = FormulaFault::new(call.name_span.clone(), message).code("formula-type");
                self.fault(fault.help("count the chosen options: `count(x, 1, 3)`"))
            }
            "is_missing" => self.fault(
                FormulaFault::new(call.name_span.clone(), "expected a number, found a condition")
                    .code("formula-type")
                    .help("write `if is_missing(x) then 1 else 0`"),
            ),
            "band" => self.fault(
                FormulaFault::new(call.name_span.clone(), "expected a number, found a band")
                    .code("formula-type")
                    .help("compare it with its label: `band(phq_total) = \"severe\"`"),
            ),
            "items" => self.fault(
                FormulaFault::new(
                    call.name_span.clone(),
                    "expected a number, found the list of the items of a scale",
                )
                .code("formula-type")
                .help("use the list in a function: `sum(items(phq_total))`"),
            ),
            other => {
                let fault = FormulaFault::new(
                    call.name_span.clone(),
                    format!("there is no function `{other}`"),
                )
                .code("unknown-function");
                let names = FUNCTIONS.iter().copied();
                let help = did_you_mean(other, names)
                    .unwrap_or_else(|| format!("the functions are {}", FUNCTIONS.join(", ")));
                self.fault(fault.help(help))
            }
        }
    }

    /// Reports a need or a fill in a function that has none.
    pub(super) fn stray_rules(&mut self, call: &Call) {
        let (need, fill) = match call.name.as_str() {
            "sum" | "mean" => (true, true),
            "count" => (self.several(call).is_none(), false),
            "min" | "max" | "eap" | "eap_sd" => (true, false),
            _ => (false, false),
        };
        let stray = call.need.as_ref().filter(|_| !need).map(|(_, span)| span);
        let stray = stray.or(call.fill.as_ref().filter(|_| !fill).map(|(_, span)| span));
        if let Some(span) = stray {
            let message = format!("`{}` does not accept this rule for missing answers", call.name);
            // The call is still lowered, so that the faults of its arguments are reported too.
            self.fault::<()>(
                FormulaFault::new(span.clone(), message)
                    .code("formula-arguments")
                    .help("remove it"),
            );
        }
    }

    /// Returns the arguments of a function that takes exactly `count` plain ones. `wanted` describes them in the
    /// message.
    fn plain<'c>(
        &mut self,
        call: &'c Call,
        count: usize,
        wanted: &str,
    ) -> Option<Vec<&'c SyntaxNode>> {
        let nodes: Option<Vec<&SyntaxNode>> = call
            .entries
            .iter()
            .map(|entry| if let Argument::Plain(node) = entry { Some(node) } else { None })
            .collect();
        // `nodes` is `None` if there is a pair or an `else`, which only `recode` accepts.
        match nodes.filter(|nodes| nodes.len() == count) {
            Some(nodes) => Some(nodes),
            None => self.wrong_arguments(call, wanted),
        }
    }

    /// Applies a function with one number as its argument.
    fn one(&mut self, call: &Call, function: Function) -> Option<Expr> {
        let wanted = format!("one number: `{}(x)`", call.name);
        let nodes = self.plain(call, 1, &wanted)?;
        Some(apply(function, self.number(nodes[0])?))
    }

    /// Returns the terms of a list, with ranges and `items(…)` expanded.
    fn list(&mut self, call: &Call) -> Option<Vec<Expr>> {
        let mut all = Vec::new();
        let mut valid = true;
        for entry in &call.entries {
            let Argument::Plain(node) = entry else {
                return self.wrong_arguments(call, "a list of items and numbers");
            };
            match self.expand(node) {
                Some(terms) => all.extend(terms),
                None => valid = false,
            }
        }
        if all.is_empty() && valid {
            return self.wrong_arguments(call, "a list with at least one entry");
        }
        valid.then_some(all)
    }

    fn expand(&mut self, node: &SyntaxNode) -> Option<Vec<Expr>> {
        match &node.kind {
            SyntaxKind::Range(from, to) => self.range(from, to, &node.span),
            SyntaxKind::Call(call) if call.name == "items" => self.items(call),
            _ => Some(vec![self.number(node)?]),
        }
    }

    /// Returns the answers to the items from one to another, in the order of the form.
    fn range(&mut self, from: &str, to: &str, span: &Span) -> Option<Vec<Expr>> {
        // The span begins with `from` and ends with `to`, unless brackets around the range widen it.
        let places = [span.start..span.start + from.len(), span.end - to.len()..span.end];
        let ends = [(from, &places[0]), (to, &places[1])].map(|(name, at)| {
            match self.names.item_ids.get(name) {
                Some(item) => Some(item.0),
                None => {
                    // No near item is suggested for a scale: its name is known, and the mistake is another one.
                    let is_scale = self.names.scales.contains_key(name);
                    let ids = self.names.item_ids.keys().copied();
                    let reversed = reversed_name(name, ids.clone()).map(|item| {
                        format!("list reversed items separately, not in a range: `a..b, reverse({item})`")
                    });
                    let near = reversed.or_else(|| did_you_mean(name, ids));
                    let help = near.filter(|_| !is_scale);
                    let help = help.unwrap_or_else(|| "a range goes from one item to another".to_owned());
                    let message = match is_scale {
                        true => format!("`{name}` is not an item"),
                        false => format!("there is no item `{name}`"),
                    };
                    self.fault(
                        FormulaFault::new(at.clone(), message).code("unknown-name").help(help),
                    )
                }
            }
        });
        let (first, last) = (ends[0]?, ends[1]?);
        if first > last {
            let message =
                format!("the range runs backwards: `{to}` comes before `{from}` in the form");
            return self.fault(
                FormulaFault::new(span.clone(), message)
                    .code("backward-range")
                    .help(format!("write `{to}..{from}`")),
            );
        }
        let answers: Vec<Option<Expr>> = (first..=last)
            .map(|item| {
                // Each item of a range counts, so that a short text cannot become a formula of any size.
                self.count(span)?;
                self.answer(ItemIx(item), span)
            })
            .collect();
        answers.into_iter().collect()
    }

    /// Returns the keyed answers to the items of a scale.
    fn items(&mut self, call: &Call) -> Option<Vec<Expr>> {
        // Here again, because the list of an `items` call is expanded without passing through `call`.
        self.stray_rules(call);
        let [Argument::Plain(SyntaxNode { kind: SyntaxKind::Name(name), span })] =
            &call.entries[..]
        else {
            return self.wrong_arguments(call, "a scale: `items(phq_total)`");
        };
        let Some(scale) = self.names.scales.get(name.as_str()) else {
            return self.unknown(name, span);
        };
        // An empty list would vanish among other terms: `sum(items(x), a)` would be only `a`.
        if scale.keyed.is_empty() {
            let message = format!("`{name}` has no items of its own");
            let fault = FormulaFault::new(span.clone(), message).code("formula-arguments");
            return self.fault(fault.help("list the scores or items: `sum(a, b)`"));
        }
        let keyed = scale.keyed.clone();
        for _ in &keyed {
            self.count(span)?;
        }
        Some(keyed)
    }

    fn aggregate(&mut self, call: &Call, kind: AggregateKind) -> Option<Expr> {
        let terms = self.list(call)?;
        let need = self.need(call, terms.len())?;
        let fill = match call.fill {
            None => Fill::Nothing,
            Some((FillWord::Prorate, _)) => Fill::PersonMean,
            Some((FillWord::Substitute(value), _)) => Fill::Constant(value),
        };
        Some(Expr::Aggregate(Aggregate {
            kind,
            terms,
            weights: None,
            // A need of 0 would give a score to a blank form.
            need: need.max(1),
            mandatory: Vec::new(),
            fill,
        }))
    }

    /// Returns how many of `all` terms must be present. Without a need, all of them.
    fn need(&mut self, call: &Call, all: usize) -> Option<usize> {
        let Some((need, span)) = &call.need else { return Some(all) };
        let count = match need {
            Need::All => Some(all),
            Need::Number { count, inclusive } => {
                usize::try_from(*count + u64::from(!inclusive)).ok()
            }
            Need::Share { numerator, denominator, inclusive } => {
                share(*numerator, *denominator, *inclusive, all)
            }
        };
        // Counts of more than the list has are mistakes, because no respondent could reach them.
        match count.filter(|count| *count <= all) {
            Some(count) => Some(count),
            None => {
                let message = format!("the rule needs more answers than the list has ({all})");
                self.fault(
                    FormulaFault::new(span.clone(), message)
                        .code("limit-above-items")
                        .help("no respondent could get a score: require fewer answers"),
                )
            }
        }
    }

    fn counted(&mut self, call: &Call) -> Option<Expr> {
        let tests = self.conditions(call)?;
        // Without a need, `count` counts over the present answers.
        let need = if call.need.is_some() { self.need(call, tests.len())? } else { 0 };
        Some(Expr::Count { tests, need })
    }

    /// Returns the conditions of a `count`. A comparison whose left side is a range or `items(…)` is one condition per
    /// item.
    pub(super) fn conditions(&mut self, call: &Call) -> Option<Vec<Test>> {
        let mut all = Vec::new();
        let mut valid = true;
        for entry in &call.entries {
            let Argument::Plain(node) = entry else {
                return self.wrong_arguments(call, "conditions: `count(phq_1..phq_9 >= 2)`");
            };
            match self.condition(node) {
                Some(tests) => all.extend(tests),
                None => valid = false,
            }
        }
        if all.is_empty() && valid {
            return self.wrong_arguments(call, "conditions: `count(phq_1..phq_9 >= 2)`");
        }
        valid.then_some(all)
    }

    fn condition(&mut self, node: &SyntaxNode) -> Option<Vec<Test>> {
        if let SyntaxKind::Compare(comparison, left, right) = &node.kind
            && is_list(left)
        {
            let (terms, right) = (self.expand(left), self.number(right));
            let (terms, right) = (terms?, right?);
            // The right side is copied into the condition of each item, so each copy counts.
            self.count_all(terms.len().saturating_mul(right.size()), &node.span)?;
            let tests = terms.into_iter().map(|term| compare(*comparison, term, right.clone()));
            return Some(tests.collect());
        }
        Some(vec![self.test(node)?])
    }

    fn round(&mut self, call: &Call) -> Option<Expr> {
        const WANTED: &str = "a number and decimal places from 0 to 6: `round(x, 1)`";
        let (of, decimals) = match &call.entries[..] {
            [Argument::Plain(of)] => (of, 0.0),
            [
                Argument::Plain(of),
                Argument::Plain(SyntaxNode { kind: SyntaxKind::Number(decimals), .. }),
            ] => (of, *decimals),
            _ => return self.wrong_arguments(call, WANTED),
        };
        if !(0.0..=6.0).contains(&decimals) || decimals.fract() != 0.0 {
            return self.wrong_arguments(call, WANTED);
        }
        let of = Box::new(self.number(of)?);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 6")]
        Some(Expr::Round { of, decimals: decimals as u32 })
    }

    fn clamp(&mut self, call: &Call) -> Option<Expr> {
        let nodes = self.plain(call, 3, "a number and two bounds: `clamp(x, 1, 9)`")?;
        let [x, low, high] = [nodes[0], nodes[1], nodes[2]].map(|node| self.number(node));
        Some(Expr::clamp(x?, low?, high?))
    }

    fn coalesce(&mut self, entries: &[Argument], call: &Call) -> Option<Expr> {
        match entries {
            [] => self.wrong_arguments(call, "numbers, and gives the first that is not missing"),
            [Argument::Plain(last)] => self.number(last),
            [Argument::Plain(first), rest @ ..] => {
                // Lowered twice, so that both copies count as operations.
                let test = Test::IsMissing(Box::new(self.number(first)?));
                let value = self.number(first);
                // Each entry nests the expression one level deeper, so the limit of written levels applies.
                let rest = self.deeper(first, |lowering| lowering.coalesce(rest, call));
                Some(Expr::choice(test, rest?, value?))
            }
            _ => self.wrong_arguments(call, "numbers, and gives the first that is not missing"),
        }
    }

    fn minutes_between(&mut self, call: &Call) -> Option<Expr> {
        let nodes = self.plain(call, 2, "two clock times: `minutes_between(bed, up)`")?;
        let (from, to) = (self.number(nodes[0]), self.number(nodes[1]));
        let minutes = Expr::arithmetic(Operator::Subtract, to?, from?);
        // A bedtime before midnight gives a negative difference. The result of `Modulo` has the sign of the divisor.
        Some(Expr::arithmetic(Operator::Modulo, minutes, Expr::Number(1440.0)))
    }

    fn reverse(&mut self, call: &Call) -> Option<Expr> {
        let [Argument::Plain(node @ SyntaxNode { kind: SyntaxKind::Name(name), span })] =
            &call.entries[..]
        else {
            return self.wrong_arguments(call, "one item: `reverse(wai_1)`");
        };
        let Some(&item) = self.names.item_ids.get(name.as_str()) else {
            // An unknown name is reported as unknown, at its own place.
            self.number(node)?;
            return self.wrong_arguments(call, "one item: `reverse(wai_1)`");
        };
        let answer = self.answer(item, span)?;
        let response = self.names.response(item);
        let Some((low, high)) = response.bounds() else {
            let message =
                format!("`{name}` has no declared lowest and highest answer to reverse it");
            let fault = FormulaFault::new(span.clone(), message).code("unscorable-item");
            return self.fault(fault.help(format!(
                "give the response scale `{}` `min` and `max`, or write the reversal out: `10 - {name}`",
                response.name
            )));
        };
        if let Some(stray) = response.unreversible_answer() {
            let message = format!(
                "reversing `{name}` turns its answer {stray} into {}, which is not an answer of `{}`",
                low + high - stray,
                response.name
            );
            return self.fault(
                FormulaFault::new(span.clone(), message)
                    .code("reversal-off-scale")
                    .help("state the number for each answer: `recode(…, 1: 5, 2: 3)`"),
            );
        }
        Some(Expr::Reverse { of: Box::new(answer), low, high })
    }

    fn recode(&mut self, call: &Call) -> Option<Expr> {
        const WANTED: &str =
            "a number and pairs of numbers, with `else` last: `recode(x, 1: 0, 2: 2, else 4)`";
        let Some((Argument::Plain(of), pairs)) = call.entries.split_first() else {
            return self.wrong_arguments(call, WANTED);
        };
        let (mut table, mut other) = (Vec::new(), None);
        for (index, pair) in pairs.iter().enumerate() {
            let last = index + 1 == pairs.len();
            match pair {
                Argument::Pair(key, SyntaxNode { kind: SyntaxKind::Number(value), .. }) => {
                    table.push((*key, *value))
                }
                Argument::Else(SyntaxNode { kind: SyntaxKind::Number(value), .. }) if last => {
                    other = Some(*value)
                }
                // `else missing` is what happens without `else`.
                Argument::Else(SyntaxNode { kind: SyntaxKind::Missing, .. }) if last => {}
                _ => return self.wrong_arguments(call, WANTED),
            }
        }
        if table.is_empty() {
            return self.wrong_arguments(call, WANTED);
        }
        table.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Within the tolerance, as in the evaluation, which could never find the second of two such keys.
        if let Some(pair) =
            table.windows(2).find(|pair| (pair[0].0 - pair[1].0).abs() < crate::TOLERANCE)
        {
            let message = format!("`{}` is recoded twice", pair[0].0);
            let fault =
                FormulaFault::new(call.name_span.clone(), message).code("formula-arguments");
            return self.fault(fault.help("keep one of the two"));
        }
        let of = Box::new(self.number(of)?);
        Some(Expr::Recode { of, table: table.into(), other, missing: None })
    }

    fn lookup(&mut self, call: &Call) -> Option<Expr> {
        let Some((Argument::Plain(SyntaxNode { kind: SyntaxKind::Name(name), span }), keys)) =
            call.entries.split_first()
        else {
            return self.wrong_arguments(
                call,
                "a table and the numbers to look up: `lookup(t_scores, phq_total)`",
            );
        };
        let Some(table) = self.names.tables.get(name.as_str()).cloned() else {
            let near = did_you_mean(name, self.names.tables.keys().copied());
            let help = near.unwrap_or_else(|| format!("add `[tables.{name}]`"));
            let fault = FormulaFault::new(span.clone(), format!("there is no table `{name}`"));
            return self.fault(fault.code("unknown-table").help(help));
        };
        // An invalid table has an error of its own.
        let table = table?;
        if keys.len() != table.matching.len() {
            let wanted = match table.matching.len() {
                1 => format!("one number after `{name}`"),
                more => format!("{more} numbers after `{name}`"),
            };
            return self.wrong_arguments(call, &wanted);
        }
        let of: Vec<Option<Expr>> = keys
            .iter()
            .map(|entry| match entry {
                Argument::Plain(node) => self.number(node),
                _ => self.wrong_arguments(call, "a table and numbers"),
            })
            .collect();
        Some(Expr::Lookup { of: of.into_iter().collect::<Option<_>>()?, table })
    }

    fn model(&mut self, call: &Call) -> Option<std::sync::Arc<crate::Model>> {
        let [Argument::Plain(SyntaxNode { kind: SyntaxKind::Name(name), span })] =
            &call.entries[..]
        else {
            let wanted = format!("a model: `{}(distress)`", call.name);
            return self.wrong_arguments(call, &wanted);
        };
        match self.names.models.get(name.as_str()).cloned() {
            // An invalid model has an error of its own.
            Some(model) => model,
            None => {
                let near = did_you_mean(name, self.names.models.keys().copied());
                let help = near.unwrap_or_else(|| format!("add `[models.{name}]`"));
                let fault = FormulaFault::new(span.clone(), format!("there is no model `{name}`"));
                self.fault(fault.code("unknown-model").help(help))
            }
        }
    }

    fn eap(&mut self, call: &Call, sd: bool) -> Option<Expr> {
        let model = self.model(call)?;
        // Without any answer, the result would be the mean of the population, which says nothing about the respondent.
        let need = self.need(call, model.items.len())?.max(1);
        Some(Expr::Eap { model, need, sd })
    }

    /// The trait given the sum of the answers: a lookup in a table that is computed once.
    fn eap_sum(&mut self, call: &Call, sd: bool) -> Option<Expr> {
        let model = self.model(call)?;
        self.count_all(model.items.len(), &call.name_span)?;
        let terms: Vec<Expr> = model.items.iter().map(|item| item.answer.clone()).collect();
        let tables = match self.names.sum_tables(&model) {
            Ok(tables) => tables,
            Err(because) => {
                let (message, help) = match because {
                    NoTable::NotWhole => (
                        format!("the answers of `{}` are not whole numbers", model.name),
                        "write `eap(…)`, which uses the answers instead of their sum",
                    ),
                    NoTable::TooLarge => (
                        format!("the table of sums of `{}` takes too long to compute", model.name),
                        "give the models fewer `points` (61 are usual) or fewer items, or use `eap(…)`, which needs no table",
                    ),
                };
                let fault =
                    FormulaFault::new(call.name_span.clone(), message).code("formula-arguments");
                return self.fault(fault.help(help));
            }
        };
        let table = if sd { tables.deviations } else { tables.means };
        // All answers are needed, because the table is for the sum over all items of the model.
        Some(Expr::Lookup { of: vec![Expr::of_all(AggregateKind::Sum, terms)], table })
    }
}

fn is_list(node: &SyntaxNode) -> bool {
    match &node.kind {
        SyntaxKind::Range(..) => true,
        SyntaxKind::Call(call) => call.name == "items",
        _ => false,
    }
}

/// Returns the smallest count that is at least (`inclusive`), or more than, a share of `all`. `None` if no count up to
/// `all` is, or the denominator is zero.
pub(crate) fn share(
    numerator: u64,
    denominator: u64,
    inclusive: bool,
    all: usize,
) -> Option<usize> {
    // In integers: floating-point shares such as 2/3 of 9 can miss the exact count. 128 bits, so that it cannot
    // overflow.
    let product = u128::from(numerator) * u128::try_from(all).ok()?;
    let denominator = u128::from(denominator);
    if denominator == 0 {
        return None;
    }
    let count = if inclusive { product.div_ceil(denominator) } else { product / denominator + 1 };
    usize::try_from(count).ok().filter(|count| *count <= all)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn shares_are_exact() {
        assert_eq!(share(1, 2, true, 9), Some(5));
        assert_eq!(share(1, 2, false, 10), Some(6));
        assert_eq!(share(1, 2, true, 10), Some(5));
        assert_eq!(share(4, 5, true, 12), Some(10));
        assert_eq!(share(1, 1, false, 5), None);
        assert_eq!(share(1, 0, true, 5), None);
    }
}
