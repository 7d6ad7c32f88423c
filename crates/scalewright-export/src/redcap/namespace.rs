//! One project has one namespace of fields: what is called what where several forms meet in it.
//!
//! A name that two forms want, or that REDCap keeps for itself, is nobody's: every field that wants it gets the name
//! of its form before its own, and shortened if need be. The same forms in any order give the same names, but for
//! those rare ones that must be told apart by a number.

use std::collections::{BTreeMap, BTreeSet};

use super::field_names::{RESERVED, field_name};

use super::form::Form;
use super::names::{Names, ids, of_redcap};

/// A field and what it may be called.
struct Wanted {
    /// The place of its form.
    form: usize,
    /// What it is called where its form is alone.
    alone: String,
    /// What it is called where its name is taken, as long as it may be.
    full: String,
    /// The score that it says in words, by the name that one has alone.
    about: String,
    /// What it is called.
    name: String,
    moved: bool,
}

/// The names of all fields, with `forms` as they would be alone.
pub(super) fn names(forms: &[Form<'_>]) -> Vec<Names> {
    let reserved = reserved(forms);
    let mut all = wanted(forms);
    while move_those_that_meet(&mut all, &reserved) {}
    tell_apart(&mut all, reserved);
    let mut names: Vec<Names> = forms.iter().map(|form| form.names.clone()).collect();
    for field in all.into_iter().filter(|field| field.name != field.alone) {
        names[field.form].changed.insert(field.alone, field.name);
    }
    names
}

/// What no field may be called.
fn reserved(forms: &[Form<'_>]) -> BTreeSet<String> {
    let own = forms.iter().flat_map(|form| of_redcap(&form.names.form));
    RESERVED.iter().map(|name| (*name).to_owned()).chain(own).collect()
}

fn wanted(forms: &[Form<'_>]) -> Vec<Wanted> {
    let mut all = Vec::new();
    for (index, form) in forms.iter().enumerate() {
        let ids = ids(form.request.instrument);
        let ids: BTreeMap<String, &str> = ids.iter().map(|(_, id)| (field_name(id), *id)).collect();
        for field in &form.fields {
            let id = ids.get(&field.name).copied().unwrap_or(&field.name);
            all.push(Wanted {
                form: index,
                alone: field.name.clone(),
                full: format!("{}_{id}", form.names.form),
                about: field.about.clone(),
                name: field.name.clone(),
                moved: false,
            });
        }
    }
    all
}

/// Gives the form's name to all that want a name of others, and to what says in words a score that has it; whether
/// there were any. New names may meet others in their turn.
fn move_those_that_meet(all: &mut [Wanted], reserved: &BTreeSet<String>) -> bool {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for field in all.iter() {
        *count.entry(&field.name).or_default() += 1;
    }
    let moved: BTreeSet<(usize, &str)> =
        all.iter().filter(|field| field.moved).map(|field| (field.form, &*field.alone)).collect();
    let meets = |field: &Wanted| {
        let taken = count[&*field.name] > 1 || reserved.contains(&field.name);
        !field.moved && (taken || moved.contains(&(field.form, &*field.about)))
    };
    let those: Vec<usize> = (0..all.len()).filter(|&index| meets(&all[index])).collect();
    for &index in &those {
        all[index].name = field_name(&all[index].full);
        all[index].moved = true;
    }
    !those.is_empty()
}

/// What is called alike still, as a shortened name may be, gets a number.
fn tell_apart(all: &mut [Wanted], mut taken: BTreeSet<String>) {
    taken.extend(all.iter().filter(|field| !field.moved).map(|field| field.name.clone()));
    for field in all.iter_mut().filter(|field| field.moved) {
        let numbered = (2..).map(|count| field_name(&format!("{}_{count}", field.full)));
        let mut free = std::iter::once(field.name.clone()).chain(numbered);
        field.name = free.find(|name| !taken.contains(name)).unwrap_or_default();
        taken.insert(field.name.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(form: usize, name: &str, about: &str) -> Wanted {
        Wanted {
            form,
            alone: name.to_owned(),
            full: format!("{}_{name}", ["a", "b", "c"][form]),
            about: about.to_owned(),
            name: name.to_owned(),
            moved: false,
        }
    }

    fn resolved(mut all: Vec<Wanted>) -> Vec<String> {
        let reserved = BTreeSet::from(["record_id".to_owned()]);
        while move_those_that_meet(&mut all, &reserved) {}
        tell_apart(&mut all, reserved);
        all.into_iter().map(|field| field.name).collect()
    }

    #[test]
    fn whoever_wants_a_name_of_others_gets_that_of_the_form_before_it() {
        let all = vec![wanted(0, "x", ""), wanted(0, "y", ""), wanted(1, "x", "")];
        assert_eq!(resolved(all), ["a_x", "y", "b_x"]);
        assert_eq!(resolved(vec![wanted(0, "record_id", "")]), ["a_record_id"]);
    }

    #[test]
    fn new_names_meet_old_ones() {
        let all = vec![wanted(0, "x", ""), wanted(1, "x", ""), wanted(2, "a_x", "")];
        assert_eq!(resolved(all), ["a_x", "b_x", "c_a_x"]);
        // A name that only a number tells apart.
        let all = vec![wanted(0, "a_x", ""), wanted(0, "x", ""), wanted(1, "x", "")];
        assert_eq!(resolved(all), ["a_a_x", "a_x", "b_x"]);
    }

    #[test]
    fn words_follow_their_score() {
        let all = vec![wanted(0, "t", ""), wanted(0, "t_band", "t"), wanted(1, "t", "")];
        assert_eq!(resolved(all), ["a_t", "a_t_band", "b_t"]);
    }
}
