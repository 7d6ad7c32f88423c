//! Numbers as people and programs print them: decimal commas, marks between thousands, and the printed minus sign.
//!
//! A mark is read as declared. Without a declaration a comma counts as a decimal mark only in a file that separates its
//! cells by semicolons, and only if the number has no other reading.

use std::borrow::Cow;
use std::cell::Cell;

use super::meaning::{DecimalMark, Meaning, ThousandsMark};

/// The reason for refusing a number whose decimal mark differs from that of earlier numbers in its column. It is not known
/// which of the two marks is one of thousands, so no row can be scored.
pub(crate) const MIXED_MARKS: &str = "is written differently from the numbers above it: a column cannot have both decimal commas and decimal points; declare the marks with `--decimal` and `--thousands`";

/// The characters that word processors and East Asian keyboards write for a minus sign.
const MINUS: [char; 4] = ['\u{2212}', '\u{2013}', '\u{fe63}', '\u{ff0d}'];

/// How the numbers of a table are written.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    decimal: Option<DecimalMark>,
    thousands: Option<ThousandsMark>,
    /// Whether commas do not separate cells, so that they can be decimal marks.
    has_commas: bool,
}

/// The decimal marks of a column so far, as far as its numbers have any.
pub(super) type Seen = Cell<Option<DecimalMark>>;

impl Numbers {
    /// The numbers of a table. `has_commas` states whether commas do not separate its cells.
    pub(super) fn new(meaning: &Meaning, has_commas: bool) -> Self {
        let Meaning { decimal, thousands, .. } = *meaning;
        // A point between thousands leaves only the comma for decimals.
        let implied = (thousands == Some(ThousandsMark::Point)).then_some(DecimalMark::Comma);
        Self { decimal: decimal.or(implied), thousands, has_commas }
    }

    /// Returns the number that a text is, if its marks or its minus sign show it. `None` if the text is read as it is.
    ///
    /// # Errors
    ///
    /// The reason why it is not known which number it is. `fits` states whether the item accepts a number.
    pub(super) fn read(
        &self,
        text: &str,
        fits: impl Fn(f64) -> bool,
        seen: Option<&Seen>,
    ) -> Result<Option<f64>, String> {
        let plain = with_plain_minus(text);
        if self.decimal.is_some() || self.thousands.is_some() {
            return self.declared(&plain);
        }
        if let Some(seen) = seen.filter(|_| self.has_commas)
            && let Some(number) = proven(&plain, fits, seen)?
        {
            return Ok(Some(number));
        }
        // Only the sign differs from what the item reads by itself.
        Ok(if matches!(plain, Cow::Owned(_)) { plain.parse().ok() } else { None })
    }

    fn declared(&self, text: &str) -> Result<Option<f64>, String> {
        let decimal = self.decimal.unwrap_or(DecimalMark::Point);
        let mark = if decimal == DecimalMark::Comma { ',' } else { '.' };
        let marks = [',', '.', '\'', '\u{2019}', ' ', '\u{a0}', '\u{202f}', '\u{2009}'];
        let body = text.strip_prefix(['-', '+']).unwrap_or(text);
        let is_number = body.chars().all(|c| c.is_ascii_digit() || marks.contains(&c))
            && body.contains(|c: char| c.is_ascii_digit());
        if !is_number {
            // `1.5e3` has a decimal point too.
            let has_point = body.contains('.') && text.parse::<f64>().is_ok();
            return if has_point && mark == ',' { Err(self.refusal()) } else { Ok(None) };
        }
        let (whole, decimals) = body.split_once(mark).unwrap_or((body, "0"));
        let whole = self.without_thousands(whole).ok_or_else(|| self.refusal())?;
        let is_whole = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        if decimals.is_empty() || !is_whole(decimals) {
            return Err(self.refusal());
        }
        let sign = if text.starts_with('-') { "-" } else { "" };
        Ok(format!("{sign}{whole}.{decimals}").parse().ok())
    }

    /// The digits before the decimals, without the marks between thousands. `None` if they are not in groups of three.
    fn without_thousands(&self, whole: &str) -> Option<String> {
        let is_mark = |c: char| match self.thousands {
            None => false,
            Some(ThousandsMark::Comma) => c == ',',
            Some(ThousandsMark::Point) => c == '.',
            Some(ThousandsMark::Space) => matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'),
            Some(ThousandsMark::Apostrophe) => matches!(c, '\'' | '\u{2019}'),
        };
        let groups: Vec<&str> = whole.split(is_mark).collect();
        let are_digits = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
        let (first, others) = groups.split_first()?;
        let are_threes = others.iter().all(|group| group.len() == 3);
        let begins = others.is_empty() || (1..=3).contains(&first.len());
        (are_digits && are_threes && begins).then(|| groups.concat())
    }

    fn refusal(&self) -> String {
        let decimal = if self.decimal == Some(DecimalMark::Comma) { "comma" } else { "point" };
        let thousands = match self.thousands {
            None => "no mark between thousands",
            Some(ThousandsMark::Comma) => "commas between thousands",
            Some(ThousandsMark::Point) => "points between thousands",
            Some(ThousandsMark::Space) => "spaces between thousands",
            Some(ThousandsMark::Apostrophe) => "apostrophes between thousands",
        };
        format!("is not a number as declared: with a decimal {decimal} and {thousands}")
    }
}

/// The number with a decimal comma that a text is, if it can be no other number.
fn proven(text: &str, fits: impl Fn(f64) -> bool, seen: &Seen) -> Result<Option<f64>, String> {
    if text.contains('.') && text.parse::<f64>().is_ok() {
        return alike(DecimalMark::Point, seen).map(|()| None);
    }
    let Some((decimal, grouped)) = comma_readings(text) else { return Ok(None) };
    match (grouped.filter(|grouped| fits(*grouped)), fits(decimal)) {
        (Some(grouped), true) => Err(doubt(decimal, grouped)),
        (Some(grouped), false) => Err(format!(
            "is {grouped} if the comma separates thousands: declare that with `--thousands ,`"
        )),
        // Refused by the item, with its reason.
        (None, false) => Ok(Some(decimal)),
        (None, true) => alike(DecimalMark::Comma, seen).map(|()| Some(decimal)),
    }
}

/// Checks that a number has the decimal mark of those above it.
fn alike(mark: DecimalMark, seen: &Seen) -> Result<(), String> {
    match seen.replace(Some(mark)) {
        Some(before) if before != mark => {
            seen.set(Some(before));
            Err(MIXED_MARKS.to_owned())
        }
        _ => Ok(()),
    }
}

/// The reason for refusing a number with two readings.
pub(super) fn doubt(decimal: f64, grouped: f64) -> String {
    format!(
        "may be {decimal} or {grouped}: declare the comma with `--decimal ,` or `--thousands ,`"
    )
}

/// The two readings of a number with one comma: as a decimal mark, and as a mark between thousands, if it can be one.
pub(super) fn comma_readings(text: &str) -> Option<(f64, Option<f64>)> {
    let body = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, decimals) = body.split_once(',')?;
    let are_digits =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !are_digits(whole) || !are_digits(decimals) {
        return None;
    }
    let decimal = text.replacen(',', ".", 1).parse().ok()?;
    let is_group = decimals.len() == 3 && whole.len() <= 3 && !whole.starts_with('0');
    let grouped = is_group.then(|| text.replacen(',', "", 1).parse().ok()).flatten();
    Some((decimal, grouped))
}

/// A text with `-` for a printed minus sign at its beginning.
fn with_plain_minus(text: &str) -> Cow<'_, str> {
    match text.strip_prefix(MINUS) {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit() || c == '.') => {
            Cow::Owned(format!("-{rest}"))
        }
        _ => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{MIXED_MARKS, Numbers, Seen};
    use crate::responses::meaning::{DecimalMark, Meaning, ThousandsMark};

    fn numbers(
        decimal: Option<DecimalMark>,
        thousands: Option<ThousandsMark>,
        has_commas: bool,
    ) -> Numbers {
        Numbers::new(&Meaning { decimal, thousands, ..Meaning::default() }, has_commas)
    }

    #[test]
    fn declared_marks_are_read_in_their_places_only() {
        use DecimalMark as D;
        use ThousandsMark as T;
        let comma = numbers(Some(D::Comma), None, false);
        let german = numbers(None, Some(T::Point), false);
        let english = numbers(None, Some(T::Comma), false);
        let french = numbers(Some(D::Comma), Some(T::Space), false);
        let swiss = numbers(None, Some(T::Apostrophe), false);
        for (numbers, text, expected) in [
            (&comma, "3,5", Ok(Some(3.5))),
            (&comma, "3", Ok(Some(3.0))),
            (&comma, "-0,25", Ok(Some(-0.25))),
            (&comma, "\u{2212}0,25", Ok(Some(-0.25))),
            (&comma, "3.5", Err(())),
            (&comma, "1.5e3", Err(())),
            (&comma, "3,", Err(())),
            (&comma, "3,5,6", Err(())),
            (&comma, "often", Ok(None)),
            (&comma, ",", Ok(None)),
            (&german, "12.000", Ok(Some(12000.0))),
            (&german, "1.234.567,5", Ok(Some(1_234_567.5))),
            (&german, "3.5", Err(())),
            (&german, "1234.567", Err(())),
            (&english, "12,000.5", Ok(Some(12000.5))),
            (&english, "12,00", Err(())),
            (&english, ",000", Err(())),
            (&french, "12\u{202f}000,5", Ok(Some(12000.5))),
            (&french, "1 2", Err(())),
            (&swiss, "12\u{2019}000.5", Ok(Some(12000.5))),
        ] {
            let read = numbers.read(text, |_| true, None).map_err(|_| ());
            assert_eq!(read, expected, "{text}");
        }
    }

    #[test]
    fn a_comma_is_a_decimal_mark_only_if_nothing_else_fits() {
        let (numbers, plain) = (numbers(None, None, true), numbers(None, None, false));
        let upto = |limit: f64| move |number: f64| number <= limit;
        for (text, limit, expected) in [
            ("3,5", 24.0, Ok(Some(3.5))),
            ("0,125", 24.0, Ok(Some(0.125))),
            ("3,500", 24.0, Ok(Some(3.5))),
            ("3,500", 9000.0, Err("may be 3.5 or 3500")),
            ("1,3,4", 24.0, Ok(None)),
            ("\u{2212}3", 24.0, Ok(Some(-3.0))),
            ("3", 24.0, Ok(None)),
            ("", 24.0, Ok(None)),
        ] {
            let read = numbers.read(text, upto(limit), Some(&Seen::default()));
            match expected {
                Ok(expected) => assert_eq!(read, Ok(expected), "{text}"),
                Err(why) => assert!(read.is_err_and(|read| read.contains(why)), "{text}"),
            }
            let other = plain.read(text, upto(limit), Some(&Seen::default()));
            let sign = text.starts_with('\u{2212}').then_some(-3.0);
            assert_eq!(other, Ok(sign), "{text}");
        }
        let only_whole = |number: f64| number.fract() == 0.0;
        let read = numbers.read("3,500", only_whole, Some(&Seen::default()));
        assert!(read.is_err_and(|why| why.contains("`--thousands ,`")));
        for (first, second) in [("3,5", "3.5"), ("3.5", "3,5")] {
            let seen = Seen::default();
            assert!(numbers.read(first, |_| true, Some(&seen)).is_ok());
            let read = numbers.read(second, |_| true, Some(&seen));
            assert_eq!(read, Err(MIXED_MARKS.to_owned()));
        }
    }
}
