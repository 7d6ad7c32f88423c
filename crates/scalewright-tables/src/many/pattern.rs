//! Patterns of paths, so that a quoted argument means the same under every shell: `*`, `?` and `[a-z]` match within a
//! name, and `**` matches any number of folders.

use std::path::{Component, Path, PathBuf};

/// A pattern, such as `answers/**/*.parquet`.
pub(super) struct Pattern {
    /// The folder above the first name with a wildcard, as the user wrote it.
    pub(super) base: PathBuf,
    names: Vec<Vec<char>>,
}

impl Pattern {
    /// Returns the pattern that `path` states. `None` if no name has a wildcard.
    pub(super) fn parse(path: &Path) -> Option<Self> {
        let (mut base, mut names) = (PathBuf::new(), Vec::new());
        for part in path.components() {
            let name = part.as_os_str().to_str()?;
            let is_wild = matches!(part, Component::Normal(_)) && name.contains(['*', '?', '[']);
            match is_wild || !names.is_empty() {
                true => names.push(name.chars().collect::<Vec<char>>()),
                false => base.push(part),
            }
        }
        (!names.is_empty()).then_some(Self { base, names })
    }

    /// Whether the pattern matches a path below its base, given by its names.
    pub(super) fn matches(&self, path: &[String]) -> bool {
        self.reaches(path).last() == Some(&true)
    }

    /// Whether the pattern can match something in a folder below its base.
    pub(super) fn leads_into(&self, folder: &[String]) -> bool {
        let ends = self.reaches(folder);
        ends[..self.names.len()].contains(&true)
    }

    /// For each number of leading names of the pattern, whether these match the whole of `path`. Computed name by
    /// name, because trying every length for every `**` could take forever.
    fn reaches(&self, path: &[String]) -> Vec<bool> {
        let mut ends = vec![false; self.names.len() + 1];
        ends[0] = true;
        self.skip_empty(&mut ends);
        for name in path {
            let name: Vec<char> = name.chars().collect();
            let mut next = vec![false; ends.len()];
            for (at, wanted) in self.names.iter().enumerate().filter(|(at, _)| ends[*at]) {
                match is_any_folders(wanted) {
                    true => next[at] = true,
                    false => next[at + 1] |= matches_name(wanted, &name),
                }
            }
            self.skip_empty(&mut next);
            ends = next;
        }
        ends
    }

    /// `**` also matches no folder.
    fn skip_empty(&self, ends: &mut [bool]) {
        for (at, wanted) in self.names.iter().enumerate() {
            ends[at + 1] |= ends[at] && is_any_folders(wanted);
        }
    }
}

fn is_any_folders(name: &[char]) -> bool {
    name == ['*', '*']
}

/// Whether a name matches. After a mismatch, only the last `*` takes one more letter, so the time is bounded.
fn matches_name(wanted: &[char], name: &[char]) -> bool {
    let (mut at, mut letter) = (0, 0);
    let mut star = None;
    while letter < name.len() {
        if wanted.get(at) == Some(&'*') {
            star = Some((at, letter));
            at += 1;
        } else if let Some(next) = matches_letter(wanted, at, name[letter]) {
            (at, letter) = (next, letter + 1);
        } else if let Some((star_at, taken)) = star {
            star = Some((star_at, taken + 1));
            (at, letter) = (star_at + 1, taken + 1);
        } else {
            return false;
        }
    }
    wanted[at..].iter().all(|letter| *letter == '*')
}

/// Returns where the pattern continues if its part at `at` matches `letter`.
fn matches_letter(wanted: &[char], at: usize, letter: char) -> Option<usize> {
    match wanted.get(at)? {
        '?' => Some(at + 1),
        '[' => match class(&wanted[at + 1..]) {
            Some((length, letters)) => contains(letters, letter).then_some(at + 1 + length),
            // Without a `]`, the bracket is a letter.
            None => (letter == '[').then_some(at + 1),
        },
        own => (*own == letter).then_some(at + 1),
    }
}

/// Returns the letters of a class such as `a-z]`, and the length including the bracket.
fn class(rest: &[char]) -> Option<(usize, &[char])> {
    // A bracket directly after the beginning is a letter: `[]]`.
    let first = usize::from(rest.first() == Some(&'!')) + 1;
    let end = first + rest.get(first..)?.iter().position(|letter| *letter == ']')?;
    Some((end + 1, &rest[..end]))
}

fn contains(letters: &[char], letter: char) -> bool {
    let (letters, negated) = match letters.split_first() {
        Some(('!', rest)) => (rest, true),
        _ => (letters, false),
    };
    let mut rest = letters;
    let mut found = false;
    while let Some((first, more)) = rest.split_first() {
        rest = more;
        if let ['-', last, after @ ..] = more {
            found |= (*first..=*last).contains(&letter);
            rest = after;
        } else {
            found |= *first == letter;
        }
    }
    found != negated
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Pattern;

    fn matches(pattern: &str, path: &str) -> bool {
        let pattern = Pattern::parse(Path::new(pattern)).expect("it has a wildcard");
        pattern.matches(&path.split('/').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn wildcards_match_within_names_and_across_folders() {
        for (pattern, path, expected) in [
            ("*.csv", "a.csv", true),
            ("*.csv", "b/a.csv", false),
            ("**/*.csv", "a.csv", true),
            ("**/*.csv", "x/y/a.csv", true),
            ("**/x/**/a?.csv", "1/x/2/3/a1.csv", true),
            ("**/x/**/a?.csv", "1/2/3/a1.csv", false),
            ("year=202[45]/*", "year=2024/a", true),
            ("year=202[!45]/*", "year=2024/a", false),
            ("part-[0-9]*.[pc]*", "part-10.parquet", true),
            ("[]-]*", "]a", true),
            ("*[", "a[", true),
            ("*a*b*c", "aabbcc", true),
            ("*a*b*c", "aabbcb", false),
            ("*", "", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn a_pattern_has_a_base_and_leads_into_folders() {
        assert!(Pattern::parse(Path::new("a/b.csv")).is_none());
        let pattern = Pattern::parse(Path::new("../a/x*/**/y/z")).expect("it has a wildcard");
        assert_eq!(pattern.base, Path::new("../a"));
        let leads = |path: &[&str]| {
            pattern.leads_into(&path.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        assert!(leads(&["x1"]) && leads(&["x1", "deep", "y"]) && !leads(&["y"]));
    }

    #[test]
    fn many_wildcards_take_little_time() {
        let path = vec!["a".to_owned(); 200].join("/");
        assert!(!matches(&format!("{}b", "**/a/".repeat(60)), &path));
        assert!(!matches(&format!("{}b", "*a".repeat(60)), &"a".repeat(2_000)));
    }
}
