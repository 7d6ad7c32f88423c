//! Turns what a plug-in answers about a definition into diagnostics.

use scalewright_check::{Checked, Document, place_in};
use scalewright_export::ExportRequest;
use scalewright_model::{Diagnostic, ItemIx, Pointer, Severity, Stop};
use scalewright_wire::{self as wire, Description};

/// Returns an error for each id that the plug-in's own rules of names exclude.
pub(super) fn names(description: &Description, request: &ExportRequest<'_>) -> Vec<Diagnostic> {
    let Some(rules) = &description.names else { return Vec::new() };
    let instrument = request.instrument;
    let items = instrument.items.iter().enumerate();
    let items = items.map(|(index, item)| (item.id.as_str(), Pointer::item(ItemIx(index))));
    let scores = instrument.scales.iter().filter(|scale| scale.is_scored());
    let scores = scores.map(|scale| (scale.id.as_str(), scale.pointer()));
    let wrong = items.chain(scores).filter_map(|(id, place)| {
        let message = excluded(&description.name, rules, id)?;
        Some(
            Diagnostic::error(format!("{}/name", description.name), message)
                .at(place.key("id"), "")
                .help("choose another id, or another target"),
        )
    });
    wrong.collect()
}

fn excluded(name: &str, rules: &wire::NameRules, id: &str) -> Option<String> {
    let wire::NameRules { longest, reserved } = rules;
    let length = id.chars().count();
    if let Some(longest) = longest.filter(|longest| length > *longest) {
        return Some(format!("`{id}` has {length} characters: `{name}` allows {longest}"));
    }
    let is_reserved = reserved.iter().any(|word| word.eq_ignore_ascii_case(id));
    is_reserved.then(|| format!("`{id}` is a reserved name of `{name}`"))
}

/// Returns the diagnostics of an exporter, as `NAME/CODE`.
pub(super) fn findings(
    name: &str,
    found: Vec<wire::Finding>,
    checked: &Checked,
) -> Result<Vec<Diagnostic>, Stop> {
    let document = &checked.documents[0];
    found.into_iter().map(|finding| diagnostic(name, finding, document)).collect()
}

fn diagnostic(name: &str, finding: wire::Finding, document: &Document) -> Result<Diagnostic, Stop> {
    let wire::Finding {
        code,
        severity,
        message,
        at,
        at_key,
        file,
        label,
        about: _,
        related,
        help,
        fix: _,
    } = finding;
    if let Some(file) = file.filter(|file| *file != file_name(document)) {
        let message = format!("the plug-in `{name}` reports a place in `{file}`");
        return Err(Stop::usage(message).help("an exporter reports places in the definition"));
    }
    let severity = match severity {
        Some(wire::Severity::Hint) => Severity::Hint,
        Some(wire::Severity::Warning) | None => Severity::Warning,
        Some(wire::Severity::Error) => Severity::Error,
    };
    let found = Diagnostic::new(format!("{name}/{code}"), severity, message);
    let place = place(name, &at, document)?;
    let found = match at_key {
        true => found.at_key(place, label),
        false => found.at(place, label),
    };
    let found = related.into_iter().try_fold(found, |found, wire::Mark { at, label }| {
        Ok(found.at(self::place(name, &at, document)?, label))
    })?;
    Ok(help.into_iter().fold(found, Diagnostic::help))
}

/// Returns the losses of an exporter, which are reported like ours.
pub(super) fn losses(
    name: &str,
    losses: Vec<wire::Loss>,
    checked: &Checked,
) -> Result<Vec<Diagnostic>, Stop> {
    let document = &checked.documents[0];
    let loss = |wire::Loss { at, what, because, help }| {
        let message = format!("{what} is not exported: {because}");
        let place = place(name, &at, document)?;
        let found = Diagnostic::warning("lossy-export", message).at_key(place, "");
        Ok(if help.is_empty() { found } else { found.help(help) })
    };
    losses.into_iter().map(loss).collect()
}

/// Returns the name of a file without its folder, as in the `sources` of a request.
pub(crate) fn file_name(document: &Document) -> &str {
    document.name.rsplit(['/', '\\']).next().unwrap_or_default()
}

/// Returns a place of the definition; a pointer that leads nowhere is a mistake of the plug-in.
fn place(name: &str, at: &str, document: &Document) -> Result<Pointer, Stop> {
    place_in(document, at).ok_or_else(|| {
        Stop::usage(format!("the plug-in `{name}` reports a place that does not exist: `{at}`"))
            .help("`at` is a JSON pointer into the definition, such as `/items/0/id`")
    })
}
