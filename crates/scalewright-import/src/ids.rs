//! Ids for what a source names: valid in our format, unique, and as close to the source's names as possible.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::file::ItemFile;

use crate::finding::{Finding, Kind};
use crate::place::Place;

/// The longest id of an item, scale, section or response scale.
const LONGEST: usize = ItemFile::LONGEST_ID;
/// The longest id of an instrument, which is the name of a folder.
const LONGEST_INSTRUMENT_ID: usize = 64;

/// The ids of a form. Items and scores share their names; sections and response scales have names of their own.
#[derive(Debug, Clone, Default)]
pub struct Ids {
    items: BTreeSet<String>,
    sections: BTreeSet<String>,
    responses: BTreeSet<String>,
    /// The names that had to be changed: id by name in the source.
    renamed: BTreeMap<String, String>,
}

impl Ids {
    /// The id of an item or a score that the source calls `name`. A name that is taken gets a number.
    pub fn item(&mut self, name: &str) -> String {
        self.named(name, name)
    }

    /// The id of an item or a score that the source calls `name`, made from `wanted`.
    pub(crate) fn named(&mut self, wanted: &str, name: &str) -> String {
        let id = unique(&mut self.items, identifier(wanted, ('_', LONGEST), "item"));
        if id != name {
            self.renamed.insert(name.to_owned(), id.clone());
        }
        id
    }

    /// The id of a note. Data have no column for it, so that a changed name need not be reported.
    pub(crate) fn note(&mut self, name: &str) -> String {
        unique(&mut self.items, identifier(name, ('_', LONGEST), "note"))
    }

    /// The id of a section.
    pub fn section(&mut self, name: &str) -> String {
        unique(&mut self.sections, identifier(name, ('_', LONGEST), "section"))
    }

    /// The name of a response scale.
    pub fn response(&mut self, name: &str) -> String {
        unique(&mut self.responses, identifier(name, ('_', LONGEST), "answers"))
    }

    /// The id of an instrument that the source calls `name`.
    #[must_use]
    pub fn instrument(name: &str) -> String {
        identifier(name, ('-', LONGEST_INSTRUMENT_ID), "instrument")
    }

    /// One finding about all names that were changed, or none.
    #[must_use]
    pub fn finding(&self, file: &str) -> Option<Finding> {
        let renamed = &self.renamed;
        let pairs: Vec<_> =
            renamed.iter().take(8).map(|(name, id)| format!("`{name}` is `{id}`")).collect();
        let more = renamed.len().saturating_sub(pairs.len());
        let rest = if more == 0 { String::new() } else { format!(", and {more} more") };
        (!pairs.is_empty()).then(|| {
            let message = format!("ids follow our rules: {}{rest}", pairs.join(", "));
            let help = "the table in `import/columns.toml` reads data with the names of the source: `score --map`";
            Finding::new(Kind::Changed, "renamed", &Place::new(file, ""), message).help(help)
        })
    }
}

/// Makes an identifier of at most `longest` characters: lower-case letters and digits in words joined by `joint`, beginning
/// with a letter.
fn identifier(name: &str, (joint, longest): (char, usize), otherwise: &str) -> String {
    let mut id = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => id.push(letter),
            _ => match plain_letter(letter) {
                Some(plain) => id.push_str(plain),
                None if !id.is_empty() && !id.ends_with(joint) => id.push(joint),
                None => {}
            },
        }
        if id.len() > longest {
            break;
        }
    }
    id.truncate(longest);
    let id = id.trim_end_matches(joint);
    match id.chars().next() {
        Some('a'..='z') => id.to_owned(),
        Some(_) => {
            let mut id = format!("{}{joint}{id}", &otherwise[..1]);
            id.truncate(longest);
            id.trim_end_matches(joint).to_owned()
        }
        None => otherwise.to_owned(),
    }
}

/// The letters without accents for a letter of a European language.
fn plain_letter(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à'..='ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è'..='ë' | 'ē' | 'ę' | 'ě' => "e",
        'ì'..='ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò'..='õ' | 'ő' | 'ō' => "o",
        'ö' | 'ø' | 'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'ù'..='û' | 'ů' | 'ű' | 'ū' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

/// Adds `id`, or `id_2`, `id_3` and so on, whichever is free.
fn unique(taken: &mut BTreeSet<String>, id: String) -> String {
    let mut free = id.clone();
    let mut number = 1;
    while !taken.insert(free.clone()) {
        number += 1;
        let end = format!("_{number}");
        let kept = id.len().min(LONGEST - end.len());
        free = format!("{}{end}", id[..kept].trim_end_matches('_'));
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        let mut ids = Ids::default();
        for (name, id) in [
            ("GES1", "ges1"),
            ("Ges1", "ges1_2"),
            ("Wie-geht's?", "wie_geht_s"),
            ("1a", "i_1a"),
            ("Größe", "groesse"),
            ("身長", "item"),
            ("__", "item_2"),
        ] {
            assert_eq!(ids.item(name), id, "{name}");
        }
        assert_eq!(Ids::instrument("GES-4 (short)"), "ges-4-short");
        assert_eq!(ids.item(&"x".repeat(120)).len(), LONGEST);
        assert_eq!(ids.item(&"x".repeat(120)).len(), LONGEST);
    }
}
