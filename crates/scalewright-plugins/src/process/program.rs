//! The program of a plug-in.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use scalewright_model::text;
use scalewright_wire::Kind;

use crate::Limits;

/// The program of a plug-in, and what it may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// What the plug-in does.
    pub kind: Kind,
    /// The name under which it is known.
    pub name: String,
    /// The program, as an absolute path (see [`locate`](super::locate)), and its arguments.
    pub command: Vec<OsString>,
    /// The folder of the settings that name the command. An argument that names a file there is passed as its absolute
    /// path, because the program runs in a temporary folder.
    pub folder: Option<PathBuf>,
    /// The names of the environment variables that are passed on.
    pub pass_env: Vec<String>,
    /// Variables of the environment that are set.
    pub set_env: Vec<(String, String)>,
    /// Further files and folders that the program may read.
    pub read: Vec<PathBuf>,
    /// What the program may use.
    pub limits: Limits,
}

impl Program {
    /// A program without arguments, with the default limits.
    #[must_use]
    pub fn new(kind: Kind, name: &str, program: &Path) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            command: vec![program.into()],
            folder: None,
            pass_env: Vec::new(),
            set_env: Vec::new(),
            read: Vec::new(),
            limits: Limits::default(),
        }
    }

    /// The plug-in in a message: "the plug-in `foo`".
    pub(super) fn shown(&self) -> String {
        format!("the plug-in `{}`", text::quote(&self.name))
    }

    /// The program and its arguments. Those that name existing files are absolute.
    pub(super) fn arguments(&self) -> Vec<OsString> {
        let absolute = |argument: &OsString| match &self.folder {
            Some(folder) if !argument.is_empty() && folder.join(argument).exists() => {
                std::path::absolute(folder.join(argument)).map_or(argument.clone(), Into::into)
            }
            _ => argument.clone(),
        };
        let (first, rest) = match self.command.split_first() {
            Some((first, rest)) => (first, rest),
            None => return Vec::new(),
        };
        std::iter::once(first.clone()).chain(rest.iter().map(absolute)).collect()
    }
}
