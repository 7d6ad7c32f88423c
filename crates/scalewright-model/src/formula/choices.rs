//! `any`, `all` and `count` of the options that are chosen in an item with several choices.

use crate::{
    AggregateKind, Comparison, Expr, ItemIx, MOST_CHOICES, ResponseKind, ResponseOption,
    ResponseScale, Test,
};

use super::lex::FormulaFault;
use super::lower::{Lowering, compare};
use super::parse::{Argument, Call, SyntaxKind, SyntaxNode};

impl Lowering<'_> {
    /// Returns the item with several choices that is the first argument of a call. `None` if that is anything else.
    pub(super) fn several(&self, call: &Call) -> Option<ItemIx> {
        let Some(Argument::Plain(SyntaxNode { kind: SyntaxKind::Name(name), .. })) =
            call.entries.first()
        else {
            return None;
        };
        let item = *self.names.item_ids.get(name.as_str())?;
        matches!(self.names.response(item).kind, ResponseKind::SeveralChoice { .. }).then_some(item)
    }

    /// Lowers `any(item, …)` and `all(item, …)`.
    pub(super) fn any_or_all(&mut self, call: &Call) -> Option<Test> {
        self.stray_rules(call);
        let Some(item) = self.several(call) else { return self.no_choices(call) };
        let options = self.named_options(call, item)?;
        let mut tests: Vec<Test> =
            options.into_iter().map(|option| is_chosen(item, option)).collect();
        let test = match (&*call.name, tests.len()) {
            (_, 1) => tests.swap_remove(0),
            ("any", _) => Test::Any(tests),
            _ => Test::All(tests),
        };
        let Some(refused) = self.refused(item) else { return Some(test) };
        // Missing if an option is chosen that counts as no answer.
        let answered = Test::All(vec![Test::Not(Box::new(refused.clone())), test]);
        Some(Test::Any(vec![Test::All(vec![refused, Test::Missing]), answered]))
    }

    /// Lowers `count(item, …)`.
    pub(super) fn count_of_choices(&mut self, call: &Call, item: ItemIx) -> Option<Expr> {
        let options = self.named_options(call, item)?;
        let mut terms: Vec<Expr> =
            options.into_iter().map(|option| Expr::Chosen { item, option }).collect();
        let count = match terms.len() {
            1 => terms.swap_remove(0),
            _ => Expr::of_all(AggregateKind::Sum, terms),
        };
        Some(match self.refused(item) {
            None => count,
            Some(refused) => Expr::choice(refused, Expr::Missing, count),
        })
    }

    /// Returns the condition that an option is chosen that counts as no answer. `None` if there is no such option.
    fn refused(&self, item: ItemIx) -> Option<Test> {
        let options = self.names.response(item).options().iter().enumerate();
        let mut tests: Vec<Test> = options
            .filter(|(_, option)| option.non_response)
            .map(|(at, _)| is_chosen(item, at))
            .collect();
        match tests.len() {
            0 => None,
            1 => Some(tests.swap_remove(0)),
            _ => Some(Test::Any(tests)),
        }
    }

    /// Returns the positions of the options that a call names after the item; without any, those of all options that
    /// are answers.
    fn named_options(&mut self, call: &Call, item: ItemIx) -> Option<Vec<usize>> {
        let response = self.names.response(item).clone();
        let options = response.options();
        if options.len() > MOST_CHOICES {
            let message = format!(
                "`{}` has more than {MOST_CHOICES} options, the most that a formula can look into",
                self.names.items[item.0].id
            );
            let fault = FormulaFault::new(call.name_span.clone(), message).code("formula-too-long");
            return self.fault(fault.help("divide the item into several"));
        }
        // Each option is an operation, so that a short text cannot become a formula of any size.
        self.count_all(2 * options.len(), &call.name_span)?;
        if call.entries.len() == 1 {
            let answers = options.iter().enumerate().filter(|(_, option)| !option.non_response);
            return Some(answers.map(|(at, _)| at).collect());
        }
        let mut named = Vec::new();
        for entry in &call.entries[1..] {
            let at = self.option(call, entry, &response)?;
            if named.contains(&at) {
                let message = "the option is named twice";
                let fault = FormulaFault::new(span_of(entry, call), message);
                return self.fault(fault.code("formula-arguments").help("remove one of the two"));
            }
            named.push(at);
        }
        Some(named)
    }

    /// Returns the position of the option that an argument names by its value or its code.
    fn option(&mut self, call: &Call, entry: &Argument, response: &ResponseScale) -> Option<usize> {
        let options = response.options();
        let (at, text, span) = match entry {
            Argument::Plain(SyntaxNode { kind: SyntaxKind::Number(number), span }) => {
                (response.position(*number), number.to_string(), span)
            }
            Argument::Plain(SyntaxNode { kind: SyntaxKind::Word(word), span }) => {
                let at = options.iter().position(|option| option.code.as_ref() == Some(word));
                (at, format!("\"{word}\""), span)
            }
            _ => return self.no_choices(call),
        };
        let (message, help) = match at.map(|at| &options[at]) {
            Some(option) if option.non_response => (
                format!("the option {text} counts as no answer"),
                "leave it out: where it is chosen, the result is missing".to_owned(),
            ),
            Some(_) => return at,
            None => (format!("there is no option {text}"), listed(options)),
        };
        self.fault(FormulaFault::new(span.clone(), message).code("unknown-word").help(help))
    }

    fn no_choices<T>(&mut self, call: &Call) -> Option<T> {
        let name = &call.name;
        let wanted = format!(
            "an item with several choices, and values or codes of its options: `{name}(symptoms, 1, 3)`"
        );
        self.wrong_arguments(call, &wanted)
    }
}

fn span_of(entry: &Argument, call: &Call) -> super::lex::Span {
    match entry {
        Argument::Plain(node) => node.span.clone(),
        Argument::Pair(..) | Argument::Else(_) => call.name_span.clone(),
    }
}

fn is_chosen(item: ItemIx, option: usize) -> Test {
    compare(Comparison::Equal, Expr::Chosen { item, option }, Expr::Number(1.0))
}

/// Returns a sentence of help that lists the options.
fn listed(options: &[ResponseOption]) -> String {
    let shown = options.iter().filter(|option| !option.non_response).take(20);
    let shown: Vec<String> = shown.map(|option| option.value.to_string()).collect();
    format!("the options are {}", shown.join(", "))
}
