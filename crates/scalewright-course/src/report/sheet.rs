//! Data of the Typst template: the content of a page, with pictures whose letters are in the fonts of documents.

use serde::Serialize;

use super::content::{Block, Page};
use super::picture::FONT;

/// The Typst template of a page. It reads its data from `/form.json`.
pub const TEMPLATE: &str = include_str!("course.typ");

/// What a typeset page needs beside its content.
#[derive(Debug, Clone, Copy)]
pub struct Printed<'a, House> {
    /// The name of the paper in Typst: `a4` or `us-letter`.
    pub paper: &'a str,
    /// Logo, colour and footer.
    pub house: &'a House,
}

#[derive(Serialize)]
struct Data<'a, House> {
    paper: &'a str,
    house: &'a House,
    title: &'a str,
    source: &'a str,
    blocks: &'a [Block],
}

/// The data of a page. `source` names the instrument with its version.
pub(super) fn data<House: Serialize>(
    page: &Page,
    source: &str,
    printed: &Printed<'_, House>,
) -> Vec<u8> {
    let Printed { paper, house } = *printed;
    let data = Data { paper, house, title: &page.title, source, blocks: &page.blocks };
    let text = serde_json::to_string(&data).expect("internal: plain data is always JSON");
    text.replace(FONT, "Noto Sans").into_bytes()
}
