//! Renders Typst markup to PDF, in memory.
//!
//! [`render()`] takes the main source and the virtual files that it may read. It returns a tagged PDF that conforms to
//! PDF/UA-1 and PDF/A-3a, or all problems that prevent it. The document has access only to its input: no file system,
//! packages, network or clock. The same source gives the same bytes. PDF/A requires a creation date; a document that
//! states none is dated 1970-01-01, as in reproducible builds.
//!
//! [`fillable`] adds fields to a form, and [`filled()`] reads the values that were filled in. [`attached()`] reads the files attached to a form.
//! A document that is given in parts is laid out part by part, in bounded memory.
//!
//! A warning of the Typst compiler is a [`Problem`] here, because nobody sees warnings on the printed form.

mod document;
mod faces;
mod fields;
mod filled;
mod fonts;
mod form_font;
mod glyphs;
mod join;
mod later;
mod marks;
mod picture;
mod render;
mod strings;
mod world;

pub use crate::document::{Problem, TypstDocument};
pub use crate::fields::{Field, fillable};
pub use crate::filled::{
    FieldValue, Filled, MOST_BYTES, Remark, Spot, Unreadable, attached, filled, marked,
};
pub use crate::fonts::{FontFile, Fonts, MissingGlyph};
pub use crate::later::LaterPages;
pub use crate::picture::{MOST_PICTURE_BYTES, Picture, Unusable, picture};
pub use crate::render::{render, render_with, warm_up};
