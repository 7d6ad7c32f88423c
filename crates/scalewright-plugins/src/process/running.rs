//! A running plug-in: its answers are read within the limits, and all its processes are ended.

use std::process::{Child, ExitStatus};
use std::sync::mpsc::RecvTimeoutError;
use std::thread;
use std::time::{Duration, Instant};

use super::family::Family;
use super::program::Program;
use super::sandbox::Sandbox;
use super::scratch::{Excess, Scratch};
use super::streams::{Event, Streams};
use super::{json, launch};
use crate::Failure;

/// The shortest and the longest time between two checks of processes and files.
const CHECKS: [Duration; 2] = [Duration::from_millis(20), Duration::from_millis(200)];
/// How long processes of a plug-in may outlive its program: those of a pipeline end at about the same time.
const GRACE: Duration = Duration::from_millis(100);
/// How long standard error is read after everything has ended.
const LAST_WORDS: Duration = Duration::from_millis(100);
/// How many bytes of standard error are kept.
const TAIL: usize = 16 * 1024;

/// A running plug-in.
pub(super) struct Running<'a> {
    program: &'a Program,
    child: Child,
    family: Family,
    streams: Streams,
    /// What was read and not yet answered.
    output: Vec<u8>,
    /// Whether standard output, and standard error, may still bring bytes.
    is_open: [bool; 2],
    stderr: Vec<u8>,
    next_check: Instant,
    /// Whether all processes have ended: looking for them costs a millisecond.
    is_over: bool,
    /// How far the plug-in was closed off.
    pub(super) sandbox: Sandbox,
    /// Dropped last: the processes that write into it have ended by then.
    scratch: Scratch,
}

impl<'a> Running<'a> {
    /// Starts a program.
    pub(super) fn start(program: &'a Program) -> Result<Self, Failure> {
        let scratch = Scratch::new().map_err(|error| {
            let error = scalewright_model::text::plain(&error);
            Failure::new(format!("the temporary folder of a plug-in cannot be created: {error}"))
        })?;
        let (mut child, sandbox) = launch::start(program, scratch.path())?;
        Ok(Self {
            program,
            family: Family::of(&child, scratch.path()),
            streams: Streams::of(&mut child),
            child,
            output: Vec::new(),
            is_open: [true; 2],
            stderr: Vec::new(),
            next_check: Instant::now(),
            is_over: false,
            sandbox,
            scratch,
        })
    }

    /// Sends one line.
    pub(super) fn send(&mut self, line: Vec<u8>) {
        if let Some(input) = &self.streams.input {
            // It fails if the plug-in closed its standard input. Whether it answers is checked later.
            let _ = input.send(line);
        }
    }

    /// Closes standard input, after what was sent.
    pub(super) fn close(&mut self) {
        self.streams.input = None;
    }

    /// Reads until the program ends, and returns all of its output.
    pub(super) fn until_end(mut self) -> Result<Vec<u8>, Failure> {
        let deadline = Instant::now() + self.program.limits.time;
        let mut ended: Option<Instant> = None;
        loop {
            self.step(deadline)?;
            if ended.is_none() && self.family.has_ended(&mut self.child) {
                ended = Some(Instant::now());
            }
            if ended.is_some_and(|since| !self.is_open[0] || since.elapsed() > GRACE) {
                break;
            }
        }
        self.conclude()
    }

    /// Reads one line of output.
    pub(super) fn until_line(&mut self) -> Result<Vec<u8>, Failure> {
        let deadline = Instant::now() + self.program.limits.time;
        let mut searched = 0;
        loop {
            let new = self.output.get(searched..).unwrap_or_default();
            if let Some(end) = new.iter().position(|byte| *byte == b'\n') {
                let rest = self.output.split_off(searched + end + 1);
                self.is_within_limits()?;
                return self.alone(rest);
            }
            searched = self.output.len();
            if !self.is_open[0] || self.family.has_ended(&mut self.child) {
                return Err(self.ended_early(deadline));
            }
            self.step(deadline)?;
        }
    }

    /// Returns the line that was read, if nothing follows it.
    fn alone(&mut self, rest: Vec<u8>) -> Result<Vec<u8>, Failure> {
        match rest.is_empty() {
            true => Ok(std::mem::take(&mut self.output)),
            false => Err(self.failed(json::more(&self.program.shown(), &rest))),
        }
    }

    /// Fails if the plug-in wrote something since its last answer.
    pub(super) fn is_silent(&mut self) -> Result<(), Failure> {
        while let Ok(event) = self.streams.events.try_recv() {
            self.receive(event)?;
        }
        let rest = std::mem::take(&mut self.output);
        self.alone(rest).map(|_| ())
    }

    /// The failure of a program that ended, or closed its output, before it answered.
    fn ended_early(&mut self, deadline: Instant) -> Failure {
        let latest = deadline.min(Instant::now() + GRACE);
        while !self.family.has_ended(&mut self.child) && Instant::now() < latest {
            thread::sleep(Duration::from_millis(1));
        }
        let (shown, had_ended) = (self.program.shown(), self.family.has_ended(&mut self.child));
        let status = self.finish();
        let failure = match status.filter(|_| had_ended).and_then(|status| bad_status(&shown, status)) {
            Some(failure) => failure,
            None => Failure::new(format!("{shown} stopped answering before it answered a request"))
                .help("answer each line with one line until standard input ends: the description lists `serve`"),
        };
        failure.stderr(&self.stderr)
    }

    /// Ends everything after the program ended, and judges how it ended.
    fn conclude(mut self) -> Result<Vec<u8>, Failure> {
        let since = Instant::now();
        let mut survivors = self.family.survivors();
        while survivors > 0 && since.elapsed() < GRACE {
            thread::sleep(Duration::from_millis(5));
            survivors = self.family.survivors();
        }
        self.is_over = survivors == 0;
        let status = self.finish();
        let shown = self.program.shown();
        if let Some(failure) = status.and_then(|status| bad_status(&shown, status)) {
            return Err(failure.stderr(&self.stderr));
        }
        if survivors > 0 || self.is_open[0] {
            return Err(Failure::new(format!("{shown} left a process running when it ended"))
                .help("wait for the processes that the plug-in starts; those that were left have been ended")
                .stderr(&self.stderr));
        }
        self.is_within_limits()?;
        Ok(std::mem::take(&mut self.output))
    }

    /// Waits for the next event, and checks the limits.
    fn step(&mut self, deadline: Instant) -> Result<(), Failure> {
        let now = Instant::now();
        if now >= deadline {
            return Err(self.too_long());
        }
        if now >= self.next_check {
            self.check()?;
        }
        let wait = self.next_check.min(deadline).saturating_duration_since(Instant::now());
        match self.streams.events.recv_timeout(wait) {
            Ok(event) => self.receive(event),
            Err(RecvTimeoutError::Timeout) => Ok(()),
            Err(RecvTimeoutError::Disconnected) => {
                // Both streams are closed. The program has ended, or ends soon.
                self.is_open = [false; 2];
                thread::sleep(wait.min(Duration::from_millis(1)));
                Ok(())
            }
        }
    }

    fn receive(&mut self, event: Event) -> Result<(), Failure> {
        match event {
            Event::Output(bytes) => {
                self.output.extend(bytes);
                if u64::try_from(self.output.len()).is_ok_and(|n| n <= self.program.limits.output) {
                    return Ok(());
                }
                let (shown, limit) = (self.program.shown(), self.program.limits.output_shown());
                return Err(self
                    .failed(Failure::new(format!("{shown} answered more than {limit}")).help(
                        "raise `output-limit` in the settings if the answer is that large",
                    )));
            }
            Event::OutputEnd => self.is_open[0] = false,
            Event::Error(bytes) => {
                self.stderr.extend(bytes);
                let excess = self.stderr.len().saturating_sub(TAIL);
                self.stderr.drain(..excess);
            }
            Event::ErrorEnd => self.is_open[1] = false,
        }
        Ok(())
    }

    /// Checks processes and files now, and decides when to check again: a check that takes long is rarer.
    fn check(&mut self) -> Result<(), Failure> {
        let since = Instant::now();
        let resident = self.family.observe();
        if resident > self.program.limits.memory {
            let (shown, limit) = (self.program.shown(), self.program.limits.memory_shown());
            return Err(self.failed(
                Failure::new(format!("{shown} used more than {limit} of memory"))
                    .help("raise `memory-limit` in the settings if it needs that much"),
            ));
        }
        self.is_within_limits()?;
        let [shortest, longest] = CHECKS;
        self.next_check = Instant::now() + (since.elapsed() * 5).clamp(shortest, longest);
        Ok(())
    }

    /// Fails if the temporary folder contains too much.
    fn is_within_limits(&mut self) -> Result<(), Failure> {
        let limits = self.program.limits;
        let Some(excess) = self.scratch.excess(&limits) else { return Ok(()) };
        let shown = self.program.shown();
        let too_much = |what: &str, key: &str| {
            Failure::new(format!("{shown} wrote more than {what} in its temporary folder"))
                .help(format!("raise `{key}` in the settings if it needs that much"))
        };
        let failure = match excess {
            Excess::Files => too_much(&format!("{} files", limits.files), "file-limit"),
            Excess::Size => too_much(&limits.output_shown(), "output-limit"),
            Excess::Depth => {
                Failure::new(format!("{shown} nested too many folders in its temporary folder"))
                    .help("nest at most 64 folders")
            }
        };
        Err(self.failed(failure))
    }

    fn too_long(&mut self) -> Failure {
        let (shown, limit) = (self.program.shown(), self.program.limits.time_shown());
        self.failed(
            Failure::new(format!("{shown} ran longer than {limit}"))
                .help("raise `time-limit` in the settings if it needs that long"),
        )
    }

    /// Ends everything, and adds what the plug-in wrote to standard error.
    pub(super) fn failed(&mut self, failure: Failure) -> Failure {
        self.finish();
        failure.stderr(&self.stderr)
    }

    /// Ends all processes, and reads what is left. Returns how the program ended.
    fn finish(&mut self) -> Option<ExitStatus> {
        self.close();
        if !self.is_over {
            self.family.end(&mut self.child);
            self.is_over = true;
        }
        let until = Instant::now() + LAST_WORDS;
        while self.is_open != [false; 2] {
            let wait = until.saturating_duration_since(Instant::now());
            match self.streams.events.recv_timeout(wait) {
                // Output beyond the limit is not kept: this is no answer any more.
                Ok(Event::Output(bytes)) if self.output.len() <= TAIL => self.output.extend(bytes),
                Ok(Event::Output(_)) => {}
                Ok(event) => drop(self.receive(event)),
                Err(_) => break,
            }
            if wait.is_zero() {
                break;
            }
        }
        self.child.try_wait().ok().flatten()
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        if !self.is_over {
            self.family.end(&mut self.child);
        }
        let _ = self.child.try_wait();
    }
}

/// The failure of a program that ended by a signal or with a code other than 0.
fn bad_status(shown: &str, status: ExitStatus) -> Option<Failure> {
    if status.success() {
        return None;
    }
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        let name = signal_name(signal);
        return Some(Failure::new(format!("{shown} was ended by signal {signal}{name}")).help(
            match signal {
                25 => "it wrote a file larger than `output-limit` in the settings allows",
                _ => "run `scalewright plugin check` to find the request that it does not survive",
            },
        ));
    }
    let code = status.code().map_or("a failure".to_owned(), |code| format!("code {code}"));
    Some(
        Failure::new(format!("{shown} exited with {code}"))
            .help("a plug-in that refuses a request answers with `refusal` and exits with code 0"),
    )
}

#[cfg(unix)]
fn signal_name(signal: i32) -> &'static str {
    match signal {
        6 => " (SIGABRT)",
        9 => " (SIGKILL)",
        11 => " (SIGSEGV)",
        15 => " (SIGTERM)",
        25 => " (SIGXFSZ)",
        _ => "",
    }
}
