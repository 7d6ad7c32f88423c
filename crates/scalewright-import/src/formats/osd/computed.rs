//! The computed values of an Open Scale Definition: expressions in which a blank is 0.

use std::collections::{BTreeMap, BTreeSet};

use super::Reader;
use super::expression::{self, Word};
use crate::expr::{self, Bound, Language, Name, Scope};
use crate::finding::Kind;
use crate::form::Score;
use crate::form::rule::Rule;
use crate::json::Node;
use crate::words::Words;

/// The most computed values.
const MOST: usize = 200;

/// The positions of scores in the form, by name.
type Positions = BTreeMap<String, usize>;

impl<'a> Reader<'a> {
    /// Reads all computed values. `scores` are the scores that they may use.
    pub(super) fn computed(&mut self, scores: &Positions) {
        let all = self.definition.get("computed");
        let blocks = all.entries();
        if blocks.is_empty() {
            return;
        }
        if blocks.len() > MOST {
            let message =
                format!("the definition has more than {MOST} computed values, which are left out");
            self.report(Kind::NotUnderstood, "computed", &all, message);
            return;
        }
        let message =
            "in computed values the runner counts a blank as 0, and the formulas do the same";
        self.report(Kind::Assumed, "blank-as-zero", &all, message);
        let mut computed = Positions::new();
        for (name, block) in &blocks {
            self.unknown(block, &["expression", "type", "label", "description", "norms"]);
            let position = self.computed_score(name, block);
            computed.insert((*name).to_owned(), position);
        }
        let uses = Uses::of(&blocks);
        for (index, (name, block)) in blocks.iter().enumerate() {
            let rule = match uses.are_in_order(index) {
                Ok(()) => self.computed_rule(block, scores, &computed),
                Err(reason) => Rule::not_understood(text(block), &block.place(), reason),
            };
            self.form.scores[computed[*name]].rule = rule;
        }
    }

    /// Adds the score of a computed value, whose rule is read when the names of all are known.
    fn computed_score(&mut self, name: &str, block: &Node<'a>) -> usize {
        let own = |key: &str| block.get(key).text().map(str::to_owned);
        let score = Score {
            id: self.ids.item(name),
            column: name.to_owned(),
            title: Words::only(&own("label").unwrap_or_else(|| name.to_owned())),
            description: own("description"),
            rule: Rule::not_understood("", &block.place(), ""),
            bands: self.bands(block),
        };
        self.form.scores.push(score);
        self.form.scores.len() - 1
    }

    fn computed_rule(
        &mut self,
        block: &Node<'a>,
        scores: &Positions,
        computed: &Positions,
    ) -> Rule {
        let (text, place) = (text(block), block.get("expression").place());
        let mut unknown = Vec::new();
        let read = expression::read(text, |name| self.word(name, scores, computed, &mut unknown));
        for name in unknown {
            let message = format!("there is no `{name}`, and the runner counts it as 0");
            self.report(Kind::Doubtful, "unknown-name", &block.get("expression"), message);
        }
        let read = match read {
            Ok(read) => read,
            Err(reason) => return Rule::not_understood(text, &place, reason),
        };
        // What is not 0 is true.
        let is_truth = block.get("type").text() == Some("boolean");
        let whole = if is_truth { format!("not (not ({read}))") } else { read };
        let names = |name: Name<'_>| match name.text.split_once('.')? {
            ("answer", key) => self.items.get(key).copied().map(Bound::Item),
            ("score", key) => scores.get(key).copied().map(Bound::Score),
            ("computed", key) => computed.get(key).copied().map(Bound::Score),
            _ => None,
        };
        let scope = Scope { language: Language::OpenScales, form: &self.form, names: &names };
        Rule { text: text.to_owned(), ..expr::score(&scope, &whole, &place) }
    }

    /// What a name is to the runner. Names that do not exist are added to `unknown`.
    fn word(
        &self,
        name: &str,
        scores: &Positions,
        computed: &Positions,
        unknown: &mut Vec<String>,
    ) -> Word {
        let is_known = match name.split_once('.') {
            Some(("answer", key)) => self.items.contains_key(key),
            Some(("score", key)) => scores.contains_key(key),
            Some(("computed", key)) => computed.contains_key(key),
            Some(("parameter", key)) => {
                let default = self.parameters.get(key);
                let number = default.and_then(|text| super::runner::leading_number(text));
                return Word::Number(number.unwrap_or(0.0));
            }
            _ => false,
        };
        if is_known {
            return Word::Name;
        }
        unknown.push(name.to_owned());
        Word::Number(0.0)
    }
}

fn text<'a>(block: &Node<'a>) -> &'a str {
    block.get("expression").text().unwrap_or("0")
}

/// Which computed values use which: the positions of those that each uses, directly or through others.
struct Uses(Vec<BTreeSet<usize>>);

impl Uses {
    /// The runner looks for names in the texts, so that the name of another value that begins with the name counts too.
    fn of(blocks: &[(&str, Node<'_>)]) -> Self {
        let names: Vec<String> =
            blocks.iter().map(|(name, _)| format!("computed.{name}")).collect();
        let direct: Vec<Vec<usize>> = blocks
            .iter()
            .enumerate()
            .map(|(index, (_, block))| {
                let own = text(block);
                let is_used = |other: &usize| match *other == index {
                    true => expression::names(own).any(|word| word == names[index]),
                    false => own.contains(&names[*other]),
                };
                (0..blocks.len()).filter(is_used).collect()
            })
            .collect();
        let reached = |index: usize| {
            let (mut open, mut seen) = (direct[index].clone(), BTreeSet::new());
            while let Some(next) = open.pop() {
                if seen.insert(next) {
                    open.extend(&direct[next]);
                }
            }
            seen
        };
        Self((0..blocks.len()).map(reached).collect())
    }

    /// Whether a value is computed after those that it uses. The runner computes values that use each other in the order of
    /// the file, with 0 for those that are not there yet.
    fn are_in_order(&self, index: usize) -> Result<(), String> {
        let in_circle = |other: &usize| self.0[*other].contains(other);
        match in_circle(&index) || self.0[index].iter().any(in_circle) {
            true => Err("it uses a value that uses itself".to_owned()),
            false => Ok(()),
        }
    }
}
