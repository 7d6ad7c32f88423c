//! The limits of a plug-in.

use std::time::Duration;

/// What a plug-in may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The time for one request.
    pub time: Duration,
    /// The bytes of an answer, of the files in it, and of the files in the temporary folder.
    pub output: u64,
    /// The number of files in an answer, and of entries in the temporary folder.
    pub files: usize,
    /// The bytes of memory: the writable data of each process, and the resident memory of all processes together.
    pub memory: u64,
}

impl Default for Limits {
    /// 60 s, 64 MB, 10,000 files and 1,024 MB of memory.
    fn default() -> Self {
        Self {
            time: Duration::from_secs(60),
            output: 64 * 1_000_000,
            files: 10_000,
            memory: 1_024 * 1_000_000,
        }
    }
}

impl Limits {
    /// The time limit in words: `60 s`, `0.5 s`.
    pub(crate) fn time_shown(&self) -> String {
        format!("{} s", self.time.as_secs_f64())
    }

    /// The output limit in words: `64 MB`.
    pub(crate) fn output_shown(&self) -> String {
        size(self.output)
    }

    /// The memory limit in words: `1,024 MB`.
    pub(crate) fn memory_shown(&self) -> String {
        size(self.memory)
    }
}

/// A number of bytes in words.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}
