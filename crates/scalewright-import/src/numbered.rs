//! Numbers that a source has in the words of its items: `1. I felt calm.`
//!
//! A definition counts its items itself. Numbers that stayed in the words would be printed twice.

use crate::finding::{Finding, Kind};
use crate::form::{Form, Item};
use crate::place::Place;

/// Takes numbers out of the words of the items, if these are counted from 1 in all languages. Other items of the form
/// then have no number.
pub(crate) fn take_out(form: &mut Form, file: &str) {
    let mut count = 0;
    let numbered: Vec<bool> = form
        .items
        .iter()
        .map(|item| {
            let is_next = is_numbered(item, count + 1);
            count += usize::from(is_next);
            is_next
        })
        .collect();
    let is_other = |(item, is_next): (&Item, &bool)| !is_next && has_number(item);
    if count < 2 || form.items.iter().zip(&numbered).any(is_other) {
        return;
    }
    let mut number = 0;
    for (item, is_next) in form.items.iter_mut().zip(numbered) {
        if is_next {
            number += 1;
            let before = prefix(number);
            item.stem = item.stem.map(|text| text.replacen(&before, "", 1));
        } else if item.number.is_none() {
            item.number = Some(String::new());
        }
    }
    let message = format!(
        "the numbers before the words of {count} items are taken out, because a definition counts its items"
    );
    form.findings.push(Finding::new(Kind::Changed, "numbers", &Place::new(file, ""), message));
}

fn prefix(number: usize) -> String {
    format!("{number}. ")
}

/// Whether the words begin with this number in every language, and there is no other number.
fn is_numbered(item: &Item, number: usize) -> bool {
    let before = prefix(number);
    item.number.is_none()
        && !item.stem.is_empty()
        && item.stem.iter().all(|(_, text)| text.len() > before.len() && text.starts_with(&before))
}

/// Whether an item has a number, in its words or before them.
fn has_number(item: &Item) -> bool {
    let begins = |text: &str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        digits > 0 && text[digits..].starts_with(". ")
    };
    item.number.is_some() || item.stem.iter().any(|(_, text)| begins(text))
}

#[cfg(test)]
mod tests {
    use super::take_out;
    use crate::form::{Form, Item};
    use crate::place::Place;
    use crate::words::Words;

    fn form(stems: &[&str]) -> Form {
        let item = |stem: &&str| Item {
            id: String::new(),
            column: String::new(),
            number: None,
            stem: Words::only(stem),
            response: 0,
            section: None,
            required: false,
            condition: None,
            place: Place::default(),
        };
        Form { items: stems.iter().map(item).collect(), ..Form::default() }
    }

    fn read(stems: &[&str]) -> Vec<(String, Option<String>)> {
        let mut form = form(stems);
        take_out(&mut form, "a.csv");
        let items = form.items.into_iter();
        items
            .map(|item| {
                let stem = item.stem.iter().next().map(|(_, text)| text.to_owned());
                (stem.unwrap_or_default(), item.number)
            })
            .collect()
    }

    #[test]
    fn numbers_that_count_the_items_are_taken_out() {
        let none = Some(String::new());
        assert_eq!(
            read(&["1. Calm", "Your age", "2. 3. Tense"]),
            [
                ("Calm".to_owned(), None),
                ("Your age".to_owned(), none),
                ("3. Tense".to_owned(), None)
            ]
        );
        for other in
            [&["1. Calm", "3. Tense", "2. Glad"][..], &["1. Calm"], &["2. Calm", "3. Tense"]]
        {
            let kept: Vec<String> = read(other).into_iter().map(|(stem, _)| stem).collect();
            assert_eq!(kept, other);
        }
    }
}
