//! Results that always differ by the same number. That is another coding frame rather than a wrong key.

use crate::value::Value;

/// The greatest difference between equal numbers.
const SAME: f64 = 1e-6;

/// By how much the results of the source exceed ours, if that is the same number for all pairs of both, and not 0.
/// `None` also if a result is no number.
pub(crate) fn always_more<'a>(pairs: impl Iterator<Item = (Value, &'a Value)>) -> Option<f64> {
    let mut first = None;
    for (theirs, ours) in pairs {
        let more = theirs.score()? - ours.score()?;
        if (more - *first.get_or_insert(more)).abs() >= SAME {
            return None;
        }
    }
    first.filter(|more| more.abs() > SAME)
}

#[cfg(test)]
mod tests {
    use super::always_more;
    use crate::value::Value;

    #[test]
    fn only_a_constant_difference_counts() {
        let more = |pairs: &[(f64, f64)]| {
            let ours: Vec<Value> = pairs.iter().map(|(_, ours)| Value::Number(*ours)).collect();
            let theirs = pairs.iter().map(|(theirs, _)| Value::Number(*theirs));
            always_more(theirs.zip(&ours))
        };
        assert_eq!(more(&[(5.0, 1.0), (8.0, 4.0)]), Some(4.0));
        assert_eq!(more(&[(5.0, 1.0), (9.0, 4.0)]), None);
        assert_eq!(more(&[(5.0, 5.0), (9.0, 9.0)]), None);
        assert_eq!(more(&[]), None);
        assert_eq!(always_more([(Value::Blank, &Value::Number(1.0))].into_iter()), None);
    }
}
