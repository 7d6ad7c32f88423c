//! What an export to REDCap can be asked for.

use std::borrow::Cow;

use crate::options::{Conflict, OptionSpec, Side, options};

options! {
    /// How a REDCap form and what is beside it are made.
    Options {
        admin_fields: bool = OptionSpec::switch(
            "admin-fields",
            false,
            "whether the form has fields for the day it is filled in and for the version and language of the instrument",
        ).instead_of("admin-fields", Some("yes"));
        record_id: bool = OptionSpec::switch(
            "record-id",
            true,
            "whether the data dictionary begins with the field that names the record; without it, it can be added to a \
             project's own",
        ).instead_of("no-record-id", Some("no"));
        project: bool = OptionSpec::switch(
            "project",
            false,
            "whether a project (XML) of the instrument is made too",
        ).instead_of("project", Some("yes"));
        attachments: bool = OptionSpec::switch(
            "attachments",
            true,
            "whether the form contains its definition, in a hidden field",
        ).instead_of("no-attachments", Some("no"));
    }
}

/// A study is a project already.
pub(super) static CONFLICTS: &[Conflict] =
    &[Conflict::with_flag(PROJECT, "study", "a study is a project already: leave one of them out")];

const PROJECT: &[Side] = &[(Cow::Borrowed("project"), None)];
