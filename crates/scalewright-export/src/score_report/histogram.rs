//! The picture of the distribution of a score in a group: bars over the bands, with the mean and the standard deviation.

use super::picture::{Anchor, Axis, BAR, Form, INK, Picture, RULE, Shape};
use super::profile::{Segment, axis_of, parts_in_words};
use super::request::{ReportSheet, ScoreOf};
use crate::ui::filled;

/// What the picture shows besides the bars.
pub(super) struct About {
    pub(super) mean: f64,
    pub(super) sd: Option<f64>,
}

const WIDTH: f64 = 150.0;
const HEIGHT: f64 = 50.0;
const LEFT: f64 = 10.0;
const RIGHT: f64 = 148.0;
const TOP: f64 = 5.0;
const BOTTOM: f64 = 34.0;

/// The largest number of whole scores that have a bar each.
const MOST: f64 = 40.0;
/// The number of bars otherwise.
const BARS: usize = 20;

/// Returns the picture. `None` if the score has no known range.
pub(super) fn picture(
    sheet: &ReportSheet<'_>,
    score: &ScoreOf<'_>,
    scores: &[f64],
    about: &About,
) -> Option<Picture> {
    let ((low, high), segments) = axis_of(sheet, score)?;
    let is_whole = |value: &f64| value.fract() == 0.0;
    let has_steps = high - low < MOST && [low, high].iter().all(is_whole);
    // A bar of a whole score reaches half a point to both sides, for scores with replaced answers between them.
    let (ends, bars) = match has_steps {
        true => ((low - 0.5, high + 0.5), (high - low) as usize + 1),
        false => ((low, high), BARS),
    };
    let axis = Axis { scores: ends, places: (LEFT, RIGHT) };
    let counts = counts(scores, ends, bars);
    let shapes = [
        background(&axis, &segments),
        bars_of(sheet, &counts),
        axes(sheet, &axis, (low, high)),
        middle(&axis, about),
    ];
    Some(Picture {
        width: WIDTH,
        height: HEIGHT,
        alt: alt(sheet, score, (scores.len(), about), (low, high))
            + &parts_in_words(sheet, &segments),
        shapes: shapes.into_iter().flatten().collect(),
    })
}

/// Returns how many scores each bar contains. A score on the border of two bars belongs to the upper one.
fn counts(scores: &[f64], (low, high): (f64, f64), bars: usize) -> Vec<usize> {
    let mut counts = vec![0; bars];
    for score in scores {
        let at = (score - low) / (high - low) * bars as f64;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the position of a bar"
        )]
        let at = (at.max(0.0) as usize).min(bars - 1);
        counts[at] += 1;
    }
    counts
}

fn background(axis: &Axis, segments: &[Segment]) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for segment in segments {
        let (from, to) = (axis.at(segment.from), axis.at(segment.to));
        let (width, height) = (to - from, BOTTOM - TOP);
        shapes.push(Shape::Area { x: from, y: TOP, width, height, grey: segment.grey });
        let above = ((from + to) / 2.0, TOP - 2.2);
        shapes.push(Shape::name(above, Anchor::Middle, &segment.label, width - 1.0));
    }
    shapes
}

/// The bars, and the count of the highest one at the left.
fn bars_of(sheet: &ReportSheet<'_>, counts: &[usize]) -> Vec<Shape> {
    let most = counts.iter().copied().max().unwrap_or_default().max(1);
    let step = (RIGHT - LEFT) / counts.len() as f64;
    let gap = (step * 0.12).min(0.6);
    let mut shapes = Vec::new();
    for (at, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let height = (BOTTOM - TOP - 2.0) * *count as f64 / most as f64;
        let (x, width) = (LEFT + step * at as f64 + gap, step - 2.0 * gap);
        shapes.push(Shape::Area { x, y: BOTTOM - height, width, height, grey: BAR });
    }
    for (count, y) in [(0, BOTTOM), (most, TOP + 2.0)] {
        shapes.push(Shape::line((LEFT - 1.0, y), (LEFT, y), 0.2, RULE));
        let text = sheet.figures().shown(count as f64);
        shapes.push(Shape::label((LEFT - 1.6, y), Anchor::Right, 6.5, text));
    }
    shapes
}

fn axes(sheet: &ReportSheet<'_>, axis: &Axis, scores: (f64, f64)) -> Vec<Shape> {
    let mut shapes = vec![Shape::frame((LEFT, TOP), (RIGHT - LEFT, BOTTOM - TOP))];
    for score in (Axis { scores, ..*axis }).ticks() {
        let x = axis.at(score);
        shapes.push(Shape::line((x, BOTTOM), (x, BOTTOM + 1.0), 0.2, RULE));
        let text = sheet.figures().shown(score);
        shapes.push(Shape::label((x, BOTTOM + 2.6), Anchor::Middle, 6.5, text));
    }
    shapes
}

/// The mean as a diamond below the axis, with a line of one standard deviation to both sides.
fn middle(axis: &Axis, about: &About) -> Vec<Shape> {
    let y = BOTTOM + 7.0;
    let x = axis.at(about.mean);
    let mut shapes =
        vec![Shape::Path { points: vec![(x, TOP), (x, y)], weight: 0.3, grey: INK, dashed: true }];
    if let Some(sd) = about.sd {
        let (from, to) = (axis.at(about.mean - sd), axis.at(about.mean + sd));
        shapes.push(Shape::line((from, y), (to, y), 0.5, INK));
        for end in [from, to] {
            shapes.push(Shape::line((end, y - 1.2), (end, y + 1.2), 0.5, INK));
        }
    }
    shapes.push(Shape::Mark { x, y, form: Form::Diamond });
    shapes
}

fn alt(
    sheet: &ReportSheet<'_>,
    score: &ScoreOf<'_>,
    (count, about): (usize, &About),
    (low, high): (f64, f64),
) -> String {
    let figures = sheet.figures();
    let sd = about.sd.map_or_else(|| "–".to_owned(), |sd| figures.shown(sd));
    let (low, high, mean) = (figures.shown(low), figures.shown(high), figures.shown(about.mean));
    let count = count.to_string();
    let values = [("low", &*low), ("high", &high), ("mean", &mean), ("sd", &sd), ("count", &count)];
    let values: Vec<(&str, &str)> = values.into_iter().chain([("title", score.title)]).collect();
    filled(sheet.ui().parts().group_alt, &values)
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn every_score_is_in_one_bar() {
        // Whole scores from 0 to 3: bars of −0.5 to 0.5 and so on.
        assert_eq!(counts(&[0.0, 3.0, 1.0, 3.0], (-0.5, 3.5), 4), [1, 1, 0, 2]);
        assert_eq!(counts(&[0.0, 1.0], (0.0, 1.0), 2), [1, 1]);
    }
}
