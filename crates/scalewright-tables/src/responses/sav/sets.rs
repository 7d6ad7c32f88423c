//! Multiple-response sets: several variables that together are the answer to an item with several choices.

use std::collections::BTreeMap;

use scalewright_model::{Instrument, ItemIx, ResponseKind};

use crate::responses::labels::{LabelMatch, Labels};
use crate::responses::map_file::Map;
use crate::responses::source::{SourceCell, SourceColumn};

use super::columns::Field;
use super::encoding::Decoder;

/// A multiple-response set of a file.
#[derive(Debug, PartialEq)]
pub(super) struct ResponseSet {
    /// Its name, without the dollar sign.
    pub(super) name: String,
    /// What a variable contains if its choice is ticked. `None` if each variable contains the code of a choice.
    pub(super) counted: Option<String>,
    /// The names of its variables, long or short.
    pub(super) variables: Vec<String>,
}

/// Reads the sets of the records 7/7 and 7/19, one per line. `None` if the record is damaged.
pub(super) fn response_sets(content: &[u8], texts: &Decoder) -> Option<Vec<ResponseSet>> {
    let lines = content.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    let lines = lines.filter(|line| line.iter().any(|&byte| byte != 0));
    lines.map(|line| response_set(line, texts)).collect()
}

fn response_set(line: &[u8], texts: &Decoder) -> Option<ResponseSet> {
    let equals = line.iter().position(|&byte| byte == b'=')?;
    let name = texts.text(&line[..equals]).ok()?.trim_start_matches('$').to_owned();
    let rest = &line[equals + 1..];
    let (counted, rest) = match rest.first()? {
        b'C' => (None, rest.get(1..)?.trim_ascii_start()),
        b'D' => {
            let (counted, rest) = counted(&rest[1..])?;
            (Some(counted), rest)
        }
        b'E' => {
            // A number first, which says where SPSS takes the labels from.
            let rest = rest.get(1..)?.trim_ascii_start();
            let space = rest.iter().position(|&byte| byte == b' ')?;
            let (counted, rest) = counted(&rest[space + 1..])?;
            (Some(counted), rest)
        }
        _ => return None,
    };
    let (_label, rest) = self::counted(rest)?;
    let counted = match counted {
        Some(counted) => Some(texts.text(counted).ok()?.trim().to_owned()),
        None => None,
    };
    let variables = texts.text(rest).ok()?;
    let variables = variables.split_whitespace().map(str::to_owned).collect();
    Some(ResponseSet { name, counted, variables })
}

/// A length, a space, and that many bytes.
fn counted(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let bytes = bytes.trim_ascii_start();
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let length = std::str::from_utf8(&bytes[..digits]).ok()?.parse().ok()?;
    bytes.get(digits + 1..)?.split_at_checked(length)
}

/// A column made of a set of variables. Its cells list the chosen options.
#[derive(Debug)]
pub(super) struct JoinedColumn {
    /// The variables, each with the code of its option; `None` if they contain codes themselves.
    pub(super) members: Vec<(usize, Option<String>)>,
    pub(super) counted: Option<String>,
}

impl JoinedColumn {
    /// The cell in a row whose cells are `cell`.
    pub(super) fn cell(&self, cell: impl Fn(usize) -> SourceCell) -> SourceCell {
        let mut chosen = Vec::new();
        for (at, code) in &self.members {
            let text = match cell(*at) {
                SourceCell::Number(number) => number.to_string(),
                SourceCell::Text(text) => text.trim().to_owned(),
                _ => continue,
            };
            match (code, &self.counted) {
                (Some(code), Some(counted)) if text == *counted => chosen.push(code.clone()),
                (Some(_), _) => {}
                (None, _) => chosen.push(text),
            }
        }
        match chosen.is_empty() {
            true => SourceCell::Blank,
            false => SourceCell::Text(chosen.join(";")),
        }
    }
}

/// Makes a column for each item with several choices that a set has the name of. Returns them with their names, and notes
/// on the sets that do not fit.
pub(super) fn joined(
    sets: &[ResponseSet],
    (columns, fields): (&[SourceColumn], &[Field]),
    (instrument, map): (&Instrument, &Map),
) -> (Vec<(String, JoinedColumn)>, Vec<String>) {
    let mut places = BTreeMap::new();
    for (at, (column, field)) in columns.iter().zip(fields).enumerate() {
        places.entry(field.short.to_lowercase()).or_insert(at);
        places.insert(column.name.to_lowercase(), at);
    }
    let (mut made, mut notes) = (Vec::new(), Vec::new());
    for (index, item) in instrument.items.iter().enumerate() {
        let wanted = map.column(&item.id);
        let is_set =
            |set: &&ResponseSet| set.name.eq_ignore_ascii_case(wanted.trim_start_matches('$'));
        let several =
            matches!(instrument.response(ItemIx(index)).kind, ResponseKind::SeveralChoice { .. });
        if !several || places.contains_key(&wanted.to_lowercase()) {
            continue;
        }
        let Some(set) = sets.iter().find(is_set) else { continue };
        let members: Option<Vec<usize>> =
            set.variables.iter().map(|name| places.get(&name.to_lowercase()).copied()).collect();
        let members = members.and_then(|members| match set.counted {
            None => Some(members.into_iter().map(|at| (at, None)).collect()),
            Some(_) => with_options(&members, columns, (instrument, ItemIx(index))),
        });
        match members {
            Some(members) => {
                made.push((wanted.to_owned(), JoinedColumn { members, counted: set.counted.clone() }));
            }
            None => notes.push(format!(
                "the multiple-response set `${}` is not used: its variables are not the options of `{}`",
                set.name, item.id
            )),
        }
    }
    (made, notes)
}

/// The variables with the codes of their options, found by their labels or by the ends of their names. `None` unless each
/// option has exactly one variable.
fn with_options(
    members: &[usize],
    columns: &[SourceColumn],
    (instrument, item): (&Instrument, ItemIx),
) -> Option<Vec<(usize, Option<String>)>> {
    let options = instrument.response(item).options();
    let labels = Labels::new(instrument, item);
    let mut found = BTreeMap::new();
    for &at in members {
        let column = &columns[at];
        let by_label = column.label.as_ref().and_then(|label| match labels.find(label) {
            LabelMatch::One(value) => options.iter().position(|option| option.value == value),
            LabelMatch::Several | LabelMatch::None => None,
        });
        let end = column.name.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
        let by_name = || {
            let digits: f64 = column.name[end..].parse().ok()?;
            options.iter().position(|option| option.value.number() == digits)
        };
        found.insert(by_label.or_else(by_name)?, at);
    }
    let code =
        |(option, at): (usize, usize)| (at, Some(options[option].value.number().to_string()));
    (found.len() == members.len() && found.len() == options.len())
        .then(|| found.into_iter().map(code).collect())
}

#[cfg(test)]
mod tests {
    use super::{ResponseSet, response_sets};
    use crate::responses::sav::encoding::Decoder;

    #[test]
    fn sets_of_all_kinds_are_read() {
        let content =
            b"$freq=C 9 How often q1 q2 q3\n$never=D1 0 5 Never q4 q5\n$e=E 11 6 choice 0  n o p\n";
        let set = |name: &str, counted: Option<&str>, variables: &[&str]| ResponseSet {
            name: name.to_owned(),
            counted: counted.map(str::to_owned),
            variables: variables.iter().map(|name| (*name).to_owned()).collect(),
        };
        assert_eq!(
            response_sets(content, &Decoder::new(Some("UTF-8"), None)),
            Some(vec![
                set("freq", None, &["q1", "q2", "q3"]),
                set("never", Some("0"), &["q4", "q5"]),
                set("e", Some("choice"), &["n", "o", "p"]),
            ])
        );
    }
}
