//! WordprocessingML: runs, paragraphs, tables and fields to fill in.

use quick_xml::escape::escape;

use crate::xml::allowed;

/// The most characters of the name of a field. Word refuses a document with a longer one.
const LONGEST: usize = 64;
/// The font of the boxes. Word draws it with this font everywhere.
const BOX_FONT: &str = "MS Gothic";

/// How text is written: whether from right to left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writing {
    pub(super) is_right_to_left: bool,
}

/// Returns a text without characters that XML forbids, with its markup characters escaped.
pub(super) fn escaped(text: &str) -> String {
    escape(allowed(text)).into_owned()
}

impl Writing {
    /// A run of text. Line breaks are kept.
    pub(super) fn run(self, text: &str) -> String {
        let lines = text.trim_end_matches(['\n', '\r']).split('\n').map(|line| {
            format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(line.trim_end_matches('\r')))
        });
        let lines: Vec<String> = lines.collect();
        format!("<w:r>{}{}</w:r>", self.properties(), lines.join("<w:br/>"))
    }

    /// The properties of a run.
    fn properties(self) -> &'static str {
        if self.is_right_to_left { "<w:rPr><w:rtl/></w:rPr>" } else { "" }
    }

    /// A paragraph in a style, with what is in it.
    pub(super) fn paragraph(self, style: &str, inside: &str) -> String {
        self.paragraph_with(style, "", inside)
    }

    /// A paragraph with further properties. Their order is that of the schema: after the style, before the direction.
    pub(super) fn paragraph_with(self, style: &str, properties: &str, inside: &str) -> String {
        let direction = if self.is_right_to_left { "<w:bidi/>" } else { "" };
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}{direction}</w:pPr>{inside}</w:p>"
        )
    }

    /// A paragraph of text.
    pub(super) fn text(self, style: &str, text: &str) -> String {
        self.paragraph(style, &self.run(text))
    }

    /// A table with these widths of columns, in twentieths of a point. `rows` have their markup.
    pub(super) fn table(self, name: &str, widths: &[usize], rows: &str) -> String {
        let columns: String =
            widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        let direction = if self.is_right_to_left { "<w:bidiVisual/>" } else { "" };
        let whole: usize = widths.iter().sum();
        format!(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Answers\"/>{direction}<w:tblW w:w=\"{whole}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\"/><w:tblCaption w:val=\"{}\"/>\
             </w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>",
            escaped(name)
        )
    }
}

/// A row of a table. The first row of a table is repeated on each page.
pub(super) fn row(is_header: bool, cells: &str) -> String {
    let header = if is_header { "<w:tblHeader/>" } else { "" };
    format!("<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{cells}</w:tr>")
}

/// A cell of this width with paragraphs.
pub(super) fn cell(width: usize, paragraphs: &str) -> String {
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>{paragraphs}</w:tc>"
    )
}

/// A box to tick, called `title` by screen readers.
pub(super) fn tick(title: &str, tag: &str) -> String {
    format!(
        "<w:sdt><w:sdtPr>{}<w14:checkbox><w14:checked w14:val=\"0\"/><w14:checkedState w14:val=\"2612\" \
         w14:font=\"{BOX_FONT}\"/><w14:uncheckedState w14:val=\"2610\" w14:font=\"{BOX_FONT}\"/></w14:checkbox></w:sdtPr>\
         <w:sdtContent><w:r><w:rPr><w:rFonts w:ascii=\"{BOX_FONT}\" w:hAnsi=\"{BOX_FONT}\" w:eastAsia=\"{BOX_FONT}\" \
         w:hint=\"eastAsia\"/></w:rPr><w:t>\u{2610}</w:t></w:r></w:sdtContent></w:sdt>",
        named(title, tag)
    )
}

/// A field to type in, of `width` characters.
pub(super) fn field(title: &str, tag: &str, kind: &str, width: usize) -> String {
    format!(
        "<w:sdt><w:sdtPr>{}<w:showingPlcHdr/>{kind}</w:sdtPr><w:sdtContent><w:r><w:rPr><w:rStyle w:val=\"Blank\"/></w:rPr>\
         <w:t xml:space=\"preserve\">{}</w:t></w:r></w:sdtContent></w:sdt>",
        named(title, tag),
        "_".repeat(width)
    )
}

/// The name of a field for readers, and its tag for programs. A long tag begins with digits that distinguish it, before its
/// end.
fn named(title: &str, tag: &str) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title: String = title.chars().take(LONGEST).collect();
    let tag = match tag.len() > LONGEST {
        true => format!(
            "t{:08x}_{}",
            digits(tag),
            tag.get(tag.len() - (LONGEST - 10)..).unwrap_or_default()
        ),
        false => tag.to_owned(),
    };
    format!("<w:alias w:val=\"{}\"/><w:tag w:val=\"{}\"/>", escaped(&title), escaped(&tag))
}

/// Returns the 32-bit FNV-1a hash of a tag.
fn digits(tag: &str) -> u32 {
    let next = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    tag.bytes().fold(0x811c_9dc5, next)
}

#[cfg(test)]
mod tests {
    use super::{Writing, tick};

    #[test]
    fn texts_are_escaped_and_keep_their_lines() {
        let writing = Writing { is_right_to_left: true };
        let run = writing.run("a < \"b\" & c\u{1}\r\nd\n");
        assert_eq!(
            run,
            "<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space=\"preserve\">a &lt; &quot;b&quot; &amp; c</w:t><w:br/>\
             <w:t xml:space=\"preserve\">d</w:t></w:r>"
        );
    }

    #[test]
    fn names_of_fields_are_short() {
        let box_ = tick(&"long ".repeat(40), "calm_1___3");
        assert!(box_.contains("<w:tag w:val=\"calm_1___3\"/>"), "{box_}");
        let name = box_.split("w:alias w:val=\"").nth(1).and_then(|rest| rest.split('"').next());
        assert_eq!(name.map(str::len), Some(64), "{box_}");
        let tags = ["a", "b"].map(|start| tick("", &format!("{start}{}", "_x".repeat(49))));
        assert_ne!(tags[0], tags[1]);
        assert!(tags.iter().all(|tag| tag.contains("x\"/><w14")), "{tags:?}");
    }
}
