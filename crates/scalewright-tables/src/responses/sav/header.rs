//! The header of a system file.

use crate::Stop;

use super::bytes::{Bytes, number};

/// How the cases are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Compression {
    None,
    /// One byte for each small whole number.
    Bytes,
    /// The same within blocks of zlib.
    Zlib,
}

/// What the header states.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) compression: Compression,
    /// The position of the variable that weights the cases, counted in slots of eight bytes from 1; 0 if there is none.
    pub(super) weight: i32,
    /// The number of cases, if it is known.
    pub(super) cases: Option<u64>,
}

/// The whole number that the bytes of a compressed case are counted from.
pub(super) const BIAS: f64 = 100.0;

/// Reads the header, and finds the byte order.
pub(super) fn header(bytes: &mut Bytes) -> Result<Header, Stop> {
    let head: [u8; 176] = bytes.array()?;
    let is_zlib = match &head[..4] {
        b"$FL2" => false,
        b"$FL3" => true,
        _ => return Err(bytes.damaged("it does not begin with `$FL2` or `$FL3`")),
    };
    let four = |at: usize| [head[at], head[at + 1], head[at + 2], head[at + 3]];
    match (i32::from_le_bytes(four(64)), i32::from_be_bytes(four(64))) {
        (2 | 3, _) => {}
        (_, 2 | 3) => bytes.set_big(),
        _ => return Err(bytes.damaged("the layout is neither 2 nor 3")),
    }
    let whole = |at: usize| match bytes.is_big() {
        true => i32::from_be_bytes(four(at)),
        false => i32::from_le_bytes(four(at)),
    };
    let compression = match (whole(72), is_zlib) {
        (0, false) => Compression::None,
        (1, false) => Compression::Bytes,
        (2, true) => Compression::Zlib,
        (other, _) => {
            return Err(bytes.damaged(&format!("its compression {other} is unknown")));
        }
    };
    let bias = number(std::array::from_fn(|at| head[84 + at]), bytes.is_big());
    // Without compression, nothing is counted from the bias.
    if bias != BIAS && compression != Compression::None {
        return Err(bytes.damaged(&format!("its bias is {bias}, not 100")));
    }
    Ok(Header { compression, weight: whole(76), cases: u64::try_from(whole(80)).ok() })
}
