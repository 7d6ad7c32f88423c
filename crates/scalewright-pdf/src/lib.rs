//! Typst markup to PDF bytes, in memory.
//!
//! [`render`] takes one main source and the virtual files it may read, and answers with a tagged PDF
//! that keeps PDF/UA-1 and PDF/A-3a, or with everything that stands in its way. The document sees
//! nothing but what it is given: no file system, no package, no network, no clock. The same source
//! gives the same bytes. PDF/A demands a date of creation; a document that states none is dated
//! 1970-01-01, as in reproducible builds.
//!
//! [`fillable`] gives a form fields, and [`filled()`] takes out of them again what was filled in.
//!
//! A warning of the compiler is a [`Problem`] here: on paper there is no one left to read it.

mod document;
mod fields;
mod filled;
mod fonts;
mod form_font;
mod glyphs;
mod marks;
mod picture;
mod render;
mod strings;
mod world;

pub use crate::document::{Problem, TypstDocument};
pub use crate::fields::{Field, fillable};
pub use crate::filled::{Filled, Given, MOST_BYTES, Spot, Unreadable, filled, marked};
pub use crate::fonts::{FontFile, Fonts, Lacking};
pub use crate::picture::{MOST_PICTURE_BYTES, Picture, Unusable, picture};
pub use crate::render::{render, render_with, warm_up};
