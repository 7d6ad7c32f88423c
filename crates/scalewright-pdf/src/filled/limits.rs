//! How much of a PDF is read: it may come from anyone.

/// Files larger than this many bytes are not read.
pub const MOST_BYTES: usize = 8 << 20;

/// What one stream of objects may unpack to, in bytes; a hundred objects, as programs pack them, take some 20 kB.
pub(super) const MOST_UNPACKED: usize = 2 << 20;

/// What all streams of objects of a file may unpack to, in bytes.
pub(super) const MOST_UNPACKED_TOGETHER: usize = 16 << 20;

/// How many values, counted down to each number, the objects of a file may hold.
pub(super) const MOST_VALUES: usize = 2_500_000;
