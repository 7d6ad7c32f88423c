//! The standard streams of a plug-in, each served by a thread, so that nothing waits for a plug-in without a limit.

use std::io::{Read, Write};
use std::process::Child;
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::thread;

/// How many chunks wait between a thread and its reader: a plug-in that floods is slowed down.
const WAITING: usize = 16;
/// The bytes of a chunk.
const CHUNK: usize = 64 * 1024;

/// What a plug-in wrote.
#[derive(Debug)]
pub(super) enum Event {
    /// Bytes on standard output.
    Output(Vec<u8>),
    /// Standard output was closed.
    OutputEnd,
    /// Bytes on standard error.
    Error(Vec<u8>),
    /// Standard error was closed.
    ErrorEnd,
}

/// The streams of a plug-in.
pub(super) struct Streams {
    /// What the plug-in writes.
    pub(super) events: Receiver<Event>,
    /// What is written to its standard input. `None` closes it after what was sent.
    pub(super) input: Option<Sender<Vec<u8>>>,
}

impl Streams {
    /// Takes the streams of a process.
    pub(super) fn of(child: &mut Child) -> Self {
        let (events, receiver) = mpsc::sync_channel(WAITING);
        if let Some(output) = child.stdout.take() {
            read(output, events.clone(), Event::Output, Event::OutputEnd);
        }
        if let Some(error) = child.stderr.take() {
            read(error, events, Event::Error, Event::ErrorEnd);
        }
        let (input, lines) = mpsc::channel::<Vec<u8>>();
        if let Some(stdin) = child.stdin.take() {
            thread::spawn(move || write(stdin, &lines));
        }
        Self { events: receiver, input: Some(input) }
    }
}

/// Reads a stream until it ends, or until nobody receives the chunks.
fn read(
    mut stream: impl Read + Send + 'static,
    events: SyncSender<Event>,
    event: fn(Vec<u8>) -> Event,
    end: Event,
) {
    thread::spawn(move || {
        let mut buffer = vec![0; CHUNK];
        loop {
            let chunk = match stream.read(&mut buffer) {
                Ok(0) => break,
                Ok(length) => buffer.get(..length).unwrap_or_default().to_vec(),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(_) => break,
            };
            if events.send(event(chunk)).is_err() {
                return;
            }
        }
        let _ = events.send(end);
    });
}

/// Writes lines until there are no more, or until the plug-in closes its standard input.
fn write(mut stdin: impl Write, lines: &Receiver<Vec<u8>>) {
    while let Ok(line) = lines.recv() {
        if stdin.write_all(&line).and_then(|()| stdin.flush()).is_err() {
            return;
        }
    }
}
