//! Outlines of letters as TrueType glyphs.
//!
//! A letter may come from a font of either kind of outlines, and of any size of its grid. TrueType has quadratic curves
//! only, so cubic ones are divided into quadratic ones that differ from them by at most one unit.

use ttf_parser::{Face, GlyphId, OutlineBuilder};

/// The size of the grid of the glyphs made here.
pub(super) const UNITS: f32 = 1000.0;

/// A cubic curve is divided into at most this many quadratic ones.
const MOST_PIECES: u8 = 8;

/// How far a curve may be from the one that it replaces, in units of the grid.
const OFF: f32 = 1.0;

/// A glyph with more points than this is left out. The most complex ideographs have about 400.
const MOST_POINTS: usize = 4_000;

/// A point of an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Point {
    x: i16,
    y: i16,
    /// Whether the outline passes through it. Else it bends the curve between its neighbours.
    is_on: bool,
}

/// The data of a glyph, as the table `glyf` has it, and what the other tables say about it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    pub(super) data: Vec<u8>,
    pub(super) left: i16,
    pub(super) points: u16,
    pub(super) contours: u16,
}

/// Returns the glyph of a face, on a grid of [`UNITS`]. `None` if it is no usable outline.
pub(super) fn glyph(face: &Face<'_>, glyph: GlyphId) -> Option<Glyph> {
    let scale = UNITS / f32::from(face.units_per_em());
    let mut tracer = Tracer { scale, ..Tracer::default() };
    if face.outline_glyph(glyph, &mut tracer).is_none() {
        // A space has no outline.
        return Some(Glyph { data: Vec::new(), left: 0, points: 0, contours: 0 });
    }
    written(&tracer.contours)
}

/// Collects the points of an outline.
#[derive(Default)]
struct Tracer {
    scale: f32,
    contours: Vec<Vec<Point>>,
    at: (f32, f32),
}

impl Tracer {
    fn add(&mut self, (x, y): (f32, f32), is_on: bool) {
        let point = Point { x: rounded(x * self.scale), y: rounded(y * self.scale), is_on };
        if let Some(contour) = self.contours.last_mut() {
            contour.push(point);
        }
        if is_on {
            self.at = (x, y);
        }
    }
}

impl OutlineBuilder for Tracer {
    fn move_to(&mut self, x: f32, y: f32) {
        self.contours.push(Vec::new());
        self.add((x, y), true);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add((x, y), true);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.add((x1, y1), false);
        self.add((x, y), true);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let curve = [self.at, (x1, y1), (x2, y2), (x, y)];
        for [bend, end] in quadratic(curve, self.scale) {
            self.add(bend, false);
            self.add(end, true);
        }
    }

    fn close(&mut self) {}
}

/// Divides a cubic curve into quadratic ones, each as its bending point and its end.
///
/// A quadratic curve between the same ends whose tangents meet as those of the cubic differs from it by at most
/// √3 ⁄ 36 · |p₃ − 3p₂ + 3p₁ − p₀|, and by an nth part cubed if it is divided into n.
fn quadratic([p0, p1, p2, p3]: [(f32, f32); 4], scale: f32) -> Vec<[(f32, f32); 2]> {
    let third = |p0: f32, p1: f32, p2: f32, p3: f32| p3 - 3.0 * p2 + 3.0 * p1 - p0;
    let (dx, dy) = (third(p0.0, p1.0, p2.0, p3.0), third(p0.1, p1.1, p2.1, p3.1));
    let off = 3.0_f32.sqrt() / 36.0 * dx.hypot(dy) * scale;
    let pieces = (1..MOST_PIECES).find(|n| off / f32::from(*n).powi(3) <= OFF);
    let pieces = pieces.unwrap_or(MOST_PIECES);
    let point = |t: f32| {
        let of = |a: f32, b: f32, c: f32, d: f32| {
            let u = 1.0 - t;
            u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
        };
        (of(p0.0, p1.0, p2.0, p3.0), of(p0.1, p1.1, p2.1, p3.1))
    };
    let slope = |t: f32| {
        let of = |a: f32, b: f32, c: f32, d: f32| {
            let u = 1.0 - t;
            3.0 * (u * u * (b - a) + 2.0 * u * t * (c - b) + t * t * (d - c))
        };
        (of(p0.0, p1.0, p2.0, p3.0), of(p0.1, p1.1, p2.1, p3.1))
    };
    let step = 1.0 / f32::from(pieces);
    let piece = |n: u8| {
        let (from, to) = (f32::from(n) * step, f32::from(n + 1) * step);
        let (a, d) = (point(from), point(to));
        let (out, into) = (slope(from), slope(to));
        // The bending point is the mean of what the two tangents of the piece suggest.
        let bend = |a: f32, out: f32, d: f32, into: f32| {
            let (b, c) = (a + out * step / 3.0, d - into * step / 3.0);
            (3.0 * (b + c) - a - d) / 4.0
        };
        [(bend(a.0, out.0, d.0, into.0), bend(a.1, out.1, d.1, into.1)), d]
    };
    (0..pieces).map(piece).collect()
}

/// Rounds to the grid. Coordinates beyond what a font can hold stop at its limit.
fn rounded(coordinate: f32) -> i16 {
    #[expect(clippy::cast_possible_truncation, reason = "the number is in the range of the type")]
    let whole = coordinate.round().clamp(-16_000.0, 16_000.0) as i16;
    whole
}

/// The points of a contour that TrueType needs: no end that repeats the start, and no point midway between two bending
/// ones, which is implied.
fn needed(contour: &[Point]) -> Vec<Point> {
    let mut points = contour.to_vec();
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    let midway = |a: i16, b: i16| (i32::from(a) + i32::from(b)) / 2;
    let count = points.len();
    let is_implied = |at: usize| {
        let (before, after) = (points[(at + count - 1) % count], points[(at + 1) % count]);
        let here = points[at];
        at > 0
            && here.is_on
            && !before.is_on
            && !after.is_on
            && i32::from(here.x) == midway(before.x, after.x)
            && i32::from(here.y) == midway(before.y, after.y)
    };
    (0..count).filter(|at| !is_implied(*at)).map(|at| points[at]).collect()
}

/// Writes a glyph: its bounds, the last point of each contour, flags, and differences of coordinates.
fn written(contours: &[Vec<Point>]) -> Option<Glyph> {
    let contours: Vec<Vec<Point>> = contours.iter().map(|contour| needed(contour)).collect();
    let contours: Vec<Vec<Point>> = contours.into_iter().filter(|c| !c.is_empty()).collect();
    let points: Vec<Point> = contours.iter().flatten().copied().collect();
    if points.len() > MOST_POINTS {
        return None;
    }
    let (xs, ys) = (points.iter().map(|p| p.x), points.iter().map(|p| p.y));
    let left = xs.clone().min()?;
    let bounds = [left, ys.clone().min()?, xs.max()?, ys.max()?];
    let count = i16::try_from(contours.len()).ok()?;
    let mut data: Vec<u8> = count.to_be_bytes().into();
    data.extend(bounds.iter().flat_map(|side| side.to_be_bytes()));
    let mut end = 0_u16;
    for contour in &contours {
        end += u16::try_from(contour.len()).ok()?;
        data.extend(end.wrapping_sub(1).to_be_bytes());
    }
    // No instructions.
    data.extend([0, 0]);
    data.extend(steps(&points));
    // Glyphs begin at even positions.
    data.resize(data.len().next_multiple_of(2), 0);
    Some(Glyph { data, left, points: end, contours: u16::try_from(contours.len()).ok()? })
}

/// The flags of all points, then their steps in x, then those in y.
fn steps(points: &[Point]) -> Vec<u8> {
    let (mut flags, mut across, mut up) = (Vec::new(), Vec::new(), Vec::new());
    let mut before = Point { x: 0, y: 0, is_on: true };
    for point in points {
        let x = step(point.x - before.x, (0x02, 0x10), &mut across);
        let y = step(point.y - before.y, (0x04, 0x20), &mut up);
        flags.push(u8::from(point.is_on) | x | y);
        before = *point;
    }
    [repeated(&flags), across, up].concat()
}

/// Writes a step in as few bytes as possible, and returns its part of the flag: `short` if it takes one byte, with `same` for
/// a positive one; `same` without `short` if there is no step.
fn step(step: i16, (short, same): (u8, u8), to: &mut Vec<u8>) -> u8 {
    match u8::try_from(step.unsigned_abs()) {
        Ok(0) => same,
        Ok(size) => {
            to.push(size);
            if step > 0 { short | same } else { short }
        }
        Err(_) => {
            to.extend(step.to_be_bytes());
            0
        }
    }
}

/// Equal flags in a row are written once, with the number of repetitions.
fn repeated(flags: &[u8]) -> Vec<u8> {
    let mut written = Vec::new();
    for run in flags.chunk_by(|one, next| one == next) {
        for part in run.chunks(256) {
            match u8::try_from(part.len() - 1) {
                Ok(more) if more > 1 => written.extend([part[0] | 0x08, more]),
                _ => written.extend(part),
            }
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::{quadratic, repeated, rounded};

    #[test]
    fn cubic_curves_are_followed() {
        // A quarter of a circle of 500 units.
        let c = 500.0 * 0.552_284_8;
        let pieces = quadratic([(500.0, 0.0), (500.0, c), (c, 500.0), (0.0, 500.0)], 1.0);
        assert!((1..8).contains(&pieces.len()), "{pieces:?}");
        let mut start = (500.0_f32, 0.0_f32);
        for [bend, end] in pieces {
            let middle = |a: f32, b: f32, c: f32| 0.25 * a + 0.5 * b + 0.25 * c;
            let (x, y) = (middle(start.0, bend.0, end.0), middle(start.1, bend.1, end.1));
            assert!((x.hypot(y) - 500.0).abs() < 1.5, "{x} {y}");
            assert!((end.0.hypot(end.1) - 500.0).abs() < 1.5, "{end:?}");
            start = end;
        }
        assert!(start.0.abs() < 0.01 && (start.1 - 500.0).abs() < 0.01, "{start:?}");
        // A straight line needs one piece.
        assert_eq!(quadratic([(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (3.0, 3.0)], 1.0).len(), 1);
    }

    #[test]
    fn flags_are_repeated_and_coordinates_bounded() {
        assert_eq!(repeated(&[1, 1, 1, 1, 5, 6, 6]), [9, 3, 5, 6, 6]);
        assert_eq!(rounded(f32::MAX), 16_000);
        assert_eq!(rounded(-0.6), -1);
    }
}
