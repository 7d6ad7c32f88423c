//! Decides whether a file is read by us or by a plug-in, and asks the plug-in.

use std::cell::OnceCell;

use scalewright_export::OptionValues;
use scalewright_import::{FORMATS, Outside, OutsideForm, Sources, is_recognised};
use scalewright_model::{Stop, did_you_mean};
use scalewright_plugins::answer::ImportAnswer;
use scalewright_wire::Kind;

use super::importer::{OutsideImporter, is_built_in};
use super::may_run::Plugins;

/// The plug-ins that a command may ask for a form.
pub(crate) struct Importers<'a> {
    plugins: Plugins<'a>,
    /// The values of `--set`.
    set: &'a [String],
    open: Vec<OutsideImporter>,
    /// The names of the plug-ins that exist, once they were looked for.
    names: OnceCell<Vec<String>>,
}

/// Who reads a file.
pub(crate) enum Reader {
    /// We do. If we do not know the format either, this is what else there is to say.
    Ours(Vec<String>),
    /// A plug-in made this of it.
    Outside(Outside, ImportAnswer),
}

impl<'a> Importers<'a> {
    pub(crate) fn new(plugins: Plugins<'a>, set: &'a [String]) -> Self {
        Self { plugins, set, open: Vec::new(), names: OnceCell::new() }
    }

    /// Returns who reads a file: the format or the plug-in `from`; when left out, ours if one recognises the content, else
    /// the only plug-in that does.
    pub(crate) fn reader(
        &mut self,
        sources: &Sources<'_>,
        from: Option<&str>,
    ) -> Result<Reader, Stop> {
        let (index, skipped) = match from {
            Some(from) if is_built_in(from) => (None, Vec::new()),
            Some(from) => (Some(self.named(from)?), Vec::new()),
            None => self.recognising(sources)?,
        };
        let Some(index) = index else {
            return match self.set.first() {
                None => Ok(Reader::Ours(skipped)),
                Some(set) => Err(Stop::usage(format!(
                    "`--set {set}` is for a plug-in, and none reads this file"
                ))
                .help("name the plug-in with `--from`, or leave out `--set`")),
            };
        };
        let one = &mut self.open[index];
        let options: OptionValues = one.given(self.set)?;
        let (outside, answer) = one.ask(sources, &options)?;
        Ok(Reader::Outside(outside, answer))
    }

    /// Calls `work` with a file, or with the form that a plug-in makes of it. If it makes a definition, `instead` says
    /// what to do.
    pub(crate) fn with_form<T>(
        &mut self,
        sources: &Sources<'_>,
        from: Option<&str>,
        instead: &str,
        work: impl FnOnce(&Sources<'_>, Option<&str>, Option<&Outside>) -> Result<T, Stop>,
    ) -> Result<T, Stop> {
        match self.reader(sources, from)? {
            Reader::Ours(skipped) => {
                work(sources, from, None).map_err(|stop| skipped.into_iter().fold(stop, Stop::help))
            }
            Reader::Outside(outside, ImportAnswer::Form((name, bytes))) => {
                let form = OutsideForm { name, bytes };
                work(&form.sources(), None, Some(&outside)).map_err(|stop| outside.about_form(stop))
            }
            Reader::Outside(outside, ImportAnswer::Definition(_)) => {
                let name = &outside.name;
                let message = format!(
                    "{}: the plug-in `{name}` makes a definition, not a form",
                    sources.file
                );
                Err(Stop::usage(message).help(instead))
            }
        }
    }

    /// Ends the programs.
    pub(crate) fn close(self) -> Result<(), Stop> {
        self.open.into_iter().try_for_each(OutsideImporter::close)
    }

    /// The position of the plug-in with this name, opened if it is not yet.
    fn named(&mut self, name: &str) -> Result<usize, Stop> {
        if let Some(index) = self.open.iter().position(|one| one.name() == name) {
            return Ok(index);
        }
        let found = self.plugins.places.find(Kind::Import, name)?;
        let located = found.ok_or_else(|| self.unknown(name))?;
        self.plugins.may_run(&located)?;
        self.open.push(OutsideImporter::open(located)?);
        Ok(self.open.len() - 1)
    }

    /// The position of the only plug-in that recognises a file which is of none of our formats, and what to say about
    /// plug-ins that could not be asked.
    fn recognising(&mut self, sources: &Sources<'_>) -> Result<(Option<usize>, Vec<String>), Stop> {
        // Once for all files, because every folder of the `PATH` is read.
        let all = || self.plugins.places.all(Kind::Import).into_keys().collect();
        let names = self.names.get_or_init(all).clone();
        let (mut found, mut skipped) = (Vec::new(), Vec::new());
        if names.is_empty() || is_recognised(sources) {
            return Ok((None, skipped));
        }
        for name in names {
            match self.named(&name) {
                Ok(index) if self.open[index].recognises(sources) => found.push(index),
                Ok(_) => {}
                Err(stop) => skipped.push(stop.message),
            }
        }
        if let [one, other, ..] = found[..] {
            let (one, other) = (self.open[one].name(), self.open[other].name());
            let message = format!(
                "{}: the plug-ins `{one}` and `{other}` both recognise the file",
                sources.file
            );
            return Err(Stop::usage(message).help(format!("name one of them: `--from {one}`")));
        }
        Ok((found.first().copied(), skipped))
    }

    fn unknown(&self, name: &str) -> Stop {
        let plugins = self.plugins.places.all(Kind::Import);
        let ours = FORMATS.iter().map(|format| format.name);
        let names: Vec<&str> = ours.chain(plugins.keys().map(String::as_str)).collect();
        let stop = Stop::usage(format!("no format and no plug-in is called `{name}`"));
        let near = did_you_mean(name, names.iter().copied()).filter(|near| near.starts_with("did"));
        stop.help(near.unwrap_or_else(|| format!("the formats are: {}", names.join(", "))))
    }
}
