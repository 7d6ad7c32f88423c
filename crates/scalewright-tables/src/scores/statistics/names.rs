//! Names of variables that SPSS and Stata accept. Names that differ only by capitals are made different for both.

use std::collections::BTreeSet;

use super::cells::Program;

/// Words that cannot be names in SPSS.
const SPSS: &[&str] =
    &["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"];
/// Words that cannot be names in Stata.
const STATA: &[&str] = &[
    "_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int", "long", "_n",
    "_pi", "_pred", "_rc", "_skip", "strl", "using", "with",
];

/// Returns a name for each of `names`, all different.
pub(super) fn valid<'n>(
    program: Program,
    names: impl Iterator<Item = &'n str> + Clone,
) -> Vec<String> {
    let plain = |name: &str| is_plain(program, name).then(|| name.to_lowercase());
    // Valid names keep their spelling, wherever they stand among the others.
    let mut kept: BTreeSet<String> = names.clone().filter_map(plain).collect();
    let mut taken = BTreeSet::new();
    let mut all = Vec::new();
    for name in names {
        let folded = name.to_lowercase();
        let name = match kept.remove(&folded) && is_plain(program, name) {
            true => name.to_owned(),
            false => free(program, name, |other| taken.contains(other) || kept.contains(other)),
        };
        taken.insert(name.to_lowercase());
        all.push(name);
    }
    all
}

fn is_plain(program: Program, name: &str) -> bool {
    let is_letter = |letter: char| match program {
        Program::Spss | Program::SpssCompressed => {
            letter.is_alphanumeric() || matches!(letter, '_' | '.' | '$' | '#' | '@')
        }
        Program::Stata => letter.is_alphanumeric() || letter == '_',
    };
    let begins = |first: char| match program {
        Program::Spss | Program::SpssCompressed => first.is_alphabetic(),
        Program::Stata => first.is_alphabetic() || first == '_',
    };
    let lower = name.to_lowercase();
    let is_string = lower.strip_prefix("str").is_some_and(|rest| rest.parse::<u32>().is_ok());
    let is_reserved = match program {
        Program::Spss | Program::SpssCompressed => SPSS.contains(&lower.as_str()),
        Program::Stata => STATA.contains(&lower.as_str()) || is_string,
    };
    name.starts_with(begins)
        && name.chars().all(is_letter)
        && !name.ends_with('.')
        && !is_reserved
        && fits(program, name)
}

fn fits(program: Program, name: &str) -> bool {
    match program {
        Program::Spss | Program::SpssCompressed => name.len() <= 64,
        Program::Stata => name.chars().count() <= 32,
    }
}

/// A valid name based on `name` that is not taken.
fn free(program: Program, name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let letter = |letter: char| if letter.is_alphanumeric() { letter } else { '_' };
    let mut base: String = name.chars().map(letter).collect();
    if !base.starts_with(|first: char| first.is_alphabetic()) {
        base.insert_str(0, "v_");
    }
    for number in 1_u32.. {
        let end = if number == 1 { String::new() } else { format!("_{number}") };
        let mut other = base.clone();
        while !fits(program, &format!("{other}{end}")) {
            other.pop();
        }
        other.push_str(&end);
        if is_plain(program, &other) && !is_taken(&other.to_lowercase()) {
            return other;
        }
    }
    base
}

#[cfg(test)]
mod tests {
    use super::Program::{self, Spss, Stata};
    use super::valid;

    #[test]
    fn names_become_valid_and_stay_different() {
        let long = "a".repeat(70);
        let of = |program: Program, names: &[&str]| valid(program, names.iter().copied());
        for (program, names, expected) in [
            (Spss, &["id", "tot", "tot_band"][..], &["id", "tot", "tot_band"][..]),
            (Spss, &["a b", "a_b", "A_B"], &["a_b_2", "a_b", "A_B_3"]),
            (Spss, &["1st", "with", "x."], &["v_1st", "with_2", "x_"]),
            (Stata, &["a.b", "str5", "_n"], &["a_b", "str5_2", "v__n"]),
            (Spss, &[&long, &long], &[&long[..64], &format!("{}_2", &long[..62])]),
            (Stata, &["größe", ""], &["größe", "v_"]),
        ] {
            assert_eq!(of(program, names), expected, "{names:?}");
        }
    }
}
