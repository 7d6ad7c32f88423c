//! Writes rules in our formula language.

use scalewright_model::OptionValue;
use std::collections::BTreeMap;

use super::algebra::{Among, Num, Truth, Word, WordOf};
use super::guard::certain;
use super::simplify::{Bounds, unguarded};
use super::walk::Part;

/// The longest formula of the format.
const LONGEST: usize = 8_000;

/// What items and scores are called.
pub(crate) struct Names<'a> {
    pub(crate) item: &'a dyn Fn(usize) -> String,
    pub(crate) score: &'a dyn Fn(usize) -> String,
    pub(crate) known: &'a BTreeMap<usize, Bounds>,
}

/// How tightly a text binds; operands that bind less tightly than they must get brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binds {
    If,
    Or,
    And,
    Not,
    Compare,
    Sum,
    Product,
    Sign,
    Power,
    Term,
}

/// The formula of a number; the error says why there is none, as a clause.
pub(crate) fn number(of: &Num, names: &Names<'_>) -> Result<String, String> {
    Writer::write(names, |writer| writer.number(of, Binds::If))
}

/// The formula of a truth value as a number: 1 or 0.
pub(crate) fn truth_as_number(of: &Truth, names: &Names<'_>) -> Result<String, String> {
    Writer::write(names, |writer| writer.as_number(of))
}

/// The formula of a word.
pub(crate) fn word(of: &Word, names: &Names<'_>) -> Result<String, String> {
    Writer::write(names, |writer| writer.word(of, Binds::If))
}

/// The formula of a condition that is never missing.
pub(crate) fn condition(of: &Truth, names: &Names<'_>) -> Result<String, String> {
    Writer::write(names, |writer| writer.truth(&certain(of), Binds::If))
}

struct Writer<'a> {
    names: &'a Names<'a>,
    out: String,
    depth: usize,
    is_too_deep: bool,
    /// Whether a comparison is being written. Comparisons of a count wait for the answers that could change them; the
    /// conditions that are counted there must not be missing.
    in_comparison: bool,
}

impl<'a> Writer<'a> {
    fn write(names: &'a Names<'a>, of: impl FnOnce(&mut Self)) -> Result<String, String> {
        let mut writer =
            Self { names, out: String::new(), depth: 0, is_too_deep: false, in_comparison: false };
        of(&mut writer);
        if writer.out.len() > LONGEST {
            return Err(format!("its formula would be longer than {LONGEST} characters"));
        }
        if writer.is_too_deep {
            return Err("its formula would be nested too deeply".to_owned());
        }
        Ok(writer.out)
    }

    fn push(&mut self, text: &str) {
        // Nothing more is needed of a formula that is too long.
        if self.out.len() <= LONGEST {
            self.out.push_str(text);
        }
    }

    /// Writes something in brackets if it binds less tightly than it must.
    fn bracketed(&mut self, own: Binds, least: Binds, of: impl FnOnce(&mut Self)) {
        let brackets = own < least;
        self.depth += 1;
        if self.depth > 200 || self.out.len() > LONGEST {
            self.is_too_deep |= self.depth > 200;
        } else {
            if brackets {
                self.push("(");
            }
            of(self);
            if brackets {
                self.push(")");
            }
        }
        self.depth -= 1;
    }

    fn list(&mut self, of: &[Num]) {
        for (at, number) in of.iter().enumerate() {
            if at > 0 {
                self.push(", ");
            }
            self.number(number, Binds::If);
        }
    }

    fn number(&mut self, of: &Num, least: Binds) {
        match of {
            Num::Constant(number) if *number < 0.0 => {
                self.bracketed(Binds::Sign, least, |w| w.push(&number.to_string()));
            }
            Num::Constant(number) => self.push(&number.to_string()),
            Num::Missing => self.push("missing"),
            Num::Item(item) => self.push(&(self.names.item)(*item)),
            Num::Reversed(item) => {
                let name = (self.names.item)(*item);
                self.push(&format!("reverse({name})"));
            }
            Num::Score(score) => self.push(&(self.names.score)(*score)),
            Num::Recoded(item, pairs) => self.recoded(*item, pairs),
            Num::Either(..) => {
                self.push("coalesce(");
                self.either(of);
                self.push(")");
            }
            Num::Sum(terms) => self.bracketed(Binds::Sum, least, |w| w.sum(terms)),
            Num::Negative(of) => {
                self.bracketed(Binds::Sign, least, |w| {
                    w.push("-");
                    w.number(of, Binds::Power);
                });
            }
            Num::Times(a, b) => self.bracketed(Binds::Product, least, |w| {
                w.number(a, Binds::Product);
                w.push(" * ");
                w.number(b, Binds::Power);
            }),
            Num::Over(a, b) => self.bracketed(Binds::Product, least, |w| {
                w.number(a, Binds::Product);
                w.push(" / ");
                w.number(b, Binds::Power);
            }),
            Num::If(test, then, otherwise) => self.bracketed(Binds::If, least, |w| {
                w.test(test, Part::Number(otherwise));
                w.number(then, Binds::Or);
                w.push(" else ");
                w.number(otherwise, Binds::If);
            }),
            Num::Among(among) => self.among(among),
            Num::Answered(of) => {
                self.push("answered(");
                self.list(of);
                self.push(")");
            }
            Num::Count(tests, least) => self.count(tests, *least),
            Num::Apply(function, of) => {
                self.push(function);
                self.push("(");
                self.number(of, Binds::If);
                self.push(")");
            }
            Num::Power(of, by) => self.bracketed(Binds::Power, least, |w| {
                w.number(of, Binds::Term);
                w.push(&format!("^{by}"));
            }),
            Num::Round(of, decimals) => {
                self.push("round(");
                self.number(of, Binds::If);
                if *decimals > 0 {
                    self.push(&format!(", {decimals}"));
                }
                self.push(")");
            }
        }
    }

    /// 1 if a condition is true and 0 if it is false.
    fn as_number(&mut self, of: &Truth) {
        match of {
            Truth::Constant(truth) => self.push(if *truth { "1" } else { "0" }),
            Truth::Missing => self.push("missing"),
            Truth::If(test, then, otherwise) => self.bracketed(Binds::If, Binds::If, |w| {
                w.test(test, Part::Truth(otherwise));
                match &**then {
                    Truth::Constant(_) | Truth::Missing => w.as_number(then),
                    then => w.bracketed(Binds::If, Binds::Or, |w| w.as_number(then)),
                }
                w.push(" else ");
                w.as_number(otherwise);
            }),
            of => {
                self.push("if ");
                self.truth(of, Binds::Or);
                self.push(" then 1 else 0");
            }
        }
    }

    /// The condition of a choice. Where the other branch is missing whenever the condition is, nothing is added to it.
    fn test(&mut self, test: &Truth, otherwise: Part<'_>) {
        self.push("if ");
        if is_missing_with(test, otherwise) {
            self.truth(test, Binds::Or);
        } else {
            self.truth(&certain(test), Binds::Or);
        }
        self.push(" then ");
    }

    fn either(&mut self, of: &Num) {
        match of {
            Num::Either(a, b) => {
                self.either(a);
                self.push(", ");
                self.either(b);
            }
            of => self.number(of, Binds::If),
        }
    }

    fn sum(&mut self, terms: &[Num]) {
        // A positive term first: `4 - a`, not `-a + 4`.
        let first = terms.iter().position(|term| !matches!(term, Num::Negative(_))).unwrap_or(0);
        self.number(&terms[first], Binds::Sum);
        for (at, term) in terms.iter().enumerate() {
            match term {
                _ if at == first => {}
                Num::Negative(of) => {
                    self.push(" - ");
                    self.number(of, Binds::Product);
                }
                Num::Constant(number) if *number < 0.0 => {
                    self.push(&format!(" - {}", -number));
                }
                term => {
                    self.push(" + ");
                    self.number(term, Binds::Product);
                }
            }
        }
    }

    fn recoded(&mut self, item: usize, pairs: &[(OptionValue, f64)]) {
        let name = (self.names.item)(item);
        let lowest = pairs.iter().map(|(key, _)| *key).min().unwrap_or_default();
        // The keys of a recoding cannot be negative.
        let none = OptionValue::default();
        let moved = if lowest < none { none - lowest } else { none };
        self.push(&format!("recode({name}"));
        if moved > none {
            self.push(&format!(" + {moved}"));
        }
        for (key, value) in pairs {
            self.push(&format!(", {}: {value}", *key + moved));
        }
        self.push(")");
    }

    fn among(&mut self, among: &Among) {
        self.push(among.function);
        self.push("(");
        self.list(&among.of);
        if among.least < among.of.len() {
            self.push(&format!("; >= {}", among.least));
            if among.prorate {
                self.push("; prorate");
            }
        }
        self.push(")");
    }

    fn count(&mut self, tests: &[Truth], least: usize) {
        let outer = std::mem::replace(&mut self.in_comparison, false);
        let guarded = outer && least == 0;
        self.push("count(");
        for (at, test) in tests.iter().enumerate() {
            if at > 0 {
                self.push(", ");
            }
            match unguarded(test) {
                Some((plain, _)) if !guarded => self.truth(&plain, Binds::If),
                _ => self.truth(&certain(test), Binds::If),
            }
        }
        match least {
            0 => {}
            least if least >= tests.len() => self.push("; all"),
            least => self.push(&format!("; >= {least}")),
        }
        self.push(")");
        self.in_comparison = outer;
    }

    fn truth(&mut self, of: &Truth, least: Binds) {
        match of {
            Truth::Constant(truth) => self.push(&truth.to_string()),
            Truth::Missing => self.push("missing"),
            Truth::Compare(comparison, a, b) => self.bracketed(Binds::Compare, least, |w| {
                let outer = std::mem::replace(&mut w.in_comparison, true);
                w.number(a, Binds::Sum);
                w.push(&format!(" {} ", comparison.sign()));
                w.number(b, Binds::Sum);
                w.in_comparison = outer;
            }),
            Truth::Among(item, values) => self.among_values(*item, values, false, least),
            Truth::IsWord(score, word) => {
                let name = (self.names.score)(*score);
                self.bracketed(Binds::Compare, least, |w| {
                    w.push(&format!("{name} = "));
                    w.quoted(word);
                });
            }
            Truth::All(parts) => self.joined(parts, " and ", (Binds::And, Binds::Not), least),
            Truth::Any(parts) => self.joined(parts, " or ", (Binds::Or, Binds::And), least),
            Truth::Not(of) => match &**of {
                Truth::Compare(comparison, a, b) => {
                    let opposite = Truth::Compare(comparison.opposite(), a.clone(), b.clone());
                    self.truth(&opposite, least);
                }
                Truth::Among(item, values) => self.among_values(*item, values, true, least),
                of => self.bracketed(Binds::Not, least, |w| {
                    w.push("not ");
                    w.truth(of, Binds::Not);
                }),
            },
            Truth::IsMissing(of) => {
                self.push("is_missing(");
                match &**of {
                    WordOf::Number(of) => self.number(of, Binds::If),
                    WordOf::Truth(of) => self.truth(of, Binds::If),
                    WordOf::Word(of) => self.word(of, Binds::If),
                }
                self.push(")");
            }
            Truth::If(test, then, otherwise) => self.bracketed(Binds::If, least, |w| {
                w.test(test, Part::Truth(otherwise));
                w.truth(then, Binds::Or);
                w.push(" else ");
                w.truth(otherwise, Binds::If);
            }),
        }
    }

    fn joined(&mut self, parts: &[Truth], by: &str, (own, inner): (Binds, Binds), least: Binds) {
        self.bracketed(own, least, |w| {
            for (at, part) in parts.iter().enumerate() {
                if at > 0 {
                    w.push(by);
                }
                w.truth(part, inner);
            }
        });
    }

    /// Whether an answer is one of several values, in the shortest form.
    fn among_values(&mut self, item: usize, values: &[OptionValue], is_not: bool, least: Binds) {
        let name = (self.names.item)(item);
        let mut all = self.names.known.get(&item).map_or(Vec::new(), |known| known.values.clone());
        all.extend(values);
        all.sort_unstable();
        all.dedup();
        let is_in = |value: &OptionValue| values.contains(value) != is_not;
        let yes: Vec<OptionValue> = all.iter().copied().filter(|value| is_in(value)).collect();
        let no: Vec<OptionValue> = all.iter().copied().filter(|value| !is_in(value)).collect();
        let compared = |sign: &str, value: OptionValue| format!("{name} {sign} {value}");
        let text = match (&yes[..], &no[..]) {
            ([], [lowest, ..]) => compared("<", *lowest),
            ([], []) => "missing".to_owned(),
            ([lowest, ..], []) => compared(">=", *lowest),
            ([only], _) => compared("=", *only),
            (_, [only]) if !(only < &yes[0] || *only > yes[yes.len() - 1]) => compared("!=", *only),
            ([lowest, ..], [.., highest]) if highest < lowest => compared(">=", *lowest),
            ([.., highest], [lowest, ..]) if highest < lowest => compared("<=", *highest),
            _ => {
                let each: Vec<String> = yes.iter().map(|value| compared("=", *value)).collect();
                let each = each.join(" or ");
                self.bracketed(Binds::Or, least, |w| w.push(&each));
                return;
            }
        };
        self.bracketed(Binds::Compare, least, |w| w.push(&text));
    }

    fn quoted(&mut self, word: &str) {
        self.push(&format!("\"{}\"", plain_word(word)));
    }

    fn word(&mut self, of: &Word, least: Binds) {
        match of {
            Word::Text(text) => self.quoted(text),
            Word::Missing => self.push("missing"),
            Word::Score(score) => self.push(&(self.names.score)(*score)),
            Word::If(test, then, otherwise) => self.bracketed(Binds::If, least, |w| {
                w.test(test, Part::Word(otherwise));
                w.word(then, Binds::Or);
                w.push(" else ");
                w.word(otherwise, Binds::If);
            }),
        }
    }
}

/// Whether the other branch of a choice is missing whenever its condition is.
fn is_missing_with(test: &Truth, otherwise: Part<'_>) -> bool {
    let next = match otherwise {
        Part::Number(Num::Missing) | Part::Truth(Truth::Missing) | Part::Word(Word::Missing) => {
            return true;
        }
        Part::Number(Num::If(next, _, rest)) => (next, Part::Number(rest)),
        Part::Truth(Truth::If(next, _, rest)) => (next, Part::Truth(rest)),
        Part::Word(Word::If(next, _, rest)) => (next, Part::Word(rest)),
        _ => return false,
    };
    // The next condition is missing too, so that its other branch is taken.
    let (next, rest) = next;
    subject(test).is_some_and(|of| subject(next) == Some(of)) && is_missing_with(test, rest)
}

/// The number without which a condition is missing, and with which it is not.
fn subject(test: &Truth) -> Option<Num> {
    match test {
        Truth::Among(item, _) => Some(Num::Item(*item)),
        Truth::Compare(_, of, Num::Constant(_)) => Some(of.clone()),
        Truth::Not(of) => subject(of),
        Truth::All(parts) | Truth::Any(parts) => {
            let mut subjects = parts.iter().map(subject);
            let first = subjects.next()??;
            subjects.all(|other| other.as_ref() == Some(&first)).then_some(first)
        }
        _ => None,
    }
}

/// A word without what cannot be written in a formula.
pub(crate) fn plain_word(word: &str) -> String {
    word.chars().filter(|c| *c != '"' && *c != '\\' && !c.is_control()).collect()
}
