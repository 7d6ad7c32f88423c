//! Numbers and dates as a report shows them, in the manner of its language.

use scalewright_model::{Direction, direction};
use scalewright_scoring::emit::{digits, number};

use crate::ui::Ui;

/// How a language writes numbers and dates.
#[derive(Clone, Copy)]
pub(super) struct Figures {
    decimal: &'static str,
    day: &'static str,
    is_leftward: bool,
}

impl Figures {
    /// The manner of the language of `ui`.
    pub(super) fn of(ui: &'static Ui) -> Self {
        let typing = ui.typing();
        let is_leftward = direction(ui.language) == Direction::RightToLeft;
        Self { decimal: typing.decimal, day: typing.day, is_leftward }
    }

    /// Writes a number with at most two decimals. A note lists the scores that have more.
    pub(super) fn shown(&self, value: f64) -> String {
        self.written(&number(rounded(value)))
    }

    /// Writes a number with all of its digits.
    pub(super) fn exact(&self, value: f64) -> String {
        self.written(&digits(value))
    }

    /// Writes a difference, with its sign.
    pub(super) fn difference(&self, value: f64) -> String {
        let text = number(rounded(value));
        let sign = if text == "0" || text.starts_with(['-', '−']) { "" } else { "+" };
        self.written(&format!("{sign}{text}"))
    }

    /// Writes a share as a whole number of per cent.
    pub(super) fn percent(&self, part: usize, all: usize) -> String {
        let share = (100.0 * part as f64 / all.max(1) as f64).round();
        self.isolated(&format!("{} %", number(share)))
    }

    fn written(&self, text: &str) -> String {
        let (sign, rest) = match text.strip_prefix(['-', '−']) {
            Some(rest) => ("−", rest),
            None => ("", text),
        };
        let text = format!("{sign}{}", rest.replace('.', self.decimal));
        let has_sign = text.starts_with(['−', '+']);
        if has_sign { self.isolated(&text) } else { text }
    }

    /// Writes a date such as `2026-01-31`, with what follows it. Another text is left as it is.
    pub(super) fn date(&self, text: &str) -> String {
        let Some((year, month, day)) = parts(text) else { return self.isolated(text) };
        let plain = |number: &str| number.trim_start_matches('0').to_owned();
        let date = self.day.replace("{yyyy}", year).replace("{mm}", month).replace("{dd}", day);
        let date = date.replace("{m}", &plain(month)).replace("{d}", &plain(day));
        let rest = text[10..].replace('T', " ");
        self.isolated(&format!("{date}{rest}"))
    }

    /// Gives a text of its own, such as a citation or a label, the direction of its first letter.
    pub(super) fn by_itself(&self, text: &str) -> String {
        match self.is_leftward && text.chars().any(char::is_alphabetic) {
            true => format!("\u{2068}{text}\u{2069}"),
            false => text.to_owned(),
        }
    }

    /// Keeps a text together that is not in the language of the report, such as a name in Latin letters within Arabic.
    pub(super) fn isolated(&self, text: &str) -> String {
        let is_foreign = || text.chars().any(|c| c.is_ascii_alphanumeric());
        if self.is_leftward && is_foreign() {
            return format!("\u{2066}{text}\u{2069}");
        }
        text.to_owned()
    }
}

/// Returns year, month and day of a text that begins with an ISO date, and continues with a time or not at all.
fn parts(text: &str) -> Option<(&str, &str, &str)> {
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    let bytes = date.as_bytes();
    let is_digit = |at: usize| at == 4 || at == 7 || bytes[at].is_ascii_digit();
    let is_date = (0..10).all(is_digit) && bytes[4] == b'-' && bytes[7] == b'-';
    let ends = rest.is_empty() || rest.starts_with(['T', ' ']);
    (is_date && ends).then(|| (&date[..4], &date[5..7], &date[8..]))
}

/// Whether a text begins with an ISO date, and continues with a time or not at all.
pub(super) fn is_date(text: &str) -> bool {
    parts(text).is_some()
}

/// Returns the number that is shown.
pub(super) fn rounded(value: f64) -> f64 {
    scalewright_scoring::rounded(value, 2)
}

#[cfg(test)]
mod tests {
    use super::Figures;
    use crate::ui::ui;

    fn figures(language: &str) -> Figures {
        Figures::of(ui(language).0)
    }

    #[test]
    fn numbers_and_dates_follow_the_language() {
        let de = figures("de");
        assert_eq!((de.shown(-1.256), de.exact(2.5)), ("−1,26".to_owned(), "2,5".to_owned()));
        assert_eq!(de.date("2026-01-31"), "31.01.2026");
        assert_eq!(de.date("2026-01-31T08:15"), "31.01.2026 08:15");
        assert_eq!(de.date("baseline"), "baseline");
        assert_eq!(figures("ja").date("2026-01-31"), "2026年1月31日");
        assert_eq!(figures("en").difference(3.0), "+3");
        assert_eq!(figures("en").difference(0.0), "0");
    }

    #[test]
    fn signs_stay_with_their_numbers_from_right_to_left() {
        let he = figures("he");
        assert_eq!(he.shown(-1.5), "\u{2066}−1.5\u{2069}");
        assert_eq!(he.shown(1.5), "1.5");
        assert_eq!(he.isolated("r-01 (a)"), "\u{2066}r-01 (a)\u{2069}");
    }
}
