//! The gates for a supplied key: it is read, applied to the definition, and findings about it are placed in its file.

use scalewright_model::Diagnostic;
use scalewright_model::file::{CaseFile, CasesFile, InstrumentFile, KeyFile};

use super::Gate;
use crate::input::Source;
use crate::locate::locate_written;
use crate::supplied::{self, KeyPlaces, Keyed};
use crate::{Finding, SchemaKind};

impl Gate {
    /// Converts the locations of diagnostics about the document at `index` to positions, in the same order. Those about
    /// parts that come from a supplied key are in the file of the key.
    pub(super) fn locate(&self, found: Vec<Diagnostic>, index: usize) -> Vec<Finding> {
        let in_cases = Some(index) == self.case_document;
        let moves = |places: &&KeyPlaces| index == 0 || in_cases || index == places.document;
        // A supplied key may have abbreviations too, and its places are those of the definition that it completes.
        let found: Vec<Diagnostic> = match index {
            0 => found.into_iter().map(|one| self.documents[0].written.moved(one)).collect(),
            _ => found,
        };
        let Some(places) = self.places.as_ref().filter(moves) else {
            return locate_written(found, index, &self.documents[index]);
        };
        let moved = |one: &Diagnostic| match index == places.document {
            true => None,
            false => places.moved(one, in_cases),
        };
        let all: Vec<(bool, Diagnostic)> = found
            .into_iter()
            .map(|one| moved(&one).map_or((false, one), |moved| (true, moved)))
            .collect();
        let of =
            |moved: bool| all.iter().filter(move |one| one.0 == moved).map(|one| one.1.clone());
        let mut own =
            locate_written(of(false).collect(), index, &self.documents[index]).into_iter();
        let of_key = of(true).collect();
        let mut of_key =
            locate_written(of_key, places.document, &self.documents[places.document]).into_iter();
        let next =
            all.iter().filter_map(|(moved, _)| if *moved { of_key.next() } else { own.next() });
        next.collect()
    }

    /// Reads a supplied key, and returns the definition with it and the cases of its file. Without a key, the
    /// definition is unchanged.
    pub(super) fn keyed(
        &mut self,
        file: Option<InstrumentFile>,
        key: Option<Source>,
    ) -> (Option<InstrumentFile>, Option<CasesFile>) {
        let Some(source) = key else { return (file, None) };
        let document = self.documents.len();
        let key: Option<KeyFile> = self.read(source, SchemaKind::Key);
        let (Some(definition), Some(key)) = (&file, key) else { return (file, None) };
        let Keyed { file, places, supplied, cases, found } =
            supplied::apply(definition, &key, document);
        self.places = Some(places);
        self.supplied = Some(supplied);
        self.add(found, document);
        (Some(file), cases)
    }

    /// Returns the cases of `cases.toml` and, after them, those of the key file.
    pub(super) fn all_cases(
        &mut self,
        cases: Option<&CasesFile>,
        of_key: Option<&CasesFile>,
    ) -> Option<CasesFile> {
        let (Some(cases), Some(of_key)) = (cases, of_key) else {
            return cases.or(of_key).cloned();
        };
        self.places.iter_mut().for_each(|places| places.cases = cases.cases.len());
        let more = of_key.cases.iter().map(|case| CaseFile {
            // A case without a source of its own has that of its file.
            source: case.source.clone().or_else(|| Some(of_key.source.clone())),
            ..case.clone()
        });
        Some(CasesFile {
            cases: cases.cases.iter().cloned().chain(more).collect(),
            ..cases.clone()
        })
    }
}
