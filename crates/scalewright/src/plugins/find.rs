//! Finds plug-ins: in the settings, in packs, and on the `PATH`.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use scalewright_model::Stop;
use scalewright_model::file::{PluginFile, PluginsFile};
use scalewright_project::Settings;
use scalewright_wire::Kind;

use super::limits;
use scalewright_plugins::process::Program;

/// A plug-in that was found.
#[derive(Debug, Clone)]
pub(crate) struct Located {
    pub(crate) kind: Kind,
    pub(crate) name: String,
    pub(crate) origin: Origin,
    pub(crate) form: Form,
}

/// Where a plug-in was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origin {
    /// In the settings in this folder. Its command is run only if the user trusts it.
    Settings(PathBuf),
    /// On the `PATH`, where the user has installed it.
    Path,
    /// A folder that the user named.
    Given,
}

/// What a plug-in consists of.
#[derive(Debug, Clone)]
pub(crate) enum Form {
    Program(Program),
    /// A folder of templates.
    Templates(PathBuf),
}

/// The places that are searched for plug-ins.
pub(crate) struct Places<'a> {
    settings: &'a Settings,
    cwd: &'a Path,
    /// The folders of the `PATH`, absolute ones only: a relative one would depend on the current folder, which may
    /// belong to anybody.
    path: Vec<PathBuf>,
}

impl<'a> Places<'a> {
    /// The places of these settings, and the `PATH` of the environment.
    pub(crate) fn new(settings: &'a Settings, cwd: &'a Path) -> Self {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::split_paths(&path).filter(|folder| folder.is_absolute()).collect();
        Self { settings, cwd, path }
    }

    /// Returns the plug-in with this name.
    ///
    /// # Errors
    /// If the program that the settings name does not exist.
    pub(crate) fn find(&self, kind: Kind, name: &str) -> Result<Option<Located>, Stop> {
        match self.of_settings(kind).get(name) {
            Some(plugin) => self.in_settings(kind, name, plugin).map(Some),
            None => Ok(self.on_path(kind, name)),
        }
    }

    /// Returns all plug-ins of a kind, by name. Those whose program does not exist are errors.
    pub(crate) fn all(&self, kind: Kind) -> BTreeMap<String, Result<Located, Stop>> {
        let prefix = format!("scalewright-{}-", kind_name(kind));
        let entries = self.path.iter().filter_map(|folder| std::fs::read_dir(folder).ok());
        let files =
            entries.flatten().flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let names = files.filter_map(|file| {
            let file = file.strip_suffix(std::env::consts::EXE_SUFFIX).unwrap_or(&file);
            file.strip_prefix(&prefix).map(str::to_owned)
        });
        let names = names.filter(|name| crate::cli::is_slug(name));
        let on_path = names.filter_map(|name| {
            let located = self.on_path(kind, &name)?;
            Some((name, Ok(located)))
        });
        let mut all: BTreeMap<String, Result<Located, Stop>> = on_path.collect();
        for (name, plugin) in self.of_settings(kind) {
            all.insert(name.clone(), self.in_settings(kind, name, plugin));
        }
        all
    }

    /// Whether a plug-in with this name exists, without looking for its program.
    pub(crate) fn is_known(&self, kind: Kind, name: &str) -> bool {
        self.of_settings(kind).contains_key(name) || self.on_path(kind, name).is_some()
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
        let origin = Origin::Settings(folder.to_path_buf());
        let located = |form| Located { kind, name: name.to_owned(), origin, form };
        if let Some(templates) = &plugin.templates {
            return Ok(located(Form::Templates(folder.join(templates))));
        }
        let Some(command) = &plugin.command else {
            // Only limits: they are for the program on the path, which the user has installed.
            let program = self.program(kind, name).ok_or_else(|| not_on_path(kind, name))?;
            let program = limits::of(plugin, folder, Program::new(kind, name, &program));
            let form = Form::Program(program);
            return Ok(Located { kind, name: name.to_owned(), origin: Origin::Path, form });
        };
        let command = self.command(kind, name, command)?;
        let program = Program { command, ..Program::new(kind, name, Path::new("")) };
        let program = limits::of(plugin, folder, program);
        Ok(located(Form::Program(program)))
    }

    /// Returns the command of the settings, with the full path of its program.
    fn command(&self, kind: Kind, name: &str, parts: &[String]) -> Result<Vec<OsString>, Stop> {
        let folder = self.settings.folder();
        let Some((first, arguments)) = parts.split_first() else {
            return Err(not_on_path(kind, name));
        };
        let program = match first.contains(['/', '\\']) {
            true => Some(folder.join(first)).filter(|path| is_program(path)),
            false => self.on_the_path(first),
        };
        let program = program.ok_or_else(|| {
            let settings = crate::plugins::settings_file(folder);
            Stop::usage(format!("the program `{first}` of the plug-in `{name}` cannot be found"))
                .help(format!("`{settings}` names it under `[plugins.{}.{name}]`", kind_name(kind)))
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
        self.on_the_path(&format!("scalewright-{}-{name}", kind_name(kind)))
    }

    fn on_the_path(&self, name: &str) -> Option<PathBuf> {
        let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        self.path.iter().map(|folder| folder.join(&name)).find(|path| is_program(path))
    }

    /// Returns the exporter in a folder of templates that the user named, such as `--to plugins/page`.
    pub(crate) fn given(&self, name: &str) -> Option<Located> {
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

/// Returns the kind as in the names of programs and in the settings.
pub(crate) fn kind_name(kind: Kind) -> &'static str {
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

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path)
        .is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}
