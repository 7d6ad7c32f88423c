//! The reports of respondents, and the names of their files.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_export::{
    ExportedFile, ReportRequest, ReportSheet, course_report, order_of_occasions, score_report,
    shared_by_occasions,
};

use super::subjects::Subject;
use crate::cli::ReportArgs;

/// Returns a report for each row, or with `--occasions` one for all rows of a respondent.
pub(super) fn of_respondents(
    sheet: &ReportSheet<'_>,
    subjects: &[Subject],
    args: &ReportArgs,
) -> Vec<ExportedFile> {
    let mut names = BTreeSet::new();
    let id = &sheet.instrument.id;
    if !args.occasions {
        let report = |subject: &Subject| {
            let parts = subject.occasion.iter().map(|(_, value)| value.as_str());
            let parts: Vec<&str> = std::iter::once(subject.name.as_str()).chain(parts).collect();
            let name = file_name(id, &parts, subject.row, &mut names);
            score_report(&request(sheet, subject), &name)
        };
        return subjects.iter().map(report).collect();
    }
    let report = |(who, rows): (Vec<&str>, Vec<&Subject>)| {
        let name = file_name(id, &who, rows[0].row, &mut names);
        let occasions: Vec<_> = rows.iter().map(|row| row.occasion.as_slice()).collect();
        let order = order_of_occasions(&occasions);
        let requests: Vec<_> = order.into_iter().map(|at| request(sheet, rows[at])).collect();
        course_report(&requests, &name)
    };
    by_respondent(subjects).into_iter().map(report).collect()
}

/// Returns the rows of each respondent, in the order in which respondents first occur. Rows of different forms or raters
/// are not occasions of one another.
fn by_respondent(subjects: &[Subject]) -> Vec<(Vec<&str>, Vec<&Subject>)> {
    let mut places: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    let mut all: Vec<(Vec<&str>, Vec<&Subject>)> = Vec::new();
    for subject in subjects {
        let shared = shared_by_occasions(&subject.occasion).map(|(_, value)| value.as_str());
        let who: Vec<&str> = std::iter::once(subject.name.as_str()).chain(shared).collect();
        let place = *places.entry(who.clone()).or_insert(all.len());
        if place == all.len() {
            all.push((who, Vec::new()));
        }
        all[place].1.push(subject);
    }
    all
}

fn request<'a>(sheet: &'a ReportSheet<'a>, subject: &'a Subject) -> ReportRequest<'a> {
    ReportRequest {
        sheet,
        respondent: &subject.name,
        occasion: &subject.occasion,
        answers: &subject.answers,
        scored: &subject.scored,
    }
}

/// Returns a file name without ending. A respondent's name can neither lead out of the folder nor overwrite another
/// respondent's file.
fn file_name(id: &str, parts: &[&str], row: u64, names: &mut BTreeSet<String>) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let is_plain = |name: &&str| !name.is_empty() && name.chars().all(plain);
    let name = parts.join(".");
    // On some systems, names that differ only in case are the same file.
    let of_respondent =
        parts.iter().all(is_plain) && name.len() <= 60 && names.insert(name.to_lowercase());
    match of_respondent {
        true => format!("{id}.{name}"),
        false => format!("{id}.row.{row}"),
    }
}
