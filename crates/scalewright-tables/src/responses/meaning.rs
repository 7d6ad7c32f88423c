//! What cells mean where the definition alone does not say it: labels, marks in numbers, words for yes and no, the order of
//! dates. Options and the map declare it, and nothing is guessed.

use scalewright_model::{Choice, choices};

use crate::Stop;

use super::labels::fold;

choices! {
    /// The mark before the decimals of a number.
    DecimalMark {
        Point = ".": "3.5",
        Comma = ",": "3,5",
    }
}

choices! {
    /// The mark between the thousands of a number.
    ThousandsMark {
        Comma = ",": "12,000",
        Point = ".": "12.000",
        Space = "space": "12 000, also with a narrow or a no-break space",
        Apostrophe = "apostrophe": "12'000",
    }
}

choices! {
    /// The order of year, month and day in a date.
    DateOrder {
        YearMonthDay = "year-month-day": "2026-01-31, as ISO 8601 writes it",
        DayMonthYear = "day-month-year": "31.01.2026, 31/1/2026 or 31-01-2026",
        MonthDayYear = "month-day-year": "01/31/2026, 1.31.2026 or 01-31-2026",
    }
}

/// What the user declares about the cells of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meaning {
    /// Whether columns of items may contain the labels of the definition, in any of its languages.
    pub labels: bool,
    /// The mark before decimals. By default a point.
    pub decimal: Option<DecimalMark>,
    /// The mark between thousands. By default there is none.
    pub thousands: Option<ThousandsMark>,
    /// The words for yes in columns of yes-no items, besides 1.
    pub yes: Vec<String>,
    /// The words for no in columns of yes-no items, besides 0.
    pub no: Vec<String>,
    /// The order of dates that do not begin with the year. By default there are none.
    pub dates: Option<DateOrder>,
}

impl Meaning {
    /// What both the options and the map `name` declare.
    ///
    /// # Errors
    ///
    /// When they contradict each other, or one of them itself.
    pub(super) fn with(&self, map: &Self, name: &str) -> Result<Self, Stop> {
        let both = Self {
            labels: self.labels || map.labels,
            decimal: same("decimal", (self.decimal, map.decimal), name)?,
            thousands: same("thousands", (self.thousands, map.thousands), name)?,
            yes: [&self.yes[..], &map.yes].concat(),
            no: [&self.no[..], &map.no].concat(),
            dates: same("date-format", (self.dates, map.dates), name)?,
        };
        match both.contradiction() {
            None => Ok(both),
            Some((_, stop)) => Err(stop),
        }
    }

    /// The error if a mark or a word means two things, or a word is a number, and the key that it is about.
    pub(super) fn contradiction(&self) -> Option<(&'static str, Stop)> {
        if let (Some(decimal), Some(thousands)) = (self.decimal, self.thousands)
            && decimal.name() == thousands.name()
        {
            let mark = decimal.name();
            let message = format!("`{mark}` cannot mark both decimals and thousands");
            let stop = Stop::usage(message).help("declare another mark for one of them");
            return Some(("thousands", stop));
        }
        let folded = |words: &[String]| words.iter().map(|word| fold(word)).collect::<Vec<_>>();
        let (yes, no) = (folded(&self.yes), folded(&self.no));
        if let Some(word) = yes.iter().find(|word| no.contains(word)) {
            let stop = Stop::usage(format!("`{word}` cannot mean both yes and no"));
            return Some(("no", stop));
        }
        let is_bad = |word: &&String| word.is_empty() || word.parse::<f64>().is_ok();
        let bad = |key, words: &[String]| words.iter().find(is_bad).map(|word| (key, word.clone()));
        let (key, word) = bad("yes", &yes).or_else(|| bad("no", &no))?;
        let stop = Stop::usage(format!("`{word}` is not a word for yes or no"));
        let help =
            "if numbers mean yes and no, list them in a map under `[codes.<response scale>]`";
        Some((key, stop.help(help)))
    }
}

/// What an option and the map declare.
fn same<C: Choice + PartialEq>(
    key: &str,
    (option, map): (Option<C>, Option<C>),
    name: &str,
) -> Result<Option<C>, Stop> {
    match (option, map) {
        (Some(option), Some(map)) if option != map => {
            let (option, map) = (option.name(), map.name());
            Err(Stop::usage(format!(
                "`--{key} {option}` contradicts `{key} = \"{map}\"` in {name}"
            ))
            .help("leave out one of them"))
        }
        (option, map) => Ok(option.or(map)),
    }
}

#[cfg(test)]
mod tests {
    use super::{DecimalMark, Meaning, ThousandsMark};

    #[test]
    fn no_mark_and_no_word_means_two_things() {
        let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let comma = Meaning { decimal: Some(DecimalMark::Comma), ..Meaning::default() };
        let thousands = Meaning { thousands: Some(ThousandsMark::Comma), ..Meaning::default() };
        let point = Meaning { decimal: Some(DecimalMark::Point), ..Meaning::default() };
        let yes = Meaning { yes: words(&["Ja"]), ..Meaning::default() };
        let no = Meaning { no: words(&["ja"]), ..Meaning::default() };
        let number = Meaning { no: words(&["2"]), ..Meaning::default() };
        for (option, map, expected) in [
            (&comma, &comma, None),
            (&comma, &thousands, Some("cannot mark both decimals and thousands")),
            (&comma, &point, Some("contradicts")),
            (&yes, &no, Some("cannot mean both yes and no")),
            (&yes, &number, Some("is not a word for yes or no")),
        ] {
            let message = option.with(map, "map.toml").err().map(|stop| stop.message);
            assert_eq!(message.is_some(), expected.is_some(), "{message:?}");
            let (message, expected) = (message.unwrap_or_default(), expected.unwrap_or_default());
            assert!(message.contains(expected), "{message}");
        }
    }
}
