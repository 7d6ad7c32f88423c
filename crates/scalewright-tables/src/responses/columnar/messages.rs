//! Checks the sizes that Arrow files and streams state for their messages, before a reader trusts them. A compressed
//! buffer of a few bytes may claim to contain gigabytes, and a reader allocates what is claimed.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use arrow_ipc::{MessageHeader, RecordBatch, root_as_footer, root_as_message};

use super::pages::{MOST, Trouble};

/// The maximum length of the metadata of a message, in bytes.
const METADATA: u64 = 16 << 20;
/// The maximum size of all dictionaries together, in bytes.
const DICTIONARIES: u64 = 32 << 20;

type Checked<T> = Result<T, Trouble>;

/// Checks the messages of a file or a stream.
pub(super) fn check(file: &mut File, is_stream: bool) -> Checked<()> {
    let size = file.metadata().map_err(|_| Trouble::Damaged)?.len();
    let mut walk = Walk { file, size, dictionaries: 0 };
    match is_stream {
        true => walk.stream()?,
        false => walk.file()?,
    }
    file.rewind().map_err(|_| Trouble::Damaged)
}

struct Walk<'f> {
    file: &'f mut File,
    size: u64,
    /// The size of the dictionaries so far, in bytes.
    dictionaries: u64,
}

impl Walk<'_> {
    /// Checks a file. Its footer lists the messages.
    fn file(&mut self) -> Checked<()> {
        // The last bytes are the length of the footer and `ARROW1`.
        let at = self.size.checked_sub(10).ok_or(Trouble::Damaged)?;
        let end = self.bytes(at, 10)?;
        let length = number(&end).ok_or(Trouble::Damaged)?.into();
        let at = at.checked_sub(length).ok_or(Trouble::Damaged)?;
        if length > METADATA {
            return Err(Trouble::TooLarge(length));
        }
        let footer = self.bytes(at, length)?;
        let footer = root_as_footer(&footer).map_err(|_| Trouble::Damaged)?;
        let blocks = footer.dictionaries().into_iter().flatten();
        for block in blocks.chain(footer.recordBatches().into_iter().flatten()) {
            let unsigned = |number: i64| u64::try_from(number).map_err(|_| Trouble::Damaged);
            let metadata = unsigned(block.metaDataLength().into())?;
            let (at, body) = (unsigned(block.offset())?, unsigned(block.bodyLength())?);
            let body_at = at.checked_add(metadata).ok_or(Trouble::Damaged)?;
            self.fits(body_at, body)?;
            if metadata > METADATA {
                return Err(Trouble::TooLarge(metadata));
            }
            let bytes = self.bytes(at, metadata)?;
            // A continuation marker, which older files lack, and the length of the message.
            let skip = if bytes.starts_with(&[0xff; 4]) { 8 } else { 4 };
            self.message(bytes.get(skip..).ok_or(Trouble::Damaged)?, body_at, body)?;
        }
        Ok(())
    }

    /// Checks a stream, in which messages follow each other.
    fn stream(&mut self) -> Checked<()> {
        let mut at = 0;
        while self.size - at >= 4 {
            let mut length = number(&self.bytes(at, 4)?).ok_or(Trouble::Damaged)?;
            at += 4;
            // The continuation marker, which older streams lack.
            if length == u32::MAX {
                length = number(&self.bytes(at, 4)?).ok_or(Trouble::Damaged)?;
                at += 4;
            }
            // A message of length 0 marks the end, and other data may follow it.
            if length == 0 {
                return Ok(());
            }
            if u64::from(length) > METADATA {
                return Err(Trouble::Damaged);
            }
            let bytes = self.bytes(at, length.into())?;
            at += u64::from(length);
            let message = root_as_message(&bytes).map_err(|_| Trouble::Damaged)?;
            let body = u64::try_from(message.bodyLength()).map_err(|_| Trouble::Damaged)?;
            self.fits(at, body)?;
            self.message(&bytes, at, body)?;
            at += body;
        }
        Ok(())
    }

    /// Checks the memory that a message needs.
    fn message(&mut self, bytes: &[u8], body_at: u64, body: u64) -> Checked<()> {
        let message = root_as_message(bytes).map_err(|_| Trouble::Damaged)?;
        let room = |batch: Option<RecordBatch<'_>>, walk: &mut Self| match batch {
            Some(batch) => Ok(body + walk.unpacked(&batch, body_at, body)?),
            None => Ok(body),
        };
        let room = match message.header_type() {
            MessageHeader::RecordBatch => room(message.header_as_record_batch(), self)?,
            MessageHeader::DictionaryBatch => {
                let batch = message.header_as_dictionary_batch().and_then(|batch| batch.data());
                let room = room(batch, self)?;
                self.dictionaries += room;
                // Dictionaries are in memory together, record batches only one at a time.
                if self.dictionaries > DICTIONARIES {
                    return Err(Trouble::TooLarge(self.dictionaries));
                }
                room
            }
            _ => body,
        };
        match room <= MOST {
            true => Ok(()),
            false => Err(Trouble::TooLarge(room)),
        }
    }

    /// The number of bytes that the compressed buffers claim to contain.
    fn unpacked(&mut self, batch: &RecordBatch<'_>, body_at: u64, body: u64) -> Checked<u64> {
        if batch.compression().is_none() {
            return Ok(0);
        }
        let mut sum = 0_u64;
        for buffer in batch.buffers().into_iter().flatten() {
            let unsigned = |number: i64| u64::try_from(number).map_err(|_| Trouble::Damaged);
            let (offset, length) = (unsigned(buffer.offset())?, unsigned(buffer.length())?);
            if length == 0 {
                continue;
            }
            // A buffer begins with its unpacked length, which has 8 bytes.
            if length < 8 || offset.checked_add(length).is_none_or(|end| end > body) {
                return Err(Trouble::Damaged);
            }
            let stated = self.bytes(body_at + offset, 8)?;
            let stated = <[u8; 8]>::try_from(stated).map_err(|_| Trouble::Damaged)?;
            // -1 marks a buffer that is not compressed.
            let stated = i64::from_le_bytes(stated);
            if stated > 0 {
                sum = sum.saturating_add(stated.unsigned_abs());
            }
        }
        Ok(sum)
    }

    fn fits(&self, at: u64, length: u64) -> Checked<()> {
        match at.checked_add(length) {
            Some(end) if end <= self.size => Ok(()),
            _ => Err(Trouble::Damaged),
        }
    }

    fn bytes(&mut self, at: u64, length: u64) -> Checked<Vec<u8>> {
        self.fits(at, length)?;
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(at)).map_err(|_| Trouble::Damaged)?;
        let part = Read::by_ref(self.file).take(length).read_to_end(&mut bytes);
        match part {
            Ok(read) if read as u64 == length => Ok(bytes),
            _ => Err(Trouble::Damaged),
        }
    }
}

fn number(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(..4)?.try_into().ok()?))
}
