//! Pictures of a few shapes, which the typesetter and the writer of HTML draw alike. All measures are millimetres from
//! the upper left corner, in any direction of writing.

use serde::Serialize;

/// A picture, with the same in words.
#[derive(Serialize, Default)]
pub(super) struct Picture {
    pub(super) width: f64,
    pub(super) height: f64,
    /// What the picture shows, in words.
    pub(super) alt: String,
    pub(super) shapes: Vec<Shape>,
}

impl Picture {
    /// The texts of the picture.
    pub(super) fn labels(&mut self) -> impl Iterator<Item = &mut String> {
        self.shapes.iter_mut().filter_map(Shape::text)
    }
}

/// A shape. Later ones are drawn over earlier ones.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Shape {
    /// A rectangle of a grey from 0, black, to 100, white.
    Area { x: f64, y: f64, width: f64, height: f64, grey: u8 },
    /// Straight lines from point to point.
    Path { points: Vec<(f64, f64)>, weight: f64, grey: u8, dashed: bool },
    /// A mark around a point.
    Mark { x: f64, y: f64, form: Form },
    /// A text with its middle at the height `y`. It is left out if it is wider than `room`.
    Label {
        x: f64,
        y: f64,
        anchor: Anchor,
        size: f64,
        bold: bool,
        own: bool,
        text: String,
        room: Option<f64>,
    },
}

/// The form of a mark.
#[derive(Serialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Form {
    Diamond,
    Circle,
    Cross,
}

/// Which end of a text is at its place.
#[derive(Serialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Anchor {
    Left,
    Middle,
    Right,
}

/// The greys of pictures.
pub(super) const INK: u8 = 15;
pub(super) const RULE: u8 = 45;
pub(super) const BAR: u8 = 50;
pub(super) const SHADE: u8 = 84;
pub(super) const STRIPE: u8 = 93;

impl Shape {
    /// The text of a label.
    fn text(&mut self) -> Option<&mut String> {
        match self {
            Self::Label { x: _, y: _, anchor: _, size: _, bold: _, own: _, text, room: _ } => {
                Some(text)
            }
            Self::Area { x: _, y: _, width: _, height: _, grey: _ }
            | Self::Path { points: _, weight: _, grey: _, dashed: _ }
            | Self::Mark { x: _, y: _, form: _ } => None,
        }
    }

    pub(super) fn line(from: (f64, f64), to: (f64, f64), weight: f64, grey: u8) -> Self {
        Self::Path { points: vec![from, to], weight, grey, dashed: false }
    }

    pub(super) fn frame((x, y): (f64, f64), (width, height): (f64, f64)) -> Self {
        let (right, low) = (x + width, y + height);
        let points = vec![(x, y), (right, y), (right, low), (x, low), (x, y)];
        Self::Path { points, weight: 0.2, grey: RULE, dashed: false }
    }

    /// A number or another short text of the report itself.
    pub(super) fn label((x, y): (f64, f64), anchor: Anchor, size: f64, text: String) -> Self {
        Self::Label { x, y, anchor, size, bold: false, own: true, text, room: None }
    }

    /// A name of the instrument, where it fits.
    pub(super) fn name((x, y): (f64, f64), anchor: Anchor, text: &str, room: f64) -> Self {
        let text = text.to_owned();
        Self::Label { x, y, anchor, size: 6.5, bold: false, own: false, text, room: Some(room) }
    }
}

/// An axis of scores: its lowest and highest score, and where these are.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    pub(super) scores: (f64, f64),
    pub(super) places: (f64, f64),
}

impl Axis {
    /// Returns the place of a score. A score beyond an end is at that end.
    pub(super) fn at(&self, score: f64) -> f64 {
        let ((low, high), (from, to)) = (self.scores, self.places);
        from + ((score - low) / (high - low)).clamp(0.0, 1.0) * (to - from)
    }

    /// Returns round scores to print at the axis: both ends, and a few between them.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let (low, high) = self.scores;
        let rough = (high - low) / 5.0;
        let power = 10_f64.powf(rough.log10().floor());
        let steps = [1.0, 2.0, 5.0, 10.0].map(|round| round * power);
        let step = steps.into_iter().find(|step| *step >= rough).unwrap_or(high - low);
        let first = (low / step).floor() + 1.0;
        let between = (0..10).map(|at| (first + f64::from(at)) * step);
        // One that is close to an end would touch its number.
        let is_free = |score: &f64| *score > low + step * 0.4 && *score < high - step * 0.4;
        std::iter::once(low).chain(between.filter(is_free)).chain([high]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Axis;

    #[test]
    fn an_axis_has_round_numbers_between_its_ends() {
        let axis = Axis { scores: (0.0, 27.0), places: (40.0, 0.0) };
        assert_eq!(axis.ticks(), [0.0, 10.0, 20.0, 27.0]);
        assert_eq!((axis.at(27.0), axis.at(13.5), axis.at(99.0)), (0.0, 20.0, 0.0));
    }
}
