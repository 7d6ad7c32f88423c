//! Where a command runs and speaks. Results are data and go out as they are; text for people is [`Printable`], and loses
//! its styles where they are not wanted. Whatever cannot be written to standard output is an error; that its reader has
//! gone is none.

use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use scalewright_model::text::plain;
use scalewright_model::{Note, Stop};
use scalewright_tables::TableInput;

use crate::render::Printable;

/// How much of a result is passed on at once.
const PIECE: usize = 256 << 10;

/// A stream, and whether styles are wanted in it.
pub struct Stream<'a> {
    /// Where bytes go, unaltered.
    pub to: &'a mut dyn Write,
    /// Whether a reader knows what to do with terminal styles.
    pub styled: bool,
}

impl Stream<'_> {
    fn show(&mut self, text: &Printable) -> io::Result<()> {
        match self.styled {
            true => self.to.write_all(text.styled().as_bytes()),
            false => self.to.write_all(text.plain().as_bytes()),
        }
    }
}

/// Where a command runs and speaks.
pub(crate) struct Terminal<'a> {
    pub(crate) cwd: &'a Path,
    /// Standard input, until a command takes it.
    pub(crate) input: Option<Box<dyn Read>>,
    out: Stream<'a>,
    err: Stream<'a>,
    /// What came of writing to standard output, as far as it failed.
    state: State,
}

/// How far standard output has come.
enum State {
    Open,
    /// Its reader has gone away: nothing more is written, and nobody is told.
    Gone,
    Failed(io::Error),
    /// It failed, and that has been told.
    Told,
}

impl<'a> Terminal<'a> {
    pub(crate) fn new(cwd: &'a Path, input: Box<dyn Read>, [out, err]: [Stream<'a>; 2]) -> Self {
        Self { cwd, input: Some(input), out, err, state: State::Open }
    }

    /// Writes a result to standard output, byte by byte as it is. A failure is told at the end of the run.
    pub(crate) fn result(&mut self, bytes: &[u8]) {
        self.out(|out| out.to.write_all(bytes));
    }

    /// Passes a result on to standard output.
    pub(crate) fn pass_on(&mut self, from: &mut impl Read) -> Result<(), Stop> {
        let mut piece = vec![0; PIECE];
        while matches!(self.state, State::Open) {
            match from.read(&mut piece) {
                Ok(0) => break,
                Ok(length) => self.result(&piece[..length]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    let message = format!("cannot read a temporary file: {}", plain(&error));
                    return Err(Stop::usage(message).help(INCOMPLETE));
                }
            }
        }
        Ok(())
    }

    /// Shows text on standard output.
    pub(crate) fn say(&mut self, text: impl Into<Printable>) {
        let text = text.into();
        self.out(|out| out.show(&text));
    }

    /// Shows text on standard error. Where that fails there is nobody to tell.
    pub(crate) fn tell(&mut self, text: impl Into<Printable>) {
        let _ = self.err.show(&text.into());
    }

    /// Shows a note on standard error.
    pub(crate) fn note(&mut self, note: &Note) {
        self.tell(&note.to_string());
    }

    /// Does some work, and shows what it notes on standard error.
    pub(crate) fn noting<T>(&mut self, work: impl FnOnce(&mut Vec<Note>) -> T) -> T {
        let mut notes = Vec::new();
        let done = work(&mut notes);
        notes.iter().for_each(|note| self.note(note));
        done
    }

    /// The table in the file `path`, or on standard input for `-`.
    pub(crate) fn table(&mut self, path: &Path) -> TableInput {
        match path == Path::new("-") {
            true => TableInput::Stream(self.input.take().unwrap_or_else(|| Box::new(io::empty()))),
            false => TableInput::File { shown: path.to_path_buf(), path: self.cwd.join(path) },
        }
    }

    fn out(&mut self, write: impl FnOnce(&mut Stream<'_>) -> io::Result<()>) {
        if !matches!(self.state, State::Open) {
            return;
        }
        match write(&mut self.out) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::BrokenPipe => self.state = State::Gone,
            Err(error) => self.state = State::Failed(error),
        }
    }

    /// Whether everything has reached standard output. A failure is told once.
    pub(crate) fn delivered(&mut self) -> Result<(), Stop> {
        self.out(|out| out.to.flush());
        match std::mem::replace(&mut self.state, State::Told) {
            State::Failed(error) => {
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

const INCOMPLETE: &str = "what was printed is not complete";
