//! Field names in a project with several forms. All fields of a project share one namespace.
//!
//! If several fields have the same name, or REDCap reserves it, each of these fields gets the name of its form as a
//! prefix; the result is shortened if necessary. The names do not depend on the order of the forms, except for the rare
//! names that must be distinguished by a number.

use std::collections::{BTreeMap, BTreeSet};

use super::field_names::{RESERVED, field_name};

use super::form::Form;
use super::names::{Names, ids, of_redcap};

/// A field and its possible names.
struct Candidate {
    /// The index of its form.
    form: usize,
    /// Its name in a project without other forms.
    alone: String,
    /// Its name with the prefix, before shortening.
    full: String,
    /// The score that it expresses in words, by that score's name in a project without other forms. Empty if none.
    about: String,
    /// Its current name.
    name: String,
    /// Whether it has the prefix.
    prefixed: bool,
}

/// Returns the names of all fields. `forms` have the names for a project without other forms.
pub(super) fn names(forms: &[Form<'_>]) -> Vec<Names> {
    let reserved = reserved(forms);
    let mut all = candidates(forms);
    // This ends, because each field is prefixed at most once.
    while prefix_collisions(&mut all, &reserved) {}
    number_duplicates(&mut all, reserved);
    let mut names: Vec<Names> = forms.iter().map(|form| form.names.clone()).collect();
    for field in all.into_iter().filter(|field| field.name != field.alone) {
        names[field.form].changed.insert(field.alone, field.name);
    }
    names
}

/// Returns the names that no field may have.
fn reserved(forms: &[Form<'_>]) -> BTreeSet<String> {
    let own = forms.iter().flat_map(|form| of_redcap(&form.names.form));
    RESERVED.iter().map(|name| (*name).to_owned()).chain(own).collect()
}

fn candidates(forms: &[Form<'_>]) -> Vec<Candidate> {
    let mut all = Vec::new();
    for (index, form) in forms.iter().enumerate() {
        let ids = ids(form.request.instrument);
        let ids: BTreeMap<String, &str> = ids.iter().map(|(_, id)| (field_name(id), *id)).collect();
        for field in &form.fields {
            let id = ids.get(&field.name).copied().unwrap_or(&field.name);
            all.push(Candidate {
                form: index,
                alone: field.name.clone(),
                // From the whole id, so that two long ids are still distinguished after shortening.
                full: format!("{}_{id}", form.names.form),
                about: field.about.clone(),
                name: field.name.clone(),
                prefixed: false,
            });
        }
    }
    all
}

/// Prefixes all fields whose names collide, and the fields that express a prefixed score in words. Returns whether
/// there were any. New names may collide again, so this is repeated.
fn prefix_collisions(all: &mut [Candidate], reserved: &BTreeSet<String>) -> bool {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for field in all.iter() {
        *count.entry(&field.name).or_default() += 1;
    }
    let prefixed = all.iter().filter(|field| field.prefixed);
    let prefixed: BTreeSet<(usize, &str)> =
        prefixed.map(|field| (field.form, &*field.alone)).collect();
    let collides = |field: &Candidate| {
        let taken = count[&*field.name] > 1 || reserved.contains(&field.name);
        !field.prefixed && (taken || prefixed.contains(&(field.form, &*field.about)))
    };
    let colliding: Vec<usize> = (0..all.len()).filter(|&index| collides(&all[index])).collect();
    for &index in &colliding {
        all[index].name = field_name(&all[index].full);
        all[index].prefixed = true;
    }
    !colliding.is_empty()
}

/// Numbers the prefixed names that still collide, which can happen after shortening.
fn number_duplicates(all: &mut [Candidate], mut taken: BTreeSet<String>) {
    taken.extend(all.iter().filter(|field| !field.prefixed).map(|field| field.name.clone()));
    for field in all.iter_mut().filter(|field| field.prefixed) {
        let numbered = (2..).map(|count| field_name(&format!("{}_{count}", field.full)));
        let mut free = std::iter::once(field.name.clone()).chain(numbered);
        field.name = free.find(|name| !taken.contains(name)).unwrap_or_default();
        taken.insert(field.name.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(form: usize, name: &str, about: &str) -> Candidate {
        Candidate {
            form,
            alone: name.to_owned(),
            full: format!("{}_{name}", ["a", "b", "c"][form]),
            about: about.to_owned(),
            name: name.to_owned(),
            prefixed: false,
        }
    }

    fn resolved(mut all: Vec<Candidate>) -> Vec<String> {
        let reserved = BTreeSet::from(["record_id".to_owned()]);
        while prefix_collisions(&mut all, &reserved) {}
        number_duplicates(&mut all, reserved);
        all.into_iter().map(|field| field.name).collect()
    }

    #[test]
    fn colliding_and_reserved_names_get_the_form_as_a_prefix() {
        let all = vec![candidate(0, "x", ""), candidate(0, "y", ""), candidate(1, "x", "")];
        assert_eq!(resolved(all), ["a_x", "y", "b_x"]);
        assert_eq!(resolved(vec![candidate(0, "record_id", "")]), ["a_record_id"]);
    }

    #[test]
    fn new_names_can_collide_with_existing_ones() {
        let all = vec![candidate(0, "x", ""), candidate(1, "x", ""), candidate(2, "a_x", "")];
        assert_eq!(resolved(all), ["a_x", "b_x", "c_a_x"]);
        let all = vec![candidate(0, "a_x", ""), candidate(0, "x", ""), candidate(1, "x", "")];
        assert_eq!(resolved(all), ["a_a_x", "a_x", "b_x"]);
    }

    #[test]
    fn bands_are_prefixed_together_with_their_score() {
        let all = vec![candidate(0, "t", ""), candidate(0, "t_band", "t"), candidate(1, "t", "")];
        assert_eq!(resolved(all), ["a_t", "a_t_band", "b_t"]);
    }
}
