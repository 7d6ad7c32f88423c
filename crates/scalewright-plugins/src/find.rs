//! Finds plug-ins: in the settings, in packs, and on the `PATH`.

mod hash;
mod limited;
mod packed;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use scalewright_model::Stop;
use scalewright_model::file::{PluginFile, PluginsFile};
use scalewright_project::{PACK, Pack, SETTINGS, Settings, tidy};
use scalewright_wire::Kind;

use crate::answer::is_name;
use crate::process::{Program, locate};

pub use hash::{bytes, folder, hash};

/// A plug-in that was found.
#[derive(Debug, Clone)]
pub struct Located {
    /// What it does.
    pub kind: Kind,
    /// The name under which it is known.
    pub name: String,
    /// Where it was found.
    pub origin: Origin,
    /// What it consists of.
    pub form: Form,
}

/// Where a plug-in was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Named by this file: `scalewright.toml`, or the `pack.toml` of a pack. Its command is run only if the user trusts
    /// it.
    File(PathBuf),
    /// On the `PATH`, where the user has installed it.
    Path,
    /// A folder that the user named.
    Given,
}

/// What a plug-in consists of.
#[derive(Debug, Clone)]
pub enum Form {
    /// A program.
    Program(Program),
    /// A folder of templates.
    Templates(PathBuf),
}

/// The places that are searched for plug-ins.
pub struct Places<'a> {
    settings: &'a Settings,
    packs: &'a [Pack],
    cwd: &'a Path,
    /// The folders of the `PATH`, absolute ones only: a relative one would depend on the current folder, which may
    /// belong to anybody.
    path: Vec<PathBuf>,
}

impl<'a> Places<'a> {
    /// The places of these settings and packs, and the `PATH` of the environment.
    pub fn new(settings: &'a Settings, packs: &'a [Pack], cwd: &'a Path) -> Self {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::split_paths(&path).filter(|folder| folder.is_absolute()).collect();
        Self { settings, packs, cwd, path }
    }

    /// Returns the plug-in with this name.
    ///
    /// # Errors
    /// If the program that the settings name does not exist.
    pub fn find(&self, kind: Kind, name: &str) -> Result<Option<Located>, Stop> {
        match self.of_settings(kind).get(name) {
            Some(plugin) => self.in_settings(kind, name, plugin).map(Some),
            None => match self.in_packs(kind, name)? {
                Some(located) => Ok(Some(located)),
                None => Ok(self.on_path(kind, name)),
            },
        }
    }

    /// Returns the plug-in that a pack provides.
    fn in_packs(&self, kind: Kind, name: &str) -> Result<Option<Located>, Stop> {
        let found =
            self.packs.iter().filter(|pack| packed::names(pack, kind, self.cwd).contains(name));
        match found.collect::<Vec<_>>().as_slice() {
            [] => Ok(None),
            [pack] => self.in_pack(kind, name, pack).map(Some),
            [one, other, ..] => {
                let folders = [one, other].map(|pack| format!("`{}`", pack.folder.display()));
                let message =
                    format!("two packs provide a plug-in `{name}`: {}", folders.join(" and "));
                let kind = kind_name(kind);
                Err(Stop::usage(message)
                    .help(format!("name the one to use under `[plugins.{kind}.{name}]`")))
            }
        }
    }

    fn in_pack(&self, kind: Kind, name: &str, pack: &Pack) -> Result<Located, Stop> {
        let folder = tidy(&self.cwd.join(&pack.folder));
        let origin = Origin::File(folder.join(PACK));
        let Some(command) = packed::command(pack, kind, name) else {
            let form = Form::Templates(folder.join("templates").join(name));
            return Ok(Located { kind, name: name.to_owned(), origin, form });
        };
        let command = self.command((kind, name), command, &origin, &folder)?;
        let program =
            Program { command, folder: Some(folder), ..Program::new(kind, name, Path::new("")) };
        Ok(Located { kind, name: name.to_owned(), origin, form: Form::Program(program) })
    }

    /// Returns all plug-ins of a kind, by name. Those whose program does not exist are errors.
    pub fn all(&self, kind: Kind) -> BTreeMap<String, Result<Located, Stop>> {
        let prefix = format!("scalewright-{}-", kind_name(kind));
        let entries = self.path.iter().filter_map(|folder| std::fs::read_dir(folder).ok());
        let files =
            entries.flatten().flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let names = files.filter_map(|file| {
            let file = file.strip_suffix(std::env::consts::EXE_SUFFIX).unwrap_or(&file);
            file.strip_prefix(&prefix).map(str::to_owned)
        });
        let names = names.filter(|name| is_name(name));
        let on_path = names.filter_map(|name| {
            let located = self.on_path(kind, &name)?;
            Some((name, Ok(located)))
        });
        let mut all: BTreeMap<String, Result<Located, Stop>> = on_path.collect();
        for name in self.packs.iter().flat_map(|pack| packed::names(pack, kind, self.cwd)) {
            // In the order of the packs, so a name that two of them have is an error both times.
            if let Some(located) = self.in_packs(kind, &name).transpose() {
                all.insert(name, located);
            }
        }
        for (name, plugin) in self.of_settings(kind) {
            all.insert(name.clone(), self.in_settings(kind, name, plugin));
        }
        all
    }

    /// Whether a plug-in with this name exists, without looking for its program.
    pub fn is_known(&self, kind: Kind, name: &str) -> bool {
        self.of_settings(kind).contains_key(name)
            || self.packs.iter().any(|pack| packed::names(pack, kind, self.cwd).contains(name))
            || self.on_path(kind, name).is_some()
    }

    fn of_settings(&self, kind: Kind) -> &'a BTreeMap<String, PluginFile> {
        let PluginsFile { export, lint, import } = self.settings.plugins();
        match kind {
            Kind::Export => export,
            Kind::Lint => lint,
            Kind::Import => import,
        }
    }

    fn in_settings(&self, kind: Kind, name: &str, plugin: &PluginFile) -> Result<Located, Stop> {
        let folder = self.settings.folder();
        let origin = Origin::File(folder.join(SETTINGS));
        if let Some(templates) = &plugin.templates {
            let form = Form::Templates(folder.join(templates));
            return Ok(Located { kind, name: name.to_owned(), origin, form });
        }
        let Some(command) = &plugin.command else {
            // Only limits: they are for the program on the path, which the user has installed.
            let program = self.program(kind, name).ok_or_else(|| not_on_path(kind, name))?;
            let program = limited::of(plugin, folder, Program::new(kind, name, &program));
            // Limits may be set by anybody, but not what the program sees of the user's files and secrets.
            let widens = !program.read.is_empty() || !program.pass_env.is_empty();
            let origin = if widens { origin } else { Origin::Path };
            return Ok(Located {
                kind,
                name: name.to_owned(),
                origin,
                form: Form::Program(program),
            });
        };
        let command = self.command((kind, name), command, &origin, folder)?;
        let program = Program { command, ..Program::new(kind, name, Path::new("")) };
        let form = Form::Program(limited::of(plugin, folder, program));
        Ok(Located { kind, name: name.to_owned(), origin, form })
    }

    /// Returns a command that a file in `folder` names, with the full path of its program.
    fn command(
        &self,
        (kind, name): (Kind, &str),
        parts: &[String],
        origin: &Origin,
        folder: &Path,
    ) -> Result<Vec<OsString>, Stop> {
        let Some((first, arguments)) = parts.split_first() else {
            return Err(not_on_path(kind, name));
        };
        let program = locate(first, Some(folder));
        let program = program.ok_or_else(|| {
            Stop::usage(format!("the program `{first}` of the plug-in `{name}` cannot be found"))
                .help(format!("{} names it", origin.shown()))
        })?;
        let arguments = arguments.iter().map(OsString::from);
        Ok(std::iter::once(program.into_os_string()).chain(arguments).collect())
    }

    fn on_path(&self, kind: Kind, name: &str) -> Option<Located> {
        let program = self.program(kind, name)?;
        let form = Form::Program(Program::new(kind, name, &program));
        Some(Located { kind, name: name.to_owned(), origin: Origin::Path, form })
    }

    fn program(&self, kind: Kind, name: &str) -> Option<PathBuf> {
        locate(&format!("scalewright-{}-{name}", kind_name(kind)), None)
    }

    /// Returns the exporter in a folder of templates that the user named, such as `--to plugins/page`.
    pub fn given(&self, name: &str) -> Option<Located> {
        let folder = self.cwd.join(name);
        let is_path = name.contains(['/', '\\']) && folder.join("target.toml").is_file();
        is_path.then(|| Located {
            kind: Kind::Export,
            name: name.to_owned(),
            origin: Origin::Given,
            form: Form::Templates(folder),
        })
    }
}

impl Origin {
    /// Returns where the plug-in was found, in words.
    pub fn shown(&self) -> String {
        match self {
            Self::File(file) => format!("`{}`", file.display()),
            Self::Path => "the `PATH`".to_owned(),
            Self::Given => "the folder that was named".to_owned(),
        }
    }
}

/// Returns the kind as in the names of programs and in the settings.
pub fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Export => "export",
        Kind::Lint => "lint",
        Kind::Import => "import",
    }
}

fn not_on_path(kind: Kind, name: &str) -> Stop {
    let kind = kind_name(kind);
    Stop::usage(format!("there is no program `scalewright-{kind}-{name}` on the `PATH`"))
        .help(format!("install it, or name its command under `[plugins.{kind}.{name}]`"))
}
