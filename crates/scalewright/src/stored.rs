//! Standard input as a file, for commands that read a table more than once.

use std::path::{Path, PathBuf};

use scalewright_data::TableAt;
use scalewright_model::Stop;
use scalewright_model::text::plain;
use scalewright_tables::TableInput;
use tempfile::NamedTempFile;

use crate::terminal::Terminal;

/// A copy of standard input, if an argument names it. The file is removed with this value.
pub(crate) struct Stored {
    /// The table, if it is standard input.
    pub(crate) table: Option<TableAt>,
    _file: Option<NamedTempFile>,
}

impl Stored {
    /// Copies standard input if the only argument is `-`.
    pub(crate) fn of(answers: &[PathBuf], terminal: &mut Terminal<'_>) -> Result<Self, Stop> {
        let [only] = answers else { return Ok(Self { table: None, _file: None }) };
        let TableInput::Stream(mut stream) = terminal.table(only) else {
            return Ok(Self { table: None, _file: None });
        };
        let failed = |error: std::io::Error| {
            Stop::usage(format!("cannot read standard input: {}", plain(&error)))
        };
        let mut file = NamedTempFile::new().map_err(failed)?;
        std::io::copy(&mut stream, &mut file).map_err(failed)?;
        let (shown, path) = (Path::new("standard input").to_path_buf(), file.path().to_path_buf());
        Ok(Self { table: Some(TableAt { shown, path }), _file: Some(file) })
    }
}
