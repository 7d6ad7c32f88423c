//! Where instruments are, the settings that apply to them, and what belongs to each.
//!
//! A [`Library`] finds definitions and reads each with the wordings, cases and long form beside it; [`Settings`] are the
//! nearest `scalewright.toml`. Both see files through [`Files`] alone, so that an editor's unsaved buffers, a browser or a
//! test can stand in for a disk.
//!
//! Invariant: nothing is printed or written. What is worth saying is returned.

mod files;
mod gates;
mod library;
mod memory;
mod passed_over;
mod settings;
mod wordings;

pub use files::{At, Disk, Entry, Files, Kind, is_descriptor, unread};
pub use gates::{Unsound, keys_are_sure, sound};
pub use library::{Found, Library, Targets};
pub use memory::{Memory, Overlay};
pub use passed_over::PassedOver;
pub use settings::{Refused, SETTINGS, Settings};
pub use wordings::all_are_used;
