//! Where a template prints values in HTML or XML: only text and quoted attributes can be made safe.

use std::ops::Range;

use crate::templates::file::Escape;
use crate::templates::pieces::Piece;
use crate::templates::rules::Mistake;

/// Elements of HTML whose content is not read as text with entities.
const RAW: [&str; 8] =
    ["script", "style", "iframe", "xmp", "noembed", "noframes", "noscript", "plaintext"];

/// Attributes whose value is an address.
const ADDRESSES: [&str; 12] = [
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "cite",
    "xlink:href",
    "background",
    "ping",
    "srcset",
    "manifest",
];

/// Where the reader of the markup is.
#[derive(Clone, Copy, PartialEq)]
enum At {
    /// In text.
    Text,
    /// After `<`, in the name of an element.
    Name,
    /// In a tag, outside values.
    Tag,
    /// In the name of an attribute.
    Attribute,
    /// After `=`.
    Equals,
    /// In a value in quotation marks of this kind.
    Value(char),
    /// In a value without quotation marks.
    Bare,
    /// In a comment.
    Comment,
    /// In a declaration or an instruction.
    Declaration,
    /// In the content of a script, a style sheet or similar.
    Raw,
}

/// Returns the mistakes of a template for HTML or XML.
pub(super) fn mistakes(pieces: &[Piece<'_>], kind: Escape, length: usize) -> Vec<Mistake> {
    let mut reader = Reader::new(kind == Escape::Html);
    let (mut found, mut around) = (Vec::new(), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Words(words) => reader.read(words),
            Piece::Print { span, filter } => {
                found.extend(reader.print(span, *filter == Some("url")));
                reader.value.push(' ');
            }
            Piece::Open => around.push(reader.clone()),
            Piece::Close(span) => {
                let Some(before) = around.pop() else { continue };
                if reader.place() != before.place() {
                    found.push(half(span));
                }
                // Whatever the block does, the rest is read as if it were left out.
                reader = before;
            }
            Piece::Include(span) if reader.at != At::Text => found.push(Mistake::new(
                "unsafe-place",
                span.clone(),
                "a template is included inside a tag",
                "include it between tags",
            )),
            Piece::Include(_) => {}
        }
    }
    if reader.at != At::Text {
        let (message, help) = ("the template ends inside a tag, a comment or a script", "close it");
        found.push(Mistake::new("unclosed", length..length, message, help));
    }
    found
}

/// The mistake of a block that begins in one place and ends in another, such as half a tag.
fn half(span: &Range<usize>) -> Mistake {
    let message = "a block contains a part of a tag, an attribute, a comment or a script";
    let help = "put whole tags or whole attributes into `if`, `for`, `set` and `macro`";
    Mistake::new("unsafe-place", span.clone(), message, help)
}

#[derive(Clone)]
struct Reader {
    html: bool,
    at: At,
    /// The name of the element that is being read, in lower case.
    element: String,
    /// The name of the attribute that is being read, in lower case.
    attribute: String,
    /// The value of the attribute so far; a printed value is a blank.
    value: String,
    /// The last characters, to find the end of comments and raw text.
    recent: String,
}

impl Reader {
    fn new(html: bool) -> Self {
        let (element, attribute, recent) = (String::new(), String::new(), String::new());
        Self { html, at: At::Text, element, attribute, value: String::new(), recent }
    }

    fn read(&mut self, words: &str) {
        for character in words.chars() {
            self.at = self.step(character.to_ascii_lowercase());
        }
    }

    fn step(&mut self, c: char) -> At {
        self.recent.push(c);
        match self.at {
            At::Text if c == '<' => self.open(),
            At::Text => At::Text,
            At::Name => self.name(c),
            At::Tag | At::Attribute | At::Equals | At::Bare => self.tag(c),
            At::Value(quote) if c == quote => At::Tag,
            At::Value(quote) => {
                self.value.push(c);
                At::Value(quote)
            }
            At::Comment => self.until("-->", At::Comment),
            At::Declaration if self.recent.starts_with("<![cdata[") => {
                self.until("]]>", At::Declaration)
            }
            At::Declaration => self.until(">", At::Declaration),
            At::Raw => self.raw(),
        }
    }

    fn open(&mut self) -> At {
        self.recent = "<".to_owned();
        self.element.clear();
        At::Name
    }

    /// Remains in `here` until the recent characters end with `end`.
    fn until(&self, end: &str, here: At) -> At {
        if self.recent.ends_with(end) { At::Text } else { here }
    }

    /// The end of raw text is the start of a tag.
    fn raw(&mut self) -> At {
        if !self.recent.ends_with(&format!("</{}", self.element)) {
            return At::Raw;
        }
        self.element.clear();
        At::Tag
    }

    fn name(&mut self, c: char) -> At {
        if self.recent == "<!--" {
            return At::Comment;
        }
        match c {
            '!' | '?' if self.element.is_empty() => At::Name,
            _ if self.recent.starts_with("<!-") && self.recent.len() < 4 => At::Name,
            _ if self.recent.starts_with("<!") || self.recent.starts_with("<?") => At::Declaration,
            '>' => self.close(),
            c if c.is_whitespace() && self.element.is_empty() => At::Text,
            c if c.is_whitespace() => At::Tag,
            '/' if !self.element.is_empty() => At::Tag,
            c => {
                self.element.push(c);
                At::Name
            }
        }
    }

    fn tag(&mut self, c: char) -> At {
        match (self.at, c) {
            (At::Equals, '"' | '\'') => {
                self.value.clear();
                At::Value(c)
            }
            (_, '>') => self.close(),
            (At::Equals, c) if c.is_whitespace() => At::Equals,
            (At::Equals, _) => At::Bare,
            (At::Bare, c) if !c.is_whitespace() => At::Bare,
            (At::Tag | At::Attribute, '=') => At::Equals,
            (_, c) if c.is_whitespace() || c == '/' => At::Tag,
            (At::Attribute, c) => {
                self.attribute.push(c);
                At::Attribute
            }
            (_, c) => {
                self.attribute = c.to_string();
                At::Attribute
            }
        }
    }

    fn close(&mut self) -> At {
        // Scripts of SVG are code too, whatever the prefix of their name.
        let name = self.element.rsplit(':').next().unwrap_or_default();
        let raw = match self.html {
            true => RAW.contains(&name),
            false => matches!(name, "script" | "style"),
        };
        self.recent.clear();
        if raw { At::Raw } else { At::Text }
    }

    /// Returns the mistake if no value can be printed here.
    fn print(&self, span: &Range<usize>, is_url: bool) -> Option<Mistake> {
        let (message, help) = match self.at {
            At::Text => return None,
            At::Value(_) => return self.print_in_value(span, is_url),
            At::Equals | At::Bare => (
                format!("the value of `{}` has no quotation marks", self.attribute),
                "write it in quotation marks: `NAME=\"{{ value }}\"`",
            ),
            At::Name | At::Tag | At::Attribute => (
                "a value is printed inside a tag, outside the value of an attribute".to_owned(),
                "print values between tags or in the values of attributes",
            ),
            At::Comment | At::Declaration => (
                "a value is printed inside a comment or a declaration".to_owned(),
                "print it between tags, or use a comment of the template: `{# … #}`",
            ),
            At::Raw => (
                format!("a value is printed inside `<{}>`", self.element),
                "print it into an attribute such as `data-value=\"{{ value }}\"`",
            ),
        };
        Some(Mistake::new("unsafe-place", span.clone(), message, help))
    }

    /// Where the reader is, as far as it matters what is printed next.
    fn place(&self) -> (At, &str, &str) {
        match self.at {
            At::Text | At::Comment | At::Declaration => (self.at, "", ""),
            // Between attributes, the name of the last one does not matter.
            At::Tag | At::Attribute => (At::Tag, &self.element, ""),
            _ => (self.at, &self.element, &self.attribute),
        }
    }

    /// Whether the value of the attribute may be an address.
    fn is_address(&self) -> bool {
        let name = self.attribute.as_str();
        match self.html {
            true => {
                let animates = self.element.starts_with("animate") || self.element == "set";
                ADDRESSES.contains(&name)
                    || (self.element == "meta" && name == "content")
                    || (animates && matches!(name, "to" | "from" | "by" | "values"))
            }
            false => matches!(name, "href" | "xlink:href" | "src"),
        }
    }

    /// Whether the template's own words begin the address, so that a value cannot make it a script.
    fn is_led(&self) -> bool {
        let value = self.value.as_str();
        ["https://", "http://", "mailto:", "tel:", "#", "/", "./", "?"]
            .iter()
            .any(|begin| value.starts_with(begin))
    }

    fn print_in_value(&self, span: &Range<usize>, is_url: bool) -> Option<Mistake> {
        let name = self.attribute.as_str();
        if name.starts_with("on") || matches!(name, "style" | "srcdoc") {
            let message = format!("a value is printed into the attribute `{name}`, which is code");
            let help = "choose between fixed values: `{% if … %}`";
            return Some(Mistake::new("unsafe-place", span.clone(), message, help));
        }
        if self.is_address() && !self.is_led() && !(is_url && self.value.is_empty()) {
            let message = format!("the address in `{name}` may be a script");
            let help = "add the filter `url`, or begin the address with fixed words such as `https://` or `#`";
            return Some(Mistake::new("unsafe-place", span.clone(), message, help));
        }
        None
    }
}
