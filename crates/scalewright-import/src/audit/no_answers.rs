//! Options that count as no answer in a definition, which the scores of a form may count.

use scalewright_model::{ItemIx, ResponseKind as OurKind, Severity};

use super::both::{Both, is_near};
use super::types::Discrepancy;
use crate::form::Choice;
use crate::form::rule::{Answers, Rule, Source};
use crate::prove::{in_words, shown_by};

/// How many respondents choose each of these options.
const RESPONDENTS: usize = 8;

/// The first option without an answer that a score of the form counts. `position` is that of our score in the program.
pub(super) fn finding(
    both: &Both<'_>,
    id: &str,
    rule: &Rule,
    position: usize,
) -> Option<Discrepancy> {
    let source = rule.source.as_deref()?;
    for (item, at) in both.matched.items.iter().enumerate() {
        let Some(at) = *at else { continue };
        for choice in choices(both, item, at) {
            let one = Chosen { both, source, position, item, at, choice };
            let first = both.sets.iter().take(RESPONDENTS).find_map(|set| one.respondent(set));
            if let Some(answers) = first {
                return Some(one.finding(id, rule, &answers));
            }
        }
    }
    None
}

/// The options of the form that our options without an answer are, unless it treats them so too.
fn choices<'a>(both: &Both<'a>, item: usize, at: usize) -> Vec<&'a Choice> {
    let matched = both.matched;
    let OurKind::Coded { options } = &matched.instrument().response(ItemIx(item)).kind else {
        return Vec::new();
    };
    let Some(choices) = matched.choices(at) else { return Vec::new() };
    let response = matched.instrument().items[item].response.0;
    let none = options.iter().enumerate().filter(|(_, option)| option.non_response);
    let same = none.filter_map(|(index, option)| {
        let by_value = || choices.iter().find(|choice| choice.value == option.value);
        matched.by_label(response, index, choices).or_else(by_value)
    });
    same.filter(|choice| !choice.non_response).collect()
}

/// An option without an answer that is chosen for an item.
struct Chosen<'b, 'a> {
    both: &'b Both<'a>,
    source: &'b dyn Source,
    position: usize,
    item: usize,
    at: usize,
    choice: &'b Choice,
}

impl Chosen<'_, '_> {
    /// A respondent with as few of these answers as possible for whom the scores differ; `None` if they are equal.
    fn respondent(&self, answers: &Answers) -> Option<Answers> {
        let mut answers = answers.clone();
        answers.of[self.item] = None;
        self.results(&answers)?;
        for item in 0..answers.of.len() {
            let mut fewer = answers.clone();
            if fewer.of[item].take().is_some() && self.results(&fewer).is_some() {
                answers = fewer;
            }
        }
        Some(answers)
    }

    /// Both results, if they differ. The form has the option, and the definition no answer.
    fn results(&self, answers: &Answers) -> Option<(String, String)> {
        let form = self.both.matched.form;
        let mut given = self.both.in_form(answers);
        let shown = |given: &Answers| shown_by(form, given, &|rule| rule.source.as_deref());
        let without = shown(&given);
        given.of[self.at] = Some(self.choice.value.number());
        let mut theirs = shown(&given);
        let source = self.source.value(form, &theirs);
        // Somebody who chooses it may see other items, which is another matter.
        theirs.of[self.at] = None;
        if theirs != without {
            return None;
        }
        let ours = self.both.result(answers, self.position);
        (!is_near(&source, &ours)).then(|| (in_words(&source), in_words(&ours)))
    }

    fn finding(&self, id: &str, rule: &Rule, answers: &Answers) -> Discrepancy {
        let item = &self.both.matched.instrument().items[self.item].id;
        let (source, ours) = self.results(answers).unwrap_or_default();
        let chosen = format!("{item} = {}", self.choice.stored);
        let others = match answers.of.iter().any(Option::is_some) {
            true => format!(", {}", self.both.described(answers)),
            false => String::new(),
        };
        let message = format!(
            "`{id}` counts an option that is no answer in the definition: {chosen}{others} gives {source} in the form and {ours} by the definition"
        );
        Discrepancy::new("no-answer-counted", Severity::Error, &rule.place, message)
    }
}
