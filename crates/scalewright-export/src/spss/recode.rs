//! RECODE: the command for recoded numbers and tables. Its first case that applies counts.

use scalewright_model::TOLERANCE;
use scalewright_scoring::emit::digits;
use scalewright_scoring::normal::tree::{Leaf, Node};

use crate::code::intervals::intervals;
use crate::code::lines::{Piece, TARGET};

/// The command for pairs of an old and a new number.
pub(super) fn pairs(of: &Piece, pairs: &[(f64, f64)], other: Option<f64>, exact: bool) -> Piece {
    let case = |(old, new): &(f64, f64)| match exact {
        true => format!("({}={})", digits(*old), digits(*new)),
        false => {
            let (low, high) = (digits(old - TOLERANCE), digits(old + TOLERANCE));
            format!("({low} THRU {high}={})", digits(*new))
        }
    };
    let mut cases: Vec<String> = pairs.iter().map(case).collect();
    if other.is_some() {
        // ELSE applies to missing numbers too.
        cases.insert(0, "(SYSMIS=SYSMIS)".to_owned());
    }
    let other = other.map_or_else(|| "SYSMIS".to_owned(), digits);
    let cases = cases.join(" ");
    let text = format!("RECODE {} {cases} (ELSE={other}) INTO {TARGET}.", of.text);
    Piece::statement(text)
}

/// The cases of a RECODE for a table; `None` if it has another key or interpolates.
pub(super) fn cases(node: &Node, key: usize) -> Option<String> {
    let number = |node: &Node| match node {
        Node::Leaf(Leaf::Missing) => Some("SYSMIS".to_owned()),
        Node::Leaf(Leaf::Value(value)) => Some(digits(*value)),
        _ => None,
    };
    let all = intervals(node, key);
    let mut cases = Vec::new();
    for (at, (end, leaf)) in all.iter().enumerate().rev() {
        let start = at.checked_sub(1).and_then(|before| all[before].0);
        let range = match (start, end) {
            (Some(start), Some(end)) => format!("{} THRU {}", digits(start), digits(*end)),
            (Some(start), None) => format!("{} THRU HI", digits(start)),
            (None, _) => "ELSE".to_owned(),
        };
        cases.push(format!("({range}={})", number(leaf)?));
    }
    Some(cases.join(" "))
}
