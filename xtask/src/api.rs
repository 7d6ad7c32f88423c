//! The pages about the public interface of each crate, `docs/src/crates/NAME.md`, made from the sources.

mod items;
mod macros;
mod methods;
mod page;
mod read;
mod signature;
mod words;

use std::path::Path;

use page::Page;

/// The folder of the pages.
pub const FOLDER: &str = "docs/src/crates";

/// What is chosen by hand about each page, so that it can be read at once. The rest follows from the sources.
const PAGES: &[Page] = &[
    Page { name: "scalewright-model", methods: &["Instrument"], names_only: &["file"] },
    Page {
        name: "scalewright-scoring",
        methods: &["Program", "Responses", "Column", "Account"],
        names_only: &[],
    },
    Page {
        name: "scalewright-check",
        methods: &["Checked"],
        names_only: &["baseline", "compare", "outside", "report"],
    },
    Page { name: "scalewright-export", methods: &["Exporter", "OptionValues"], names_only: &[] },
    Page {
        name: "scalewright-import",
        methods: &["Ids"],
        names_only: &["audit", "expr", "prove", "report"],
    },
    Page { name: "scalewright-pdf", methods: &["Fonts"], names_only: &[] },
    Page { name: "scalewright-project", methods: &["Files", "Library", "Memory"], names_only: &[] },
    Page { name: "scalewright-tables", methods: &["Opened", "Run"], names_only: &[] },
    Page {
        name: "scalewright-course",
        methods: &["Course", "Criteria"],
        names_only: &[
            "agreement",
            "bands",
            "change",
            "chart",
            "drops",
            "numbers",
            "parameters",
            "sessions",
            "shape",
            "sudden",
            "surface",
            "within",
        ],
    },
    Page { name: "scalewright-data", methods: &["Collected", "Compared"], names_only: &[] },
    Page {
        name: "scalewright-wire",
        methods: &["Describe"],
        names_only: &["expression", "feature", "instrument", "normal", "scores", "wording"],
    },
    Page {
        name: "scalewright-plugins",
        methods: &["Program", "Session", "TemplateExporter"],
        names_only: &["kit"],
    },
    Page { name: "scalewright", methods: &[], names_only: &[] },
];

/// Returns the path of each page from the root of the workspace, with its text.
///
/// # Errors
///
/// If a source cannot be read, a re-exported item is not found, or a public item has no doc comment.
pub fn pages(root: &Path) -> Result<Vec<(String, String)>, String> {
    let named = |page: &Page| {
        let text = page.text(root).map_err(|why| format!("{}: {why}", page.name))?;
        Ok((format!("{FOLDER}/{}.md", page.name), text))
    };
    PAGES.iter().map(named).collect()
}
