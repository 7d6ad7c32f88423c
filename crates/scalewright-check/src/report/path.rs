//! The names of files in a report.

use std::path::{Component, Path};

/// Returns the path of a file, relative to `cwd` if the file is below it, with `/` between its parts and without `.`.
pub(super) fn from(name: &str, cwd: &Path) -> String {
    let path = Path::new(name);
    // By parts of the path, not by text: `/studyx` is not below `/study`.
    let path = path.strip_prefix(cwd).unwrap_or(path);
    let mut text = String::new();
    for part in path.components() {
        let part = match part {
            Component::CurDir => continue,
            Component::RootDir => {
                text.push('/');
                continue;
            }
            other => other.as_os_str().to_string_lossy(),
        };
        if !text.is_empty() && !text.ends_with('/') {
            text.push('/');
        }
        text.push_str(&part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_below_the_folder_are_relative() {
        let cwd = Path::new("/study");
        assert_eq!(from("/study/a/b.toml", cwd), "a/b.toml");
        assert_eq!(from("./a//b.toml", cwd), "a/b.toml");
        assert_eq!(from("../b.toml", cwd), "../b.toml");
        assert_eq!(from("/other/b.toml", cwd), "/other/b.toml");
        assert_eq!(from("/studyx/b.toml", cwd), "/studyx/b.toml");
    }
}
