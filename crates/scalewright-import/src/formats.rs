//! The formats of sources, one module each.

pub(crate) mod osd;
