//! Checks instrument definitions written as TOML, through four gates.
//!
//! *Syntax*: is it TOML? *Shape*: are keys and types valid? *Resolve*: do all names refer to something, do keys agree,
//! and are the cases reproduced? *Lints*: is it good psychometrics? Each gate reports everything that it can find. A
//! gate is entered only if the gate before it found no error. Only lints can be silenced.
//!
//! Invariant: this is the only crate that knows positions in texts.

mod allow;
mod answers;
pub mod baseline;
mod cases;
mod check;
mod citations;
pub mod compare;
pub mod compound;
mod config;
mod described;
mod digest;
mod document;
mod finding;
mod fix;
mod input;
mod instance;
pub mod kinds;
mod layout;
mod levels;
mod lint;
mod lint_page;
pub mod lints;
mod literal;
mod locate;
mod meaning;
mod mutants;
mod orders;
pub mod outside;
mod pack;
mod period;
mod places;
mod ranks;
pub mod report;
mod schema;
mod schema_page;
mod scripts;
mod shape;
mod supplied;
mod syntax;
mod targets;
mod todos;
mod tongues;
mod typed;
mod words;
mod write;

pub use answers::place_in;
pub use check::{
    Checked, Unfinished, check, check_at, check_with, id_of, instrument_of, language_of,
    long_form_of, parallel_forms_of,
};
pub use config::{Config, Override, read_config};
pub use digest::wording_digest;
pub use document::{Document, MAX_BYTES};
pub use finding::{Edit, Finding, Fix, Mark, Silenced};
pub use fix::{Fixed, fix, fix_with};
pub use input::{Input, Source, Study};
pub use layout::{Formatted, kind_of, layout};
pub use levels::{Level, Levels};
pub use lint_page::lint_page;
pub use locate::locate;
pub use meaning::{kinds as kinds_of_messages, meaning};
pub use mutants::{Mutants, mutants};
pub use pack::read_pack;
pub use schema::{SchemaKind, schema, schema_of};
pub use schema_page::schema_page;
pub use supplied::{SuppliedKey, needs_key};
pub use targets::{NameRules, Refusals, RefusalsOf, TargetRules, WordRules};
pub use typed::read_toml;
pub use write::Writer;
