//! Finds instruments, the settings that apply to them, and the files that belong to each.
//!
//! A [`Library`] finds definitions and reads each with the wordings, cases and long form beside it; [`Settings`] are
//! the nearest `scalewright.toml`. Both access files only through [`Files`], so that an editor's unsaved buffers, a
//! browser or a test can replace the disk.
//!
//! Invariant: nothing is printed, and only temporary files are written. Messages are returned.

mod files;
mod gates;
mod library;
mod memory;
mod packs;
mod revisions;
mod settings;
mod skipped;
pub mod templates;
mod versions;
mod wordings;

pub use files::{At, Disk, Entry, Files, Kind, is_descriptor, unread};
pub use gates::{Unsound, key_may_be_published, keys_are_sure, sound, supplied_key};
pub use library::{Found, Library, Listed, Targets};
pub use memory::{Memory, Overlay};
pub use packs::{Contents, PACK, Pack, check_pack, inspect, packs};
pub use revisions::{Repository, SettingsFiles, Snapshot, is_revision};
pub use settings::{Refused, SETTINGS, Settings, tidy};
pub use skipped::Skipped;
pub use versions::{Revisions, Side, VersionPairs, changed_settings, pairs, settings_of_folders};
pub use wordings::all_are_used;
