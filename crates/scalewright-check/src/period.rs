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
const LANGUAGES: [(&str, &Language); 16] = [
    ("en", &ENGLISH),
    ("de", &GERMAN),
    ("fr", &FRENCH),
    ("es", &SPANISH),
    ("nl", &DUTCH),
    ("it", &ITALIAN),
    ("pt", &PORTUGUESE),
    ("pl", &POLISH),
    ("cs", &CZECH),
    ("sv", &SWEDISH),
    ("da", &DANISH),
    ("nb", &NORWEGIAN),
    ("no", &NORWEGIAN),
    ("fi", &FINNISH),
    ("tr", &TURKISH),
    ("ru", &RUSSIAN),
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
    last: &["last", "past", "previous", "preceding", "recent"],
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
    last: &["dernière", "dernier", "dernières", "derniers"],
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
    last: &["última", "último", "pasada", "pasado", "últimas", "últimos", "pasadas", "pasados"],
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
    last: &["ultima", "ultimo", "scorsa", "scorso", "ultime", "ultimi", "scorse", "scorsi"],
};
const PORTUGUESE: Language = Language {
    numbers: &[
        ("dois", 2),
        ("duas", 2),
        ("três", 3),
        ("quatro", 4),
        ("cinco", 5),
        ("seis", 6),
        ("sete", 7),
        ("oito", 8),
        ("dez", 10),
        ("doze", 12),
        ("catorze", 14),
        ("quatorze", 14),
    ],
    units: &[
        ("dia", Unit::Day),
        ("dias", Unit::Day),
        ("semana", Unit::Week),
        ("semanas", Unit::Week),
        ("mês", Unit::Month),
        ("meses", Unit::Month),
        ("ano", Unit::Year),
        ("anos", Unit::Year),
    ],
    last: &["última", "último", "passada", "passado", "últimas", "últimos"],
};
const POLISH: Language = Language {
    numbers: &[
        ("dwa", 2),
        ("dwie", 2),
        ("dwóch", 2),
        ("dwu", 2),
        ("trzy", 3),
        ("trzech", 3),
        ("cztery", 4),
        ("czterech", 4),
        ("pięć", 5),
        ("pięciu", 5),
        ("sześć", 6),
        ("sześciu", 6),
        ("siedem", 7),
        ("siedmiu", 7),
        ("osiem", 8),
        ("dziesięć", 10),
        ("dwanaście", 12),
        ("czternaście", 14),
        ("czternastu", 14),
    ],
    units: &[
        ("dzień", Unit::Day),
        ("dni", Unit::Day),
        ("tydzień", Unit::Week),
        ("tygodnia", Unit::Week),
        ("tygodniu", Unit::Week),
        ("tygodnie", Unit::Week),
        ("tygodni", Unit::Week),
        ("miesiąc", Unit::Month),
        ("miesiąca", Unit::Month),
        ("miesiące", Unit::Month),
        ("miesięcy", Unit::Month),
        ("rok", Unit::Year),
        ("roku", Unit::Year),
        ("lata", Unit::Year),
        ("lat", Unit::Year),
    ],
    last: &[
        "ostatni",
        "ostatniego",
        "ostatnim",
        "ostatnich",
        "ostatnie",
        "zeszły",
        "ubiegły",
        "ubiegłego",
    ],
};
const CZECH: Language = Language {
    numbers: &[
        ("dva", 2),
        ("dvě", 2),
        ("dvou", 2),
        ("tři", 3),
        ("tří", 3),
        ("čtyři", 4),
        ("čtyř", 4),
        ("pět", 5),
        ("pěti", 5),
        ("šest", 6),
        ("šesti", 6),
        ("sedm", 7),
        ("sedmi", 7),
        ("osm", 8),
        ("deset", 10),
        ("dvanáct", 12),
        ("čtrnáct", 14),
        ("čtrnácti", 14),
    ],
    units: &[
        ("den", Unit::Day),
        ("dny", Unit::Day),
        ("dní", Unit::Day),
        ("dnů", Unit::Day),
        ("týden", Unit::Week),
        ("týdne", Unit::Week),
        ("týdny", Unit::Week),
        ("týdnů", Unit::Week),
        ("měsíc", Unit::Month),
        ("měsíce", Unit::Month),
        ("měsíců", Unit::Month),
        ("rok", Unit::Year),
        ("roku", Unit::Year),
        ("roky", Unit::Year),
        ("let", Unit::Year),
    ],
    last: &[
        "poslední",
        "posledního",
        "posledním",
        "posledních",
        "uplynulý",
        "uplynulého",
        "uplynulém",
        "minulý",
        "minulého",
        "minulém",
    ],
};
const SWEDISH: Language = Language {
    numbers: &[
        ("två", 2),
        ("tre", 3),
        ("fyra", 4),
        ("fem", 5),
        ("sex", 6),
        ("sju", 7),
        ("åtta", 8),
        ("tio", 10),
        ("tolv", 12),
        ("fjorton", 14),
    ],
    units: &[
        ("dag", Unit::Day),
        ("dagen", Unit::Day),
        ("dagar", Unit::Day),
        ("dagarna", Unit::Day),
        ("vecka", Unit::Week),
        ("veckan", Unit::Week),
        ("veckor", Unit::Week),
        ("veckorna", Unit::Week),
        ("månad", Unit::Month),
        ("månaden", Unit::Month),
        ("månader", Unit::Month),
        ("månaderna", Unit::Month),
        ("år", Unit::Year),
        ("året", Unit::Year),
        ("åren", Unit::Year),
    ],
    last: &["senaste", "sista", "förra"],
};
const DANISH: Language = Language {
    numbers: &[
        ("to", 2),
        ("tre", 3),
        ("fire", 4),
        ("fem", 5),
        ("seks", 6),
        ("syv", 7),
        ("otte", 8),
        ("ti", 10),
        ("tolv", 12),
        ("fjorten", 14),
    ],
    units: &[
        ("dag", Unit::Day),
        ("dage", Unit::Day),
        ("dagene", Unit::Day),
        ("uge", Unit::Week),
        ("ugen", Unit::Week),
        ("uger", Unit::Week),
        ("ugerne", Unit::Week),
        ("måned", Unit::Month),
        ("måneden", Unit::Month),
        ("måneder", Unit::Month),
        ("månederne", Unit::Month),
        ("år", Unit::Year),
        ("året", Unit::Year),
        ("årene", Unit::Year),
    ],
    last: &["sidste", "seneste", "forløbne"],
};
const NORWEGIAN: Language = Language {
    numbers: &[
        ("to", 2),
        ("tre", 3),
        ("fire", 4),
        ("fem", 5),
        ("seks", 6),
        ("sju", 7),
        ("syv", 7),
        ("åtte", 8),
        ("ti", 10),
        ("tolv", 12),
        ("fjorten", 14),
    ],
    units: &[
        ("dag", Unit::Day),
        ("dager", Unit::Day),
        ("dagene", Unit::Day),
        ("dagen", Unit::Day),
        ("uke", Unit::Week),
        ("uken", Unit::Week),
        ("uka", Unit::Week),
        ("uker", Unit::Week),
        ("ukene", Unit::Week),
        ("måned", Unit::Month),
        ("måneden", Unit::Month),
        ("måneder", Unit::Month),
        ("månedene", Unit::Month),
        ("år", Unit::Year),
        ("året", Unit::Year),
        ("årene", Unit::Year),
    ],
    last: &["siste", "forrige", "seneste"],
};
const FINNISH: Language = Language {
    numbers: &[
        ("kaksi", 2),
        ("kahden", 2),
        ("kolme", 3),
        ("kolmen", 3),
        ("neljä", 4),
        ("neljän", 4),
        ("viisi", 5),
        ("viiden", 5),
        ("kuusi", 6),
        ("kuuden", 6),
        ("seitsemän", 7),
        ("kahdeksan", 8),
        ("kymmenen", 10),
        ("neljätoista", 14),
        ("neljäntoista", 14),
    ],
    units: &[
        ("päivä", Unit::Day),
        ("päivän", Unit::Day),
        ("päivää", Unit::Day),
        ("päivien", Unit::Day),
        ("viikko", Unit::Week),
        ("viikon", Unit::Week),
        ("viikkoa", Unit::Week),
        ("viikkojen", Unit::Week),
        ("kuukausi", Unit::Month),
        ("kuukauden", Unit::Month),
        ("kuukautta", Unit::Month),
        ("vuosi", Unit::Year),
        ("vuoden", Unit::Year),
        ("vuotta", Unit::Year),
    ],
    last: &["viime", "viimeisen", "viimeisten", "viimeksi", "kuluneen", "kuluneiden", "edellisen"],
};
const TURKISH: Language = Language {
    numbers: &[
        ("bir", 1),
        ("iki", 2),
        ("üç", 3),
        ("dört", 4),
        ("beş", 5),
        ("altı", 6),
        ("yedi", 7),
        ("sekiz", 8),
        ("on", 10),
    ],
    units: &[
        ("gün", Unit::Day),
        ("günde", Unit::Day),
        ("günün", Unit::Day),
        ("gündür", Unit::Day),
        ("hafta", Unit::Week),
        ("haftada", Unit::Week),
        ("haftanın", Unit::Week),
        ("ay", Unit::Month),
        ("ayda", Unit::Month),
        ("ayın", Unit::Month),
        ("yıl", Unit::Year),
        ("yılda", Unit::Year),
        ("yılın", Unit::Year),
    ],
    last: &["son", "geçen"],
};
const RUSSIAN: Language = Language {
    numbers: &[
        ("два", 2),
        ("две", 2),
        ("двух", 2),
        ("три", 3),
        ("трех", 3),
        ("трёх", 3),
        ("четыре", 4),
        ("четырех", 4),
        ("четырёх", 4),
        ("пять", 5),
        ("пяти", 5),
        ("шесть", 6),
        ("семь", 7),
        ("семи", 7),
        ("восемь", 8),
        ("десять", 10),
        ("четырнадцать", 14),
        ("четырнадцати", 14),
    ],
    units: &[
        ("день", Unit::Day),
        ("дня", Unit::Day),
        ("дней", Unit::Day),
        ("дни", Unit::Day),
        ("неделю", Unit::Week),
        ("недели", Unit::Week),
        ("недель", Unit::Week),
        ("неделя", Unit::Week),
        ("неделе", Unit::Week),
        ("месяц", Unit::Month),
        ("месяца", Unit::Month),
        ("месяцев", Unit::Month),
        ("год", Unit::Year),
        ("года", Unit::Year),
        ("лет", Unit::Year),
    ],
    last: &[
        "последний",
        "последнюю",
        "последние",
        "последних",
        "последняя",
        "последней",
        "последнего",
        "прошлой",
        "прошлую",
        "прошедшую",
        "прошедшей",
        "прошлый",
        "минувшую",
    ],
};

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
