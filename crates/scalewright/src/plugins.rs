//! Plug-ins: whether they may run, and how their answers become ours.

mod answer;
mod exporter;
mod importer;
mod importers;
mod lints;
mod may_run;
mod options;
mod request;
mod run;
mod templates;
mod trust;

pub(crate) use exporter::OutsideExporter;
pub(crate) use importer::is_free as is_free_importer;
pub(crate) use importers::{Importers, Reader};
pub(crate) use lints::LintPlugins;
pub(crate) use may_run::Plugins;
pub(crate) use run::{command_text, stopped};
pub(crate) use scalewright_plugins::find::{Form, Located, Origin, Places, kind_name};
pub(crate) use templates::{printed as scores_in, read as templates_in};
pub(crate) use trust::Trust;
