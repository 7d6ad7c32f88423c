//! The files in an answer.

use std::collections::BTreeMap;

use scalewright_model::text::quote;
use scalewright_wire::File;

use super::{content, paths};
use crate::Limits;

/// How many problems are reported.
const MOST_PROBLEMS: usize = 20;

/// Returns the paths and contents of the files in an answer. The paths are relative, separated by `/`, and lead to
/// different files on every system.
///
/// # Errors
///
/// Returns what is wrong, a sentence each: files that are too many or too large, paths that leave the folder or are not
/// valid on every system, paths that collide, and content that is not given exactly once.
pub fn files(files: Vec<File>, limits: &Limits) -> Result<Vec<(String, Vec<u8>)>, Vec<String>> {
    if files.len() > limits.files {
        let (found, most) = (files.len(), limits.files);
        return Err(vec![format!("it has {found} files, and {most} are allowed (`file-limit`)")]);
    }
    let mut problems: Vec<String> = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let named = format!("file {} (`{}`)", index + 1, quote(&file.path));
        if let Some(problem) = paths::problem(&file.path) {
            problems.push(format!("the path of {named} is refused: {problem}"));
        }
    }
    problems.extend(collisions(&files));
    let mut contents = Vec::new();
    let mut size = 0_u64;
    for file in files {
        match content::bytes(&file) {
            Ok(bytes) => {
                size = size.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
                contents.push((file.path, bytes));
            }
            Err(problem) => problems.push(format!("`{}` is refused: {problem}", quote(&file.path))),
        }
    }
    if size > limits.output {
        let most = limits.output;
        problems
            .push(format!("its files have {size} bytes, and {most} are allowed (`output-limit`)"));
    }
    match problems.is_empty() {
        true => Ok(contents),
        false => Err(shortened(problems)),
    }
}

/// Returns the paths that may be the same file as an earlier one, or a folder that an earlier one is in.
fn collisions(files: &[File]) -> Vec<String> {
    let keys: BTreeMap<String, usize> =
        files.iter().enumerate().rev().map(|(at, file)| (paths::key(&file.path), at)).collect();
    let mut problems = Vec::new();
    for (index, file) in files.iter().enumerate() {
        let key = paths::key(&file.path);
        let shown = |at: usize| quote(files.get(at).map(|f| f.path.as_str()).unwrap_or_default());
        if let Some(first) = keys.get(&key).filter(|first| **first != index) {
            problems.push(format!(
                "`{}` and `{}` are the same file on some systems",
                shown(*first),
                shown(index)
            ));
        }
        let folders = key.match_indices('/').filter_map(|(end, _)| keys.get(&key[..end]));
        for folder in folders {
            problems.push(format!(
                "`{}` is a file, and `{}` needs a folder of that name",
                shown(*folder),
                quote(&file.path)
            ));
        }
    }
    problems
}

/// Limits the number of problems.
pub(super) fn shortened(mut problems: Vec<String>) -> Vec<String> {
    let more = problems.len().saturating_sub(MOST_PROBLEMS);
    if more > 0 {
        problems.truncate(MOST_PROBLEMS);
        problems.push(format!("{more} further problems are not shown"));
    }
    problems
}

#[cfg(test)]
mod tests {
    use scalewright_wire::File;

    use super::files;
    use crate::Limits;

    fn text(path: &str) -> File {
        File { path: path.to_owned(), text: Some("x".to_owned()), base64: None }
    }

    #[test]
    fn paths_that_are_valid_everywhere_are_accepted() {
        for path in [
            "a",
            "a.b.csv",
            "sub/folder/é.html",
            "a b/c",
            "1/2/3/4/5/6/7/8",
            "comma",
            "com10.txt",
            "nully",
        ] {
            let found = files(vec![text(path)], &Limits::default());
            assert_eq!(found, Ok(vec![(path.to_owned(), b"x".to_vec())]));
        }
    }

    #[test]
    fn paths_that_leave_the_folder_or_fail_on_some_system_are_refused() {
        let long = "a".repeat(201);
        for path in [
            "",
            "/",
            "/etc/passwd",
            "//a",
            "../a",
            "a/../../b",
            "a/..",
            "./a",
            "a//b",
            "a/",
            ".git/config",
            "a/.b",
            "..\\a",
            "C:\\a",
            "C:a",
            "a:b",
            "\\\\host\\a",
            "a\0b",
            "a\nb",
            "\u{202e}a",
            "a.",
            "a ",
            "a./b",
            "NUL",
            "nul.txt",
            "con",
            "sub/COM1.tar.gz",
            "lpt9",
            "aux .txt",
            "COM¹",
            "-rf",
            "~",
            "~/a",
            "1/2/3/4/5/6/7/8/9",
            &long,
            "e\u{301}",
            "a*",
            "a?",
        ] {
            assert!(files(vec![text(path)], &Limits::default()).is_err(), "{path:?}");
        }
    }

    #[test]
    fn paths_that_collide_are_refused() {
        for two in [
            ["a", "a"],
            ["a", "A"],
            ["Sub/a", "sub/A"],
            ["a", "a/b"],
            ["a/b/c", "A/B"],
            ["ß", "SS"],
            ["ﬁ", "fi"],
        ] {
            assert!(files(two.map(text).to_vec(), &Limits::default()).is_err(), "{two:?}");
        }
        assert!(files(["a/b", "a/c", "ab"].map(text).to_vec(), &Limits::default()).is_ok());
    }

    #[test]
    fn all_problems_are_reported_and_content_is_given_once() {
        let mut wrong = vec![text("../a"), text("b"), text("B")];
        wrong.push(File { path: "none".to_owned(), ..File::default() });
        wrong.push(File { base64: Some("====".to_owned()), text: None, ..text("c") });
        wrong.push(File { base64: Some(String::new()), ..text("d") });
        let problems = files(wrong, &Limits::default()).expect_err("each is wrong");
        assert_eq!(problems.len(), 5, "{problems:#?}");
        let bytes = File { path: "a".to_owned(), text: None, base64: Some("AP8=".to_owned()) };
        assert_eq!(
            files(vec![bytes], &Limits::default()),
            Ok(vec![("a".to_owned(), vec![0, 255])])
        );
    }

    #[test]
    fn files_are_limited_in_number_and_size() {
        let limits = Limits { files: 2, output: 2, ..Limits::default() };
        assert!(files(["a", "b"].map(text).to_vec(), &limits).is_ok());
        assert!(files(["a", "b", "c"].map(text).to_vec(), &limits).is_err());
        let large = File { text: Some("xxx".to_owned()), ..text("a") };
        assert!(files(vec![large], &limits).is_err());
        let many = (0..1_000).map(|at| text(&format!("../{at}"))).collect();
        assert_eq!(files(many, &Limits::default()).map_err(|problems| problems.len()), Err(21));
    }
}
