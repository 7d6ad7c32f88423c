//! The items and scales of a score: how each counts.

use scalewright_model::{Fill, ItemIx, Keying, Recode, ResponseKind, ScaleItem, Terms};

use super::phrases::fill;
use super::{AccountTable, Describer, Term, shown};

impl Describer<'_> {
    fn keyed_items(&self) -> &[ScaleItem] {
        match &self.scale.terms {
            Terms::Items(items) => items,
            Terms::Scales(_) | Terms::Formula(_) | Terms::Unknown => &[],
        }
    }

    /// The number of reversed items.
    pub(super) fn reversed(&self) -> usize {
        self.keyed_items().iter().filter(|item| item.keying == Keying::Negative).count()
    }

    /// The lowest and highest answer added, if the item is reversed.
    fn ends(&self, entry: &ScaleItem) -> Option<f64> {
        let (low, high) = self.instrument.response(entry.item).bounds()?;
        (entry.keying == Keying::Negative).then_some(low + high)
    }

    pub(super) fn terms(&self) -> Vec<Term> {
        match &self.scale.terms {
            Terms::Items(items) => {
                items.iter().enumerate().map(|(at, entry)| self.item_term(at, entry)).collect()
            }
            Terms::Scales(scales) => {
                let term = |(at, scale): (usize, &scalewright_model::ScaleIx)| {
                    let part = &self.instrument.scales[scale.0];
                    let names = self.tongue.wording.map(|words| &words.scales[scale.0].title);
                    let (counts, is_plain) = self.counts(at, part.id.clone(), true);
                    Term {
                        number: String::new(),
                        id: part.id.clone(),
                        title: names.unwrap_or(&part.title).clone(),
                        sign: None,
                        counts,
                        is_plain,
                        recoded: None,
                    }
                };
                scales.iter().enumerate().map(term).collect()
            }
            Terms::Formula(_) | Terms::Unknown => Vec::new(),
        }
    }

    fn item_term(&self, at: usize, entry: &ScaleItem) -> Term {
        let item = &self.instrument.items[entry.item.0];
        let phrases = self.phrases;
        let (counts, is_plain) = match (&entry.recode, self.ends(entry)) {
            (Some(_), _) => (phrases.by_table.to_owned(), false),
            (None, Some(ends)) => (format!("{} − {}", shown(ends), phrases.answer), false),
            (None, None) => (phrases.answer.to_owned(), true),
        };
        let (counts, is_plain) = self.counts(at, counts, is_plain);
        Term {
            number: item.number.clone(),
            id: item.id.clone(),
            title: String::new(),
            sign: Some(if entry.keying == Keying::Negative { '−' } else { '+' }),
            counts,
            is_plain,
            recoded: entry.recode.as_ref().map(|recode| self.pairs(entry, recode)),
        }
    }

    /// The answers to an item, each with what it counts as.
    fn pairs(&self, entry: &ScaleItem, recode: &Recode) -> String {
        let mut pairs = self.by_answer(entry, recode);
        pairs.sort_by(|one, other| one.0.total_cmp(&other.0));
        let pair = |(answer, value): &(f64, f64)| format!("{} → {}", shown(*answer), shown(*value));
        let mut pairs: Vec<String> = pairs.iter().map(pair).collect();
        pairs.extend(
            recode.missing.map(|value| format!("{} → {}", self.phrases.no_answer, shown(value))),
        );
        pairs.join(", ")
    }

    /// How a term counts, with its weight and its substitute.
    fn counts(&self, at: usize, mut counts: String, mut is_plain: bool) -> (String, bool) {
        if let Some(weights) = &self.scale.weights {
            let compound = counts.contains(" − ");
            let value = if compound { format!("({counts})") } else { counts };
            counts = format!("{} × {value}", shown(weights[at]));
            is_plain = false;
        }
        if let Fill::Each(each) = &self.scale.missing.fill
            && self.scale.missing.need < self.scale.terms.len()
        {
            let substitute = fill(self.phrases.if_missing, &[("value", &shown(each[at]))]);
            counts = format!("{counts}; {substitute}");
            is_plain = false;
        }
        (counts, is_plain)
    }

    /// What the answers to recoded items count as, after the reversal. Items with the same row share it.
    pub(super) fn recoding(&self) -> Option<AccountTable> {
        let phrases = self.phrases;
        let recoded: Vec<(&ScaleItem, &Recode)> = self
            .keyed_items()
            .iter()
            .filter_map(|entry| Some((entry, entry.recode.as_ref()?)))
            .collect();
        let pairs: Vec<Vec<(f64, f64)>> =
            recoded.iter().map(|(entry, recode)| self.by_answer(entry, recode)).collect();
        let mut answers: Vec<f64> = pairs.iter().flatten().map(|(answer, _)| *answer).collect();
        answers.sort_by(f64::total_cmp);
        answers.dedup();
        let blank = recoded.iter().any(|(_, recode)| recode.missing.is_some());
        let mut columns = vec![phrases.item.to_owned()];
        columns.extend(answers.iter().map(|answer| shown(*answer)));
        columns.extend(blank.then(|| phrases.no_answer.to_owned()));
        let mut rows: Vec<Vec<String>> = Vec::new();
        for ((entry, recode), pairs) in recoded.iter().zip(&pairs) {
            let cell = |value: Option<f64>| value.map_or("–".to_owned(), shown);
            let of = |answer: &f64| {
                cell(pairs.iter().find(|(key, _)| key == answer).map(|(_, value)| *value))
            };
            let mut row: Vec<String> = answers.iter().map(of).collect();
            row.extend(blank.then(|| cell(recode.missing)));
            let id = self.instrument.items[entry.item.0].id.clone();
            match rows.iter_mut().find(|other| other[1..] == row) {
                Some(other) => other[0].push_str(&format!(", {id}")),
                None => rows.push([vec![id], row].concat()),
            }
        }
        let table =
            AccountTable { title: phrases.recoding.to_owned(), columns, rows, notes: Vec::new() };
        (!table.rows.is_empty()).then(|| table.upright())
    }

    /// Each answer to an item and what it counts as.
    fn by_answer(&self, entry: &ScaleItem, recode: &Recode) -> Vec<(f64, f64)> {
        let answer = |key: f64| self.ends(entry).map_or(key, |ends| tidied(ends - key));
        recode.table.iter().map(|(key, value)| (answer(*key), *value)).collect()
    }

    pub(super) fn mandatory(&self) -> Vec<String> {
        let name = |&at: &usize| match &self.scale.terms {
            Terms::Items(items) => self.instrument.items[items[at].item.0].id.clone(),
            Terms::Scales(scales) => self.instrument.scales[scales[at].0].id.clone(),
            Terms::Formula(_) | Terms::Unknown => String::new(),
        };
        self.scale.missing.mandatory.iter().map(name).collect()
    }

    /// The items that the score uses itself, and not through other scores.
    pub(super) fn own_items(&self) -> Vec<ItemIx> {
        let Some(score) = self.score else { return Vec::new() };
        let (mut scales, mut items) = (Vec::new(), Vec::new());
        score.formula.operands(&mut scales, &mut items);
        items.sort_unstable();
        items.dedup();
        items
    }

    /// The numbers of the items in a formula. An id that ends with its number needs no mention.
    pub(super) fn numbers(&self) -> Option<String> {
        if !matches!(self.scale.terms, Terms::Formula(_)) {
            return None;
        }
        let items = self.own_items();
        let unlike = |ix: &&ItemIx| {
            let item = &self.instrument.items[ix.0];
            !item.number.is_empty() && !names_number(&item.id, &item.number)
        };
        let unlike: Vec<String> = items
            .iter()
            .filter(unlike)
            .map(|ix| &self.instrument.items[ix.0])
            .map(|item| format!("{}: {}", item.number, item.id))
            .collect();
        (!unlike.is_empty()).then(|| unlike.join(", "))
    }

    /// The conditions under which the items are asked, and what counts otherwise. Items with the same ones share a line.
    pub(super) fn conditions(&self) -> Vec<String> {
        let mut lines: Vec<(String, Vec<ItemIx>)> = Vec::new();
        for ix in self.own_items() {
            let Some(ask) = &self.instrument.items[ix.0].ask else { continue };
            let phrases = self.phrases;
            let otherwise = match ask.otherwise {
                Some(value) => fill(phrases.else_counts, &[("value", &shown(value))]),
                None => match self.instrument.response(ix).kind {
                    ResponseKind::SeveralChoice { .. } => phrases.else_none.to_owned(),
                    _ => phrases.else_missing.to_owned(),
                },
            };
            let when = self.condition(&ask.when);
            let text = format!("{}; {otherwise}", fill(phrases.only_if, &[("condition", &when)]));
            match lines.iter_mut().find(|(other, _)| *other == text) {
                Some((_, items)) => items.push(ix),
                None => lines.push((text, vec![ix])),
            }
        }
        lines.into_iter().map(|(text, items)| format!("{}: {text}", self.ids(&items))).collect()
    }

    /// A condition for readers.
    pub(super) fn condition(&self, test: &scalewright_model::Test) -> String {
        crate::text::labelled(test, self.instrument, self.tongue.wording)
    }

    /// The ids of items, with three or more in a row as a range.
    fn ids(&self, items: &[ItemIx]) -> String {
        let id = |ix: &ItemIx| self.instrument.items[ix.0].id.as_str();
        let (mut parts, mut rest) = (Vec::new(), items);
        while let Some(first) = rest.first() {
            let follows = |(at, ix): &(usize, &ItemIx)| ix.0 == first.0 + at;
            let run = rest.iter().enumerate().take_while(follows).count();
            let used = if run > 2 { run } else { 1 };
            parts.push(match used {
                1 => id(first).to_owned(),
                run => format!("{}..{}", id(first), id(&rest[run - 1])),
            });
            rest = &rest[used..];
        }
        parts.join(", ")
    }
}

/// Whether an id ends with a number, and no other digit before it.
fn names_number(id: &str, number: &str) -> bool {
    let number = number.trim_end_matches(['.', ')']).to_lowercase();
    let digits_before = |rest: &str| rest.ends_with(|last: char| last.is_ascii_digit());
    id.strip_suffix(&number).is_some_and(|rest| !digits_before(rest))
}

/// A number without the noise of binary fractions.
fn tidied(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}
