//! The limits of a program, as the settings state them.

use std::path::Path;
use std::time::Duration;

use scalewright_model::file::PluginFile;

use crate::Limits;
use crate::process::Program;

/// Bytes in a megabyte.
const MEGABYTE: u64 = 1_000_000;

/// Returns the program with the limits of its entry in the settings in `folder`.
pub(super) fn of(plugin: &PluginFile, folder: &Path, program: Program) -> Program {
    let PluginFile {
        command: _,
        templates: _,
        pass_env,
        read,
        time_limit,
        output_limit,
        file_limit,
        memory_limit,
    } = plugin;
    let megabytes = |limit: u32| u64::from(limit) * MEGABYTE;
    let own = Limits::default();
    let limits = Limits {
        time: time_limit.map_or(own.time, |seconds| Duration::from_secs(seconds.into())),
        output: output_limit.map_or(own.output, megabytes),
        files: file_limit.map_or(own.files, |files| files as usize),
        memory: memory_limit.map_or(own.memory, megabytes),
    };
    let read = read.iter().map(|path| folder.join(path)).collect();
    let folder = Some(folder.to_path_buf());
    Program { folder, pass_env: pass_env.clone(), read, limits, ..program }
}
