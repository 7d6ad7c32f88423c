//! Cells with answers: which ones are accepted, by formulas and by the validation of what is typed.

use scalewright_model::{OptionValue, TOLERANCE};
use scalewright_scoring::Accepted;

use super::spelling::number;

/// The text of a cell with an answer that is not allowed.
pub(super) const INVALID: &str = "invalid";

/// The formula of the answer in `cell`: a number if it is accepted, an empty text if there is none, otherwise
/// [`INVALID`]. A number in a cell that contains text is not accepted.
pub(super) fn cleaned(cell: &str, accepted: &Accepted, non_response: &[OptionValue]) -> String {
    let test = match accepted {
        Accepted::Values(values) => coded(cell, values),
        // Each option has a column of its own.
        Accepted::Choices(_) => "FALSE".to_owned(),
        Accepted::Between { min, max, decimals: _ } => {
            let (min, max) = (number(min - TOLERANCE).text, number(max + TOLERANCE).text);
            format!("AND({cell}>={min},{cell}<={max})")
        }
    };
    let otherwise = match non_response.is_empty() {
        true => format!("\"{INVALID}\""),
        false => format!("IF({},\"\",\"{INVALID}\")", coded(cell, non_response)),
    };
    // `COUNTBLANK` is also right for a text without characters, and for an error.
    format!(
        "IF(ISNUMBER({cell}),IF({test},{cell},{otherwise}),IF(COUNTBLANK({cell})=1,\"\",\"{INVALID}\"))"
    )
}

/// The condition that the number in a cell is one of some whole numbers.
pub(super) fn coded(cell: &str, values: &[OptionValue]) -> String {
    match values {
        [] => "FALSE".to_owned(),
        [only] => format!("{cell}={only}"),
        _ => match succession(values) {
            Some((first, last)) => {
                format!("AND({cell}>={first},{cell}<={last},INT({cell})={cell})")
            }
            None => format!("ISNUMBER(MATCH({cell},{{{}}},0))", separated(values, ",")),
        },
    }
}

/// The first and the last of whole numbers that follow each other.
pub(super) fn succession(values: &[OptionValue]) -> Option<(OptionValue, OptionValue)> {
    let follows = values
        .windows(2)
        .all(|pair| pair[0].as_whole().is_some() && pair[0] + OptionValue::whole(1) == pair[1]);
    Some((*values.first()?, *values.last()?)).filter(|_| follows)
}

/// Whole numbers as a text.
pub(super) fn separated(values: &[OptionValue], by: &str) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(by)
}

#[cfg(test)]
mod tests {
    use super::{cleaned, coded};
    use scalewright_model::OptionValue;
    use scalewright_scoring::Accepted;

    #[test]
    fn only_allowed_numbers_are_accepted() {
        assert_eq!(coded("B2", &[0, 1, 2].map(OptionValue::from)), "AND(B2>=0,B2<=2,INT(B2)=B2)");
        assert_eq!(
            coded("B2", &[-1, 1, 5].map(OptionValue::from)),
            "ISNUMBER(MATCH(B2,{-1,1,5},0))"
        );
        assert_eq!(
            cleaned("B2", &Accepted::Values(vec![1.into()].into()), &[(-9).into()]),
            "IF(ISNUMBER(B2),IF(B2=1,B2,IF(B2=-9,\"\",\"invalid\")),IF(COUNTBLANK(B2)=1,\"\",\"invalid\"))"
        );
    }
}
