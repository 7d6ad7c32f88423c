//! Finds instruments: by a path, or by an id in the library.

mod keys;
mod look;
mod packed;

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use scalewright_check::baseline::{Baseline, MOST_BASELINE_BYTES};
use scalewright_check::kinds::{HEAD, Kind, kind};
use scalewright_check::{
    Checked, Finding, Input, Level, Levels, MAX_BYTES, SchemaKind, Source, TargetRules, check_at,
    kind_of,
};
use scalewright_model::text::plain;
use scalewright_model::{Stop, did_you_mean};

use crate::files::{At, Files, is_file, unread};
use crate::packs::Pack;
use crate::settings::{Refused, SETTINGS, Settings};
use crate::skipped::Skipped;

use keys::{KEY, Keys};

pub use packed::Listed;

/// The file name of a definition in its folder.
const DEFINITION: &str = "instrument.toml";
/// The file name of the cases in that folder.
const CASES: &str = "cases.toml";

/// The platforms that instruments should be portable to.
pub type Targets = &'static [&'static TargetRules];

/// The places that are searched for instruments.
pub struct Library<'a> {
    files: &'a dyn Files,
    /// The folder that relative paths start from.
    cwd: &'a Path,
    /// The folder of the library as given or found, or `None` if there is no library.
    folder: Option<PathBuf>,
    settings: Settings,
    packs: Vec<Pack>,
    keys: Keys,
    targets: Targets,
    skipped: RefCell<Skipped>,
}

/// A definition that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The path of the definition as shown in messages: relative if possible.
    pub path: PathBuf,
}

impl<'a> Library<'a> {
    /// The library in the folder `given`, else in the folder that the settings name, else in the nearest folder named
    /// `instruments` in `cwd` or above. Relative paths start from `cwd`, which is absolute. The portability lints check
    /// against `targets`.
    #[must_use]
    pub fn new(
        files: &'a dyn Files,
        cwd: &'a Path,
        given: Option<PathBuf>,
        settings: Settings,
        targets: Targets,
    ) -> Self {
        let folder = given.or_else(|| settings.library(cwd)).or_else(|| nearest(files, cwd));
        let (packs, keys, skipped) = (Vec::new(), Keys::default(), RefCell::default());
        Self { files, cwd, folder, settings, packs, keys, targets, skipped }
    }

    /// The instruments below `cwd`, with `folder` as the library, no settings and no targets.
    #[must_use]
    pub fn at(files: &'a dyn Files, cwd: &'a Path, folder: Option<PathBuf>) -> Self {
        let settings = Settings::default();
        let (packs, keys, skipped) = (Vec::new(), Keys::default(), RefCell::default());
        Self { files, cwd, folder, settings, packs, keys, targets: &[], skipped }
    }

    /// Returns the settings that apply to the library.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns warnings about the settings, as the check of their file; `None` if there are none.
    #[must_use]
    pub fn check_settings(&self) -> Option<Checked> {
        self.settings.unused_overrides(self.files)
    }

    /// Returns every instrument of the library.
    ///
    /// # Errors
    ///
    /// If there is no library, the library has no instrument, or a file or folder in it cannot be read.
    pub fn all(&self) -> Result<Vec<Found>, Stop> {
        self.whole(self.all_readable()?)
    }

    /// Returns every readable instrument of the library. Unreadable files and folders are recorded in
    /// [`Self::skipped`].
    ///
    /// # Errors
    ///
    /// If there is no library or it has no instrument.
    pub fn all_readable(&self) -> Result<Vec<Found>, Stop> {
        let folder = self.folder.as_ref().ok_or_else(no_library)?;
        if !self.files.is_folder(&self.cwd.join(folder)) {
            return Err(Stop::usage(format!("the library `{}` is not a folder", folder.display())));
        }
        let found = self.below(folder);
        if found.is_empty() {
            let message = format!("there is no instrument in `{}`", folder.display());
            return Err(Stop::usage(message).help("create one: `scalewright new my-scale`"));
        }
        Ok(found)
    }

    /// Returns `found`, or the first error of a file or folder that could not be read.
    fn whole(&self, found: Vec<Found>) -> Result<Vec<Found>, Stop> {
        self.skipped.borrow_mut().first_unread().map_or(Ok(found), Err)
    }

    /// Records a file of an instrument that cannot be read, to be reported together with the skipped paths.
    pub fn could_not_read(&self, stop: Stop) {
        self.skipped.borrow_mut().unread(stop);
    }

    /// Whether a file or folder was found unreadable so far.
    #[must_use]
    pub fn has_unread(&self) -> bool {
        self.skipped.borrow().has_unread()
    }

    /// Returns the paths skipped or found unreadable so far, and clears the record.
    #[must_use]
    pub fn skipped(&self) -> Skipped {
        self.skipped.take()
    }

    /// Returns the folder that new instruments are written to, if there is a library.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Returns the definitions that `given` names: a file, a folder or an id.
    ///
    /// # Errors
    ///
    /// If no file, folder or instrument has that name, or it cannot be read.
    pub fn find(&self, given: &Path) -> Result<Vec<Found>, Stop> {
        self.whole(self.find_readable(given)?)
    }

    /// Like [`Self::find`], but records unreadable files and folders in [`Self::skipped`].
    ///
    /// # Errors
    ///
    /// If no file, folder or instrument has that name.
    pub fn find_readable(&self, given: &Path) -> Result<Vec<Found>, Stop> {
        let path = self.cwd.join(given);
        if self.files.is_folder(&path) {
            let found = self.below(given);
            if !found.is_empty() {
                return Ok(found);
            }
            // Nothing was found, perhaps because the folder could not be read. Only if it could, the name may be an id.
            self.whole(found)?;
        } else if is_file(self.files, &path, given)? {
            self.may_be_a_definition(given, &path)?;
            return Ok(vec![Found { path: self.definition_beside(given) }]);
        }
        self.by_id(given).map(|found| vec![found])
    }

    /// Whether `given` names a definition, where a file or a folder of another kind could be named too: a TOML file, the
    /// folder of a definition, or, if there is no such file or folder, the id of an instrument.
    #[must_use]
    pub fn is_definition(&self, given: &Path) -> bool {
        let path = self.cwd.join(given);
        if self.files.is_folder(&path) {
            return self.files.exists(&path.join(DEFINITION));
        }
        match self.files.exists(&path) {
            true => path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")),
            false => self.by_id(given).is_ok(),
        }
    }

    /// Returns the only definition that `given` names.
    ///
    /// # Errors
    ///
    /// If no file, folder or instrument has that name, it cannot be read, or it contains several instruments.
    pub fn one(&self, given: &Path) -> Result<Found, Stop> {
        let mut found = self.find(given)?;
        match (found.pop(), found.len()) {
            (Some(only), 0) => Ok(only),
            _ => Err(Stop::usage(format!("`{}` contains several instruments", given.display()))
                .help("name one of them by its folder or its id")),
        }
    }

    fn by_id(&self, given: &Path) -> Result<Found, Stop> {
        let id = given.to_string_lossy();
        if let Some(found) = self.qualified(given) {
            return found;
        }
        if let Some(found) = self.everywhere(given)? {
            return Ok(found);
        }
        let deeper = self.folder.as_ref().map_or_else(Vec::new, |folder| self.below(folder));
        if let Some(found) = only_one_of(&deeper, &id)? {
            return Ok(found);
        }
        let mut ids: Vec<String> = deeper.iter().filter_map(Found::folder_name).collect();
        ids.extend(self.ids_of_packs());
        let stop = Stop::usage(format!("there is no file, folder or instrument `{id}`"));
        Err(match did_you_mean(&id, ids.iter().map(String::as_str)) {
            Some(help) => stop.help(help),
            None if self.folder.is_none() && self.packs.is_empty() => stop.help(
                "no folder named `instruments` is here or above: give a path, or `--library DIR`",
            ),
            None => stop.help("`scalewright list` shows the instruments of the library"),
        })
    }

    /// Reads a definition with the files beside it and the `supplied` wordings, and checks it. Lints that are set to
    /// `deny` do not prevent the use of the instrument.
    ///
    /// # Errors
    ///
    /// If a file cannot be read or the settings name an unknown lint.
    pub fn check(&self, found: &Found, supplied: &[Source]) -> Result<Checked, Stop> {
        let (input, levels) = self.to_check(found, supplied)?;
        Ok(check_at(input, &levels))
    }

    /// Returns what [`Self::check`] checks, and the levels of lints.
    ///
    /// # Errors
    ///
    /// As [`Self::check`].
    pub fn to_check(&self, found: &Found, supplied: &[Source]) -> Result<(Input, Levels), Stop> {
        let levels = self.levels(found, &[])?.without_denials();
        Ok((self.input(found, supplied)?, levels))
    }

    /// Returns the lint levels for a definition: those of the settings, then `more`.
    ///
    /// # Errors
    ///
    /// If an unknown lint is named.
    pub fn levels(&self, found: &Found, more: &[(String, Level)]) -> Result<Levels, Stop> {
        self.levels_with(found, more, &[])
    }

    /// Like [`Self::levels`], with lint plug-ins that only this command runs.
    ///
    /// # Errors
    ///
    /// If an unknown lint is named.
    pub fn levels_with(
        &self,
        found: &Found,
        more: &[(String, Level)],
        plugins: &[String],
    ) -> Result<Levels, Stop> {
        self.settings.levels(&self.cwd.join(&found.path), more, plugins)
    }

    /// Like [`Self::check`], for a copy in a folder whose name need not be the id.
    ///
    /// # Errors
    ///
    /// As [`Self::check`].
    pub fn check_anywhere(&self, found: &Found) -> Result<Checked, Stop> {
        // Without the wordings of packs, because another revision may not have them.
        let input = Input { folder: None, ..self.input_alone(found, &[])? };
        Ok(check_at(input, &self.levels(found, &[])?.without_denials()))
    }

    /// Reads a definition with the files beside it, the `supplied` wordings, those of packs in other languages, and the
    /// key that is supplied for it.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn input(&self, found: &Found, supplied: &[Source]) -> Result<Input, Stop> {
        let mut input = self.input_alone(found, supplied)?;
        let id = scalewright_check::id_of(&input.definition.bytes);
        if let Some(id) = &id {
            input.supplied.extend(self.packed_wordings(found, id, &input.supplied)?);
        }
        let is_definition = found.path.file_name().is_some_and(|name| name == DEFINITION);
        let beside = found.path.parent().filter(|_| is_definition);
        input.key = self.key_of(id.as_deref(), beside)?;
        Ok(input)
    }

    /// Reads a definition with the files beside it and the `supplied` wordings, but without those of packs and without a
    /// supplied key.
    ///
    /// # Errors
    ///
    /// If a file cannot be read.
    pub fn input_alone(&self, found: &Found, supplied: &[Source]) -> Result<Input, Stop> {
        let definition = self.read(&found.path)?;
        let own = scalewright_check::id_of(&definition.bytes);
        let supplied = supplied
            .iter()
            .filter(|source| {
                let meant = scalewright_check::instrument_of(&source.bytes);
                // If one of the two ids cannot be read, the file is kept, so that the check reports what is wrong.
                meant.is_none() || own.is_none() || meant == own
            })
            .cloned()
            .collect();
        // The files beside a definition of another name may belong to other definitions in that folder.
        if found.path.file_name().is_none_or(|name| name != DEFINITION) {
            let study = self.settings.study();
            return Ok(Input {
                supplied,
                study,
                targets: self.targets,
                ..Input::alone(definition)
            });
        }
        let folder = found.path.parent().unwrap_or(Path::new(""));
        let mut beside = Vec::new();
        for path in self.tomls(folder)? {
            beside.push(self.read(&path)?);
        }
        let cases = folder.join(CASES);
        let cases = match self.is_file(&cases)? {
            true => Some(self.read(&cases)?),
            false => None,
        };
        let long_form = match scalewright_check::long_form_of(&definition.bytes) {
            Some(id) => self.sibling(folder, &id)?,
            None => None,
        };
        let mut parallel = Vec::new();
        for id in scalewright_check::parallel_forms_of(&definition.bytes) {
            parallel.extend(self.sibling(folder, &id)?);
        }
        let (folder, study) = (found.folder_name(), self.settings.study());
        let targets = self.targets;
        let key = None;
        Ok(Input {
            definition,
            folder,
            beside,
            supplied,
            cases,
            key,
            long_form,
            parallel,
            study,
            targets,
        })
    }

    /// Returns the definition of the instrument `id`, if it is in a folder beside `folder`.
    fn sibling(&self, folder: &Path, id: &str) -> Result<Option<Source>, Stop> {
        // The id becomes part of a path: `../` must not lead out of the library.
        let is_id = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        let path = folder.parent().unwrap_or(Path::new("")).join(id).join(DEFINITION);
        match is_id && self.is_file(&path)? {
            true => self.read(&path).map(Some),
            false => Ok(None),
        }
    }

    /// Returns the id that a definition states, if the file can be read that far.
    #[must_use]
    pub fn id(&self, found: &Found) -> Option<String> {
        let source = self.read(&found.path).ok()?;
        scalewright_check::id_of(&source.bytes)
    }

    /// Reads the wording files that `given` names: files, or folders with their direct subfolders.
    ///
    /// # Errors
    ///
    /// If a file cannot be read or a folder contains no wording file.
    pub fn wordings(&self, given: &[PathBuf]) -> Result<Vec<Source>, Stop> {
        let mut sources = Vec::new();
        for path in given {
            if !self.files.is_folder(&self.cwd.join(path)) {
                sources.push(self.read(path)?);
                continue;
            }
            let mut files = self.tomls(path)?;
            for folder in self.folders(path)? {
                files.extend(self.tomls(&folder)?);
                // Recorded, so that wording in deeper folders is not ignored silently.
                for deep in self.folders(&folder)? {
                    self.skipped.borrow_mut().skip(deep, "it is nested too deeply");
                }
            }
            // An argument that adds nothing is a mistake, such as the wrong folder.
            if files.is_empty() {
                let message = format!("there is no wording file in `{}`", path.display());
                return Err(Stop::usage(message));
            }
            for file in files {
                let source = self.read(&file)?;
                // The words and the key of an instrument may be in one folder.
                if kind_of(&source.bytes) != SchemaKind::Key {
                    sources.push(source);
                }
            }
        }
        Ok(sources)
    }

    /// Returns the files that `given` names, for commands that process each file separately. A file names itself. A
    /// folder or an id names its definitions with the files beside them; a folder without definitions names the TOML
    /// files in it.
    ///
    /// # Errors
    ///
    /// If no file, folder or instrument has that name, or it cannot be read.
    pub fn files(&self, given: &Path) -> Result<Vec<PathBuf>, Stop> {
        let whole = self.cwd.join(given);
        // Not through `find`, which would return the definition beside a wording or cases file.
        if matches!(self.files.look(&whole), Ok(At::File)) {
            return Ok(vec![given.to_path_buf()]);
        }
        // A folder that was not readable must not count as one without definitions.
        if self.files.is_folder(&whole) && self.whole(self.below(given))?.is_empty() {
            let files = self.tomls(given)?;
            if !files.is_empty() {
                return Ok(files);
            }
        }
        self.all_belonging(&self.find(given)?)
    }

    /// Returns every file of the library, including its settings.
    ///
    /// # Errors
    ///
    /// As [`Self::all`].
    pub fn all_files(&self) -> Result<Vec<PathBuf>, Stop> {
        let mut files = self.all_belonging(&self.all()?)?;
        if let Some(beside) = self.folder().and_then(Path::parent).map(|f| f.join(SETTINGS))
            && self.is_file(&beside)?
        {
            files.push(beside);
        }
        Ok(files)
    }

    fn all_belonging(&self, found: &[Found]) -> Result<Vec<PathBuf>, Stop> {
        let mut files = Vec::new();
        for found in found {
            files.extend(self.belonging(found)?);
        }
        Ok(files)
    }

    /// Returns a definition and the files beside it: its cases and wordings.
    ///
    /// # Errors
    ///
    /// If a file or the folder cannot be read.
    pub fn belonging(&self, found: &Found) -> Result<Vec<PathBuf>, Stop> {
        let mut files = vec![found.path.clone()];
        if found.path.file_name().is_some_and(|name| name == DEFINITION) {
            let folder = found.path.parent().unwrap_or(Path::new(""));
            let cases = folder.join(CASES);
            let key = folder.join(KEY);
            for path in [cases, key] {
                if self.is_file(&path)? {
                    files.push(path);
                }
            }
            files.extend(self.tomls(folder)?);
        }
        Ok(files)
    }

    /// Reads a file, up to one byte more than the size limit of a definition.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn read(&self, path: &Path) -> Result<Source, Stop> {
        self.read_up_to(path, MAX_BYTES)
    }

    fn read_up_to(&self, path: &Path, most: usize) -> Result<Source, Stop> {
        // The extra byte lets the check notice that the file is too large.
        let read = self.files.read(&self.cwd.join(path), most + 1);
        let bytes = read.map_err(|error| unread(path, &plain(&error)))?;
        Ok(Source { name: path.display().to_string(), bytes })
    }

    /// Reads the baseline at `path`. One that is to be written may not exist yet: it is empty then.
    ///
    /// # Errors
    ///
    /// If it cannot be read or is not a baseline.
    pub fn baseline(&self, path: &Path, to_write: bool) -> Result<Baseline, Box<Refused>> {
        if to_write && !self.files.exists(&self.cwd.join(path)) {
            return Ok(Baseline::default());
        }
        let missing = |stop: Stop| stop.help("`--write-baseline FILE` writes a baseline");
        let source = self.read_up_to(path, MOST_BASELINE_BYTES).map_err(missing)?;
        Baseline::read(source).map_err(|(document, mut findings)| {
            findings.sort_by_key(Finding::order);
            let stop = Stop::usage(format!("`{}` is not a baseline", document.name))
                .help("nothing was checked: correct the file, or remove it and write it again");
            Box::new(Refused { findings, documents: vec![document], stop })
        })
    }

    /// Refuses a file of another program by naming its format, which is clearer than an error about its first byte
    /// that is not text.
    fn may_be_a_definition(&self, given: &Path, path: &Path) -> Result<(), Stop> {
        let what = match self.files.read(path, HEAD).map(|head| kind(&head, &head)) {
            Ok(kind) if kind.foreign().is_some_and(|foreign| !foreign.is_text()) => {
                kind.foreign().map(|foreign| foreign.what).unwrap_or_default()
            }
            Ok(Kind::Parquet) => "a Parquet file".to_owned(),
            Ok(Kind::ArrowFile | Kind::ArrowStream) => "an Arrow file".to_owned(),
            _ => return Ok(()),
        };
        let message = format!("`{}` is {what}, not a definition", given.display());
        Err(Stop::usage(message)
            .help("a definition is a TOML file: `scalewright new` creates one to start from"))
    }

    /// Returns the definition that a file belongs to: the definition beside it, or the file itself.
    fn definition_beside(&self, given: &Path) -> PathBuf {
        let beside = given.with_file_name(DEFINITION);
        match self.files.look(&self.cwd.join(&beside)) {
            Ok(At::File) => beside,
            _ => given.to_path_buf(),
        }
    }
}

impl Found {
    /// Returns the name of the folder that contains the definition.
    fn folder_name(&self) -> Option<String> {
        let folder = self.path.parent()?.file_name()?;
        Some(folder.to_string_lossy().into_owned())
    }
}

/// Returns the only definition of `all` in a folder named `id`, which may be nested.
fn only_one_of(all: &[Found], id: &str) -> Result<Option<Found>, Stop> {
    let named: Vec<&Found> =
        all.iter().filter(|found| found.folder_name().as_deref() == Some(id)).collect();
    match named[..] {
        [] => Ok(None),
        [only] => Ok(Some(only.clone())),
        _ => {
            let folders: Vec<String> = named
                .iter()
                .filter_map(|found| found.path.parent())
                .map(|folder| format!("`{}`", folder.display()))
                .collect();
            Err(Stop::usage(format!("`{id}` exists in more than one folder of the library"))
                .help(format!("name one of them: {}", folders.join(", "))))
        }
    }
}

fn no_library() -> Stop {
    Stop::usage("no folder named `instruments` is here or above")
        .help("give a path, or name the library: `--library DIR`")
}

/// Returns the nearest folder named `instruments`: a relative path if it is in `cwd`, otherwise an absolute one.
fn nearest(files: &dyn Files, cwd: &Path) -> Option<PathBuf> {
    if files.is_folder(&cwd.join("instruments")) {
        return Some(PathBuf::from("instruments"));
    }
    // First: inside of a library, its own folder applies, not an `instruments` further up.
    let inside = cwd.ancestors().find(|folder| folder.ends_with("instruments"));
    let mut folders = cwd.ancestors().map(|folder| folder.join("instruments"));
    let above = || folders.find(|folder| files.is_folder(folder));
    inside.map(Path::to_path_buf).or_else(above)
}

/// Whether `path` is a bare name, like an id, so that it cannot lead out of the library.
fn is_plain_name(path: &Path) -> bool {
    let mut parts = path.components();
    matches!((parts.next(), parts.next()), (Some(std::path::Component::Normal(_)), None))
}
