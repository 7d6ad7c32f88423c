//! Takes a table out of what compresses or contains it, once.

use std::path::PathBuf;

use scalewright_check::kinds::Kind;
use scalewright_model::Note;

use super::input::Input;
use super::zip_member;
use crate::Stop;

/// A table without its packing.
pub(super) struct Unpacked {
    pub(super) input: Input,
    pub(super) kind: Kind,
    /// The first bytes.
    pub(super) head: Vec<u8>,
    /// The name in messages.
    pub(super) name: String,
    /// The name whose ending shows the format.
    pub(super) shown: PathBuf,
    /// What the table was packed in.
    pub(super) packing: Packing,
}

/// What a table is packed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    /// Nothing.
    None,
    /// A stream that gzip or zstd compressed.
    Stream(&'static str),
    /// A ZIP archive.
    Archive,
}

/// Unpacks the input. `member` is what `--member` names.
///
/// # Errors
///
/// When the packing is damaged, or `member` is given for a table that is in no archive.
pub(super) fn unpack(
    input: Input,
    (name, shown): (String, PathBuf),
    member: Option<&str>,
    notes: &mut Vec<Note>,
) -> Result<Unpacked, Stop> {
    let (input, kind, head) = input.kind(&name)?;
    let (input, name, shown, packing) = match kind {
        Kind::Gzip => (input.gunzipped(), name, shown, Packing::Stream("gzip")),
        Kind::Zstd => (input.unzstd(&name)?, name, shown, Packing::Stream("zstd")),
        Kind::Zip(_) => {
            let found = zip_member::member(&name, input.file(&name)?, member, notes)?;
            (found.input, format!("{name}/{}", found.name), found.name.into(), Packing::Archive)
        }
        kind => {
            let packing = Packing::None;
            return in_archive(Unpacked { input, kind, head, name, shown, packing }, member);
        }
    };
    let (input, kind, head) = input.kind(&name)?;
    in_archive(Unpacked { input, kind, head, name, shown, packing }, member)
}

/// Refuses `--member` for a table that is in no archive.
fn in_archive(unpacked: Unpacked, member: Option<&str>) -> Result<Unpacked, Stop> {
    match (member, unpacked.packing) {
        (Some(_), Packing::None | Packing::Stream(_)) => {
            Err(Stop::usage(format!("{}: `--member` applies only to ZIP archives", unpacked.name))
                .help("leave out `--member`"))
        }
        _ => Ok(unpacked),
    }
}
