//! Finds the periods that a text names: *the last 7 days*, *in den letzten zwei Wochen*.

use std::fmt;

use crate::words::{listed, plain};

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period {
    count: u32,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
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

/// The words for periods in a language.
struct Language {
    /// The words for numbers.
    numbers: &'static [(&'static str, u32)],
    /// The words for units, in all inflected forms.
    units: &'static [(&'static str, Unit)],
    /// The words before a unit that mean one unit: *last* week.
    last: &'static [&'static str],
}

/// The known languages.
const LANGUAGES: [(&str, &Language); 6] = [
    ("en", &ENGLISH),
    ("de", &GERMAN),
    ("fr", &FRENCH),
    ("es", &SPANISH),
    ("nl", &DUTCH),
    ("it", &ITALIAN),
];

const ENGLISH: Language = Language {
    numbers: &[
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("ten", 10),
        ("twelve", 12),
        ("fourteen", 14),
        ("thirty", 30),
    ],
    units: &[
        ("day", Unit::Day),
        ("days", Unit::Day),
        ("week", Unit::Week),
        ("weeks", Unit::Week),
        ("month", Unit::Month),
        ("months", Unit::Month),
        ("year", Unit::Year),
        ("years", Unit::Year),
    ],
    last: &["last", "past", "previous"],
};
const GERMAN: Language = Language {
    numbers: &[
        ("zwei", 2),
        ("drei", 3),
        ("vier", 4),
        ("fünf", 5),
        ("sechs", 6),
        ("sieben", 7),
        ("acht", 8),
        ("zehn", 10),
        ("zwölf", 12),
        ("vierzehn", 14),
    ],
    units: &[
        ("tag", Unit::Day),
        ("tage", Unit::Day),
        ("tagen", Unit::Day),
        ("woche", Unit::Week),
        ("wochen", Unit::Week),
        ("monat", Unit::Month),
        ("monate", Unit::Month),
        ("monaten", Unit::Month),
        ("jahr", Unit::Year),
        ("jahre", Unit::Year),
        ("jahren", Unit::Year),
    ],
    last: &[
        "letzte",
        "letzten",
        "letzter",
        "letztes",
        "vergangene",
        "vergangenen",
        "vergangenes",
        "vergangener",
    ],
};
const FRENCH: Language = Language {
    numbers: &[
        ("deux", 2),
        ("trois", 3),
        ("quatre", 4),
        ("cinq", 5),
        ("six", 6),
        ("sept", 7),
        ("huit", 8),
        ("dix", 10),
        ("douze", 12),
        ("quatorze", 14),
    ],
    units: &[
        ("jour", Unit::Day),
        ("jours", Unit::Day),
        ("semaine", Unit::Week),
        ("semaines", Unit::Week),
        ("mois", Unit::Month),
        ("an", Unit::Year),
        ("ans", Unit::Year),
        ("année", Unit::Year),
    ],
    last: &["dernière", "dernier"],
};
const SPANISH: Language = Language {
    numbers: &[
        ("dos", 2),
        ("tres", 3),
        ("cuatro", 4),
        ("cinco", 5),
        ("seis", 6),
        ("siete", 7),
        ("ocho", 8),
        ("diez", 10),
        ("doce", 12),
        ("catorce", 14),
    ],
    units: &[
        ("día", Unit::Day),
        ("días", Unit::Day),
        ("semana", Unit::Week),
        ("semanas", Unit::Week),
        ("mes", Unit::Month),
        ("meses", Unit::Month),
        ("año", Unit::Year),
        ("años", Unit::Year),
    ],
    last: &["última", "último", "pasada", "pasado"],
};
const DUTCH: Language = Language {
    numbers: &[
        ("twee", 2),
        ("drie", 3),
        ("vier", 4),
        ("vijf", 5),
        ("zes", 6),
        ("zeven", 7),
        ("acht", 8),
        ("tien", 10),
        ("twaalf", 12),
        ("veertien", 14),
    ],
    units: &[
        ("dag", Unit::Day),
        ("dagen", Unit::Day),
        ("week", Unit::Week),
        ("weken", Unit::Week),
        ("maand", Unit::Month),
        ("maanden", Unit::Month),
        ("jaar", Unit::Year),
        ("jaren", Unit::Year),
    ],
    last: &["afgelopen", "laatste", "vorige"],
};
const ITALIAN: Language = Language {
    numbers: &[
        ("due", 2),
        ("tre", 3),
        ("quattro", 4),
        ("cinque", 5),
        ("sei", 6),
        ("sette", 7),
        ("otto", 8),
        ("dieci", 10),
        ("dodici", 12),
        ("quattordici", 14),
    ],
    units: &[
        ("giorno", Unit::Day),
        ("giorni", Unit::Day),
        ("settimana", Unit::Week),
        ("settimane", Unit::Week),
        ("mese", Unit::Month),
        ("mesi", Unit::Month),
        ("anno", Unit::Year),
        ("anni", Unit::Year),
    ],
    last: &["ultima", "ultimo", "scorsa", "scorso"],
};

/// Returns the first period that a text in the language of a BCP 47 tag names.
pub(crate) fn of(text: &str, tag: &str) -> Option<Period> {
    all(text, tag).first().copied()
}

/// Returns all periods that a text names, in order; empty if the language is not known.
pub(crate) fn all(text: &str, tag: &str) -> Vec<Period> {
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
        Some(Period { count, unit: *unit })
    };
    words.iter().enumerate().filter_map(named).collect()
}

/// The words for *last* that may be between the number and the unit.
const BETWEEN: [&str; 6] = ["derniers", "dernières", "last", "past", "ultimi", "ultime"];

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
