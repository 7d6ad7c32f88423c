//! An XML writer with the layout of REDCap's files: one tab per level, and elements that contain only text on one line.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::xml::allowed;

/// A document being written.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
    /// The open elements.
    open: Vec<&'static str>,
    /// The number of outermost levels that are not indented.
    flush: usize,
}

/// Names and values, in their order.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Xml {
    /// Starts a document whose outermost `flush` levels are not indented.
    pub(super) fn new(flush: usize) -> Self {
        let mut xml = Self { writer: Writer::new(Vec::new()), open: Vec::new(), flush };
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.line();
        self.write(Event::Start(tag(name, attributes)));
        self.open.push(name);
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self) {
        let Some(name) = self.open.pop() else { return };
        self.line();
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// Writes an empty element.
    pub(super) fn empty(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.line();
        self.write(Event::Empty(tag(name, attributes)));
    }

    /// Writes an element that contains a text.
    pub(super) fn text(&mut self, name: &'static str, text: &str) {
        self.nested(&[], &[], &[(name, text)]);
    }

    /// Writes elements that contain `texts`, on one line, within the nested elements `around`. The outermost of these
    /// has `attributes`.
    pub(super) fn nested(
        &mut self,
        around: &[&'static str],
        attributes: Attributes<'_>,
        texts: Attributes<'_>,
    ) {
        self.line();
        for (level, name) in around.iter().enumerate() {
            self.write(Event::Start(tag(name, if level == 0 { attributes } else { &[] })));
        }
        for (name, text) in texts {
            self.write(Event::Start(BytesStart::new(*name)));
            self.write(Event::Text(BytesText::new(&allowed(text))));
            self.write(Event::End(BytesEnd::new(*name)));
        }
        for name in around.iter().rev() {
            self.write(Event::End(BytesEnd::new(*name)));
        }
    }

    /// Closes all open elements and returns the document.
    pub(super) fn finish(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        self.write(Event::Text(BytesText::new("\n")));
        self.writer.into_inner()
    }

    fn line(&mut self) {
        let depth = self.open.len().saturating_sub(self.flush);
        let line = format!("\n{}", "\t".repeat(depth));
        self.write(Event::Text(BytesText::new(&line)));
    }

    fn write(&mut self, event: Event<'_>) {
        self.writer.write_event(event).expect("internal: writing to memory cannot fail");
    }
}

fn tag<'a>(name: &'static str, attributes: &[(&'static str, &'a str)]) -> BytesStart<'a> {
    let mut tag = BytesStart::new(name);
    for (name, value) in attributes {
        tag.push_attribute((*name, &*allowed(value)));
    }
    tag
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn texts_and_attributes_are_escaped_and_filtered() {
        let hostile = "a < b & \"c\" ]]> \u{1}\u{ffff}'d'\n\te";
        let mut xml = Xml::new(1);
        xml.open("A", &[]);
        xml.open("B", &[("of", hostile)]);
        xml.nested(&["C"], &[], &[("D", hostile)]);
        let text = String::from_utf8(xml.finish()).expect("the document is UTF-8");
        let escaped = "a &lt; b &amp; &quot;c&quot; ]]&gt; &apos;d&apos;";
        assert!(text.contains(&format!("<B of=\"{escaped}&#10;&#9;e\">")), "{text}");
        let nested = format!("\n\t<C><D>{escaped}\n\te</D></C>\n</B>\n</A>\n");
        assert!(text.contains(&nested), "{text}");
    }
}
