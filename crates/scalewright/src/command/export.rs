//! `scalewright export`.

mod sheet;
mod study;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use indicatif::{ProgressBar, ProgressStyle};
use scalewright_check::{Checked, Finding, check_at, locate};
use scalewright_export::{
    Common, ExportRequest, Exported, ExportedFile, OptionValues, Sheet, SourceFile, in_parallel,
};
use scalewright_model::file::KeyDisclosure;
use scalewright_model::text::quote;
use scalewright_model::{Diagnostic, Instrument, Stop, Wording};
use scalewright_project::{Found, Library, Settings, all_are_used, key_may_be_published};
use scalewright_scoring::Phrases;

use crate::cli::ExportArgs;
use crate::exit_code::{OK, WRONG};
use crate::gates::{self, sound};
use crate::house::{self, Style};
use crate::output::Outputs;
use crate::render::Printable;
use crate::terminal::Terminal;
use crate::words::{self, needs_wording, source_or_only, wording};
use crate::{output, printing, render};

use crate::plugins::Plugins;
use crate::target::{ChosenTarget, Target};
use crate::target_options;

/// Makes all files in memory, and writes them only if all of them could be made.
pub(crate) fn run(
    args: &ExportArgs,
    library: &Library<'_>,
    config_dir: Option<&Path>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let plugins = Plugins::of(library, config_dir, &args.plugins, terminal.cwd);
    let to = targets_of(&args.to, &plugins, terminal)?;
    let prints = to.iter().any(Target::prints);
    if prints {
        // So early, because it runs while the definitions are read and checked.
        printing::warm_up();
    }
    let chosen = target_options::chosen(args, &to, library.settings(), terminal)?;
    if args.study.is_some() {
        study::can_be_made(&to)?;
    }
    let supplied = library.wordings(&args.wording)?;
    let targets = targets(args, library)?;
    all_are_used(&args.wording, &supplied, &targets, library)?;
    let progress = progress(targets.len(), args.quiet);
    let settings = library.settings();
    let shows = prints || to.iter().any(|target| matches!(target, Target::Outside(_)));
    let style = Style::of(settings, args.fonts.as_deref(), shows, terminal)?;
    let mut run = ExportRun {
        args,
        settings,
        sheets: sheets(&chosen),
        chosen,
        style,
        read: BTreeSet::new(),
        made: Vec::new(),
        files: Vec::new(),
        foreign: BTreeSet::new(),
        reported: BTreeSet::new(),
        failed: 0,
    };
    let mut together = Vec::new();
    for some in targets.chunks(AT_ONCE) {
        let mut read = Vec::new();
        for target in some {
            progress.set_message(quote(&target.path.display().to_string()));
            read.push(library.to_check(target, &supplied)?);
        }
        let mut all = in_parallel(read, some.len(), |(input, levels)| check_at(input, &levels));
        let documents = all.iter().flat_map(|checked| &checked.documents);
        run.read.extend(documents.map(|document| PathBuf::from(&document.name)));
        match args.study {
            Some(_) => together.append(&mut all),
            None => progress.suspend(|| run.instruments(&all, terminal))?,
        }
        progress.suspend(|| run.print(terminal))?;
        progress.inc(some.len() as u64);
    }
    progress.finish_and_clear();
    if let Some(name) = &args.study {
        run.study(name, &together, terminal)?;
        run.print(terminal)?;
    }
    run.finish(terminal)
}

/// How many instruments are checked before they are exported, and their documents typeset, on all processors.
const AT_ONCE: usize = 16;

/// Returns the instruments that the arguments name. One that is named twice is exported once; in a study, where the
/// user may want to ask it twice, that is refused.
fn targets(args: &ExportArgs, library: &Library<'_>) -> Result<Vec<Found>, Stop> {
    let mut targets: Vec<Found> = Vec::new();
    for given in &args.instruments {
        for found in library.find(given)? {
            match (targets.contains(&found), &args.study) {
                (false, _) => targets.push(found),
                (true, None) => {}
                (true, Some(_)) => return Err(study::twice(&given.display().to_string())),
            }
        }
    }
    Ok(targets)
}

/// Returns a progress bar for runs with several instruments. It is only visible on a terminal.
fn progress(count: usize, quiet: bool) -> ProgressBar {
    if count < 2 || quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(count as u64);
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}");
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Returns the targets with these names, each once. A plug-in is started only if no built-in target has the name.
fn targets_of(
    names: &[String],
    plugins: &Plugins<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<Vec<Target>, Stop> {
    let mut chosen: Vec<Target> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        // A target that is named twice is exported to once.
        if names[..index].contains(name) {
            continue;
        }
        let target = match Target::built_in(name) {
            Some(target) => target,
            None => match plugins.exporter(name, terminal)? {
                Some(outside) => Target::Outside(Rc::new(outside)),
                None => return Err(neither(name)),
            },
        };
        if target.prints() && cfg!(not(feature = "pdf")) {
            return Err(Stop::usage("this program was built without PDF")
                .help("build it with the feature `pdf`, which is on by default"));
        }
        if chosen.iter().any(|other| other.name() == target.name()) {
            let message = format!("two targets are called `{}`", target.name());
            return Err(Stop::usage(message).help("export to one after the other"));
        }
        chosen.push(target);
    }
    Ok(chosen)
}

/// Returns the error for a target that neither this program nor a plug-in provides.
fn neither(name: &str) -> Stop {
    target_options::no_target(name).help(format!(
        "there is no plug-in of that name either: no program `scalewright-export-{name}` on the \
         `PATH`, and no `[plugins.export.{name}]` in `scalewright.toml`"
    ))
}

/// Returns the extra sheets that the options of the targets request, each once.
fn sheets(chosen: &[ChosenTarget]) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    for sheet in chosen.iter().flat_map(|target| target.target.sheets(&target.options)) {
        if !sheets.contains(&sheet) {
            sheets.push(sheet);
        }
    }
    sheets
}

struct ExportRun<'a> {
    args: &'a ExportArgs,
    settings: &'a Settings,
    chosen: Vec<ChosenTarget>,
    sheets: Vec<Sheet>,
    style: Style,
    /// The files that were read, which must not be overwritten.
    read: BTreeSet<PathBuf>,
    /// The exported files whose documents are not typeset yet.
    made: Vec<ExportedFile>,
    files: Vec<(String, Vec<u8>)>,
    /// The names of the files that plug-ins made.
    foreign: BTreeSet<String>,
    /// The findings that were reported, so that none is reported twice for two languages.
    reported: BTreeSet<Printable>,
    failed: usize,
}

/// The files that the built-in targets have made, in the order in which their findings are reported.
type Ahead = std::vec::IntoIter<Exported>;

impl ExportRun<'_> {
    fn instruments(&mut self, all: &[Checked], terminal: &mut Terminal<'_>) -> Result<(), Stop> {
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
    fn fail(&mut self, stop: &Stop, terminal: &mut Terminal<'_>) -> Result<(), Stop> {
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
    fn print(&mut self, terminal: &mut Terminal<'_>) -> Result<(), Stop> {
        for printed in printing::all(std::mem::take(&mut self.made), &self.style) {
            match printed {
                Ok(file) => self.files.push(file),
                Err(stop) => self.fail(&stop, terminal)?,
            }
        }
        Ok(())
    }

    fn request<'r>(
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
    fn report(
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

    /// Stops if a file of a plug-in would be written through a link. The user has not seen the names of these files.
    fn no_links(&self, terminal: &Terminal<'_>) -> Result<(), Stop> {
        let folder = terminal.cwd.join(&self.args.out);
        let link = self.foreign.iter().find(|name| folder.join(name).is_symlink());
        link.map_or(Ok(()), |name| {
            let path = self.args.out.join(name);
            let message = format!(
                "cannot write `{}`: it is a link, which may lead out of the folder",
                path.display()
            );
            Err(Stop::usage(message)
                .help("remove the link, or export to another folder; nothing was written"))
        })
    }

    fn finish(mut self, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
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
        self.no_links(terminal)?;
        let outputs = Outputs::new(terminal.cwd).reading(&self.read);
        for path in output::write_all(outputs, &self.args.out, self.files, terminal)? {
            if !self.args.quiet {
                terminal.print(&path.display().to_string());
            }
        }
        Ok(OK)
    }
}

/// Returns the text of the definition and of its wordings, and of a supplied key if its file permits that. Cases are not
/// published.
fn sources(checked: &Checked) -> Vec<SourceFile<'_>> {
    let key = checked.key.as_ref().map(|key| (key.document, key.may_appear_in));
    let files = checked.documents.iter().enumerate().filter_map(|(index, document)| {
        // Published files must not reveal the paths of this machine.
        let name = document.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let name = match key {
            // The name under which the key is found again, beside the definition.
            Some((at, KeyDisclosure::Definitions)) if at == index => "key.toml",
            Some((at, _)) if at == index => return None,
            _ => name,
        };
        Some(SourceFile { name, text: &document.text })
    });
    files.filter(|file| file.name != "cases.toml").collect()
}
