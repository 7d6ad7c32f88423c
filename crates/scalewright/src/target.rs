//! A target of `export`: one that is built in, or one that a plug-in provides.

use std::rc::Rc;

use scalewright_export::{Exporter, OptionValues, Sheet, TargetOptions, exporter};
use scalewright_model::Stop;

use crate::plugins::OutsideExporter;

/// A target of `export`.
#[derive(Clone)]
pub(crate) enum Target {
    BuiltIn(&'static Exporter),
    Outside(Rc<OutsideExporter>),
}

/// A target to export to, with its options.
#[derive(Clone)]
pub(crate) struct ChosenTarget {
    pub(crate) target: Target,
    pub(crate) options: OptionValues,
}

impl Target {
    /// Returns the built-in target with this name.
    pub(crate) fn built_in(name: &str) -> Option<Self> {
        exporter(name).map(Self::BuiltIn)
    }

    pub(crate) fn name(&self) -> &str {
        self.own().name
    }

    /// Returns its name with its options.
    pub(crate) fn own(&self) -> TargetOptions<'_> {
        match self {
            Self::BuiltIn(exporter) => exporter.own(),
            Self::Outside(outside) => outside.own(),
        }
    }

    /// Returns the plain options of the command line that change its files.
    pub(crate) fn flags(&self) -> Vec<&str> {
        match self {
            Self::BuiltIn(exporter) => exporter.flags.to_vec(),
            Self::Outside(outside) => outside.flags(),
        }
    }

    /// Whether it makes documents that have to be typeset.
    pub(crate) fn prints(&self) -> bool {
        match self {
            Self::BuiltIn(exporter) => exporter.prints,
            Self::Outside(_) => false,
        }
    }

    /// Ends the program of a plug-in.
    pub(crate) fn close(&self) -> Result<(), Stop> {
        match self {
            Self::BuiltIn(_) => Ok(()),
            Self::Outside(outside) => outside.close(),
        }
    }

    /// Returns the sheets that are made in addition to the form.
    pub(crate) fn sheets(&self, options: &OptionValues) -> Vec<Sheet> {
        match self {
            Self::BuiltIn(exporter) => (exporter.sheets)(options),
            Self::Outside(_) => Vec::new(),
        }
    }
}
