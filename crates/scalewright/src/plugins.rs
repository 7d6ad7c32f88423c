//! Plug-ins: where they are found, whether they may run, and how their answers become ours.

mod answer;
mod exporter;
mod find;
mod limits;
mod lints;
mod may_run;
mod packed;
mod request;
mod run;
mod subject;
mod templates;
mod trust;

pub(crate) use exporter::OutsideExporter;
pub(crate) use find::{Form, Located, Origin, Places, kind_name};
pub(crate) use lints::LintPlugins;
pub(crate) use may_run::Plugins;
pub(crate) use run::{command_text, start, stopped};
pub(crate) use subject::TemplateSubject;
pub(crate) use trust::Trust;
