//! The names of languages, as XLSForm writes them: `Deutsch (de)`.

/// The names of languages in the languages themselves, by their tags.
const NAMES: [(&str, &str); 36] = [
    ("ar", "العربية"),
    ("bg", "Български"),
    ("bn", "বাংলা"),
    ("ca", "Català"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("et", "Eesti"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "Hrvatski"),
    ("hu", "Magyar"),
    ("id", "Bahasa Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("nl", "Nederlands"),
    ("no", "Norsk"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sv", "Svenska"),
    ("sw", "Kiswahili"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
];

/// Returns the name of a language with its tag. A language without a name here has its tag twice.
pub(super) fn named(tag: &str) -> String {
    let language = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let name = NAMES.iter().find(|(own, _)| *own == language).map_or(tag, |(_, name)| name);
    format!("{name} ({tag})")
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn languages_are_named_with_their_tags() {
        assert_eq!(named("de"), "Deutsch (de)");
        assert_eq!(named("pt-BR"), "Português (pt-BR)");
        assert_eq!(named("qya"), "qya (qya)");
    }
}
