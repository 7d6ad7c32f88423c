//! Elements of XML, and how they are written.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::xml::allowed;

/// An element.
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Content,
}

enum Content {
    Children(Vec<Element>),
    Text(String),
}

impl Element {
    /// An element with other elements, or none.
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), content: Content::Children(Vec::new()) }
    }

    /// An element with a text.
    pub(super) fn text(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, attributes: Vec::new(), content: Content::Text(text.into()) }
    }

    /// Adds an attribute.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// Adds elements to an element without text.
    pub(super) fn of(mut self, children: impl IntoIterator<Item = Element>) -> Self {
        if let Content::Children(own) = &mut self.content {
            own.extend(children);
        }
        self
    }

    /// The document whose root is this element.
    pub(super) fn document(&self) -> Vec<u8> {
        let mut writer = Writer::new(Vec::new());
        write(&mut writer, Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        self.write(&mut writer, 0);
        write(&mut writer, Event::Text(BytesText::new("\n")));
        writer.into_inner()
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>, depth: usize) {
        line(writer, depth);
        let mut tag = BytesStart::new(self.name);
        for (name, value) in &self.attributes {
            tag.push_attribute((*name, &*allowed(value)));
        }
        match &self.content {
            Content::Children(children) if children.is_empty() => write(writer, Event::Empty(tag)),
            Content::Children(children) => {
                write(writer, Event::Start(tag));
                children.iter().for_each(|child| child.write(writer, depth + 1));
                line(writer, depth);
                write(writer, Event::End(BytesEnd::new(self.name)));
            }
            Content::Text(text) => {
                write(writer, Event::Start(tag));
                write(writer, Event::Text(BytesText::new(&allowed(text))));
                write(writer, Event::End(BytesEnd::new(self.name)));
            }
        }
    }
}

fn line(writer: &mut Writer<Vec<u8>>, depth: usize) {
    write(writer, Event::Text(BytesText::new(&format!("\n{}", " ".repeat(depth)))));
}

fn write(writer: &mut Writer<Vec<u8>>, event: Event<'_>) {
    writer.write_event(event).expect("internal: writing to memory cannot fail");
}

#[cfg(test)]
mod tests {
    use super::Element;

    #[test]
    fn texts_and_attributes_are_escaped() {
        let hostile = "a < b & \"c\" ]]> \u{1}'d'\n\te\r";
        let root = Element::new("A").of([Element::text("B", hostile).with("of", hostile)]);
        let text = String::from_utf8(root.document()).expect("the document is UTF-8");
        let escaped = "a &lt; b &amp; &quot;c&quot; ]]&gt; &apos;d&apos;";
        assert!(text.contains(&format!("<B of=\"{escaped}&#10;&#9;e&#13;\">")), "{text}");
        assert!(text.contains(&format!(">{escaped}\n\te&#13;</B>\n</A>\n")), "{text}");
    }
}
