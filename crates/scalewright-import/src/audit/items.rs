//! The items, options and words of a form beside those of the definition.

use scalewright_model::{ItemIx, OptionValue, ResponseKind as OurKind, Severity};

use super::matched::{Matched, words};
use super::types::Discrepancy;
use crate::form::{Choice, ResponseKind};

/// What differs.
pub(super) fn findings(matched: &Matched<'_>) -> Vec<Discrepancy> {
    let mut findings = Vec::new();
    let mut seen: Vec<(usize, usize)> = Vec::new();
    for (index, position) in matched.items.iter().enumerate() {
        let id = &matched.instrument().items[index].id;
        let Some(position) = *position else {
            let place =
                matched.form.items.first().map(|item| item.place.clone()).unwrap_or_default();
            let place = crate::place::Place::new(&place.file, "");
            let message = format!("the form has no item `{id}`");
            let finding = Discrepancy::new("missing-item", Severity::Error, &place, message);
            findings.push(
                finding
                    .help("if the item has another name there, add it to the table of `--names`"),
            );
            continue;
        };
        findings.extend(stem(matched, index, position));
        findings.extend(kind(matched, index, position));
        // Items on one response scale share its findings.
        let response =
            (matched.instrument().items[index].response.0, matched.form.items[position].response);
        if !seen.contains(&response) {
            seen.push(response);
            findings.extend(options(matched, index, position));
        }
    }
    findings
}

/// Another stem in a language that both have.
fn stem(matched: &Matched<'_>, index: usize, position: usize) -> Vec<Discrepancy> {
    let item = &matched.form.items[position];
    let differs = matched.languages.iter().filter_map(|(language, wording)| {
        let theirs = words(item.stem.of(language)?);
        let ours = words(&wording.stems[index]);
        let is_same = theirs.is_empty()
            || ours.is_empty()
            || theirs.contains(&ours)
            || ours.contains(&theirs);
        (!is_same).then(|| {
            let id = &matched.instrument().items[index].id;
            let message = format!(
                "the words of `{id}` in `{}` are not those of the definition",
                wording.language
            );
            Discrepancy::new("words-differ", Severity::Warning, &item.place, message)
        })
    });
    differs.collect()
}

/// Another kind of answer.
fn kind(matched: &Matched<'_>, index: usize, position: usize) -> Option<Discrepancy> {
    let item = &matched.form.items[position];
    let ours = &matched.instrument().response(ItemIx(index)).kind;
    let theirs = &matched.form.responses[item.response].kind;
    let fits = matches!(
        (ours, theirs),
        (
            OurKind::Coded { .. } | OurKind::YesNo,
            ResponseKind::Coded(_) | ResponseKind::YesNo { .. } | ResponseKind::Numeric { .. },
        ) | (OurKind::SeveralChoice { .. }, ResponseKind::Several(_) | ResponseKind::YesNo { .. })
            | (
                OurKind::Numeric { .. } | OurKind::VisualAnalogue { .. },
                ResponseKind::Numeric { .. }
                    | ResponseKind::VisualAnalogue { .. }
                    | ResponseKind::Text(_),
            )
            | (
                OurKind::Text { .. } | OurKind::Date | OurKind::Time,
                ResponseKind::Text(_) | ResponseKind::Date | ResponseKind::Time,
            )
    );
    let message = || {
        format!(
            "`{}` takes another kind of answer than in the definition",
            matched.instrument().items[index].id
        )
    };
    (!fits)
        .then(|| Discrepancy::new("answer-differs", Severity::Error, &item.place, message()))
        .or_else(|| bounds(matched, index, position))
}

/// Other bounds of a number.
fn bounds(matched: &Matched<'_>, index: usize, position: usize) -> Option<Discrepancy> {
    let item = &matched.form.items[position];
    let ours = &matched.instrument().response(ItemIx(index)).kind;
    let theirs = match &matched.form.responses[item.response].kind {
        ResponseKind::Numeric { min, max, .. } => (*min, *max),
        ResponseKind::VisualAnalogue { min, max, .. } => (Some(*min), Some(*max)),
        _ => return None,
    };
    let ours = match ours {
        OurKind::Numeric { min, max, .. } => (*min, *max),
        OurKind::VisualAnalogue { min, max, .. } => (Some(*min), Some(*max)),
        _ => return None,
    };
    let differs = |ours: Option<f64>, theirs: Option<f64>| matches!((ours, theirs), (Some(ours), Some(theirs)) if (ours - theirs).abs() > 1e-9);
    if !differs(ours.0, theirs.0) && !differs(ours.1, theirs.1) {
        return None;
    }
    let shown =
        |bound: Option<f64>| bound.map_or_else(|| "none".to_owned(), |bound| bound.to_string());
    let message = format!(
        "`{}` takes numbers from {} to {}, and in the definition from {} to {}",
        matched.instrument().items[index].id,
        shown(theirs.0),
        shown(theirs.1),
        shown(ours.0),
        shown(ours.1)
    );
    Some(Discrepancy::new("range-differs", Severity::Warning, &item.place, message))
}

/// Options that are missing, or that have other values or words.
fn options(matched: &Matched<'_>, index: usize, position: usize) -> Vec<Discrepancy> {
    let (OurKind::Coded { options }, Some(choices)) =
        (&matched.instrument().response(ItemIx(index)).kind, matched.choices(position))
    else {
        return Vec::new();
    };
    let response = matched.instrument().items[index].response.0;
    let item = &matched.form.items[position];
    let id = &matched.instrument().items[index].id;
    let mut moved = Vec::new();
    let mut missing = Vec::new();
    for (at, option) in options.iter().enumerate() {
        let by_label = matched.by_label(response, at, choices);
        let by_value =
            choices.iter().find(|choice| is_stored(choice, option.value, option.code.as_deref()));
        match (by_label, by_value) {
            (Some(label), _) if !is_stored(label, option.value, option.code.as_deref()) => {
                moved.push(format!(
                    "`{}` is {} instead of {}",
                    shown(matched, label),
                    stored_value(label),
                    option.value
                ));
            }
            (None, None) => missing.push(option.value.to_string()),
            _ => {}
        }
    }
    let mut findings = Vec::new();
    if !moved.is_empty() {
        let message = format!(
            "options of `{id}` have other values than in the definition: {}",
            moved.join(", ")
        );
        let finding = Discrepancy::new("value-differs", Severity::Error, &item.place, message);
        findings.push(finding.help(
            "correct the values of the form, or score its data with a table of the right values",
        ));
    }
    if !missing.is_empty() {
        let message = format!("`{id}` has no option with the value {}", missing.join(", "));
        findings.push(Discrepancy::new("missing-option", Severity::Error, &item.place, message));
    }
    let extra: Vec<String> = choices
        .iter()
        .filter(|choice| {
            let has_value = options
                .iter()
                .any(|option| is_stored(choice, option.value, option.code.as_deref()));
            let has_label = (0..options.len()).any(|at| {
                matched
                    .by_label(response, at, choices)
                    .is_some_and(|label| std::ptr::eq(label, *choice))
            });
            !has_value && !has_label && !choice.non_response
        })
        .map(stored_value)
        .collect();
    if !extra.is_empty() {
        let message =
            format!("`{id}` has options that the definition does not have: {}", extra.join(", "));
        findings.push(Discrepancy::new("other-option", Severity::Warning, &item.place, message));
    }
    // Where all values are moved, the labels of every language stand at other values.
    if moved.is_empty() {
        findings.extend(turned(matched, index, position));
    }
    findings
}

/// The label of an option, in the language of the definition if the form has it.
fn shown<'c>(matched: &Matched<'_>, choice: &'c Choice) -> &'c str {
    let own = matched.languages.iter().find_map(|(language, _)| choice.label.of(language));
    own.or_else(|| choice.label.iter().next().map(|(_, text)| text)).unwrap_or_default()
}

/// The value of an option as the form stores it.
fn stored_value(choice: &Choice) -> String {
    if choice.stored.is_empty() { choice.value.to_string() } else { choice.stored.clone() }
}

/// Whether the form stores this value, or its code.
fn is_stored(choice: &Choice, value: OptionValue, code: Option<&str>) -> bool {
    choice.value == value
        || choice.stored == value.to_string()
        || code.is_some_and(|code| code == choice.stored)
}

/// Labels that stand at other values in one of the languages: a translation turned round.
fn turned(matched: &Matched<'_>, index: usize, position: usize) -> Vec<Discrepancy> {
    let (OurKind::Coded { options }, Some(choices)) =
        (&matched.instrument().response(ItemIx(index)).kind, matched.choices(position))
    else {
        return Vec::new();
    };
    let response = matched.instrument().items[index].response.0;
    let item = &matched.form.items[position];
    let mut findings = Vec::new();
    for (language, wording) in matched.languages.iter().skip(1) {
        let labels: Vec<String> =
            wording.responses[response].labels.iter().map(|label| words(label)).collect();
        let wrong = options.iter().zip(&labels).filter(|(option, label)| {
            let at = choices
                .iter()
                .find(|choice| is_stored(choice, option.value, option.code.as_deref()));
            let theirs = at.and_then(|choice| choice.label.of(language)).map(words);
            theirs.is_some_and(|theirs| theirs != **label && labels.contains(&theirs))
        });
        let values: Vec<String> = wrong.map(|(option, _)| option.value.to_string()).collect();
        if !values.is_empty() {
            let id = &matched.instrument().items[index].id;
            let message = format!(
                "the labels of `{id}` in `{}` stand at other values than in the definition: {}",
                wording.language,
                values.join(", ")
            );
            findings.push(Discrepancy::new("labels-turned", Severity::Error, &item.place, message));
        }
    }
    findings
}
