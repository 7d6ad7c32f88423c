//! Where the parts of a score are from, and its reliability.

use scalewright_model::{Origin, ReferenceIx, Reliability, Scale};

use crate::Score;
use crate::emit::number;

/// The coefficient. With a standard deviation, also the standard error of measurement and the reliable change, to two
/// decimals.
pub(super) fn reliability(known: &Reliability) -> String {
    let mut text = format!("{} {}", known.kind.title(), number(known.value));
    if let Some(who) = &known.population {
        text.push_str(&format!(" ({who})"));
    }
    let derived = known.sd.zip(known.standard_error()).zip(known.reliable_change());
    if let Some(((sd, error), change)) = derived {
        text.push_str(&format!(
            "; with a standard deviation of {}, the standard error of measurement is {error:.2} and a change of \
             more than {change:.2} is reliable",
            number(sd)
        ));
    }
    text
}

pub(super) fn sources(scale: &Scale, score: Option<&Score>) -> Vec<(String, Vec<ReferenceIx>)> {
    let key = if matches!(scale.origin, Origin::Norm(..)) { "norm" } else { "key" };
    let mut sources = vec![
        (key.to_owned(), scale.key_source.clone()),
        ("rule for missing answers".to_owned(), scale.missing_source.clone()),
        ("bands".to_owned(), scale.bands_source.clone()),
        (
            "reliability".to_owned(),
            scale.reliability.as_ref().map(|known| known.source.clone()).unwrap_or_default(),
        ),
    ];
    sources.extend(
        scale.band_sets.iter().map(|set| (format!("bands `{}`", set.id), set.source.clone())),
    );
    for (kind, name, references) in score.map_or(Vec::new(), |score| score.formula.published()) {
        let table = (format!("{kind} `{name}`"), references.to_vec());
        // A formula may use the same table several times.
        if !sources.contains(&table) {
            sources.push(table);
        }
    }
    sources.retain(|(_, references)| !references.is_empty());
    sources
}
