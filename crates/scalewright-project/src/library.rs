//! Where instruments are: a path to one, or the id of one in the library.

mod look;

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use scalewright_check::kinds::{HEAD, Kind, kind};
use scalewright_check::{Checked, Input, Level, Levels, MAX_BYTES, Source, TargetRules, check_at};
use scalewright_model::text::plain;
use scalewright_model::{Stop, did_you_mean};

use crate::files::{At, Files, is_file, unread};
use crate::passed_over::PassedOver;
use crate::settings::{SETTINGS, Settings};

/// The name of a definition within its folder.
const DEFINITION: &str = "instrument.toml";
/// The name of the cases within the folder.
const CASES: &str = "cases.toml";

/// The platforms that instruments should be portable to.
pub type Targets = &'static [&'static TargetRules];

/// Where to look for instruments.
pub struct Library<'a> {
    files: &'a dyn Files,
    /// The folder that relative paths are seen from.
    cwd: &'a Path,
    /// The folder of the library as given or found; nothing when there is none.
    folder: Option<PathBuf>,
    settings: Settings,
    targets: Targets,
    passed_over: RefCell<PassedOver>,
}

/// A definition that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The definition, as it is called in messages: relative where it can be.
    pub path: PathBuf,
}

impl<'a> Library<'a> {
    /// The library in the folder `given`, else in that of the settings, else in the nearest folder called `instruments`,
    /// in `cwd` or above. Relative paths are seen from `cwd`, which is a whole path. The lints on portability are about
    /// `targets`.
    #[must_use]
    pub fn new(
        files: &'a dyn Files,
        cwd: &'a Path,
        given: Option<PathBuf>,
        settings: Settings,
        targets: Targets,
    ) -> Self {
        let folder = given.or_else(|| settings.library(cwd)).or_else(|| nearest(files, cwd));
        Self { files, cwd, folder, settings, targets, passed_over: RefCell::default() }
    }

    /// The instruments below `cwd`, with `folder` as the library, no settings and no targets.
    #[must_use]
    pub fn at(files: &'a dyn Files, cwd: &'a Path, folder: Option<PathBuf>) -> Self {
        let settings = Settings::default();
        Self { files, cwd, folder, settings, targets: &[], passed_over: RefCell::default() }
    }

    /// The settings that hold for it.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Every instrument of the library.
    ///
    /// # Errors
    ///
    /// When there is no library or no instrument in it, or something of it cannot be read.
    pub fn all(&self) -> Result<Vec<Found>, Stop> {
        self.whole(self.all_readable()?)
    }

    /// Every instrument of the library but for what cannot be read, which `passed_over` has.
    ///
    /// # Errors
    ///
    /// When there is no library or no instrument in it.
    pub fn all_readable(&self) -> Result<Vec<Found>, Stop> {
        let folder = self.folder.as_ref().ok_or_else(no_library)?;
        if !self.files.is_folder(&self.cwd.join(folder)) {
            return Err(Stop::usage(format!("the library `{}` is not a folder", folder.display())));
        }
        let found = self.below(folder);
        if found.is_empty() {
            let message = format!("there is no instrument in `{}`", folder.display());
            return Err(Stop::usage(message).help("make one: `scalewright new my-scale`"));
        }
        Ok(found)
    }

    /// What was found, if there was nothing that cannot be read.
    fn whole(&self, found: Vec<Found>) -> Result<Vec<Found>, Stop> {
        self.passed_over.borrow_mut().first_unread().map_or(Ok(found), Err)
    }

    /// Something of an instrument that cannot be read, to be told with what walks did not look into.
    pub fn could_not_read(&self, stop: Stop) {
        self.passed_over.borrow_mut().unread(stop);
    }

    /// What walks did not look into so far, to be told.
    #[must_use]
    pub fn passed_over(&self) -> PassedOver {
        self.passed_over.take()
    }

    /// The folder that new instruments are written to, when there is a library.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The definitions that `given` names: a file, a folder, or an id.
    ///
    /// # Errors
    ///
    /// When nothing has that name, or it cannot be read.
    pub fn find(&self, given: &Path) -> Result<Vec<Found>, Stop> {
        self.whole(self.find_readable(given)?)
    }

    /// [`Self::find`], but for what cannot be read, which `passed_over` has.
    ///
    /// # Errors
    ///
    /// When nothing has that name.
    pub fn find_readable(&self, given: &Path) -> Result<Vec<Found>, Stop> {
        let path = self.cwd.join(given);
        if self.files.is_folder(&path) {
            let found = self.below(given);
            if !found.is_empty() {
                return Ok(found);
            }
            self.whole(found)?;
        } else if is_file(self.files, &path, given)? {
            self.may_be_a_definition(given, &path)?;
            return Ok(vec![Found { path: self.definition_beside(given) }]);
        }
        self.by_id(given).map(|found| vec![found])
    }

    /// The one definition that `given` names.
    ///
    /// # Errors
    ///
    /// When nothing has that name, it cannot be read, or there are several.
    pub fn one(&self, given: &Path) -> Result<Found, Stop> {
        let mut found = self.find(given)?;
        match (found.pop(), found.len()) {
            (Some(only), 0) => Ok(only),
            _ => Err(Stop::usage(format!("`{}` holds several instruments", given.display()))
                .help("name one of them, by its folder or its id")),
        }
    }

    fn by_id(&self, given: &Path) -> Result<Found, Stop> {
        let id = given.to_string_lossy();
        if let Some(folder) = &self.folder
            && is_plain_name(given)
        {
            let path = folder.join(given).join(DEFINITION);
            if self.is_file(&path)? {
                return Ok(Found { path });
            }
        }
        let ids: Vec<String> = match &self.folder {
            Some(folder) => self.below(folder).iter().filter_map(Found::folder_name).collect(),
            None => Vec::new(),
        };
        let stop = Stop::usage(format!("there is no file, folder or instrument `{id}`"));
        Err(match did_you_mean(&id, ids.iter().map(String::as_str)) {
            Some(help) => stop.help(help),
            None if self.folder.is_none() => stop.help(
                "no folder called `instruments` is here or above: give a path, or `--library DIR`",
            ),
            None => stop.help("`scalewright list` shows the instruments of the library"),
        })
    }

    /// Reads a definition with what lies beside it and `supplied` wordings, and checks it. A lint that is set to
    /// fail a check keeps nobody from using the instrument.
    ///
    /// # Errors
    ///
    /// When a file cannot be read, or the settings name an unknown lint.
    pub fn check(&self, found: &Found, supplied: &[Source]) -> Result<Checked, Stop> {
        let levels = self.levels(found, &[])?.without_denials();
        Ok(check_at(self.input(found, supplied)?, &levels))
    }

    /// The levels of lints for a definition: those of the settings, then `more`.
    ///
    /// # Errors
    ///
    /// When an unknown lint is named.
    pub fn levels(&self, found: &Found, more: &[(String, Level)]) -> Result<Levels, Stop> {
        self.settings.levels(&self.cwd.join(&found.path), more)
    }

    /// [`Self::check`], for a copy that lies in a folder of any name.
    ///
    /// # Errors
    ///
    /// As [`Self::check`].
    pub fn check_anywhere(&self, found: &Found) -> Result<Checked, Stop> {
        let input = Input { folder: None, ..self.input(found, &[])? };
        Ok(check_at(input, &self.levels(found, &[])?.without_denials()))
    }

    /// Reads a definition with what lies beside it and `supplied` wordings.
    ///
    /// # Errors
    ///
    /// When a file cannot be read.
    pub fn input(&self, found: &Found, supplied: &[Source]) -> Result<Input, Stop> {
        let definition = self.read(&found.path)?;
        let own = scalewright_check::id_of(&definition.bytes);
        let supplied = supplied
            .iter()
            .filter(|source| {
                let meant = scalewright_check::instrument_of(&source.bytes);
                meant.is_none() || own.is_none() || meant == own
            })
            .cloned()
            .collect();
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
        let long_form = self.long_form(folder, &definition)?;
        let (folder, study) = (found.folder_name(), self.settings.study());
        let targets = self.targets;
        Ok(Input { definition, folder, beside, supplied, cases, long_form, study, targets })
    }

    /// The definition that one in `folder` is a short form of, where it lies beside that folder.
    fn long_form(&self, folder: &Path, definition: &Source) -> Result<Option<Source>, Stop> {
        let Some(id) = scalewright_check::long_form_of(&definition.bytes) else { return Ok(None) };
        // An id is a name of a folder, and never a way out of it.
        let is_id = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        let path = folder.parent().unwrap_or(Path::new("")).join(&id).join(DEFINITION);
        match is_id && self.is_file(&path)? {
            true => self.read(&path).map(Some),
            false => Ok(None),
        }
    }

    /// The id that a definition gives itself, if so much of it can be read.
    #[must_use]
    pub fn id(&self, found: &Found) -> Option<String> {
        let source = self.read(&found.path).ok()?;
        scalewright_check::id_of(&source.bytes)
    }

    /// The wording files that `given` names: files, or all in a folder and the folders in it.
    ///
    /// # Errors
    ///
    /// When a file cannot be read, or a folder has no wording file.
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
                for deep in self.folders(&folder)? {
                    self.passed_over.borrow_mut().skip(deep, "it lies too deep");
                }
            }
            if files.is_empty() {
                let message = format!("there is no wording file in `{}`", path.display());
                return Err(Stop::usage(message));
            }
            for file in files {
                sources.push(self.read(&file)?);
            }
        }
        Ok(sources)
    }

    /// The files that `given` names, for what is done to each alone: a file is itself; a folder or an id stands for
    /// its definitions with what lies beside them, or else for the TOML files in it.
    ///
    /// # Errors
    ///
    /// When nothing has that name, or it cannot be read.
    pub fn files(&self, given: &Path) -> Result<Vec<PathBuf>, Stop> {
        let whole = self.cwd.join(given);
        if matches!(self.files.look(&whole), Ok(At::File)) {
            return Ok(vec![given.to_path_buf()]);
        }
        if self.files.is_folder(&whole) && self.whole(self.below(given))?.is_empty() {
            let files = self.tomls(given)?;
            if !files.is_empty() {
                return Ok(files);
            }
        }
        self.all_belonging(&self.find(given)?)
    }

    /// Every file of the library, its settings included.
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

    /// A definition and what lies beside it.
    ///
    /// # Errors
    ///
    /// When something of it cannot be read.
    pub fn belonging(&self, found: &Found) -> Result<Vec<PathBuf>, Stop> {
        let mut files = vec![found.path.clone()];
        if found.path.file_name().is_some_and(|name| name == DEFINITION) {
            let folder = found.path.parent().unwrap_or(Path::new(""));
            let cases = folder.join(CASES);
            if self.is_file(&cases)? {
                files.push(cases);
            }
            files.extend(self.tomls(folder)?);
        }
        Ok(files)
    }

    /// Reads a file, as much of it as could be a definition.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn read(&self, path: &Path) -> Result<Source, Stop> {
        let read = self.files.read(&self.cwd.join(path), MAX_BYTES + 1);
        let bytes = read.map_err(|error| unread(path, &plain(&error)))?;
        Ok(Source { name: path.display().to_string(), bytes })
    }

    /// A file of another program is named for what it is, rather than for its first byte that is no text.
    fn may_be_a_definition(&self, given: &Path, path: &Path) -> Result<(), Stop> {
        let what = match self.files.read(path, HEAD).map(|head| kind(&head, &head)) {
            Ok(Kind::Foreign(foreign)) if !foreign.is_text() => foreign.what,
            Ok(Kind::Parquet) => "a Parquet file".to_owned(),
            Ok(Kind::ArrowFile | Kind::ArrowStream) => "an Arrow file".to_owned(),
            Ok(Kind::Gzip) => "a file compressed by gzip".to_owned(),
            _ => return Ok(()),
        };
        let message = format!("`{}` is {what}, not a definition", given.display());
        Err(Stop::usage(message)
            .help("a definition is a TOML file: `scalewright new` writes one to begin with"))
    }

    /// The definition that a file belongs to: itself, or the one whose wording or cases it is.
    fn definition_beside(&self, given: &Path) -> PathBuf {
        let beside = given.with_file_name(DEFINITION);
        match self.files.look(&self.cwd.join(&beside)) {
            Ok(At::File) => beside,
            _ => given.to_path_buf(),
        }
    }
}

impl Found {
    /// The name of the folder the definition is in.
    fn folder_name(&self) -> Option<String> {
        let folder = self.path.parent()?.file_name()?;
        Some(folder.to_string_lossy().into_owned())
    }
}

fn no_library() -> Stop {
    Stop::usage("no folder called `instruments` is here or above")
        .help("give a path, or name the library: `--library DIR`")
}

/// The nearest folder called `instruments`, as a path relative to `cwd` where that is short.
fn nearest(files: &dyn Files, cwd: &Path) -> Option<PathBuf> {
    if files.is_folder(&cwd.join("instruments")) {
        return Some(PathBuf::from("instruments"));
    }
    let inside = cwd.ancestors().find(|folder| folder.ends_with("instruments"));
    let mut folders = cwd.ancestors().map(|folder| folder.join("instruments"));
    let above = || folders.find(|folder| files.is_folder(folder));
    inside.map(Path::to_path_buf).or_else(above)
}

/// A bare name, as an id is: no way out of the library.
fn is_plain_name(path: &Path) -> bool {
    let mut parts = path.components();
    matches!((parts.next(), parts.next()), (Some(std::path::Component::Normal(_)), None))
}
