//! Converts quantities to the unit of an item. Only units with an exact ratio are converted; others are refused.
//!
//! Units are those of UCUM, <https://ucum.org>, by their codes or as people write them.

/// The address of the code system UCUM.
pub(super) const UCUM: &str = "http://unitsofmeasure.org";

/// The quantity that a unit measures. Units of different kinds are never converted into each other. Months and years
/// are a kind of their own, because their number of days varies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Duration,
    Calendar,
    Length,
    Mass,
    Volume,
    Share,
}

/// A unit of UCUM: its size as a multiple of the base unit of its kind in [`UNITS`], and how people write it.
struct Unit {
    code: &'static str,
    kind: Kind,
    size: u64,
    words: &'static [&'static str],
}

const fn unit(code: &'static str, kind: Kind, size: u64, words: &'static [&'static str]) -> Unit {
    Unit { code, kind, size, words }
}

/// The known units. Base units: milliseconds, months, tenths of a millimetre, nanograms, microlitres, hundredths.
const UNITS: [Unit; 31] = [
    unit("ms", Kind::Duration, 1, &["msec", "millisecond", "milliseconds"]),
    unit("s", Kind::Duration, 1_000, &["sec", "secs", "second", "seconds"]),
    unit("min", Kind::Duration, 60_000, &["mins", "minute", "minutes"]),
    unit("h", Kind::Duration, 3_600_000, &["hr", "hrs", "hour", "hours"]),
    unit("d", Kind::Duration, 86_400_000, &["day", "days"]),
    unit("wk", Kind::Duration, 604_800_000, &["week", "weeks"]),
    unit("mo", Kind::Calendar, 1, &["month", "months"]),
    unit("a", Kind::Calendar, 12, &["year", "years", "yr", "yrs"]),
    unit("mm", Kind::Length, 10, &["millimetre", "millimetres", "millimeter", "millimeters"]),
    unit("cm", Kind::Length, 100, &["centimetre", "centimetres", "centimeter", "centimeters"]),
    unit("dm", Kind::Length, 1_000, &["decimetre", "decimetres", "decimeter", "decimeters"]),
    unit("m", Kind::Length, 10_000, &["metre", "metres", "meter", "meters"]),
    unit("km", Kind::Length, 10_000_000, &["kilometre", "kilometres", "kilometer", "kilometers"]),
    unit("[in_i]", Kind::Length, 254, &["inch", "inches"]),
    unit("[ft_i]", Kind::Length, 3_048, &["foot", "feet", "ft"]),
    unit("[yd_i]", Kind::Length, 9_144, &["yard", "yards", "yd"]),
    unit("[mi_i]", Kind::Length, 16_093_440, &["mile", "miles"]),
    unit("ug", Kind::Mass, 1_000, &["microgram", "micrograms", "µg", "μg"]),
    unit("mg", Kind::Mass, 1_000_000, &["milligram", "milligrams"]),
    unit("g", Kind::Mass, 1_000_000_000, &["gram", "grams"]),
    unit("kg", Kind::Mass, 1_000_000_000_000, &["kilogram", "kilograms", "kilo", "kilos"]),
    unit("[oz_av]", Kind::Mass, 28_349_523_125, &["ounce", "ounces", "oz"]),
    unit("[lb_av]", Kind::Mass, 453_592_370_000, &["pound", "pounds", "lb", "lbs"]),
    unit("[stone_av]", Kind::Mass, 6_350_293_180_000, &["stone", "stones"]),
    unit("uL", Kind::Volume, 1, &["ul", "microlitre", "microlitres"]),
    unit(
        "mL",
        Kind::Volume,
        1_000,
        &["ml", "millilitre", "millilitres", "milliliter", "milliliters"],
    ),
    unit("cL", Kind::Volume, 10_000, &["cl", "centilitre", "centilitres"]),
    unit("dL", Kind::Volume, 100_000, &["dl", "decilitre", "decilitres"]),
    unit("L", Kind::Volume, 1_000_000, &["l", "litre", "litres", "liter", "liters"]),
    unit("%", Kind::Share, 1, &["percent", "per cent"]),
    unit("1", Kind::Share, 100, &[]),
];

/// The unit with this code.
fn of_code(code: &str) -> Option<&'static Unit> {
    // UCUM has two codes for the litre.
    UNITS.iter().find(|unit| unit.code == code || (code == "l" && unit.code == "L"))
}

/// The unit that people write like this, or the unit with this code.
fn of_words(text: &str) -> Option<&'static Unit> {
    let lower = text.to_lowercase();
    // Codes of UCUM are case-sensitive, so they are not compared in lower case.
    UNITS.iter().find(|unit| unit.words.contains(&lower.as_str())).or_else(|| of_code(text))
}

/// A number with the unit that its Quantity or its form states.
#[derive(Debug, Clone, Default)]
pub(super) struct Measure<'v> {
    pub(super) value: f64,
    pub(super) code: Option<&'v str>,
    pub(super) system: Option<&'v str>,
    pub(super) text: Option<&'v str>,
}

impl Measure<'_> {
    /// Returns the number in the unit of an item. `units` is that unit as written in each language.
    ///
    /// # Errors
    ///
    /// When the unit cannot be converted, or the code and the text are different units.
    pub(super) fn within(&self, units: &[String]) -> Result<f64, String> {
        let Some(name) = self.text.or(self.code) else { return Ok(self.value) };
        let code = self.code.map(|code| code.trim_start_matches('{').trim_end_matches('}'));
        let is_same = |text: &str| units.iter().any(|unit| unit.eq_ignore_ascii_case(text.trim()));
        let of_ucum = self.system.is_none_or(|system| system == UCUM);
        let coded = self.code.filter(|_| of_ucum).and_then(of_code);
        let worded = self.text.and_then(|text| of_words(text.trim()));
        if let (Some(coded), Some(worded)) = (coded, worded)
            && (coded.kind, coded.size) != (worded.kind, worded.size)
        {
            let code = coded.code;
            return Err(format!("has two units: its code is `{code}`, but its text is `{name}`"));
        }
        let theirs = coded.or(worded);
        // The unit need be known in one language only. In the others it is the same unit.
        let ours = units.iter().find_map(|unit| of_words(unit.trim()));
        match (theirs, ours) {
            (Some(theirs), Some(ours)) if theirs.kind == ours.kind => {
                Ok(in_ratio(self.value, theirs.size, ours.size))
            }
            (None, _) if code.or(self.text).is_some_and(is_same) => Ok(self.value),
            // The code 1 means "no unit" in UCUM, and so does a text in braces.
            (Some(unit), None) if unit.code == "1" => Ok(self.value),
            (None, None) if units.is_empty() && self.code.is_some_and(|c| c.starts_with('{')) => {
                Ok(self.value)
            }
            _ => Err(match units.first() {
                Some(unit) => format!("is in `{name}`, but the item is in `{unit}`"),
                None => format!("is in `{name}`, but the item has no unit"),
            }),
        }
    }
}

/// A number times a ratio, with rounding errors in the last digits removed.
#[expect(clippy::cast_precision_loss, reason = "sizes up to 2⁵³ are exact")]
fn in_ratio(value: f64, from: u64, to: u64) -> f64 {
    if from == to {
        return value;
    }
    // Multiplied first, because a ratio such as 1/60 has no exact value.
    let exact = value * from as f64 / to as f64;
    let short = (exact * 1e9).round() / 1e9;
    if (exact - short).abs() <= 1e-12 * exact.abs().max(1.0) { short } else { exact }
}

#[cfg(test)]
mod tests {
    use super::{Measure, UCUM, UNITS, of_code, of_words};

    #[test]
    fn quantities_are_converted_only_at_an_exact_ratio() {
        let hours = ["hours".to_owned(), "Stunden".to_owned()];
        let ucum =
            |value, code| Measure { value, code: Some(code), system: Some(UCUM), text: None };
        let worded = |value, text| Measure { value, text: Some(text), ..Measure::default() };
        for (measure, expected) in [
            (ucum(450.0, "min"), Some(7.5)),
            (ucum(27.0, "min"), Some(0.45)),
            (ucum(1.0, "d"), Some(24.0)),
            (ucum(7.5, "h"), Some(7.5)),
            (ucum(1.0, "mo"), None),
            (ucum(1.0, "kg"), None),
            (ucum(1.0, "1"), None),
            (ucum(7.5, "{hours}"), Some(7.5)),
            (worded(7.5, "Stunden"), Some(7.5)),
            (worded(450.0, "minutes"), Some(7.5)),
            (worded(450.0, "m"), None),
            (worded(450.0, "nights"), None),
            (worded(7.5, "HOURS"), Some(7.5)),
        ] {
            assert_eq!(measure.within(&hours).ok(), expected, "{measure:?}");
        }
        let both = Measure { text: Some("hours"), ..ucum(1.0, "min") };
        assert!(both.within(&hours).is_err_and(|why| why.contains("two units")));
        let strange = Measure { system: Some("http://snomed.info/sct"), ..ucum(1.0, "h") };
        assert!(strange.within(&["nights".to_owned()]).is_err());
        assert_eq!(worded(1.1, "h").within(&["min".to_owned()]), Ok(66.0));
        assert_eq!(worded(150.0, "lb").within(&["kg".to_owned()]), Ok(68.038_855_5));
    }

    #[test]
    fn an_item_without_a_unit_accepts_no_unit() {
        let ucum = |code| Measure { value: 35.0, code: Some(code), system: Some(UCUM), text: None };
        for (code, expected) in
            [("mm", None), ("1", Some(35.0)), ("{score}", Some(35.0)), ("%", None)]
        {
            assert_eq!(ucum(code).within(&[]).ok(), expected, "{code}");
        }
        assert_eq!(Measure { value: 3.0, ..Measure::default() }.within(&[]), Ok(3.0));
    }

    #[test]
    fn each_spelling_means_one_unit() {
        for unit in &UNITS {
            assert_eq!(of_code(unit.code).map(|found| found.size), Some(unit.size));
            for word in unit.words {
                assert_eq!(of_words(word).map(|found| found.code), Some(unit.code), "{word}");
            }
        }
    }
}
