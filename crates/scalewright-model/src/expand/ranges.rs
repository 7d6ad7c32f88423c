//! Ranges of items: `"q1..q9"`, and `"-q1..q9"` if all of them are reverse keyed.
//!
//! A range lists the items from its first to its last, in the order of the form. Their ids must have the same beginning
//! and count up by one, so that a range can never contain an item that its ends do not announce.

use std::collections::BTreeMap;

use crate::file::InstrumentFile;
use crate::{Diagnostic, MOST_FINDINGS, Pointer, did_you_mean, reversed_name};

use super::written::Expanded;

/// The most entries of a list, as in the schema.
const MOST_ENTRIES: usize = 5_000;
/// The most entries of all lists with ranges together. Short ranges could otherwise fill the memory.
const MOST_TOGETHER: usize = 500_000;

/// Whether an entry of a list is written as a range.
pub(crate) fn is_range(entry: &str) -> bool {
    entry.contains("..")
}

/// Whether a definition has ranges.
pub(super) fn any(file: &InstrumentFile) -> bool {
    file.scales.iter().any(|scale| {
        let recoded = scale.recode.iter().flat_map(|recode| &recode.items);
        scale.items.iter().chain(&scale.mandatory).chain(recoded).any(|entry| is_range(entry))
    })
}

/// Writes out the ranges of a definition.
pub(super) fn expand(expanded: &mut Expanded<'_>) {
    let items = Items::of(&expanded.file);
    let Expanded { file, written, found } = expanded;
    let mut room = MOST_TOGETHER;
    for (index, scale) in file.to_mut().scales.iter_mut().enumerate() {
        let place = Pointer::scale(index);
        let recoded = scale.recode.iter_mut().enumerate().map(|(at, recode)| {
            (place.key("recode").index(at).key("items"), false, &mut recode.items)
        });
        let lists = [
            (place.key("items"), true, &mut scale.items),
            (place.key("mandatory"), false, &mut scale.mandatory),
        ];
        for (place, signed, list) in lists.into_iter().chain(recoded) {
            if list.iter().any(|entry| is_range(entry)) {
                let (entries, from) = items.list(list, signed, &place, &mut room, found);
                *list = entries;
                written.list(place, from);
            }
        }
    }
}

/// The items of a definition, in the order of the form.
struct Items {
    ids: Vec<String>,
    at: BTreeMap<String, usize>,
}

impl Items {
    fn of(file: &InstrumentFile) -> Self {
        let ids: Vec<String> = file.items.iter().map(|item| item.id.clone()).collect();
        // In reverse order, so that the first of two items with the same id remains.
        let at = ids.iter().enumerate().rev().map(|(at, id)| (id.clone(), at)).collect();
        Self { ids, at }
    }

    /// Returns a list with its ranges written out, and the written entry of each entry.
    fn list(
        &self,
        list: &[String],
        signed: bool,
        place: &Pointer,
        room: &mut usize,
        found: &mut Vec<Diagnostic>,
    ) -> (Vec<String>, Vec<usize>) {
        let (mut entries, mut from) = (Vec::new(), Vec::new());
        for (index, entry) in list.iter().enumerate() {
            let range = is_range(entry).then(|| self.range(entry, signed, place.index(index)));
            match range {
                Some(Ok(range))
                    if range.len() <= *room && range.len() + entries.len() <= MOST_ENTRIES =>
                {
                    *room -= range.len();
                    from.extend(std::iter::repeat_n(index, range.len()));
                    entries.extend(range);
                    continue;
                }
                Some(Ok(_)) => found.push(too_long(place.index(index))),
                // The search for similar names is slow, so a file with very many mistakes skips them.
                Some(Err(finding)) if found.len() <= MOST_FINDINGS => found.push(*finding),
                Some(Err(_)) | None => {}
            }
            entries.push(entry.clone());
            from.push(index);
        }
        (entries, from)
    }

    /// Returns the entries that a range lists.
    fn range(
        &self,
        entry: &str,
        signed: bool,
        place: Pointer,
    ) -> Result<Vec<String>, Box<Diagnostic>> {
        let wrong = |code: &'static str, message: String, help: String| {
            Box::new(Diagnostic::error(code, message).at(place.clone(), "").help(help))
        };
        let (sign, ends) = match entry.strip_prefix('-') {
            Some(ends) => ("-", ends),
            None => ("", entry),
        };
        if !sign.is_empty() && !signed {
            let message = format!("`{entry}` has a sign");
            let help = format!("write `{ends}`: only the list of items gives the sign");
            return Err(wrong("unknown-item", message, help));
        }
        let (first, last) = ends.split_once("..").unwrap_or((ends, ends));
        if let Some(unsigned) = last.strip_prefix('-') {
            let message = format!("the range `{entry}` has a minus inside");
            let help = format!(
                "a minus before a range reverses all of it: `-{first}..{unsigned}`; to reverse one item, list it by itself"
            );
            return Err(wrong("unknown-item", message, help));
        }
        let mut ends = [0; 2];
        for (end, name) in ends.iter_mut().zip([first, last]) {
            *end = *self.at.get(name).ok_or_else(|| {
                let (message, help) = self.unknown(name, entry);
                wrong("unknown-item", message, help)
            })?;
        }
        let [from, to] = ends;
        if from > to {
            let message =
                format!("the range runs backwards: `{last}` comes before `{first}` in the form");
            return Err(wrong("backward-range", message, format!("write `{sign}{last}..{first}`")));
        }
        if let Some(stray) = self.stray(from, to) {
            let message = format!(
                "`{}` is between `{first}` and `{last}`, but does not continue their numbers",
                self.ids[stray]
            );
            let help = self.pieces(sign, from, to);
            return Err(wrong("uneven-range", message, help));
        }
        Ok(self.ids[from..=to].iter().map(|id| format!("{sign}{id}")).collect())
    }

    fn unknown(&self, name: &str, entry: &str) -> (String, String) {
        if name.is_empty() || name.contains('.') {
            let message = format!("`{entry}` is not a range");
            let help = "a range has two points between two items: `q1..q9`".to_owned();
            return (message, help);
        }
        let ids = self.ids.iter().map(String::as_str);
        let reversed = reversed_name(name, ids.clone())
            .map(|item| format!("list reversed items by themselves: `-{item}`"));
        let near = reversed.or_else(|| did_you_mean(name, ids));
        let help = near.unwrap_or_else(|| "a range goes from one item to another".to_owned());
        (format!("there is no item `{name}`"), help)
    }

    /// Returns the first item after `from`, up to `to`, whose id does not count up from the one before it.
    fn stray(&self, from: usize, to: usize) -> Option<usize> {
        (from + 1..=to).find(|&at| !follows(&self.ids[at - 1], &self.ids[at]))
    }

    /// Returns the ranges and items that a range with gaps could be, for help.
    fn pieces(&self, sign: &str, from: usize, to: usize) -> String {
        const SHOWN: usize = 6;
        let mut pieces = Vec::new();
        let mut start = from;
        while start <= to && pieces.len() <= SHOWN {
            let next = self.stray(start, to).unwrap_or(to + 1);
            let (first, last) = (&self.ids[start], &self.ids[next - 1]);
            pieces.push(match next - start {
                1 => format!("\"{sign}{first}\""),
                _ => format!("\"{sign}{first}..{last}\""),
            });
            start = next;
        }
        if pieces.len() > SHOWN {
            return "list the items one by one".to_owned();
        }
        format!("list only what belongs to the scale, of {}", pieces.join(", "))
    }
}

/// Whether `id` has the same beginning as `before`, and the next number.
fn follows(before: &str, id: &str) -> bool {
    let split = |id: &str| {
        let stem = id.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        (id[..stem].to_owned(), id[stem..].parse::<u64>().ok())
    };
    let ((stem, number), (other, next)) = (split(before), split(id));
    stem == other && number.is_some() && number.and_then(|number| number.checked_add(1)) == next
}

fn too_long(place: Pointer) -> Diagnostic {
    Diagnostic::error("too-many", "the ranges list too many items").at(place, "").help(format!(
        "a list has at most {MOST_ENTRIES} entries, and all lists with ranges {MOST_TOGETHER}"
    ))
}

#[cfg(test)]
mod tests {
    use super::follows;

    #[test]
    fn ids_count_up() {
        for (before, id) in [("q1", "q2"), ("q9", "q10"), ("q09", "q10"), ("a_1_9", "a_1_10")] {
            assert!(follows(before, id), "{before} {id}");
        }
        for (before, id) in
            [("q1", "q3"), ("q2", "q1"), ("q1", "r2"), ("q1a", "q1b"), ("q1", "age"), ("a", "a1")]
        {
            assert!(!follows(before, id), "{before} {id}");
        }
    }
}
