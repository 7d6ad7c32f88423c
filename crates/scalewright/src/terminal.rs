//! The working folder and the standard streams of a command. Results are data and are written unchanged. Text for
//! people is [`Printable`], and is stripped of its styles where a stream does not take them. A failure to write to
//! standard output is an error, except that its reader may have closed it.

use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use scalewright_model::text::plain;
use scalewright_model::{Note, Stop};
use scalewright_tables::TableInput;

use crate::render::Printable;

/// How many bytes of a result are copied at a time.
const PIECE: usize = 256 << 10;

/// A stream, and whether it takes terminal styles.
pub struct Stream<'a> {
    /// The writer, which receives the bytes unchanged.
    pub to: &'a mut dyn Write,
    /// Whether terminal styles are written.
    pub styled: bool,
}

impl Stream<'_> {
    fn print(&mut self, text: &Printable) -> io::Result<()> {
        match self.styled {
            true => self.to.write_all(text.styled().as_bytes()),
            false => self.to.write_all(text.plain().as_bytes()),
        }
    }
}

/// The working folder and the standard streams of a command.
pub(crate) struct Terminal<'a> {
    pub(crate) cwd: &'a Path,
    /// Standard input, until a command takes it.
    pub(crate) input: Option<Box<dyn Read>>,
    out: Stream<'a>,
    err: Stream<'a>,
    /// The state of standard output.
    state: OutputState,
}

/// The state of standard output.
enum OutputState {
    Open,
    /// Its reader has closed it: nothing more is written, and that is not an error.
    Closed,
    Failed(io::Error),
    /// It failed, and the failure has been reported.
    Reported,
}

impl<'a> Terminal<'a> {
    pub(crate) fn new(cwd: &'a Path, input: Box<dyn Read>, [out, err]: [Stream<'a>; 2]) -> Self {
        Self { cwd, input: Some(input), out, err, state: OutputState::Open }
    }

    /// Writes a result to standard output, unchanged. [`Terminal::finish`] reports a failure.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        self.write_with(|out| out.to.write_all(bytes));
    }

    /// Copies a result to standard output.
    pub(crate) fn copy(&mut self, from: &mut impl Read) -> Result<(), Stop> {
        let mut piece = vec![0; PIECE];
        while matches!(self.state, OutputState::Open) {
            match from.read(&mut piece) {
                Ok(0) => break,
                Ok(length) => self.write(&piece[..length]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    let message = format!("cannot read a temporary file: {}", plain(&error));
                    return Err(Stop::usage(message).help(INCOMPLETE));
                }
            }
        }
        Ok(())
    }

    /// Prints text to standard output.
    pub(crate) fn print(&mut self, text: impl Into<Printable>) {
        let text = text.into();
        self.write_with(|out| out.print(&text));
    }

    /// Prints text to standard error.
    pub(crate) fn eprint(&mut self, text: impl Into<Printable>) {
        // If standard error fails, there is no stream left on which to report that.
        let _ = self.err.print(&text.into());
    }

    /// Prints a note to standard error.
    pub(crate) fn note(&mut self, note: &Note) {
        self.eprint(&note.to_string());
    }

    /// Runs `work`, then prints its notes to standard error.
    pub(crate) fn with_notes<T>(&mut self, work: impl FnOnce(&mut Vec<Note>) -> T) -> T {
        let mut notes = Vec::new();
        let done = work(&mut notes);
        notes.iter().for_each(|note| self.note(note));
        done
    }

    /// Returns the table in the file `path`, or on standard input for `-`.
    pub(crate) fn table(&mut self, path: &Path) -> TableInput {
        match path == Path::new("-") {
            true => TableInput::Stream(self.input.take().unwrap_or_else(|| Box::new(io::empty()))),
            false => TableInput::File { shown: path.to_path_buf(), path: self.cwd.join(path) },
        }
    }

    fn write_with(&mut self, write: impl FnOnce(&mut Stream<'_>) -> io::Result<()>) {
        if !matches!(self.state, OutputState::Open) {
            return;
        }
        match write(&mut self.out) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::BrokenPipe => self.state = OutputState::Closed,
            Err(error) => self.state = OutputState::Failed(error),
        }
    }

    /// Flushes standard output.
    ///
    /// # Errors
    ///
    /// If anything could not be written to it. A failure is reported once.
    pub(crate) fn finish(&mut self) -> Result<(), Stop> {
        self.write_with(|out| out.to.flush());
        match std::mem::replace(&mut self.state, OutputState::Reported) {
            OutputState::Failed(error) => {
                let message = format!("cannot write to standard output: {}", plain(&error));
                Err(Stop::usage(message).help(INCOMPLETE))
            }
            other => {
                self.state = other;
                Ok(())
            }
        }
    }
}

const INCOMPLETE: &str = "the printed output is not complete";
