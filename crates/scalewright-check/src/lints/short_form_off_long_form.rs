//! Items of a short form that differ from its long form.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::file::{InstrumentFile, ItemFile, ResponseScaleFile};
use scalewright_model::{ItemIx, Pointer, Severity};

use crate::period;
use crate::words::{plain, primary};

use super::{Context, Group, Hit, Lint};

/// An item of a short form that the long form does not have, or has with other words, other answers or another key.
pub(super) static LINT: Lint = Lint {
    name: "short-form-off-long-form",
    summary: "an item of a short form that the long form does not have, or has with other words, answers or keying",
    explain: include_str!("short_form_off_long_form.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let Some(id) = &context.file.short_form_of else { return };
    if *id == context.file.id {
        let message = format!("`{id}` is a short form of itself");
        hits.push(lint.hit(id, message, |d| {
            d.at(Pointer::top("short-form-of"), "").help("name the long form, or remove the key")
        }));
        return;
    }
    let Some(long) = context.long_form.filter(|long| long.id == *id) else {
        let place = Pointer::top("short-form-of");
        let message = format!("there is no definition of `{id}` beside this one");
        hits.push(lint.hit(id, message, |d| {
            d.at(place, "").help("correct the id, or add that definition: a short form is compared with its long form")
        }));
        return;
    };
    administration(lint, context, long, hits);
    let mut origins: BTreeMap<&str, &str> = BTreeMap::new();
    let there: BTreeSet<&str> = long.items.iter().map(|item| item.id.as_str()).collect();
    let keyed = [keys(long), keys(context.file)];
    // Background items, such as age, are not taken from the long form.
    for (index, item) in context.file.items.iter().enumerate().filter(|(_, item)| !item.background)
    {
        let origin = item.taken_from.as_deref().unwrap_or(&item.id);
        let place = Pointer::item(ItemIx(index));
        let place = place.key(if item.taken_from.is_some() { "taken-from" } else { "id" });
        if !there.contains(origin) {
            let message = format!(
                "`{}` is a short form of `{id}`, which has no item `{origin}`",
                context.file.id
            );
            hits.push(lint.hit(&item.id, message, |d| {
                d.at(place, "").help("name the item of the long form: `taken-from = \"…\"`")
            }));
            continue;
        }
        if let Some(twin) = origins.insert(origin, &item.id) {
            let message = format!("`{twin}` and `{}` are both `{origin}` of `{id}`", item.id);
            hits.push(lint.hit(&item.id, message, |d| {
                d.at(place.clone(), "").help("name the item that was meant: `taken-from = \"…\"`")
            }));
        }
        let other = long.items.iter().find(|other| other.id == origin);
        if let Some((message, help)) =
            other.and_then(|other| difference((context.file, item), (long, other)))
        {
            hits.push(lint.hit(&item.id, message, |d| d.at(place.clone(), "").help(help)));
        }
        let (before, now) = (keyed[0].get(origin), keyed[1].get(item.id.as_str()));
        // An item that a form keys in both directions, on two scales, cannot be compared.
        let ways = before.zip(now).filter(|(before, now)| before.len() == 1 && now.len() == 1);
        if ways.is_some_and(|(before, now)| before != now) {
            let message =
                format!("`{}` is keyed in the opposite direction to `{origin}` of `{id}`", item.id);
            hits.push(lint.hit(&item.id, message, |d| {
                d.at(place, "").help("compare the keys of both forms with their sources: a minus sign is missing in one, or superfluous in the other")
            }));
        }
    }
}

/// The directions in which each item is keyed: `true` is reversed.
fn keys(file: &InstrumentFile) -> BTreeMap<&str, BTreeSet<bool>> {
    let mut keys: BTreeMap<&str, BTreeSet<bool>> = BTreeMap::new();
    for entry in file.scales.iter().flat_map(|scale| &scale.items) {
        let bare = entry.strip_prefix('-');
        keys.entry(bare.unwrap_or(entry)).or_default().insert(bare.is_some());
    }
    keys
}

/// What differs between an item of a short form and its item of the long form: what is wrong, and what to do.
fn difference(
    (short, item): (&InstrumentFile, &ItemFile),
    (long, other): (&InstrumentFile, &ItemFile),
) -> Option<(String, String)> {
    let (id, origin) = (&item.id, &other.id);
    // Words in two languages cannot be compared.
    if primary(&short.language) == primary(&long.language) {
        let stems =
            item.stem.as_deref().zip(other.stem.as_deref()).map(|(a, b)| (plain(a), plain(b)));
        if let Some((own, _)) = stems.filter(|(a, b)| a != b) {
            let twin =
                long.items.iter().find(|one| one.stem.as_deref().map(plain).as_ref() == Some(&own));
            let help = match twin {
                Some(twin) => format!("the long form has this stem as `{}`: write `taken-from = \"{}\"`", twin.id, twin.id),
                None => "compare both stems with their sources: an item of a short form has the words of the long form".to_owned(),
            };
            return Some((
                format!("`{id}` has another stem than `{origin}` of `{}`", long.id),
                help,
            ));
        }
    }
    let [own, before] =
        [short.response_scales.get(&item.response), long.response_scales.get(&other.response)];
    let what = answers(own?, before?, primary(&short.language) == primary(&long.language))?;
    let help =
        "compare both response scales with their sources: scores of the two forms are compared";
    Some((format!("`{id}` has other {what} than `{origin}` of `{}`", long.id), help.to_owned()))
}

/// What differs between two response scales.
fn answers(
    own: &ResponseScaleFile,
    other: &ResponseScaleFile,
    comparable: bool,
) -> Option<&'static str> {
    let values = |scale: &ResponseScaleFile| -> Vec<f64> {
        let mut values: Vec<f64> = scale.options.iter().map(|option| option.value).collect();
        values.extend(scale.min.iter().chain(&scale.max));
        values.sort_by(f64::total_cmp);
        values
    };
    if own.kind != other.kind || values(own) != values(other) {
        return Some("answers");
    }
    let label = |scale: &ResponseScaleFile, value: f64| {
        let option = scale.options.iter().find(|option| option.value.total_cmp(&value).is_eq())?;
        option.label.as_deref().map(plain)
    };
    let differs =
        |value: &f64| label(own, *value).zip(label(other, *value)).is_some_and(|(a, b)| a != b);
    (comparable && values(own).iter().any(differs)).then_some("labels")
}

/// Compares the recall periods and the respondents.
fn administration(lint: &Lint, context: &Context<'_>, long: &InstrumentFile, hits: &mut Vec<Hit>) {
    let (own, other) = (&context.file.administration, &long.administration);
    let place = Pointer::top("administration");
    let help = "compare both with their sources: scores about different periods, or by different people, are not comparable";
    let periods = own.recall_period.as_deref().zip(other.recall_period.as_deref());
    let differ = periods.filter(|(a, b)| {
        let (one, two) = (period::of(a, &context.file.language), period::of(b, &long.language));
        match one.zip(two) {
            Some((one, two)) => !one.fits(two),
            // Two phrases without a number, such as *today*, are compared as they are.
            None => {
                primary(&context.file.language) == primary(&long.language) && plain(a) != plain(b)
            }
        }
    });
    if let Some((a, b)) = differ {
        let message = format!("the recall period is `{a}`, that of the long form `{b}`");
        hits.push(lint.hit(&long.id, message, |d| d.at(place.key("recall-period"), "").help(help)));
    }
    if own.respondent != other.respondent {
        let message = format!("another person answers than in the long form `{}`", long.id);
        hits.push(lint.hit(&long.id, message, |d| d.at(place.key("respondent"), "").help(help)));
    }
}
