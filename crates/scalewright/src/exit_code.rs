//! The exit codes of the program.

/// Success.
pub(crate) const OK: u8 = 0;
/// A definition, its cases or the responses are wrong.
pub(crate) const WRONG: u8 = 1;
/// The command could not be carried out: wrong arguments, or a file that cannot be read or written.
pub(crate) const USAGE: u8 = 2;
