//! Choices of a word by one score, as bands of the score.

use scalewright_model::file::BandFile;

use super::algebra::{Compared, Num, Truth, Word, WordOf};

/// A part of the numbers: its lowest and highest number, and whether they belong to it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Interval {
    low: f64,
    has_low: bool,
    high: f64,
    has_high: bool,
}

const ALL: Interval =
    Interval { low: f64::NEG_INFINITY, has_low: false, high: f64::INFINITY, has_high: false };

/// The score that a word depends on, and its bands from low to high. `None` if the word is no band: it depends on
/// something else, or is there without a score.
pub(crate) fn bands(of: &Word) -> Option<(usize, Vec<BandFile>)> {
    let (of, guarded) = match of {
        Word::If(test, then, otherwise) if **otherwise == Word::Missing => match &**test {
            Truth::Not(missing) => match &**missing {
                Truth::IsMissing(what) => match &**what {
                    WordOf::Number(Num::Score(score)) => (&**then, Some(*score)),
                    _ => (of, None),
                },
                _ => (of, None),
            },
            _ => (of, None),
        },
        _ => (of, None),
    };
    let mut score = guarded;
    let mut found: Vec<(Interval, &str)> = Vec::new();
    let mut word = of;
    loop {
        match word {
            Word::If(test, then, otherwise) => {
                let (of, interval) = interval(test)?;
                if *score.get_or_insert(of) != of {
                    return None;
                }
                let part = left(interval, &found)?;
                match &**then {
                    Word::Text(text) => found.push((part, text)),
                    _ => return None,
                }
                word = otherwise;
            }
            Word::Missing => break,
            // The last word is also given without a score, unless the whole is guarded.
            Word::Text(text) if guarded.is_some() && !found.is_empty() => {
                found.push((left(ALL, &found)?, text));
                break;
            }
            Word::Text(_) | Word::Score(_) => return None,
        }
    }
    found.sort_by(|(a, _), (b, _)| a.low.total_cmp(&b.low));
    let mut labels: Vec<&str> = found.iter().map(|(_, label)| *label).collect();
    labels.sort_unstable();
    labels.dedup();
    if found.len() < 2 || labels.len() < found.len() {
        return None;
    }
    Some((score?, found.into_iter().map(|(interval, label)| band(interval, label)).collect()))
}

/// What earlier cases leave of an interval.
fn left(of: Interval, found: &[(Interval, &str)]) -> Option<Interval> {
    found.iter().try_fold(of, |of, (other, _)| without(of, *other))
}

fn band(interval: Interval, label: &str) -> BandFile {
    let Interval { low, has_low, high, has_high } = interval;
    let edge = |edge: f64, wanted: bool| (wanted && edge.is_finite()).then_some(edge);
    BandFile {
        label: label.to_owned(),
        from: edge(low, has_low),
        above: edge(low, !has_low),
        to: edge(high, has_high),
        below: edge(high, !has_high),
        feedback: None,
    }
}

/// The score and the interval that a test asks for.
fn interval(test: &Truth) -> Option<(usize, Interval)> {
    match test {
        Truth::All(parts) => {
            let mut parts = parts.iter().map(interval);
            let (score, mut whole) = parts.next()??;
            for part in parts {
                let (of, part) = part?;
                if of != score {
                    return None;
                }
                whole = common(whole, part);
            }
            Some((score, whole))
        }
        Truth::Compare(comparison, Num::Score(score), Num::Constant(edge)) => {
            Some((*score, side(*comparison, *edge)?))
        }
        Truth::Compare(comparison, Num::Constant(edge), Num::Score(score)) => {
            Some((*score, side(comparison.exchanged(), *edge)?))
        }
        _ => None,
    }
}

fn side(comparison: Compared, edge: f64) -> Option<Interval> {
    Some(match comparison {
        Compared::Less => Interval { high: edge, ..ALL },
        Compared::AtMost => Interval { high: edge, has_high: true, ..ALL },
        Compared::Greater => Interval { low: edge, ..ALL },
        Compared::AtLeast => Interval { low: edge, has_low: true, ..ALL },
        Compared::Equal => Interval { low: edge, has_low: true, high: edge, has_high: true },
        Compared::Unequal => return None,
    })
}

fn common(one: Interval, other: Interval) -> Interval {
    let (low, has_low) = if one.low > other.low || (one.low == other.low && !one.has_low) {
        (one.low, one.has_low)
    } else {
        (other.low, other.has_low)
    };
    let (high, has_high) = if one.high < other.high || (one.high == other.high && !one.has_high) {
        (one.high, one.has_high)
    } else {
        (other.high, other.has_high)
    };
    Interval { low, has_low, high, has_high }
}

/// What is left of an interval without another one; `None` if that is nothing, or two parts.
fn without(of: Interval, other: Interval) -> Option<Interval> {
    let part = common(of, other);
    if part.low > part.high || (part.low == part.high && !(part.has_low && part.has_high)) {
        return Some(of);
    }
    let begins = (part.low, part.has_low) == (of.low, of.has_low);
    let ends = (part.high, part.has_high) == (of.high, of.has_high);
    match (begins, ends) {
        (true, false) => Some(Interval { low: part.high, has_low: !part.has_high, ..of }),
        (false, true) => Some(Interval { high: part.low, has_high: !part.has_low, ..of }),
        _ => None,
    }
}

/// Gives the first and the last band an end: the lowest and the highest score that there can be. `None` if those are
/// not known.
pub(crate) fn closed(
    mut bands: Vec<BandFile>,
    (low, high): (Option<f64>, Option<f64>),
) -> Option<Vec<BandFile>> {
    let first = bands.first_mut()?;
    if first.from.is_none() && first.above.is_none() {
        let end = first.to.or(first.below).unwrap_or(f64::INFINITY);
        first.from = Some(low.filter(|low| *low <= end)?);
    }
    let last = bands.last_mut()?;
    if last.to.is_none() && last.below.is_none() {
        let begin = last.from.or(last.above).unwrap_or(f64::NEG_INFINITY);
        last.to = Some(high.filter(|high| *high >= begin)?);
    }
    Some(bands)
}
