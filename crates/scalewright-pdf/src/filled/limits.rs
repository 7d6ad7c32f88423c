//! Limits for reading a PDF, which may come from an untrusted source.

/// The maximum size of a file, in bytes. A viewer that embeds a font of Chinese for one letter writes 20 MB.
pub const MOST_BYTES: usize = 64 << 20;

/// The maximum decompressed size of one object stream, in bytes. Typically a hundred objects take about 20 kB.
pub(super) const MOST_UNPACKED: usize = 2 << 20;

/// The maximum decompressed size of all object streams of a file together, in bytes.
pub(super) const MOST_UNPACKED_TOGETHER: usize = 16 << 20;

/// The maximum number of values in all objects of a file; each number, name and string counts.
pub(super) const MOST_VALUES: usize = 2_500_000;
