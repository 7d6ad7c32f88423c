//! A key file to fill in: a table for each scale that needs a key.

use scalewright_check::{Checked, needs_key};
use scalewright_model::text::line;
use scalewright_model::{Instrument, Origin, Scale, ScoreKind};

/// The beginning of the file, before the scales.
const HEAD: &str = r#"# The key of {id}, to fill in from its manual. What is left empty is reported by
#   scalewright check {id} --key FILE
# Keep the file outside the library, and out of any public place, unless the holder of the key permits otherwise.
format = 1
instrument = "{id}"
key-status = ""        # "verified": read in the instrument's own publication; otherwise "single-source"
may-appear-in = ""     # "scores": only used to score here; "forms": also in forms that compute scores;
                       # "definitions": also in the definitions that such forms contain
# terms = ""           # what the holder of the key permits

[source]
citation = ""          # the manual or the paper
page = ""              # the page of the key
read = ""              # the day on which it was read: YYYY-MM-DD
"#;

/// The end of the file.
const TAIL: &str = r#"
# Responses with the scores that the manual publishes for them, one table for each:
# [[cases]]
# title = "the example of the manual, p. …"
# responses = { {item} = 1 }
# scores = { {scale} = 1 }
"#;

/// Returns the text of a key file for the scales of `instrument` that need a key; `None` if none does.
#[must_use]
pub fn template(checked: &Checked, instrument: &Instrument) -> Option<String> {
    let wanting =
        |scale: &&Scale| matches!(scale.origin, Origin::Scale(_)) && needs_key(scale.key_status);
    let scales: Vec<&Scale> = instrument.scales.iter().filter(wanting).collect();
    let first = scales.first()?;
    let item = instrument.items.first().map_or("", |item| item.id.as_str());
    let mut text = HEAD.replace("{id}", &instrument.id);
    for scale in &scales {
        text.push_str(&table(scale, checked.stated_items(scale), item));
    }
    text.push_str(&TAIL.replace("{item}", item).replace("{scale}", &first.id));
    Some(text)
}

fn table(scale: &Scale, size: Option<u32>, item: &str) -> String {
    let score = match scale.score {
        ScoreKind::Mean => "mean",
        _ => "sum",
    };
    let size = size.map(|size| format!(", {size} items")).unwrap_or_default();
    format!(
        "\n[[scales]]\nid = \"{}\"   # {}{size}\nitems = []             # \"{item}\", or \"-{item}\" if it is reverse keyed\n\
         score = \"{score}\"\nmissing = \"\"           # \"no-score\" if the manual states no rule; else \"prorate\", \
         \"answered-only\" or \"substitute\"\n",
        scale.id,
        line(&scale.title)
    )
}
