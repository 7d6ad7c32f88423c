//! UCUM codes for the words of units.

use super::model::Coding;

/// The UCUM code system.
const SYSTEM: &str = "http://unitsofmeasure.org";

/// UCUM codes, each with the words for the unit in the languages that are built in.
const UNITS: &[(&str, &[&str])] = &[
    (
        "%",
        &[
            "%",
            "percent",
            "per cent",
            "Prozent",
            "por ciento",
            "pour cent",
            "per cento",
            "procent",
            "por cento",
        ],
    ),
    ("Cel", &["°C", "degrees Celsius", "Grad Celsius"]),
    ("[degF]", &["°F", "degrees Fahrenheit"]),
    (
        "a",
        &[
            "year", "years", "Jahr", "Jahre", "año", "años", "an", "ans", "année", "années",
            "anno", "anni", "jaar", "jaren", "ano", "anos",
        ],
    ),
    (
        "mo",
        &[
            "month", "months", "Monat", "Monate", "mes", "meses", "mois", "mese", "mesi", "maand",
            "maanden", "mês",
        ],
    ),
    (
        "wk",
        &[
            "week",
            "weeks",
            "Woche",
            "Wochen",
            "semana",
            "semanas",
            "semaine",
            "semaines",
            "settimana",
            "settimane",
            "weken",
        ],
    ),
    (
        "d",
        &[
            "d", "day", "days", "Tag", "Tage", "día", "días", "jour", "jours", "giorno", "giorni",
            "dag", "dagen", "dia", "dias",
        ],
    ),
    (
        "h",
        &[
            "h", "hour", "hours", "Stunde", "Stunden", "hora", "horas", "heure", "heures", "ora",
            "ore", "uur", "uren",
        ],
    ),
    (
        "min",
        &[
            "min", "minute", "minutes", "Minute", "Minuten", "minuto", "minutos", "minuti",
            "minuut", "minuten",
        ],
    ),
    (
        "s",
        &[
            "s", "sec", "second", "seconds", "Sekunde", "Sekunden", "segundo", "segundos",
            "seconde", "secondes", "secondo", "secondi", "seconden",
        ],
    ),
    ("ms", &["ms", "millisecond", "milliseconds", "Millisekunde", "Millisekunden"]),
    ("mm", &["mm", "millimetres", "millimeters", "Millimeter"]),
    ("cm", &["cm", "centimetres", "centimeters", "Zentimeter"]),
    ("m", &["m", "metres", "meters", "Meter"]),
    ("km", &["km", "kilometres", "kilometers", "Kilometer"]),
    ("mg", &["mg", "milligrams", "Milligramm"]),
    ("g", &["g", "grams", "Gramm"]),
    ("kg", &["kg", "kilograms", "Kilogramm"]),
    ("mL", &["ml", "mL", "millilitres", "milliliters", "Milliliter"]),
    ("L", &["l", "L", "litres", "liters", "Liter"]),
    ("mm[Hg]", &["mmHg", "mm Hg"]),
    ("/min", &["/min", "per minute", "bpm", "pro Minute"]),
    ("kg/m2", &["kg/m²", "kg/m2"]),
    (
        "{score}",
        &[
            "point", "points", "Punkt", "Punkte", "punto", "puntos", "punti", "punt", "punten",
            "ponto", "pontos",
        ],
    ),
];

/// Returns the code for a unit's word, if one is known. Case matters only for words of one or two characters, which are
/// symbols: `M` is not a metre.
#[must_use]
pub fn code(unit: &str) -> Option<&'static str> {
    let same = |word: &str| {
        word == unit || (word.chars().count() > 2 && word.to_lowercase() == unit.to_lowercase())
    };
    let known = UNITS.iter().find(|(_, words)| words.iter().any(|word| same(word)));
    known.map(|(code, _)| *code)
}

/// Returns the coding of a unit that is named `meant` in the definition and shown to readers as `shown`.
pub(super) fn coding(meant: Option<&str>, shown: &str) -> Coding {
    // The word of the definition comes first, because a translated word may not be in the table.
    match meant.and_then(code).or_else(|| code(shown)) {
        Some(code) => Coding::new(SYSTEM, code, Some(shown)),
        None => Coding {
            extension: Vec::new(),
            system: None,
            code: None,
            display: Some(shown.to_owned()),
            display_element: None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn units_are_known_by_their_words() {
        let cases = [
            ("minutes", Some("min")),
            ("Minuten", Some("min")),
            ("%", Some("%")),
            ("M", None),
            ("calls", None),
        ];
        for (word, expected) in cases {
            assert_eq!(code(word), expected, "{word}");
        }
    }
}
