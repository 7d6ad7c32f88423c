//! The files of other programs that are ZIP archives. No part is unpacked further than its limit, whatever the archive
//! states.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read};

use zip::ZipArchive;
use zip::read::ZipFile;

use crate::Stop;

/// The most parts of an archive.
const MOST_PARTS: usize = 20_000;
/// The longest text without a tag in a part with markup. The text of a cell has at most 32,767 characters.
const LONGEST_TEXT: usize = 2 << 20;

/// An archive, and how it is called in messages.
pub(super) struct Archive {
    /// The name of the file.
    pub(super) name: String,
    /// What the file is: `workbook`.
    what: &'static str,
    zip: ZipArchive<BufReader<File>>,
}

/// A part that is being unpacked.
pub(super) type Part<'a> = BufReader<Bounded<ZipFile<'a, BufReader<File>>>>;

impl Archive {
    pub(super) fn open(name: &str, what: &'static str, file: File) -> Result<Self, Stop> {
        let zip = ZipArchive::new(BufReader::new(file)).map_err(|_| damaged(name, what, ""))?;
        if zip.len() > MOST_PARTS {
            return Err(Stop::wrong(format!(
                "{name}: the {what} has more than {MOST_PARTS} parts"
            )));
        }
        // Readers ignore case, so that they may find another part than was examined.
        let mut names = BTreeSet::new();
        if !zip.file_names().all(|part| names.insert(part.replace('\\', "/").to_lowercase())) {
            return Err(damaged(name, what, ""));
        }
        Ok(Self { name: name.to_owned(), what, zip })
    }

    /// The names of all parts.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.zip.file_names()
    }

    /// The name of the part that programs find under `path`: they ignore case, and which slash divides folders.
    pub(super) fn find(&self, path: &str) -> Option<String> {
        let same = |name: &&str| name.replace('\\', "/").eq_ignore_ascii_case(path);
        self.names().find(same).map(str::to_owned)
    }

    /// A part with markup, of at most `most` bytes.
    pub(super) fn markup(&mut self, name: &str, most: u64) -> Result<Part<'_>, Stop> {
        self.bounded(name, most, LONGEST_TEXT)
    }

    fn bounded(&mut self, name: &str, most: u64, longest: usize) -> Result<Part<'_>, Stop> {
        let wrong = damaged(&self.name, self.what, name);
        let inner = self.zip.by_name(name).map_err(|_| wrong)?;
        Ok(BufReader::with_capacity(64 << 10, Bounded { inner, left: most, longest, run: 0 }))
    }

    /// The content of a part; empty if there is no such part.
    pub(super) fn content(&mut self, name: &str, most: u64) -> Result<Vec<u8>, Stop> {
        let mut content = Vec::new();
        let Some(found) = self.find(name) else { return Ok(content) };
        let read = self.bounded(&found, most, usize::MAX)?.read_to_end(&mut content);
        read.map_err(|error| self.failed(&error, name))?;
        Ok(content)
    }

    /// The content of a part as text; empty if there is no such part.
    pub(super) fn text(&mut self, name: &str, most: u64) -> Result<String, Stop> {
        let content = self.content(name, most)?;
        String::from_utf8(content).map_err(|_| damaged(&self.name, self.what, name))
    }

    /// Unpacks a part with markup to nothing, so that a reader that keeps all of it may read it afterwards. Returns its
    /// size.
    pub(super) fn measure(&mut self, name: &str, most: u64) -> Result<u64, Stop> {
        let size = std::io::copy(&mut self.markup(name, most)?, &mut std::io::sink());
        size.map_err(|error| self.failed(&error, name))
    }

    /// The error of a part that cannot be unpacked.
    pub(super) fn failed(&self, error: &std::io::Error, part: &str) -> Stop {
        if error.kind() != ErrorKind::FileTooLarge {
            return damaged(&self.name, self.what, part);
        }
        let (name, what) = (&self.name, self.what);
        Stop::wrong(format!(
            "{name}: the {what} is too large: `{part}` grows beyond its limit when unpacked"
        ))
        .help("divide the table into several files, or save it as CSV")
    }

    /// The error of a part that is not as it should be.
    pub(super) fn damaged(&self, part: &str) -> Stop {
        damaged(&self.name, self.what, part)
    }

    /// The file itself.
    pub(super) fn into_file(self) -> BufReader<File> {
        self.zip.into_inner()
    }
}

fn damaged(name: &str, what: &str, part: &str) -> Stop {
    let within = if part.is_empty() { String::new() } else { format!(" (in `{part}`)") };
    Stop::wrong(format!("{name}: the {what} is damaged or incomplete{within}")).help(
        "open the file in the program that wrote it, and save it again, or save the table as CSV",
    )
}

/// A reader that fails after too many bytes, or too many without the beginning of a tag: readers of markup keep a whole
/// text in memory.
pub(super) struct Bounded<R> {
    inner: R,
    left: u64,
    longest: usize,
    /// The number of bytes since the last tag began.
    run: usize,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.run = match memchr::memrchr(b'<', &buffer[..count]) {
            Some(at) => count - at,
            None => self.run.saturating_add(count),
        };
        let left = self.left.checked_sub(count as u64);
        match left.filter(|_| self.run <= self.longest) {
            Some(left) => self.left = left,
            None => return Err(ErrorKind::FileTooLarge.into()),
        }
        Ok(count)
    }
}
