//! Dates in a declared order of day, month and year.

use std::borrow::Cow;

use scalewright_model::is_date;

use super::meaning::DateOrder;

impl DateOrder {
    /// Returns a date as ISO 8601 writes it, `2026-01-31`; `None` if the text is no existing date in this order.
    ///
    /// A date that begins with its year has only one reading, so it is accepted in every order. Years have four digits.
    #[must_use]
    pub fn iso(self, text: &str) -> Option<Cow<'_, str>> {
        let text = text.trim();
        if is_date(text) {
            return Some(Cow::Borrowed(text));
        }
        let sign = text.chars().find(|c| !c.is_ascii_digit())?;
        if !matches!(sign, '.' | '/' | '-') {
            return None;
        }
        let parts: Vec<&str> = text.splitn(4, sign).collect();
        let [first, second, year] = parts[..] else { return None };
        let (day, month) = match self {
            Self::YearMonthDay => return None,
            Self::DayMonthYear => (first, second),
            Self::MonthDayYear => (second, first),
        };
        let is_short = |part: &str| (1..=2).contains(&part.len());
        let iso = format!("{year}-{month:0>2}-{day:0>2}");
        (is_short(day) && is_short(month) && is_date(&iso)).then_some(Cow::Owned(iso))
    }
}

#[cfg(test)]
mod tests {
    use super::DateOrder;

    #[test]
    fn dates_are_read_in_the_declared_order_only() {
        use DateOrder::{DayMonthYear, MonthDayYear, YearMonthDay};
        for (order, text, expected) in [
            (YearMonthDay, "2026-01-31", Some("2026-01-31")),
            (YearMonthDay, "31.01.2026", None),
            (DayMonthYear, " 31.01.2026 ", Some("2026-01-31")),
            (DayMonthYear, "3/1/2026", Some("2026-01-03")),
            (DayMonthYear, "03-01-2026", Some("2026-01-03")),
            (DayMonthYear, "2026-01-31", Some("2026-01-31")),
            (DayMonthYear, "01/31/2026", None),
            (DayMonthYear, "31.01.26", None),
            (DayMonthYear, "31.01/2026", None),
            (DayMonthYear, "30.02.2026", None),
            (DayMonthYear, "031.1.2026", None),
            (DayMonthYear, "31.01.2026 10:00", None),
            (MonthDayYear, "1/31/2026", Some("2026-01-31")),
            (MonthDayYear, "31/1/2026", None),
            (MonthDayYear, "", None),
        ] {
            assert_eq!(order.iso(text).as_deref(), expected, "{text}");
        }
    }
}
