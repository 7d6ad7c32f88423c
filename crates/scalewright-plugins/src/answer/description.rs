//! The description of a plug-in.

use std::collections::BTreeSet;

use scalewright_model::text::quote;
use scalewright_wire::{Description, Kind, OptionDescription, OptionKind, feature};

use super::texts::{Problems, is_name};

/// The most options, files, losses, lints, formats or values that a description may list.
const MOST: usize = 1_000;
/// The fewest and the most characters of a text by which a format is recognised.
const SHORTEST_TEXT: usize = 4;
const LONGEST_TEXT: usize = 1_000;
/// The most bytes of the explanation of a lint.
const LONGEST_EXPLANATION: usize = 100_000;

/// Returns what is wrong with a description, a sentence each. `kind` and `name` are those under which the plug-in is known.
#[must_use]
pub fn description(description: &Description, kind: Kind, name: &str) -> Vec<String> {
    let mut problems = Problems::default();
    identity(&mut problems, description, kind, name);
    belongs(&mut problems, description);
    names(&mut problems, "option", description.options.iter().map(|option| option.name.as_str()));
    names(&mut problems, "lint", description.lints.iter().map(|lint| lint.name.as_str()));
    description.options.iter().take(MOST).for_each(|one| option(&mut problems, one));
    files_and_losses(&mut problems, description);
    lints_and_formats(&mut problems, description);
    problems.done()
}

/// Checks who the plug-in is.
fn identity(problems: &mut Problems, description: &Description, kind: Kind, name: &str) {
    if description.kind != kind {
        let (found, asked) = (kind_name(description.kind), kind_name(kind));
        problems.0.push(format!("its `kind` is `{found}`, and it is used as `{asked}`"));
    }
    if description.name != name {
        let (found, asked) = (quote(&description.name), quote(name));
        problems.0.push(format!("its `name` is `{found}`, and it is known as `{asked}`"));
    } else if !is_name(name) {
        problems.0.push("its `name` is not lower-case words joined by hyphens".to_owned());
    }
    problems.required("`version`", &description.version);
    problems.required("`summary`", &description.summary);
    let mut features = BTreeSet::new();
    for feature in &description.features {
        if !feature::ALL.contains(&feature.as_str()) {
            let known = feature::ALL.join("`, `");
            problems.0.push(format!(
                "its feature `{}` is not known; known are `{known}`",
                quote(feature)
            ));
        } else if !features.insert(feature) {
            problems.0.push(format!("its feature `{feature}` is listed twice"));
        }
    }
    if kind != Kind::Export && features.iter().any(|name| *name == feature::EVALUATE) {
        problems.0.push("only an exporter offers the feature `evaluate`".to_owned());
    }
}

/// Checks that keys of one kind of plug-in are not in another.
fn belongs(problems: &mut Problems, description: &Description) {
    let export = Kind::Export;
    for (key, kind, is_present) in [
        ("files", export, !description.files.is_empty()),
        ("names", export, description.names.is_some()),
        ("limits", export, !description.limits.is_empty()),
        ("losses", export, !description.losses.is_empty()),
        ("lints", Kind::Lint, !description.lints.is_empty()),
        ("formats", Kind::Import, !description.formats.is_empty()),
    ] {
        if is_present && description.kind != kind {
            let kind = kind_name(kind);
            problems.0.push(format!("it has `{key}`, which only a plug-in of kind `{kind}` has"));
        }
    }
    if description.kind == Kind::Lint && description.lints.is_empty() {
        problems.0.push("it has no `lints`".to_owned());
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Export => "export",
        Kind::Lint => "lint",
        Kind::Import => "import",
    }
}

/// Checks that names are well-formed and different.
fn names<'a>(problems: &mut Problems, what: &str, names: impl ExactSizeIterator<Item = &'a str>) {
    problems.count(&format!("{what}s"), names.len(), MOST);
    let mut earlier = BTreeSet::new();
    for name in names.take(MOST) {
        if !is_name(name) {
            problems.0.push(format!(
                "the {what} `{}` is not lower-case words joined by hyphens",
                quote(name)
            ));
        } else if !earlier.insert(name) {
            problems.0.push(format!("the {what} `{name}` is described twice"));
        }
    }
}

fn option(problems: &mut Problems, option: &OptionDescription) {
    let which = format!("option `{}`", quote(&option.name));
    problems.required(&format!("the summary of {which}"), &option.summary);
    problems.count(&format!("values in {which}"), option.values.len(), MOST);
    let mut values = BTreeSet::new();
    for value in option.values.iter().take(MOST) {
        problems.required(&format!("the meaning of a value of {which}"), &value.meaning);
        problems.required(&format!("a value of {which}"), &value.value);
        if value.value.contains(['+', '=', ',']) {
            problems.0.push(format!("a value of {which} contains `+`, `=` or a comma"));
        }
        if !values.insert(value.value.as_str()) {
            problems.0.push(format!("{which} has the value `{}` twice", quote(&value.value)));
        }
    }
    let is_switch = option.kind == OptionKind::Switch;
    if is_switch != values.is_empty() {
        problems.0.push(match is_switch {
            true => format!("{which} is a switch and has `values`"),
            false => format!("{which} has no `values`"),
        });
        return;
    }
    let default = option.default.as_str();
    let is_valid = match option.kind {
        OptionKind::Switch => matches!(default, "yes" | "no"),
        OptionKind::Choice => values.contains(default),
        OptionKind::List => {
            let mut chosen = BTreeSet::new();
            default.is_empty()
                || default.split('+').all(|one| values.contains(one) && chosen.insert(one))
        }
    };
    if !is_valid {
        let rule = match option.kind {
            OptionKind::Switch => "`yes` or `no`",
            OptionKind::Choice => "one of its values",
            OptionKind::List => "different values joined by `+`",
        };
        problems
            .0
            .push(format!("the default of {which} is `{}`, and must be {rule}", quote(default)));
    }
}

fn files_and_losses(problems: &mut Problems, description: &Description) {
    problems.count("files", description.files.len(), MOST);
    for file in description.files.iter().take(MOST) {
        problems.required("the name of a file", &file.name);
        problems.required("`what` of a file", &file.what);
    }
    problems.count("limits", description.limits.len(), MOST);
    description.limits.iter().take(MOST).for_each(|limit| problems.required("a limit", limit));
    problems.count("losses", description.losses.len(), MOST);
    for loss in description.losses.iter().take(MOST) {
        problems.count("keys in a loss", loss.keys.len(), MOST);
        loss.keys.iter().take(MOST).for_each(|key| problems.required("a key of a loss", key));
        problems.required("`what` of a loss", &loss.what);
        problems.required("`because` of a loss", &loss.because);
        problems.text("`when` of a loss", &loss.when);
        problems.text("`help` of a loss", &loss.help);
    }
    let Some(rules) = &description.names else { return };
    if rules.longest == Some(0) {
        problems.0.push("`names.longest` is 0, so that no name is possible".to_owned());
    }
    problems.count("reserved names", rules.reserved.len(), MOST);
    rules.reserved.iter().take(MOST).for_each(|name| problems.required("a reserved name", name));
}

fn lints_and_formats(problems: &mut Problems, description: &Description) {
    for lint in description.lints.iter().take(MOST) {
        problems.required("the summary of a lint", &lint.summary);
        // The explanation has several lines.
        lint.explain
            .lines()
            .for_each(|line| problems.text("a line of the explanation of a lint", line));
        if lint.explain.len() > LONGEST_EXPLANATION {
            problems.0.push("the explanation of a lint is longer than 100 kB".to_owned());
        }
    }
    problems.count("formats", description.formats.len(), MOST);
    for format in description.formats.iter().take(MOST) {
        problems.required("`what` of a format", &format.what);
        problems.count("endings in a format", format.endings.len(), MOST);
        format
            .endings
            .iter()
            .take(MOST)
            .for_each(|ending| problems.required("an ending of a format", ending));
        recognition(problems, &format.contains);
    }
}

/// Checks the texts by which a format is recognised. Short ones would be in any file.
fn recognition(problems: &mut Problems, contains: &[String]) {
    problems.count("texts in `contains` of a format", contains.len(), MOST);
    let lengths = contains.iter().take(MOST).map(|text| text.trim().chars().count());
    for length in lengths.filter(|length| !(SHORTEST_TEXT..=LONGEST_TEXT).contains(length)) {
        problems.0.push(format!(
            "a text in `contains` of a format has {length} characters: {SHORTEST_TEXT} to {LONGEST_TEXT} are allowed"
        ));
    }
}
