//! Converts findings, which refer to texts, to the findings of a report, which do not.

use std::collections::BTreeMap;
use std::path::Path;

use scalewright_model::text::line;

use crate::outside::plugin_of;
use crate::{Checked, Finding, Silenced};

use super::lines::Lines;
use super::types::{Edit, Fix, Place, Report, ReportedFinding, Subject};
use super::{fingerprint, path};

/// Converts the findings about one instrument.
pub(super) struct Converter<'a> {
    instrument: usize,
    id: Option<String>,
    /// The names and the texts of the files.
    files: Vec<(String, Lines<'a>)>,
    /// How many findings with the same fingerprint were converted.
    seen: &'a mut BTreeMap<String, usize>,
}

impl<'a> Converter<'a> {
    pub(super) fn new(
        checked: &'a Checked,
        instrument: usize,
        cwd: &Path,
        seen: &'a mut BTreeMap<String, usize>,
    ) -> Self {
        let files = checked.documents.iter();
        let files: Vec<_> =
            files.map(|file| (path::from(&file.name, cwd), Lines::new(&file.text))).collect();
        let known = checked.instrument.as_ref().map(|instrument| instrument.id.clone());
        let id = known.or_else(|| {
            let text = checked.documents.first()?.text.as_bytes();
            // This id was not checked, so it may contain control characters.
            crate::id_of(text).map(|id| line(&id))
        });
        Self { instrument, id, files, seen }
    }

    /// Returns the instrument that was checked.
    pub(super) fn subject(self) -> Subject {
        let file = self.files.first().map(|file| file.0.clone()).unwrap_or_default();
        Subject { id: self.id, file }
    }

    /// Converts a finding that the definition allows.
    pub(super) fn silenced(&mut self, silenced: &Silenced) -> ReportedFinding {
        let reason = Some(line(&silenced.reason));
        ReportedFinding { reason, ..self.finding(&silenced.finding) }
    }

    /// Converts a finding.
    pub(super) fn finding(&mut self, finding: &Finding) -> ReportedFinding {
        let mut places = finding.marks.iter().map(|mark| {
            let (file, lines) = &self.files[mark.document];
            let (start, end) = lines.range(&mark.span);
            Place { file: file.clone(), start, end, text: line(&mark.text) }
        });
        let place = places.next();
        let related = places.collect();
        let lint = Report::lint(&finding.code);
        ReportedFinding {
            code: finding.code.clone(),
            severity: finding.severity.into(),
            message: line(&finding.message),
            instrument: self.instrument,
            place,
            related,
            help: finding.help.iter().map(|text| line(text)).collect(),
            fix: finding.fix.as_ref().map(|fix| self.fix(fix)),
            group: match lint {
                Some(lint) => Some(lint.group.key()),
                None => plugin_of(&finding.code).map(str::to_owned),
            },
            explain: lint.map(|lint| format!("scalewright explain {}", lint.name)),
            fingerprint: self.fingerprint(finding),
            reason: None,
        }
    }

    fn fix(&self, fix: &crate::Fix) -> Fix {
        let edits = fix.edits.iter().map(|edit| {
            let (file, lines) = &self.files[edit.document];
            let (start, end) = lines.range(&edit.span);
            Edit { file: file.clone(), start, end, text: edit.text.clone() }
        });
        Fix { message: line(&fix.message), edits: edits.collect() }
    }

    /// Returns a fingerprint that differs between findings, but stays the same if lines are added above the finding.
    fn fingerprint(&mut self, finding: &Finding) -> String {
        let mark = finding.marks.first();
        let file = mark.map(|mark| &self.files[mark.document]);
        let path = file.map_or("", |(path, _)| path.as_str());
        // An instrument may be moved to another folder, so only the name of the file counts.
        let file_name = path.rsplit('/').next().unwrap_or_default();
        let owner = self.id.as_deref().unwrap_or(path);
        let marked = mark.zip(file).map_or("", |(mark, (_, lines))| lines.text(&mark.span));
        let parts = [&finding.code, owner, file_name, &finding.message, marked];
        let fingerprint = fingerprint::of(&parts);
        let seen = self.seen.entry(fingerprint.clone()).or_default();
        *seen += 1;
        // Findings that are the same in all parts are numbered, so that each has a fingerprint of its own.
        match *seen {
            1 => fingerprint,
            again => fingerprint::of(&[&fingerprint, &again.to_string()]),
        }
    }
}
