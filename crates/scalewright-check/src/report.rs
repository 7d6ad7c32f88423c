//! Reports: all findings of a check, without reference to the texts of the files.
//!
//! These types are the JSON of `check --format json`, which `scalewright schema report` describes. Each other format
//! for programs is a module that writes a [`Report`].

mod convert;
mod fingerprint;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod junit;
mod lines;
mod path;
pub mod sarif;
mod types;

use std::collections::BTreeMap;
use std::path::Path;

use crate::{Checked, Finding};

use convert::Converter;
pub use types::{
    Edit, Fix, Place, Position, Report, ReportedFinding, Severity, Subject, Summary, Tool,
};

/// The version of the report's format.
const VERSION: u32 = 1;

impl Default for Report {
    fn default() -> Self {
        Self::new()
    }
}

impl Report {
    /// Returns an empty report.
    #[must_use]
    pub fn new() -> Self {
        Self {
            version: VERSION,
            tool: Tool { name: "scalewright", version: env!("CARGO_PKG_VERSION") },
            instruments: Vec::new(),
            findings: Vec::new(),
            silenced: Vec::new(),
            known: Vec::new(),
            compared: false,
            summary: Summary::default(),
            outside: BTreeMap::new(),
            seen: BTreeMap::new(),
        }
    }

    /// Adds the findings about an instrument. Paths of files below `cwd` are relative to it.
    pub fn add(&mut self, checked: &Checked, more: &[Finding], cwd: &Path) {
        let outside = checked.outside.iter().map(|lint| (lint.name.clone(), lint.clone()));
        self.outside.extend(outside);
        let mut converter = Converter::new(checked, self.instruments.len(), cwd, &mut self.seen);
        self.findings
            .extend(checked.findings.iter().chain(more).map(|finding| converter.finding(finding)));
        self.silenced.extend(checked.silenced.iter().map(|silenced| converter.silenced(silenced)));
        self.known.extend(checked.known.iter().map(|finding| converter.finding(finding)));
        self.instruments.push(converter.subject());
    }
}
