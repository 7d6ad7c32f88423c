//! Times that are out of order: an end before its start, and sessions with later numbers but earlier dates.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::people::Name;
use crate::reading::Row;

/// The most respondents whose sessions are compared.
const MOST: usize = 500_000;
/// The most rows that are named.
const NAMED: usize = 20;

/// The columns with times, by their positions among the other columns.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct TimeColumns {
    pub(crate) start: Option<usize>,
    pub(crate) end: Option<usize>,
    pub(crate) session: Option<usize>,
    pub(crate) date: Option<usize>,
}

/// What is known about times.
#[derive(Debug, Default)]
pub(crate) struct Times {
    /// The number of rows with a start and an end.
    pub(crate) both: u64,
    /// The rows that end before they start, each with the two times.
    pub(crate) backward: Vec<(Name, String, String)>,
    /// Their number.
    pub(crate) backward_count: u64,
    /// The number of rows with a session and a date.
    pub(crate) sessions: u64,
    /// The rows whose date contradicts the order of sessions, each with both sessions and dates.
    pub(crate) unordered: Vec<(Name, String)>,
    /// Their number.
    pub(crate) unordered_count: u64,
    /// The number of times that could not be read.
    pub(crate) unknown: u64,
    /// The earliest and latest session of each respondent so far, with their dates.
    last: HashMap<u64, Vec<(f64, f64, String)>>,
}

impl Times {
    pub(crate) fn add(&mut self, row: &Row<'_>, at: &TimeColumns, name: &dyn Fn() -> Name) {
        if let (Some(start), Some(end)) = (at.start, at.end) {
            self.span(row.others[start], row.others[end], name);
        }
        if let (Some(session), Some(date)) = (at.session, at.date) {
            self.session(row.respondent, (row.others[session], row.others[date]), name);
        }
    }

    fn span(&mut self, start: &str, end: &str, name: &dyn Fn() -> Name) {
        let (Some(from), Some(to)) = (self.time(start), self.time(end)) else { return };
        self.both += 1;
        // A date without a clock time cannot be compared with a time of the same day.
        let by_day = start.len() <= 10 || end.len() <= 10;
        let (from, to) = if by_day { (day(from), day(to)) } else { (from, to) };
        if to < from {
            self.backward_count += 1;
            if self.backward.len() < NAMED {
                self.backward.push((name(), start.to_owned(), end.to_owned()));
            }
        }
    }

    fn session(&mut self, respondent: &str, cells: (&str, &str), name: &dyn Fn() -> Name) {
        let Ok(session) = cells.0.trim().parse::<f64>() else { return };
        let Some(time) = self.time(cells.1) else { return };
        self.sessions += 1;
        let mut hasher = DefaultHasher::new();
        respondent.hash(&mut hasher);
        let hash = hasher.finish();
        if self.last.len() >= MOST && !self.last.contains_key(&hash) {
            return;
        }
        let known = self.last.entry(hash).or_default();
        let wrong = known.iter().find(|(other, when, _)| {
            (*other < session && *when > time) || (*other > session && *when < time)
        });
        if let Some((other, _, date)) = wrong {
            self.unordered_count += 1;
            if self.unordered.len() < NAMED {
                let text =
                    format!("session {session} on {} and session {other} on {date}", cells.1);
                self.unordered.push((name(), text));
            }
        }
        if known.len() < 64 {
            known.push((session, time, cells.1.to_owned()));
        }
    }

    fn time(&mut self, text: &str) -> Option<f64> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let time = seconds(text);
        self.unknown += u64::from(time.is_none());
        time
    }
}

fn day(seconds: f64) -> f64 {
    (seconds / 86_400.0).floor()
}

/// The seconds of a time in the form of ISO 8601, since an arbitrary day: `2026-01-31`, `2026-01-31T09:30:05.5+01:00`.
fn seconds(text: &str) -> Option<f64> {
    let (date, clock) = match text.find(['T', ' ']) {
        Some(at) => (&text[..at], text[at + 1..].trim()),
        None => (text, ""),
    };
    if !scalewright_model::is_date(date) {
        return None;
    }
    let mut parts = date.split('-').map(|part| part.parse::<f64>().unwrap_or(0.0));
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    // Days since 1 March of year 0, in which leap days come last.
    let (year, month) = if month > 2.0 { (year, month - 3.0) } else { (year - 1.0, month + 9.0) };
    let years =
        year * 365.0 + (year / 4.0).floor() - (year / 100.0).floor() + (year / 400.0).floor();
    let days = years + (month.mul_add(153.0, 2.0) / 5.0).floor() + day;
    Some(days.mul_add(86_400.0, clock_seconds(clock)?))
}

/// The seconds of a clock time, with the offset of its zone taken away.
fn clock_seconds(clock: &str) -> Option<f64> {
    if clock.is_empty() {
        return Some(0.0);
    }
    let clock = clock.strip_suffix(['Z', 'z']).unwrap_or(clock);
    let (clock, offset) = match clock.find(['+', '-']) {
        Some(at) => {
            let sign = if clock[at..].starts_with('+') { -1.0 } else { 1.0 };
            let zone = clock[at + 1..].replace(':', "");
            let (hours, minutes) = (zone.get(..2)?, zone.get(2..4).unwrap_or("0"));
            let hours: f64 = hours.parse().ok()?;
            (&clock[..at], sign * hours.mul_add(3600.0, minutes.parse::<f64>().ok()? * 60.0))
        }
        None => (clock, 0.0),
    };
    let parts: Option<Vec<f64>> = clock.split(':').map(|part| part.parse().ok()).collect();
    let time = match parts?[..] {
        [hours, minutes] => hours.mul_add(3600.0, minutes * 60.0),
        [hours, minutes, seconds] => hours.mul_add(3600.0, minutes.mul_add(60.0, seconds)),
        _ => return None,
    };
    (0.0..=86_400.0).contains(&time).then_some(time + offset)
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn times_have_an_order() {
        let day = 86_400.0;
        let of = |text: &str| seconds(text).unwrap_or(f64::NAN);
        assert!((of("2026-03-01") - of("2026-02-28") - day).abs() < 1e-6);
        assert!((of("2024-03-01") - of("2024-02-28") - 2.0 * day).abs() < 1e-6);
        assert!((of("2026-01-01") - of("2025-12-31T23:59:59") - 1.0).abs() < 1e-6);
        assert!((of("2026-01-01T10:00+01:00") - of("2026-01-01 09:00:00Z")).abs() < 1e-6);
        assert_eq!(seconds("31.12.2025"), None);
        assert_eq!(seconds("2026-01-01 25:00"), None);
    }
}
