//! How printed forms look: the settings file, the command line and the exporters choose from these.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::choices;

choices! {
    /// The paper size.
    #[derive(Deserialize, JsonSchema)]
    #[schemars(rename = "PaperFile")]
    #[serde(rename_all = "kebab-case")]
    Paper {
        A4 = "a4": "210 × 297 mm.",
        UsLetter = "us-letter": "8.5 × 11 inches.",
    }
}

choices! {
    /// The text size and density of a printed form.
    #[derive(Deserialize, JsonSchema)]
    #[schemars(rename = "LayoutFile")]
    #[serde(rename_all = "kebab-case")]
    Layout {
        Compact = "compact": "9-point text, on as few sheets as possible.",
        Comfortable = "comfortable": "10-point text.",
        LargePrint = "large-print": "28-point text.",
    }
}
