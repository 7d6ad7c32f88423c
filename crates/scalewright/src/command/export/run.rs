//! The export of instruments, one after the other.

use std::collections::BTreeSet;
use std::path::PathBuf;

use scalewright_check::{Checked, Finding, locate};
use scalewright_export::{
    Common, ExportRequest, Exported, ExportedFile, OptionValues, Sheet, SourceFile, in_parallel,
};
use scalewright_model::{Diagnostic, Instrument, Stop, Wording};
use scalewright_project::{Settings, key_may_be_published};
use scalewright_scoring::Phrases;

use super::links::no_links;
use super::sheet;
use super::sources::sources;
use crate::cli::ExportArgs;
use crate::exit_code::{OK, WRONG};
use crate::gates::{self, sound};
use crate::house::{self, Style};
use crate::output::{self, Outputs};
use crate::printing;
use crate::render::{self, Printable};
use crate::target::{ChosenTarget, Target};
use crate::terminal::Terminal;
use crate::words::{self, needs_wording, source_or_only, wording};

/// The export of instruments, which collects files, findings and failures until the end.
pub(super) struct ExportRun<'a> {
    pub(super) args: &'a ExportArgs,
    pub(super) settings: &'a Settings,
    pub(super) chosen: Vec<ChosenTarget>,
    pub(super) sheets: Vec<Sheet>,
    pub(super) style: Style,
    /// The files that were read, which must not be overwritten.
    pub(super) read: BTreeSet<PathBuf>,
    /// The exported files whose documents are not typeset yet.
    pub(super) made: Vec<ExportedFile>,
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// The names of the files that plug-ins made.
    pub(super) foreign: BTreeSet<String>,
    /// The findings that were reported, so that none is reported twice for two languages.
    pub(super) reported: BTreeSet<Printable>,
    pub(super) failed: usize,
}

/// The files that the built-in targets have made, in the order in which their findings are reported.
type Ahead = std::vec::IntoIter<Exported>;

impl ExportRun<'_> {
    pub(super) fn instruments(
        &mut self,
        all: &[Checked],
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Stop> {
        let mut ahead = self.ahead(all).into_iter();
        all.iter().try_for_each(|checked| self.instrument(checked, &mut ahead, terminal))
    }

    /// Makes the files of the built-in targets on all processors. They report nothing yet.
    fn ahead(&self, all: &[Checked]) -> Vec<Exported> {
        let sources: Vec<_> = all.iter().map(sources).collect();
        let mut jobs = Vec::new();
        for (checked, sources) in all.iter().zip(&sources) {
            let Ok(instrument) = scalewright_project::sound(checked) else { continue };
            for wording in self.wordings(checked, instrument).unwrap_or_default() {
                jobs.extend(self.chosen.iter().filter_map(|target| {
                    let Target::BuiltIn(exporter) = target.target else { return None };
                    let words = (instrument, wording);
                    let request = self.request(checked, words, sources, &target.options);
                    Some((exporter.export, request))
                }));
            }
        }
        let most = jobs.len();
        in_parallel(jobs, most, |(export, request)| export(&request))
    }

    fn instrument(
        &mut self,
        checked: &Checked,
        ahead: &mut Ahead,
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Stop> {
        let instrument = match sound(checked, terminal) {
            Ok(instrument) => instrument,
            Err(stop) => return self.fail(&stop, terminal),
        };
        if let Err(stop) = key_may_be_published(checked) {
            return self.fail(&stop, terminal);
        }
        if !self.args.quiet {
            gates::supplied_key(checked, terminal);
        }
        let wordings = match self.wordings(checked, instrument) {
            Ok(wordings) => wordings,
            Err(stop) => return self.fail(&stop, terminal),
        };
        // A note, because all others are published.
        let all = self.args.language.iter().any(|language| language == "all");
        for one in checked.unfinished.iter().filter(|_| all) {
            if let Some(stop) = words::unfinished(checked, &one.language) {
                let note = format!("note: {}; no form is written in it\n", stop.message);
                terminal.eprint(&note);
            }
        }
        let sheets = self.sheets.contains(&Sheet::Scoring);
        let unknown = |wording: &&&Wording| Phrases::of(&wording.language).is_none();
        for wording in wordings.iter().filter(unknown).filter(|_| sheets) {
            let (id, language) = (&instrument.id, &wording.language);
            let note = format!(
                "note: the scoring sheet of `{id}` in `{language}` is in English, with its titles in `{language}`\n"
            );
            terminal.eprint(&note);
        }
        for wording in &wordings {
            // A clone, because exporting changes `self`.
            for target in self.chosen.clone() {
                self.export((&target, ahead), checked, (instrument, *wording), terminal)?;
            }
        }
        if sheets {
            self.scoring(checked, instrument, &wordings, terminal)?;
        }
        Ok(())
    }

    /// Makes a scoring sheet in the language of each wording.
    fn scoring(
        &mut self,
        checked: &Checked,
        instrument: &Instrument,
        wordings: &[&Wording],
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Stop> {
        let accepted = self.args.accept_recalled_keys;
        if let Err(stop) = gates::keys_are_sure(checked, instrument, accepted, terminal) {
            return self.fail(&stop, terminal);
        }
        let paper = house::paper(self.args.paper, self.settings);
        for wording in wordings {
            let style = (paper, &self.style.house);
            self.made.push(sheet::scoring(checked, instrument, wording, style));
        }
        Ok(())
    }

    /// Reports and counts a failure, and goes on, so that the errors of the other instruments are reported too.
    pub(super) fn fail(&mut self, stop: &Stop, terminal: &mut Terminal<'_>) -> Result<(), Stop> {
        terminal.eprint(render::stop(stop));
        self.failed += 1;
        Ok(())
    }

    fn wordings<'i>(
        &self,
        checked: &Checked,
        instrument: &'i Instrument,
    ) -> Result<Vec<&'i Wording>, Stop> {
        if let Some(stop) = words::unfinished_of(checked, &self.args.language) {
            return Err(stop);
        }
        if instrument.wordings.is_empty() {
            return Err(needs_wording(instrument, &instrument.language));
        }
        let asked = &self.args.language;
        if asked.iter().any(|language| language == "all") {
            return Ok(instrument.wordings.iter().collect());
        }
        if asked.is_empty() {
            return Ok(vec![source_or_only(instrument)?]);
        }
        asked.iter().map(|language| wording(instrument, language)).collect()
    }

    fn export(
        &mut self,
        (target, ahead): (&ChosenTarget, &mut Ahead),
        checked: &Checked,
        (instrument, wording): (&Instrument, &Wording),
        terminal: &mut Terminal<'_>,
    ) -> Result<(), Stop> {
        let sources = sources(checked);
        let request = self.request(checked, (instrument, wording), &sources, &target.options);
        let Exported { files, diagnostics } = match &target.target {
            Target::BuiltIn(exporter) => {
                ahead.next().unwrap_or_else(|| (exporter.export)(&request))
            }
            Target::Outside(outside) => {
                let picture = self.style.picture().map(|(_, bytes)| bytes);
                match outside.export((&request, picture), checked, terminal) {
                    Ok(exported) => exported,
                    Err(stop) => return self.fail(&stop, terminal),
                }
            }
        };
        self.report_untranslated(checked, wording, terminal);
        if self.report(diagnostics, checked, terminal) {
            self.failed += 1;
            return Ok(());
        }
        let unprintable = match target.target.prints() {
            true => self.style.fonts.unprintable(instrument, wording),
            false => Vec::new(),
        };
        for stop in &unprintable {
            self.fail(stop, terminal)?;
        }
        if !unprintable.is_empty() {
            return Ok(());
        }
        if matches!(target.target, Target::Outside(_)) {
            self.foreign.extend(files.iter().map(|file| file.name.clone()));
        }
        self.made.extend(files);
        Ok(())
    }

    /// Reports the texts that a translation leaves in the source language.
    fn report_untranslated(
        &mut self,
        checked: &Checked,
        wording: &Wording,
        terminal: &mut Terminal<'_>,
    ) {
        for line in words::untranslated(checked, wording) {
            if !self.args.quiet && self.reported.insert(line.clone()) {
                terminal.eprint(line);
            }
        }
    }

    /// Typesets the documents that were exported since the last call.
    pub(super) fn print(&mut self, terminal: &mut Terminal<'_>) -> Result<(), Stop> {
        for printed in printing::all(std::mem::take(&mut self.made), &self.style) {
            match printed {
                Ok(file) => self.files.push(file),
                Err(stop) => self.fail(&stop, terminal)?,
            }
        }
        Ok(())
    }

    pub(super) fn request<'r>(
        &'r self,
        checked: &'r Checked,
        (instrument, wording): (&'r Instrument, &'r Wording),
        sources: &'r [SourceFile<'r>],
        options: &'r OptionValues,
    ) -> ExportRequest<'r> {
        ExportRequest {
            instrument,
            program: &checked.program,
            ranges: &checked.ranges,
            wording,
            sources,
            common: self.common(),
            options,
            house: &self.style.house,
        }
    }

    fn common(&self) -> Common {
        Common {
            paper: house::paper(self.args.paper, self.settings),
            layout: house::layout(self.args.layout, self.settings),
            accept_recalled_keys: self.args.accept_recalled_keys,
            leave_out_scores: self.args.leave_out_scores,
        }
    }

    /// Prints the exporter's findings. Returns whether one of them is an error.
    pub(super) fn report(
        &mut self,
        found: Vec<Diagnostic>,
        checked: &Checked,
        terminal: &mut Terminal<'_>,
    ) -> bool {
        let mut findings = locate(found, 0, &checked.documents[0]);
        findings.sort_by_key(Finding::order);
        for finding in &findings {
            if finding.is_error() {
                terminal.eprint(render::full(finding, &checked.documents));
                continue;
            }
            let line = render::concise(finding, &checked.documents);
            if !self.args.quiet && !self.reported.contains(&line) {
                terminal.eprint(line.clone());
            }
            // Stored with `--quiet` too: `--deny-loss` searches these lines at the end.
            self.reported.insert(line);
        }
        findings.iter().any(Finding::is_error)
    }

    pub(super) fn finish(mut self, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
        for chosen in std::mem::take(&mut self.chosen) {
            if let Err(stop) = chosen.target.close() {
                self.fail(&stop, terminal)?;
            }
        }
        if self.failed > 0 {
            terminal.eprint("nothing was written\n");
            return Ok(WRONG);
        }
        let lost = self.reported.iter().any(|line| line.styled().contains("[lossy-export]"));
        if self.args.deny_loss && lost {
            return Err(Stop::wrong("some content would be lost, and `--deny-loss` is set")
                .help("nothing was written"));
        }
        no_links(&self.foreign, &self.args.out, terminal.cwd)?;
        let outputs = Outputs::new(terminal.cwd).reading(&self.read);
        for path in output::write_all(outputs, &self.args.out, self.files, terminal)? {
            if !self.args.quiet {
                terminal.print(&path.display().to_string());
            }
        }
        Ok(OK)
    }
}
