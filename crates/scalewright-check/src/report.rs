//! All that a check found, by itself: no text of a file is needed any more to print it.
//!
//! These types are the JSON of `check --format json`; `scalewright schema report` describes it. Each other form for
//! programs is a module that makes its text from a [`Report`].

pub mod github;
pub mod gitlab;
pub mod json;
pub mod junit;
mod lines;
mod path;
mod print;
pub mod sarif;
mod teller;
mod types;

use std::collections::BTreeMap;
use std::path::Path;

use crate::{Checked, Finding};

use teller::Teller;
pub use types::{Edit, Fix, Place, Position, Report, Severity, Subject, Summary, Told, Tool};

/// The version of the report's form.
const VERSION: u32 = 1;

impl Default for Report {
    fn default() -> Self {
        Self::new()
    }
}

impl Report {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self {
            version: VERSION,
            tool: Tool { name: "scalewright", version: env!("CARGO_PKG_VERSION") },
            instruments: Vec::new(),
            findings: Vec::new(),
            silenced: Vec::new(),
            summary: Summary::default(),
            seen: BTreeMap::new(),
        }
    }

    /// Adds what was found about an instrument. Files below `cwd` are named from there.
    pub fn add(&mut self, checked: &Checked, more: &[Finding], cwd: &Path) {
        let mut teller = Teller::new(checked, self.instruments.len(), cwd, &mut self.seen);
        self.findings
            .extend(checked.findings.iter().chain(more).map(|finding| teller.tell(finding)));
        self.silenced.extend(checked.silenced.iter().map(|silenced| teller.silenced(silenced)));
        self.instruments.push(teller.subject());
    }
}
