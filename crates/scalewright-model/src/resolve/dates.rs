//! Dates: whether they exist in the calendar.

use crate::file::InstrumentFile;
use crate::{Diagnostic, Pointer, is_date};

/// Reports dates that do not exist.
pub(super) fn check_dates(file: &InstrumentFile, found: &mut Vec<Diagnostic>) {
    let date = file.date.iter().map(|date| (Pointer::top("date"), date));
    let evidence = Pointer::top("rights").key("evidence");
    let seen = file.rights.evidence.iter().enumerate();
    let seen = seen.map(|(i, e)| (evidence.index(i).key("seen"), &e.seen));
    for (place, date) in date.chain(seen) {
        if !is_date(date) {
            let finding =
                Diagnostic::error("no-such-date", format!("the date `{date}` does not exist"))
                    .at(place, "not in the calendar")
                    .help("write year, month and day: `2026-01-31`");
            found.push(finding);
        }
    }
}
