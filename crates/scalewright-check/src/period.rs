//! Finds the periods that a text names: *the last 7 days*, *in den letzten zwei Wochen*.

mod languages;

use std::fmt;

use crate::words::{listed, plain};

use languages::{LANGUAGES, Language, Unit};

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    count: u32,
    unit: Unit,
}

impl Period {
    /// Whether two periods can be equal. A month has 28 to 31 days, a year 336 to 366.
    pub(crate) fn fits(self, other: Self) -> bool {
        let (low, high) = self.days();
        let (from, to) = other.days();
        low <= to && from <= high
    }

    /// The fewest and the most days that the period can have.
    fn days(self) -> (u32, u32) {
        let (low, high) = match self.unit {
            Unit::Day => (1, 1),
            Unit::Week => (7, 7),
            Unit::Month => (28, 31),
            Unit::Year => (336, 366),
        };
        (self.count * low, self.count * high)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        write!(f, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

/// Returns the first period that a text in the language of a BCP 47 tag names.
pub(crate) fn of(text: &str, tag: &str) -> Option<Period> {
    all(text, tag).first().copied()
}

/// Returns all periods that a text names, in order; empty if the language is not known.
pub(crate) fn all(text: &str, tag: &str) -> Vec<Period> {
    named(text, tag).into_iter().map(|(period, _)| period).collect()
}

/// Returns the periods of a text that end now: *the last two weeks*, but not *within two weeks*.
pub(crate) fn past(text: &str, tag: &str) -> Vec<Period> {
    named(text, tag).into_iter().filter(|(_, past)| *past).map(|(period, _)| period).collect()
}

/// Returns all periods that a text names, each with whether a word for *last* is before it.
fn named(text: &str, tag: &str) -> Vec<(Period, bool)> {
    let Some(language) = listed(&LANGUAGES, tag) else { return Vec::new() };
    let text = plain(text);
    let words: Vec<&str> = text.split(' ').collect();
    let named = |(at, word): (usize, &&str)| {
        let (_, unit) = language.units.iter().find(|(known, _)| known == word)?;
        let before = *words.get(at.checked_sub(1)?)?;
        // In some languages the word for *last* is between the number and the unit: *14 derniers jours*.
        let first = at.checked_sub(2).map(|at| words[at]).filter(|_| BETWEEN.contains(&before));
        let last = language.last.contains(&before).then_some(1);
        let count = number(first.unwrap_or(before), language).or(last)?;
        let past = words[at.saturating_sub(2)..at].iter().any(|word| language.last.contains(word));
        Some((Period { count, unit: *unit }, past))
    };
    words.iter().enumerate().filter_map(named).collect()
}

/// The words for *last* that may be between the number and the unit.
const BETWEEN: [&str; 8] =
    ["derniers", "dernières", "last", "past", "ultimi", "ultime", "últimos", "últimas"];

/// The largest number of units. Larger numbers are not part of a recall period.
const MOST: u32 = 10_000;

fn number(word: &str, language: &Language) -> Option<u32> {
    let figure = word.parse().ok().filter(|count| (1..=MOST).contains(count));
    let named = || language.numbers.iter().find(|(known, _)| *known == word).map(|(_, n)| *n);
    figure.or_else(named)
}

#[cfg(test)]
mod tests {
    use super::{all, of};

    fn named(text: &str, tag: &str) -> Vec<String> {
        all(text, tag).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn periods_are_read_in_figures_and_in_words() {
        assert_eq!(named("In the last 7 days …", "en"), ["7 days"]);
        assert_eq!(named("Over the past two weeks, how often", "en-GB"), ["2 weeks"]);
        assert_eq!(named("the past month", "en"), ["1 month"]);
        assert_eq!(named("In den letzten vier Wochen", "de"), ["4 weeks"]);
        assert_eq!(named("in der vergangenen Woche", "de"), ["1 week"]);
        assert_eq!(named("Au cours des 14 derniers jours", "fr"), ["14 days"]);
        assert_eq!(named("most of the days", "en"), [""; 0]);
        assert_eq!(named("the last 7 days", "fi"), [""; 0]);
    }

    #[test]
    fn a_month_is_about_four_weeks() {
        let period = |text| of(text, "en").expect("the text names a period");
        assert!(period("last 4 weeks").fits(period("last month")));
        assert!(period("last 30 days").fits(period("last month")));
        assert!(period("last 7 days").fits(period("past week")));
        assert!(!period("last 14 days").fits(period("past week")));
        assert!(period("last 12 months").fits(period("past year")));
    }
}
