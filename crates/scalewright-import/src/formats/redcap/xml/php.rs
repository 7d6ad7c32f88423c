//! Values as PHP writes them with `serialize`, which REDCap stores in project files.

use serde_json::{Map, Value};

/// The greatest depth of arrays in arrays.
const DEEPEST: usize = 32;

/// The most values of a text.
const MOST: usize = 1_000_000;

/// The value of a text; `None` if it has an error, an object, or ends too early. Arrays are objects of JSON, whatever
/// their keys are.
pub(super) fn unserialized(bytes: &[u8]) -> Option<Value> {
    let mut reader = Reader { rest: bytes, left: MOST };
    let value = reader.value(0)?;
    reader.rest.is_empty().then_some(value)
}

struct Reader<'a> {
    rest: &'a [u8],
    left: usize,
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Option<Value> {
        self.left = self.left.checked_sub(1)?;
        let kind = *self.rest.first()?;
        if kind == b'N' {
            self.skip(b"N;")?;
            return Some(Value::Null);
        }
        self.skip(&[kind, b':'])?;
        match kind {
            b'b' => Some(Value::Bool(self.until(b';')? == "1")),
            b'i' => Some(Value::from(self.until(b';')?.parse::<i64>().ok()?)),
            b'd' => Some(Value::from(self.until(b';')?.parse::<f64>().ok()?)),
            b's' => {
                let text = self.text()?;
                self.skip(b";")?;
                Some(Value::String(text))
            }
            b'a' if depth < DEEPEST => self.array(depth),
            _ => None,
        }
    }

    fn array(&mut self, depth: usize) -> Option<Value> {
        let count: usize = self.until(b':')?.parse().ok()?;
        self.skip(b"{")?;
        let mut map = Map::new();
        for _ in 0..count {
            let key = match self.value(depth + 1)? {
                Value::String(key) => key,
                Value::Number(key) => key.to_string(),
                _ => return None,
            };
            let value = self.value(depth + 1)?;
            map.insert(key, value);
        }
        self.skip(b"}")?;
        Some(Value::Object(map))
    }

    /// A text with its length in bytes before it.
    fn text(&mut self) -> Option<String> {
        let length: usize = self.until(b':')?.parse().ok()?;
        self.skip(b"\"")?;
        let text = self.rest.get(..length)?;
        self.rest = &self.rest[length..];
        self.skip(b"\"")?;
        Some(String::from_utf8_lossy(text).into_owned())
    }

    fn until(&mut self, end: u8) -> Option<&'a str> {
        let at = self.rest.iter().take(40).position(|byte| *byte == end)?;
        let text = std::str::from_utf8(&self.rest[..at]).ok()?;
        self.rest = &self.rest[at + 1..];
        Some(text)
    }

    fn skip(&mut self, bytes: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(bytes)?;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::unserialized;

    #[test]
    fn values_are_read_as_php_writes_them() {
        for (text, expected) in [
            ("N;", Some(json!(null))),
            ("b:1;", Some(json!(true))),
            ("i:-3;", Some(json!(-3))),
            ("d:0.5;", Some(json!(0.5))),
            ("s:5:\"a\"é;\";", Some(json!("a\"é;"))),
            ("a:2:{s:4:\"name\";s:2:\"es\";i:0;a:0:{}}", Some(json!({"name": "es", "0": {}}))),
            ("s:50:\"a\";", None),
            ("a:2:{i:0;i:1;}", None),
            ("a:1:{a:0:{}i:1;}", None),
            ("O:1:\"a\":0:{}", None),
            ("i:1;i:2;", None),
            ("", None),
        ] {
            assert_eq!(unserialized(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(unserialized("a:1:{i:0;".repeat(100).as_bytes()), None);
    }
}
