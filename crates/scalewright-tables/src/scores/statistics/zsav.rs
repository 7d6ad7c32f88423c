//! Compresses the cases of a `.zsav` file in blocks, after a header that says where their trailer is.

use std::fs::File;
use std::io::{BufReader, BufWriter, Result, Seek, Write, copy};

use miniz_oxide::deflate::compress_to_vec_zlib;

/// The bytes of a block before it is compressed, as SPSS writes them.
const BLOCK: usize = 0x3f_f000;
/// The bytes of the header.
const HEADER: usize = 24;
const LEVEL: u8 = 6;

/// The cases in blocks. They wait in an unnamed temporary file, because their length precedes them.
pub(super) struct Blocks {
    file: BufWriter<File>,
    block: Vec<u8>,
    /// The uncompressed and the compressed size of each block.
    sizes: Vec<(usize, usize)>,
}

impl Blocks {
    pub(super) fn new() -> Result<Self> {
        let file = BufWriter::with_capacity(1 << 16, tempfile::tempfile()?);
        Ok(Self { file, block: Vec::new(), sizes: Vec::new() })
    }

    fn end_block(&mut self) -> Result<()> {
        if self.block.is_empty() {
            return Ok(());
        }
        let packed = compress_to_vec_zlib(&self.block, LEVEL);
        self.sizes.push((self.block.len(), packed.len()));
        self.block.clear();
        self.file.write_all(&packed)
    }

    /// Writes the header, the blocks and the trailer, `at` bytes after the beginning of the file.
    pub(super) fn finish(mut self, out: &mut impl Write, at: usize) -> Result<()> {
        self.end_block()?;
        let packed: usize = self.sizes.iter().map(|(_, packed)| packed).sum();
        let (trailer, length) = (at + HEADER + packed, HEADER + 24 * self.sizes.len());
        for number in [at, trailer, length] {
            out.write_all(&(number as u64).to_le_bytes())?;
        }
        let mut file = self.file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.rewind()?;
        copy(&mut BufReader::with_capacity(1 << 16, file), out)?;
        trailer_of(out, &self.sizes, at)
    }
}

/// The bias and the blocks: where each begins as if nothing was compressed, where it begins, and its sizes.
fn trailer_of(out: &mut impl Write, sizes: &[(usize, usize)], at: usize) -> Result<()> {
    let four = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    out.write_all(&(-100_i64).to_le_bytes())?;
    out.write_all(&0_u64.to_le_bytes())?;
    out.write_all(&four(BLOCK))?;
    out.write_all(&four(sizes.len()))?;
    let (mut plain, mut packed) = (at, at + HEADER);
    for (size, own) in sizes {
        out.write_all(&(plain as u64).to_le_bytes())?;
        out.write_all(&(packed as u64).to_le_bytes())?;
        out.write_all(&four(*size))?;
        out.write_all(&four(*own))?;
        (plain, packed) = (plain + size, packed + own);
    }
    Ok(())
}

impl Write for Blocks {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let count = bytes.len().min(BLOCK - self.block.len());
        self.block.extend_from_slice(&bytes[..count]);
        if self.block.len() == BLOCK {
            self.end_block()?;
        }
        Ok(count)
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Counts the bytes that are written.
pub(super) struct Counted<W> {
    out: W,
    pub(super) count: usize,
}

impl<W> Counted<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, count: 0 }
    }
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let count = self.out.write(bytes)?;
        self.count += count;
        Ok(count)
    }

    fn flush(&mut self) -> Result<()> {
        self.out.flush()
    }
}
