//! `--study`: several instruments that are published together.

use std::collections::BTreeSet;

use scalewright_check::Checked;
use scalewright_export::{ExportRequest, ExportedStudy, StudyRequest, listed};
use scalewright_model::{Instrument, Stop};
use scalewright_project::key_may_be_published;

use super::run::ExportRun;
use super::sources::sources;
use crate::gates::{self, sound};
use crate::target::{ChosenTarget, Target};
use crate::terminal::Terminal;
use crate::words::{needs_wording, source_or_only, unfinished_of, wording};

/// Stops if one of the targets cannot publish a study.
pub(super) fn can_be_made(targets: &[Target]) -> Result<(), Stop> {
    let can = |target: &&Target| match target {
        Target::BuiltIn(exporter) => exporter.study.is_some(),
        Target::Outside(_) => false,
    };
    let Some(cannot) = targets.iter().find(|target| !can(target)) else {
        return Ok(());
    };
    let can = listed().filter(|(_, exporter)| exporter.study.is_some());
    let can: Vec<String> = can.map(|(_, exporter)| format!("`{}`", exporter.name)).collect();
    let message = format!("`{}` cannot publish a study: leave `--study` out", cannot.name());
    Err(Stop::usage(message).help(format!("{} can", can.join(", "))))
}

/// The error for an instrument that is named twice: a study contains each instrument once.
pub(super) fn twice(name: &str) -> Stop {
    Stop::usage(format!("`{name}` is named twice: a study has each instrument once"))
        .help("to ask it several times, repeat its form in the project, or define several events")
}

impl ExportRun<'_> {
    /// Publishes all instruments together. The errors of every instrument are reported.
    pub(super) fn study(
        &mut self,
        name: &str,
        all: &[Checked],
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Stop> {
        let mut instruments = Vec::new();
        for checked in all {
            let refused = unfinished_of(checked, &self.args.language);
            let refused = refused.or_else(|| key_may_be_published(checked).err());
            let sound = refused.map_or_else(|| sound(checked, terminal), Err);
            match sound.and_then(with_words) {
                Ok(instrument) => instruments.push(instrument),
                Err(stop) => self.fail(&stop, terminal)?,
            }
        }
        if self.failed > 0 {
            return Ok(());
        }
        once(&instruments)?;
        if !self.args.quiet {
            all.iter().for_each(|checked| gates::supplied_key(checked, terminal));
        }
        let languages = match self.languages(&instruments, terminal) {
            Ok(languages) => languages,
            Err(stop) => return self.fail(&stop, terminal),
        };
        for language in languages {
            for target in self.chosen.clone() {
                self.together((&target, name, &language), all, &instruments, terminal)?;
            }
        }
        Ok(())
    }

    /// Returns the languages of the study. All its instruments have wording in each of them.
    fn languages(
        &self,
        instruments: &[&Instrument],
        terminal: &mut Terminal<'_>,
    ) -> Result<Vec<String>, Stop> {
        let asked = &self.args.language;
        if asked.iter().any(|language| language == "all") {
            return common(instruments, terminal);
        }
        if !asked.is_empty() {
            for (instrument, language) in
                instruments.iter().flat_map(|i| asked.iter().map(move |language| (i, language)))
            {
                wording(instrument, language)?;
            }
            return Ok(asked.clone());
        }
        let mut own: Vec<(&str, &str)> = Vec::new();
        for instrument in instruments {
            own.push((&instrument.id, &source_or_only(instrument)?.language));
        }
        let first = own.first().copied().unwrap_or_default();
        match own.iter().find(|(_, language)| *language != first.1) {
            None => Ok(vec![first.1.to_owned()]),
            Some((id, language)) => Err(Stop::wrong(format!(
                "`{}` is in `{}`, and `{id}` in `{language}`: a study has one language",
                first.0, first.1
            ))
            .help(
                "choose the language, such as `--language en`; all instruments need wording in it",
            )),
        }
    }

    fn together(
        &mut self,
        (target, name, language): (&ChosenTarget, &str, &str),
        all: &[Checked],
        instruments: &[&Instrument],
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Stop> {
        let export = match &target.target {
            Target::BuiltIn(exporter) => exporter.study,
            Target::Outside(_) => None,
        };
        let Some(export) = export else {
            return can_be_made(std::slice::from_ref(&target.target));
        };
        let sources: Vec<_> = all.iter().map(sources).collect();
        let mut requests: Vec<ExportRequest<'_>> = Vec::new();
        for ((checked, instrument), sources) in all.iter().zip(instruments).zip(&sources) {
            let wording = wording(instrument, language)?;
            requests.push(self.request(checked, (instrument, wording), sources, &target.options));
        }
        let title = self.args.title.as_deref().or(self.settings.title()).unwrap_or(name);
        let study = StudyRequest { name, title, instruments: &requests };
        let ExportedStudy { files, diagnostics } = export(&study);
        let mut refused = false;
        for (checked, found) in all.iter().zip(diagnostics) {
            refused |= self.report(found, checked, terminal);
        }
        if refused {
            self.failed += 1;
            return Ok(());
        }
        self.made.extend(files);
        Ok(())
    }
}

fn with_words(instrument: &Instrument) -> Result<&Instrument, Stop> {
    match instrument.wordings.is_empty() {
        true => Err(needs_wording(instrument, &instrument.language)),
        false => Ok(instrument),
    }
}

/// Stops if two definitions in different files have the same id.
fn once(instruments: &[&Instrument]) -> Result<(), Stop> {
    let mut seen = BTreeSet::new();
    let again = instruments.iter().find(|instrument| !seen.insert(&instrument.id));
    again.map_or(Ok(()), |instrument| Err(twice(&instrument.id)))
}

/// Returns the languages that all instruments have, with a note about each of the others.
fn common(instruments: &[&Instrument], terminal: &mut Terminal<'_>) -> Result<Vec<String>, Stop> {
    let mut languages: Vec<&str> = Vec::new();
    for wording in instruments.iter().flat_map(|instrument| &instrument.wordings) {
        if !languages.contains(&wording.language.as_str()) {
            languages.push(&wording.language);
        }
    }
    let lacks = |language: &str| instruments.iter().find(|i| i.wording(language).is_none());
    for language in &languages {
        if let Some(instrument) = lacks(language) {
            let id = &instrument.id;
            terminal
                .eprint(&format!("note: no study in `{language}`: `{id}` has no such wording\n"));
        }
    }
    languages.retain(|language| lacks(language).is_none());
    match languages.is_empty() {
        false => Ok(languages.into_iter().map(str::to_owned).collect()),
        true => Err(Stop::wrong("there is no language in which all instruments have wording")),
    }
}
