//! From findings, which need the texts that they are in, to what a report holds.

use std::collections::BTreeMap;
use std::path::Path;

use scalewright_model::text::line;

use crate::{Checked, Finding, Silenced};

use super::lines::Lines;
use super::types::{Edit, Fix, Place, Report, Subject, Told};
use super::{path, print};

/// Tells the findings about one instrument.
pub(super) struct Teller<'a> {
    instrument: usize,
    id: Option<String>,
    /// The files' names, and their texts by line.
    files: Vec<(String, Lines<'a>)>,
    /// How often a finding was told that looks the same.
    seen: &'a mut BTreeMap<String, usize>,
}

impl<'a> Teller<'a> {
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
            crate::id_of(text).map(|id| line(&id))
        });
        Self { instrument, id, files, seen }
    }

    /// The instrument.
    pub(super) fn subject(self) -> Subject {
        let file = self.files.first().map(|file| file.0.clone()).unwrap_or_default();
        Subject { id: self.id, file }
    }

    /// What the definition allows.
    pub(super) fn silenced(&mut self, silenced: &Silenced) -> Told {
        Told { reason: Some(line(&silenced.reason)), ..self.tell(&silenced.finding) }
    }

    /// A finding, by itself.
    pub(super) fn tell(&mut self, finding: &Finding) -> Told {
        let mut places = finding.marks.iter().map(|mark| {
            let (file, lines) = &self.files[mark.document];
            let (start, end) = lines.stretch(&mark.span);
            Place { file: file.clone(), start, end, text: line(&mark.text) }
        });
        let place = places.next();
        let related = places.collect();
        let lint = Report::lint(finding.code);
        Told {
            code: finding.code,
            severity: finding.severity.into(),
            message: line(&finding.message),
            instrument: self.instrument,
            place,
            related,
            help: finding.help.iter().map(|text| line(text)).collect(),
            fix: finding.fix.as_ref().map(|fix| self.fix(fix)),
            group: lint.map(|lint| lint.group.key()),
            explain: lint.map(|lint| format!("scalewright explain {}", lint.name)),
            fingerprint: self.fingerprint(finding),
            reason: None,
        }
    }

    fn fix(&self, fix: &crate::Fix) -> Fix {
        let edits = fix.edits.iter().map(|edit| {
            let (file, lines) = &self.files[edit.document];
            let (start, end) = lines.stretch(&edit.span);
            Edit { file: file.clone(), start, end, text: edit.text.clone() }
        });
        Fix { message: line(&fix.message), edits: edits.collect() }
    }

    /// What tells a finding from all others, but not from itself after lines were added above it.
    fn fingerprint(&mut self, finding: &Finding) -> String {
        let mark = finding.marks.first();
        let file = mark.map(|mark| &self.files[mark.document]);
        let path = file.map_or("", |(path, _)| path.as_str());
        // An instrument may be moved to another library; its files keep their names.
        let file_name = path.rsplit('/').next().unwrap_or_default();
        let owner = self.id.as_deref().unwrap_or(path);
        let marked = mark.zip(file).map_or("", |(mark, (_, lines))| lines.text(&mark.span));
        let print = print::of(&[finding.code, owner, file_name, &finding.message, marked]);
        let seen = self.seen.entry(print.clone()).or_default();
        *seen += 1;
        match *seen {
            1 => print,
            again => print::of(&[&print, &again.to_string()]),
        }
    }
}
