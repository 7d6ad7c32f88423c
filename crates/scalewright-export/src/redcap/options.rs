//! The options of an export to REDCap.

use std::borrow::Cow;

use crate::options::{Conflict, OptionSpec, Side, options};

options! {
    /// How a REDCap form and the files beside it are made.
    Options {
        admin_fields: bool = OptionSpec::switch(
            "admin-fields",
            false,
            "whether the form has fields for the date of completion and for the version and language of the instrument",
        ).instead_of("admin-fields", Some("yes"));
        record_id: bool = OptionSpec::switch(
            "record-id",
            true,
            "whether the data dictionary begins with the record id field; without this field it can be added to the \
             dictionary of an existing project",
        ).instead_of("no-record-id", Some("no"));
        project: bool = OptionSpec::switch(
            "project",
            false,
            "whether a project (XML) of the instrument is written too",
        ).instead_of("project", Some("yes"));
        attachments: bool = OptionSpec::switch(
            "attachments",
            true,
            "whether the form contains its definition in a hidden field",
        ).instead_of("no-attachments", Some("no"));
    }
}

/// A study is exported as a project anyway, so `project` has no meaning with `--study`.
pub(super) static CONFLICTS: &[Conflict] =
    &[Conflict::with_flag(PROJECT, "study", "a study is already a project: omit one of the two")];

const PROJECT: &[Side] = &[(Cow::Borrowed("project"), None)];
