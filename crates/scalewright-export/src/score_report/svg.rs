//! Pictures as SVG within HTML.

use std::fmt::Write;

use super::picture::{Anchor, Form, INK, Picture, Shape};
use crate::html::text::escaped;

/// Points as millimetres: the size of texts.
const POINT: f64 = 0.3528;

/// Returns the picture with its alternative text.
pub(super) fn picture(picture: &Picture) -> String {
    let Picture { width, height, alt, shapes } = picture;
    let mut svg = format!(
        "<svg role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {} {}\" direction=\"ltr\">",
        escaped(alt),
        short(*width),
        short(*height)
    );
    for one in shapes {
        svg.push_str(&shape(one));
    }
    svg.push_str("</svg>");
    svg
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Area { x, y, width, height, grey } => format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>",
            short(*x),
            short(*y),
            short(*width),
            short(*height),
            colour(*grey)
        ),
        Shape::Path { points, weight, grey, dashed } => {
            let dashes = if *dashed { " stroke-dasharray=\"1 0.8\"" } else { "" };
            format!(
                "<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"{dashes}/>",
                path(points),
                colour(*grey),
                short(*weight)
            )
        }
        Shape::Mark { x, y, form } => mark(*x, *y, *form),
        Shape::Label { x, y, anchor, size, bold, own: _, text, room } => {
            if room.is_some_and(|room| width_of(text, *size) > room) {
                return String::new();
            }
            let anchor = match anchor {
                Anchor::Left => "start",
                Anchor::Middle => "middle",
                Anchor::Right => "end",
            };
            let weight = if *bold { " font-weight=\"700\"" } else { "" };
            // The middle of capitals is about a third of the size above the line that they are on.
            format!(
                "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" font-size=\"{}\"{weight}>{}</text>",
                short(*x),
                short(y + size * POINT * 0.36),
                short(size * POINT),
                escaped(text)
            )
        }
    }
}

fn path(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (at, (x, y)) in points.iter().enumerate() {
        let _ = write!(path, "{}{} {}", if at == 0 { "M" } else { "L" }, short(*x), short(*y));
    }
    path
}

fn mark(x: f64, y: f64, form: Form) -> String {
    let ink = colour(INK);
    match form {
        Form::Diamond => format!(
            "<path d=\"M{} {}l2.1 2.1l-2.1 2.1l-2.1 -2.1Z\" fill=\"{ink}\" stroke=\"#fff\" stroke-width=\"0.2\"/>",
            short(x),
            short(y - 2.1)
        ),
        Form::Circle => {
            format!("<circle cx=\"{}\" cy=\"{}\" r=\"1.2\" fill=\"{ink}\"/>", short(x), short(y))
        }
        Form::Cross => format!(
            "<path d=\"M{} {}l2 2m0 -2l-2 2\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"0.4\"/>",
            short(x - 1.0),
            short(y - 1.0)
        ),
    }
}

/// A grey from 0 to 100 as a colour.
fn colour(grey: u8) -> String {
    let level = (f64::from(grey) * 2.55).round();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
    let level = level as u8;
    format!("#{level:02x}{level:02x}{level:02x}")
}

/// A number of millimetres with at most two decimals.
fn short(value: f64) -> String {
    scalewright_scoring::emit::number(scalewright_scoring::rounded(value, 2))
}

/// An estimate of the width of a text in millimetres, on the safe side: wide characters are as wide as they are high.
fn width_of(text: &str, size: f64) -> f64 {
    let of = |c: char| match u32::from(c) {
        // The marks that isolate a text are not seen.
        0x2066..=0x2069 => 0.0,
        0x1100.. => 1.0,
        _ => 0.58,
    };
    text.chars().map(of).sum::<f64>() * size * POINT
}
