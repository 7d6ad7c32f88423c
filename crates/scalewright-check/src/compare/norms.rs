//! Compares norms, and the tables and models that scores are looked up in.

use std::collections::BTreeMap;

use scalewright_model::file::{ModelFile, NormFile, NormGroupFile, TableFile};
use scalewright_model::{Origin, Pointer, ScaleIx};

use super::scales::Alike;
use super::{Both, Change, Kind, Touches, shown, word};

pub(super) fn compare(both: &Both<'_>, alike: &[Alike], changes: &mut Vec<Change>) {
    let before = changes.len();
    let (old, new) = (&both.old.file.norms, &both.new.file.norms);
    let was: BTreeMap<&str, &NormFile> = old.iter().map(|norm| (norm.id.as_str(), norm)).collect();
    for (index, norm) in new.iter().enumerate() {
        if let Some(was) = was.get(norm.id.as_str()) {
            one(both, was, (index, norm), alike, changes);
        }
    }
    let numbers = changes[before..].iter().any(|change| change.kind == Kind::Norm);
    tables(both, changes);
    models(both, changes);
    let explained = numbers || changes[before..].iter().any(|change| change.kind == Kind::Norm);
    // A change that is reported may explain several derived scores.
    if !explained {
        unexplained(both, alike, changes);
    }
}

/// Returns the derived scores of the norm at `norm` whose computation has changed.
fn derived(both: &Both<'_>, alike: &[Alike], norm: usize) -> Vec<ScaleIx> {
    let scales = both.new.instrument.scales.iter().enumerate();
    let of = scales.filter(|(index, scale)| {
        matches!(scale.origin, Origin::Norm(at, _) if at == norm)
            && both.pairs.scales_back[*index].is_some()
            && !alike[*index].own
    });
    of.map(|(index, _)| ScaleIx(index)).collect()
}

fn one(
    both: &Both<'_>,
    old: &NormFile,
    (index, new): (usize, &NormFile),
    alike: &[Alike],
    changes: &mut Vec<Change>,
) {
    let NormFile { id, title, scale, population, derive: _, groups, round, source: _ } = old;
    let place = Pointer::norm(index);
    let text = |what: &str, key: &str, old: Option<&String>, new: Option<&String>| {
        (old != new).then(|| {
            let change = Change::new(Kind::NormText, format!("the {what} of the norm `{id}`"));
            change.turns(old.cloned(), new.cloned()).at(place.key(key))
        })
    };
    changes.extend(text("title", "title", Some(title), Some(&new.title)));
    let (was, is) = (population.as_ref(), new.population.as_ref());
    changes.extend(text("population", "population", was, is));
    // `scales` reports derived scores that are added or removed. Whether the numbers of the others have changed was
    // decided on the compiled programs.
    let touched = derived(both, alike, index);
    let Some(first) = touched.first() else { return };
    let touch = || Touches::Scale(*first);
    let mut note = |change: Change| changes.push(change.touching(touch()));
    if *scale != new.scale {
        let change = Change::new(Kind::Norm, format!("the scale of the norm `{id}`"));
        note(change.was(scale).is(&new.scale).at(place.key("scale")));
    }
    let decimals = |round: &Option<u32>| round.map(|round| format!("{round} decimals"));
    if *round != new.round {
        let change = Change::new(Kind::Norm, format!("the rounding of the norm `{id}`"));
        note(change.turns(decimals(round), decimals(&new.round)).at(place.key("round")));
    }
    // Groups have no ids, and their order counts: a respondent is in the first group that applies.
    for position in 0..groups.len().max(new.groups.len()) {
        let (was, is) = (groups.get(position).map(group), new.groups.get(position).map(group));
        if was != is {
            let what = format!("group {} of the norm `{id}`", position + 1);
            let change = Change::new(Kind::Norm, what).turns(was, is);
            note(change.at_key(place.key("groups").index(position)));
        }
    }
}

fn group(group: &NormGroupFile) -> String {
    let NormGroupFile { when, mean, sd, table } = group;
    let mut parts = Vec::new();
    parts.extend(mean.map(|mean| format!("mean {}", shown(mean))));
    parts.extend(sd.map(|sd| format!("sd {}", shown(sd))));
    parts.extend(table.as_ref().map(|table| format!("table `{table}`")));
    parts.extend(when.as_ref().map(|when| format!("when {when}")));
    parts.join(", ")
}

/// Compares tables of the same name. A table that was only renamed is no change: formulas refer to its content.
fn tables(both: &Both<'_>, changes: &mut Vec<Change>) {
    for (name, new) in &both.new.file.tables {
        let Some(old) = both.old.file.tables.get(name) else { continue };
        let TableFile { rows, matching, outside, source } = old;
        let place = Pointer::table(name);
        if *source != new.source {
            let change = Change::new(Kind::Source, format!("the source of the table `{name}`"));
            let (was, is) = (source.join(", "), new.source.join(", "));
            changes.push(change.was(was).is(is).at(place.key("source")));
        }
        if matching != &new.matching {
            let text = |matching: &[scalewright_model::file::Matching]| {
                matching.iter().map(word).collect::<Vec<String>>().join(", ")
            };
            let what = format!("how numbers are looked up in the table `{name}`");
            let change = Change::new(Kind::Norm, what);
            let change = change.was(text(matching)).is(text(&new.matching));
            changes.push(change.at(place.key("matching")));
        }
        if *outside != new.outside {
            let what = format!("the result for numbers outside the table `{name}`");
            let change = Change::new(Kind::Norm, what).was(word(outside)).is(word(new.outside));
            changes.push(change.at(place.key("outside")));
        }
        if *rows != new.rows {
            changes.push(table_rows(name, rows, &new.rows, &place.key("rows")));
        }
    }
}

fn table_rows(name: &str, old: &[Vec<f64>], new: &[Vec<f64>], place: &Pointer) -> Change {
    let most = old.len().max(new.len());
    let differ = |row: &usize| old.get(*row) != new.get(*row);
    let count = (0..most).filter(differ).count();
    let first = (0..most).find(differ).unwrap_or(0);
    let text = |rows: &[Vec<f64>]| {
        let row = rows.get(first)?;
        let numbers: Vec<String> = row.iter().map(|number| shown(*number)).collect();
        Some(format!("[{}]", numbers.join(", ")))
    };
    let what = match count {
        1 => format!("row {} of the table `{name}`", first + 1),
        more => format!("{more} rows of the table `{name}`; the first is row {}", first + 1),
    };
    let change = Change::new(Kind::Norm, what).turns(text(old), text(new));
    // If the last rows are removed, the first changed row does not exist in the new version.
    change.at(place.index(first.min(new.len().saturating_sub(1))))
}

fn models(both: &Both<'_>, changes: &mut Vec<Change>) {
    for (name, new) in &both.new.file.models {
        let Some(old) = both.old.file.models.get(name) else { continue };
        let ModelFile { kind, scaling, items, grid, prior_mean, prior_sd, source } = old;
        let place = Pointer::model(name);
        let text = |model: &ModelFile| {
            format!("{:?}", (&model.kind, model.scaling, &model.items, model.grid))
        };
        let mut note = |kind: Kind, what: &str, key: &str| {
            let change = Change::new(kind, format!("the {what} of the model `{name}`"));
            changes.push(change.at(place.key(key)));
        };
        if source != &new.source {
            note(Kind::Source, "source", "source");
        }
        let other = text(old) != text(new);
        let kind = (*kind != new.kind, "kind", "type");
        let scaling = ((*scaling - new.scaling).abs() > 0.0, "scaling constant", "scaling");
        let items = (format!("{items:?}") != format!("{:?}", new.items), "parameters", "items");
        let grid = (*grid != new.grid, "grid", "grid");
        for (_, what, key) in
            [kind, scaling, items, grid].into_iter().filter(|(is, ..)| *is && other)
        {
            note(Kind::Norm, what, key);
        }
        let prior = *prior_mean != new.prior_mean || *prior_sd != new.prior_sd;
        if prior {
            note(Kind::Norm, "prior", "prior-mean");
        }
    }
}

/// Reports derived scores whose computation changed for none of the reasons above.
fn unexplained(both: &Both<'_>, alike: &[Alike], changes: &mut Vec<Change>) {
    for (index, scale) in both.new.instrument.scales.iter().enumerate() {
        let derived = matches!(scale.origin, Origin::Norm(..));
        let Some(old) = both.pairs.scales_back[index] else { continue };
        let scored = both.new.program.position(ScaleIx(index)).is_some()
            && both.old.program.position(old).is_some();
        if derived && scored && !alike[index].own {
            let change = Change::new(Kind::Norm, format!("how `{}` is derived", scale.id));
            changes.push(change.at_key(scale.pointer()).touching(Touches::Scale(ScaleIx(index))));
        }
    }
}
