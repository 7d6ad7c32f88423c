//! Lines of a script that compute what another score of the form is. The script of a total contains those of its parts,
//! and that of a band contains the score.

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest, Sha256};

use super::is_script;
use super::statements::{self, Statements};
use crate::expr::Scope;

/// The most bytes of the scripts of all scores that are compared with the lines of one.
const MOST: usize = 4 << 20;

/// What an expression computes: equal for equal computations, whatever the names of the lines are.
type Key = [u8; 32];

/// For each line, the position of the score that it computes. Only scores with a shorter script count, so that no score
/// is computed from itself.
pub(super) fn scores(scope: &Scope<'_>, text: &str, of: &Statements) -> Vec<Option<usize>> {
    let others = || {
        let all = scope.form.scores.iter().enumerate();
        all.map(|(index, score)| (index, score.rule.text.as_str()))
            .filter(|(_, other)| is_script(other) && other.len() < text.len())
    };
    if others().map(|(_, other)| other.len()).sum::<usize>() > MOST {
        return vec![None; of.lines.len()];
    }
    let mut known: BTreeMap<Key, usize> = BTreeMap::new();
    for (index, other) in others() {
        let Ok(statements) = statements::read(other) else { continue };
        known.entry(keys(&statements).1).or_insert(index);
    }
    let is_answer = |line: &str| line.starts_with("_coded(") || line.starts_with("_within(");
    let keys = keys(of).0.into_iter().zip(&of.lines);
    keys.map(|(key, (_, line))| known.get(&key).copied().filter(|_| !is_answer(line))).collect()
}

/// The keys of the lines and of the result.
fn keys(of: &Statements) -> (Vec<Key>, Key) {
    let mut names: HashMap<&str, String> =
        of.parameters.iter().map(|(own, name)| (own.as_str(), format!("${name}"))).collect();
    let mut keys: Vec<Key> = Vec::new();
    for (name, expression) in &of.lines {
        let key = key(expression, &names);
        let shown = key.iter().map(|byte| format!("{byte:02x}")).collect();
        names.insert(name, shown);
        keys.push(key);
    }
    let line = of.lines.iter().rposition(|(name, _)| *name == of.result);
    let result = line.map_or_else(|| key(&of.result, &names), |line| keys[line]);
    (keys, result)
}

/// The digest of an expression in which names are replaced by what they mean. Texts are not searched for names.
fn key(expression: &str, names: &HashMap<&str, String>) -> Key {
    let mut digest = Sha256::new();
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut rest = expression;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => rest[1..].find('"').map_or(rest.len(), |end| end + 2),
            first if is_word(first) => {
                rest.find(|letter: char| !is_word(letter)).unwrap_or(rest.len())
            }
            first => first.len_utf8(),
        };
        let part = &rest[..length];
        digest.update(names.get(part).map_or(part, String::as_str));
        rest = &rest[length..];
    }
    digest.finalize().into()
}
