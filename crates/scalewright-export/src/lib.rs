//! Exports an instrument to the files of a platform, in memory.
//!
//! A platform is a folder of this crate and a line in `platforms!`. An exporter is a pure function from an
//! [`ExportRequest`] to [`Exported`]: the files, and diagnostics about everything that the platform cannot represent.
//! Scores come only from the compiled program. A score that a platform cannot compute exactly as our evaluator does is
//! refused, with its position in the definition.
//!
//! Invariant: no file system, no clock, no network.

mod base64;
mod carried;
mod choices;
mod code;
mod description;
pub mod dialects;
mod exported;
mod facts_of_forms;
mod house;
mod key_groups;
mod loss;
mod matrices;
mod notes;
mod options;
mod packed;
mod parallel;
mod platform;
mod printed;
mod request;
mod score_report;
mod translations;
mod ui;
mod xml;
mod zipped;

pub use base64::base64;
pub use carried::{Carried, KeyRow, keys_by_target, keys_page};
pub use description::{TargetDescription, described};
pub use exported::{
    Content, Document, Exported, ExportedFile, ExportedStudy, FormField, LaterPages,
};
pub use fhir::mapping as fhir_mapping;
pub use fhir::names as fhir_names;
pub use fhir::ucum::code as ucum_code;
pub use house::{House, Logo};
pub use limesurvey::codes as limesurvey_codes;
pub use loss::Loss;
pub use options::{
    Conflict, Former, OptionKind, OptionSpec, OptionValues, Side, TargetOptions, ValueSpec,
    WrongValue, configured, configured_target, no_option,
};
pub use parallel::in_parallel;
pub use pdf::{TEMPLATE as FORM_TEMPLATE, form};
pub use platform::{Exporter, FileSpec, Mapping, Platform, Sheet, Stage};
pub use redcap::field_names as redcap_names;
pub use request::{Common, ExportRequest, SourceFile, StudyRequest};
pub use score_report::{
    Group, GroupRequest, ReportFormat, ReportRequest, ReportSheet, course_report, english_words,
    group_report, order_of_occasions, score_report, shared_by_occasions,
};
pub use ui::yes_and_no;

use scalewright_check::TargetRules;

/// Declares the platforms: a module and a registry entry for each.
macro_rules! platforms {
    ($($folder:ident,)*) => {
        $(mod $folder;)*

        /// All platforms.
        pub static PLATFORMS: &[&Platform] = &[$(&$folder::PLATFORM,)*];

        /// The rules of all platforms, for lints.
        pub static TARGETS: &[&TargetRules] = &[$(&$folder::RULES,)*];
    };
}

platforms! {
    codebook,
    docx,
    excel,
    fhir,
    html,
    javascript,
    limesurvey,
    odm,
    pdf,
    python,
    qualtrics,
    r,
    redcap,
    reproschema,
    spss,
    sql,
    stata,
    surveyjs,
    xlsform,
}

/// Returns all exporters, each with its platform.
pub fn exporters() -> impl Iterator<Item = (&'static Platform, &'static Exporter)> {
    let exporters = |platform: &&'static Platform| {
        let platform = *platform;
        platform.exporters.iter().map(move |exporter| (platform, exporter))
    };
    PLATFORMS.iter().flat_map(exporters)
}

/// Returns the exporters that help, completions and documentation pages list.
pub fn listed() -> impl Iterator<Item = (&'static Platform, &'static Exporter)> {
    exporters().filter(|(_, exporter)| exporter.stage == Stage::Stable)
}

/// Returns the exporter with this name.
#[must_use]
pub fn exporter(name: &str) -> Option<&'static Exporter> {
    exporters().map(|(_, exporter)| exporter).find(|exporter| exporter.name == name)
}

/// The template of `cargo xtask new exporter`, compiled here so that it cannot become outdated.
#[cfg(test)]
#[path = "../../../xtask/templates/exporter/new_platform/mod.rs"]
mod new_platform;

#[cfg(test)]
mod tests {
    #[test]
    fn the_platform_template_is_a_valid_platform() {
        assert_eq!(super::new_platform::PLATFORM.rules.platform, "new-platform");
        assert_eq!(super::new_platform::RULES.platform, "new-platform");
    }
}
