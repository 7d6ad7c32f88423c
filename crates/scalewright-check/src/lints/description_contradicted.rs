//! Descriptions that contradict the definition.

use std::collections::BTreeSet;

use scalewright_model::file::{InstrumentFile, ScaleFile};
use scalewright_model::{Pointer, Severity};

use crate::described::{count, has, is_opposite, meaning};
use crate::words::{plain, primary};

use super::{Context, Group, Hit, Lint};

/// A description that contradicts the definition.
pub(super) static LINT: Lint = Lint {
    name: "description-contradicted",
    summary: "a description that contradicts the definition",
    explain: include_str!("description_contradicted.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// A contradiction: the id of what it is about, the place, what is wrong, and what to do.
type Contradiction = (String, Pointer, String, &'static str);

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let file = context.file;
    // Descriptions are read as English; their words mean nothing in other languages.
    if primary(&file.language) != "en" {
        return;
    }
    let mut found = directions(file);
    found.extend(counts(file));
    found.extend(ages(file));
    for (at, place, message, help) in found {
        hits.push(lint.hit(&at, message, |d| d.at(place, "").help(help)));
    }
}

const DIRECTION: &str =
    "compare the description with the key and the bands: readers of scores rely on it";

/// Descriptions that say the opposite of what a high or a low score means.
fn directions(file: &InstrumentFile) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for (at, scale) in file.scales.iter().enumerate() {
        let Some(text) = &scale.description else { continue };
        let place = || Pointer::entry("scales", at).key("description");
        if let Some(message) = direction(file, scale, text) {
            found.push((scale.id.clone(), place(), message, DIRECTION));
        }
    }
    let Some(text) = &file.description else { return found };
    // What the whole instrument measures, the scale at the top measures, if there is one.
    let mut tops =
        file.scales.iter().filter(|scale| scale.parent.is_none() && !scale.bands.is_empty());
    if let (Some(top), None) = (tops.next(), tops.next()) {
        let own = against_bands(top, text);
        let other = || against_other(text, top.description.as_deref().unwrap_or_default());
        if let Some(message) = own.or_else(other) {
            found.push((file.id.clone(), Pointer::top("description"), message, DIRECTION));
        }
    }
    found
}

fn direction(file: &InstrumentFile, scale: &ScaleFile, text: &str) -> Option<String> {
    let parent = file.scales.iter().find(|other| Some(&other.id) == scale.parent.as_ref());
    let above = || against_other(text, parent?.description.as_deref()?);
    against_bands(scale, text).or_else(above).or_else(|| against_items(file, scale, text))
}

/// A description of the high end that names the lowest band, or the other way round.
fn against_bands(scale: &ScaleFile, text: &str) -> Option<String> {
    let edge = |band: &scalewright_model::file::BandFile| {
        band.from.or(band.above).unwrap_or(f64::NEG_INFINITY)
    };
    let lowest = scale.bands.iter().min_by(|a, b| edge(a).total_cmp(&edge(b)))?;
    let highest = scale.bands.iter().max_by(|a, b| edge(a).total_cmp(&edge(b)))?;
    let [low, high] = [plain(&lowest.label), plain(&highest.label)];
    for (end, own, other) in [("high", &high, &low), ("low", &low, &high)] {
        let Some(words) = meaning(text, end) else { continue };
        if own != other && has(&words, other) && !has(&words, own) {
            return Some(format!(
                "a {end} score of `{}` is described as `{other}`, the label of the opposite band",
                scale.id
            ));
        }
    }
    None
}

/// A description whose meaning of a high score is the opposite of that of another description: *settled*, *unsettled*.
fn against_other(text: &str, other: &str) -> Option<String> {
    for end in ["high", "low"] {
        let (Some(a), Some(b)) = (meaning(text, end), meaning(other, end)) else { continue };
        let pairs = a.split(' ').flat_map(|one| b.split(' ').map(move |two| (one, two)));
        for (one, two) in pairs {
            if is_opposite(one, two) || is_opposite(two, one) {
                return Some(format!(
                    "a {end} score is described as `{one}`, but elsewhere as `{two}`"
                ));
            }
        }
    }
    None
}

/// A description of the high end with a word that only reversed items have: *High: tired* with `-I was tired`.
fn against_items(file: &InstrumentFile, scale: &ScaleFile, text: &str) -> Option<String> {
    const NOT: [&str; 14] = [
        "not",
        "no",
        "never",
        "without",
        "nothing",
        "hardly",
        "too",
        "less",
        "lack",
        "trouble",
        "difficult",
        "difficulty",
        "cannot",
        "t",
    ];
    // A phrase of several words needs a closer reading than this.
    let words = meaning(text, "high").filter(|words| {
        words.split(' ').count() <= 3 && !words.split(' ').any(|word| NOT.contains(&word))
    })?;
    let stems = |reversed: bool| -> Vec<String> {
        let ids =
            scale.items.iter().filter_map(|entry| match (entry.strip_prefix('-'), reversed) {
                (Some(id), true) => Some(id),
                (None, false) => Some(entry.as_str()),
                _ => None,
            });
        let stem =
            |id: &str| plain(file.items.iter().find(|item| item.id == id)?.stem.as_deref()?).into();
        ids.filter_map(stem).collect()
    };
    let denies = |stem: &str| stem.split(' ').any(|word| NOT.contains(&word));
    let word = words.split(' ').filter(|word| word.len() > 3).find(|word| {
        stems(true).iter().any(|stem| has(stem, word) && !denies(stem))
            && !stems(false).iter().any(|stem| has(stem, word))
    })?;
    Some(format!(
        "a high score of `{}` is described as `{word}`, which only reverse-keyed items ask about",
        scale.id
    ))
}

/// Descriptions with another number of items, subscales or answers than the definition.
fn counts(file: &InstrumentFile) -> Vec<Contradiction> {
    let mut found = Vec::new();
    let asked = file.items.iter().filter(|item| !item.background).count();
    let mut items: BTreeSet<usize> = BTreeSet::from([file.items.len(), asked]);
    let reversed =
        |scale: &ScaleFile| scale.items.iter().filter(|item| item.starts_with('-')).count();
    for scale in &file.scales {
        items.extend([scale.items.len(), reversed(scale), scale.items.len() - reversed(scale)]);
        items.extend(scale.stated_items.map(|count| count as usize));
    }
    for section in &file.sections {
        items.insert(
            file.items.iter().filter(|item| item.section.as_ref() == Some(&section.id)).count(),
        );
    }
    // Most definitions of unknown keys do not list all scales.
    let is_whole = file.scales.iter().all(|scale| {
        !scale.items.is_empty() || !scale.scales.is_empty() || scale.formula.is_some()
    });
    let parents: BTreeSet<&str> =
        file.scales.iter().filter_map(|scale| scale.parent.as_deref()).collect();
    let below = file.scales.iter().filter(|scale| scale.parent.is_some()).count();
    let scales = BTreeSet::from([file.scales.len(), below, file.scales.len() - parents.len()]);
    let steps: BTreeSet<usize> =
        file.response_scales.values().map(|scale| scale.options.len()).collect();
    let texts =
        [("description", file.description.as_deref()), ("title", Some(file.title.as_str()))];
    for (key, text) in texts {
        let Some(text) = text else { continue };
        let checks: [(&[&str], &BTreeSet<usize>, &str); 3] = [
            (&["item", "items", "statements", "questions"], &items, "items"),
            (&["subscale", "subscales"], &scales, "subscales"),
            (&["point"], &steps, "answers"),
        ];
        for (nouns, counts, what) in checks {
            let Some(count) = count(text, nouns).filter(|_| is_whole) else { continue };
            // A small number of items is that of a part: *the two items about sleep*.
            let is_part = what == "items" && count * 2 < asked;
            if counts.contains(&count) || is_part || file.short_form_of.is_some() {
                continue;
            }
            let message =
                format!("the {key} states {count} {what}, but the definition has another number");
            found.push((
                file.id.clone(),
                Pointer::top(key),
                message,
                "count again, and correct the text or the definition",
            ));
        }
    }
    for (at, scale) in file.scales.iter().enumerate().filter(|(_, scale)| !scale.items.is_empty()) {
        let stated = scale
            .description
            .as_deref()
            .and_then(|text| count(text, &["item", "items", "statements", "questions"]));
        let known = [scale.items.len(), reversed(scale), scale.items.len() - reversed(scale)];
        let Some(count) = stated.filter(|count| !known.contains(count) && !items.contains(count))
        else {
            continue;
        };
        let place = Pointer::entry("scales", at).key("description");
        let message = format!(
            "the description of `{}` states {count} items, but it has {}",
            scale.id,
            scale.items.len()
        );
        found.push((
            scale.id.clone(),
            place,
            message,
            "count again, and correct the text or the items",
        ));
    }
    found
}

/// Samples of another age than the respondents.
fn ages(file: &InstrumentFile) -> Vec<Contradiction> {
    let is_age = |item: &&scalewright_model::file::ItemFile| {
        item.background
            && (item.id == "age"
                || item.id.ends_with("_age")
                || item.stem.as_deref().is_some_and(|stem| plain(stem) == "age"))
    };
    let Some(age) =
        file.items.iter().find(is_age).and_then(|item| file.response_scales.get(&item.response))
    else {
        return Vec::new();
    };
    let (Some(low), Some(high)) = (age.min, age.max) else { return Vec::new() };
    // Ages in months have another unit.
    if age.unit.as_deref().is_some_and(|unit| !unit.to_lowercase().starts_with('y')) {
        return Vec::new();
    }
    let mut samples: Vec<(String, Pointer, &str)> = Vec::new();
    for (at, norm) in file.norms.iter().enumerate() {
        let place = Pointer::entry("norms", at);
        samples.push((norm.id.clone(), place.key("title"), &norm.title));
        samples.extend(
            norm.population
                .iter()
                .map(|text| (norm.id.clone(), place.key("population"), text.as_str())),
        );
    }
    for (at, scale) in file.scales.iter().enumerate() {
        let population =
            scale.reliability.as_ref().and_then(|reliability| reliability.population.as_deref());
        let place = Pointer::entry("scales", at).key("reliability").key("population");
        samples.extend(population.map(|text| (scale.id.clone(), place, text)));
    }
    let young =
        ["children", "child", "pupils", "adolescents", "infants", "toddlers", "schoolchildren"];
    let old = ["adults", "adult", "elderly", "seniors", "employees"];
    let mut found = Vec::new();
    for (id, place, text) in samples {
        let words = plain(text);
        let named = |list: &[&str]| words.split(' ').any(|word| list.contains(&word));
        let wrong = if low >= 18.0 {
            named(&young) && !named(&old) && !words.contains("parents")
        } else {
            high < 18.0 && named(&old) && !named(&young)
        };
        if wrong {
            let message = format!(
                "the sample `{text}` does not fit the ages of the respondents, {low} to {high}"
            );
            found.push((
                id,
                place,
                message,
                "compare the sample with its source, and the limits of the age with the manual",
            ));
        }
    }
    found
}
