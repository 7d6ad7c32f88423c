//! The bytes of a table: a file, which can be read from any position, or a stream, which can be read only once.

use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use scalewright_model::text::plain;

use crate::Stop;
use scalewright_check::kinds::{HEAD, Kind, kind};

use super::gzip::Gunzip;

/// A file or a stream.
pub(super) enum Input {
    File(File),
    Stream(Box<dyn Read>),
}

impl Input {
    /// Opens a file, and returns its size. A file that is not regular, such as a named pipe, is a stream with size 0.
    pub(super) fn open(name: &str, path: &Path) -> Result<(Self, u64), Stop> {
        let unreadable =
            |error: &std::io::Error| Stop::usage(format!("cannot read `{name}`: {}", plain(error)));
        let file = File::open(path).map_err(|error| unreadable(&error))?;
        let data = file.metadata().map_err(|error| unreadable(&error))?;
        if data.is_dir() {
            return Err(Stop::usage(format!("cannot read `{name}`: it is a folder")));
        }
        match data.is_file() {
            true => Ok((Self::File(file), data.len())),
            false => Ok((Self::Stream(Box::new(file)), 0)),
        }
    }

    /// Returns the kind of the input and its first bytes. The returned input still begins with these bytes.
    pub(super) fn kind(self, name: &str) -> Result<(Self, Kind, Vec<u8>), Stop> {
        let unreadable =
            |error: &std::io::Error| Stop::usage(format!("cannot read `{name}`: {}", plain(error)));
        let detect = || -> std::io::Result<_> {
            match self {
                Self::File(mut file) => {
                    let head = take(&mut file)?;
                    // Parquet files and ZIP archives are only recognised with their end.
                    let size = file.seek(SeekFrom::End(0))?;
                    file.seek(SeekFrom::Start(size.saturating_sub(HEAD as u64)))?;
                    let tail = take(&mut file)?;
                    file.rewind()?;
                    let kind = kind(&head, &tail);
                    Ok((Self::File(file), kind, head))
                }
                Self::Stream(mut stream) => {
                    let head = take(&mut stream)?;
                    let kind = kind(&head, &[]);
                    let again = Cursor::new(head.clone()).chain(stream);
                    Ok((Self::Stream(Box::new(again)), kind, head))
                }
            }
        };
        detect().map_err(|error| unreadable(&error))
    }

    /// The uncompressed content of an input that gzip compressed.
    pub(super) fn gunzipped(self) -> Self {
        Self::Stream(Box::new(Gunzip::new(self.reader())))
    }

    /// The uncompressed content of an input that zstd compressed. The decoder refuses frames that need more than 128 MiB
    /// of memory.
    #[cfg(feature = "columnar")]
    pub(super) fn unzstd(self, name: &str) -> Result<Self, Stop> {
        let decoder = zstd::stream::read::Decoder::new(self.reader());
        let decoder = decoder
            .map_err(|error| Stop::usage(format!("cannot read `{name}`: {}", plain(&error))))?;
        Ok(Self::Stream(Box::new(decoder)))
    }

    /// An error: the decoder is part of the builds that read Parquet.
    #[cfg(not(feature = "columnar"))]
    pub(super) fn unzstd(self, name: &str) -> Result<Self, Stop> {
        Err(Stop::usage(format!("{name}: this build cannot read files that zstd compressed"))
            .help("build with `--features columnar`, or unpack the file"))
    }

    pub(super) fn reader(self) -> Box<dyn Read> {
        match self {
            Self::File(file) => Box::new(file),
            Self::Stream(stream) => stream,
        }
    }

    /// The input as a file. A stream is copied to an unnamed temporary file.
    pub(super) fn file(self, name: &str) -> Result<File, Stop> {
        let mut stream = match self {
            Self::File(file) => return Ok(file),
            Self::Stream(stream) => stream,
        };
        let mut kept = || -> std::io::Result<File> {
            let mut file = tempfile::tempfile()?;
            std::io::copy(&mut stream, &mut file)?;
            file.rewind()?;
            Ok(file)
        };
        kept().map_err(|error| Stop::usage(format!("cannot read {name}: {}", plain(&error))))
    }
}

fn take(input: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.by_ref().take(HEAD as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}
