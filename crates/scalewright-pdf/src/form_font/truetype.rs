//! A TrueType font with further glyphs after its own.

use ttf_parser::{RawFace, Tag};

use super::outline::Glyph;

/// The number that makes the checksums of all fonts equal.
const WHOLE: u32 = 0xB1B0_AFBA;

/// Returns `font` with `more` glyphs, each with its width. `None` if the font lacks a table; its own glyphs keep their numbers.
pub(super) fn extended(font: &[u8], more: &[(Glyph, u16)]) -> Option<Vec<u8>> {
    let face = RawFace::parse(font, 0).ok()?;
    let table = |name: &[u8; 4]| face.table(Tag::from_bytes(name)).map(<[u8]>::to_vec);
    let (mut head, mut hhea, mut maxp) = (table(b"head")?, table(b"hhea")?, table(b"maxp")?);
    let (mut glyf, loca, hmtx) = (table(b"glyf")?, table(b"loca")?, table(b"hmtx")?);
    let count = number(&maxp, 4)?;
    let mut starts = starts(&loca, number(&head, 50)? != 0);
    let mut metrics = metrics(&hmtx, number(&hhea, 34)?.into(), count.into())?;
    for (glyph, width) in more {
        metrics.extend(width.to_be_bytes());
        metrics.extend(glyph.left.to_be_bytes());
        glyf.extend(&glyph.data);
        starts.push(u32::try_from(glyf.len()).ok()?);
    }
    let count = count.checked_add(u16::try_from(more.len()).ok()?)?;
    // Long positions, and a width for every glyph.
    put(&mut head, 50, 1)?;
    put(&mut hhea, 34, count)?;
    put(&mut maxp, 4, count)?;
    at_least(&mut maxp, 6, more.iter().map(|(glyph, _)| glyph.points))?;
    at_least(&mut maxp, 8, more.iter().map(|(glyph, _)| glyph.contours))?;
    let loca = starts.iter().flat_map(|start| start.to_be_bytes()).collect();
    let tables = [
        (b"glyf", glyf),
        (b"head", head),
        (b"hhea", hhea),
        (b"hmtx", metrics),
        (b"loca", loca),
        (b"maxp", maxp),
    ];
    Some(file(&tables))
}

/// The number of glyphs of a font.
pub(super) fn glyphs(font: &[u8]) -> Option<u16> {
    let face = RawFace::parse(font, 0).ok()?;
    number(face.table(Tag::from_bytes(b"maxp"))?, 4)
}

/// A number of two bytes in a table.
fn number(table: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(table.get(at..at + 2)?.try_into().ok()?))
}

fn put(table: &mut [u8], at: usize, value: u16) -> Option<()> {
    table.get_mut(at..at + 2)?.copy_from_slice(&value.to_be_bytes());
    Some(())
}

/// Raises a number in a table to the highest of `values`.
fn at_least(table: &mut [u8], at: usize, values: impl Iterator<Item = u16>) -> Option<()> {
    let most = values.max().unwrap_or_default().max(number(table, at)?);
    put(table, at, most)
}

/// The position of each glyph, and the end of the last one. The short format has halves.
fn starts(loca: &[u8], is_long: bool) -> Vec<u32> {
    if is_long {
        let fours = loca.chunks_exact(4);
        fours.map(|four| u32::from_be_bytes([four[0], four[1], four[2], four[3]])).collect()
    } else {
        let pairs = loca.chunks_exact(2);
        pairs.map(|pair| 2 * u32::from(u16::from_be_bytes([pair[0], pair[1]]))).collect()
    }
}

/// The width and the left side of each glyph. After the first `wide` ones, the width of the last of these is implied.
fn metrics(hmtx: &[u8], wide: usize, count: usize) -> Option<Vec<u8>> {
    let (full, lefts) = hmtx.split_at_checked(4 * wide)?;
    let last = full.get(full.len().checked_sub(4)?..full.len() - 2)?;
    let rest = lefts.chunks_exact(2).take(count.checked_sub(wide)?);
    Some([full.to_vec(), rest.flat_map(|left| [last, left].concat()).collect()].concat())
}

/// A font file of these tables, which are in the order of their names.
fn file(tables: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = u16::try_from(tables.len()).unwrap_or_default();
    let power = count.max(1).ilog2();
    let range = 16 * (1_u16 << power);
    let mut header: Vec<u8> = 0x0001_0000_u32.to_be_bytes().into();
    let power = u16::try_from(power).unwrap_or_default();
    for value in [count, range, power, 16 * count - range] {
        header.extend(value.to_be_bytes());
    }
    let (mut at, mut body, mut head) = (12 + 16 * tables.len(), Vec::new(), 0);
    for (name, table) in tables {
        let mut table = table.clone();
        if *name == b"head" {
            // The checksum of the file is computed as if it were 0.
            head = at;
            table[8..12].fill(0);
        }
        let length = table.len();
        table.resize(length.next_multiple_of(4), 0);
        header.extend(*name);
        for value in [sum(&table), small(at), small(length)] {
            header.extend(value.to_be_bytes());
        }
        at += table.len();
        body.extend(table);
    }
    let mut file = [header, body].concat();
    let checksum = WHOLE.wrapping_sub(sum(&file));
    file[head + 8..head + 12].copy_from_slice(&checksum.to_be_bytes());
    file
}

/// A position in a font, none of which is longer than a few megabytes.
fn small(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// The checksum of a table.
fn sum(table: &[u8]) -> u32 {
    let words = table.chunks_exact(4);
    words.fold(0, |sum: u32, w| sum.wrapping_add(u32::from_be_bytes([w[0], w[1], w[2], w[3]])))
}
