//! LimeSurvey's codes of languages.

/// The languages of LimeSurvey 6.4, without informal variants.
const LANGUAGES: &str = "af am ar az be bg bn bs ca ca-valencia ceb ckb cnr cs cy da de el en es es-AR es-CL es-CO \
    es-MX et eu fa fi fil fr ful gl gu he hi hil hr hu hy id ie ike ilo is it ja ka kal kk km kmr kn ko ky lb lt lv mk \
    ml mn mr ms mt mya nb nl nn ny oc pa pap-CW pl prs ps pt pt-BR ro roh ru run rw sah si sk sl smi so sq sr sr-Latn \
    sv swh ta te tg th ti tl tr ug uk ur vi xho yor zh-Hans zh-Hant-HK zh-Hant-TW zu";

/// Tags that LimeSurvey writes differently.
const OTHERWISE: [(&str, &str); 6] = [
    ("zh", "zh-Hans"),
    ("zh-cn", "zh-Hans"),
    ("zh-hant", "zh-Hant-TW"),
    ("zh-tw", "zh-Hant-TW"),
    ("zh-hk", "zh-Hant-HK"),
    ("no", "nb"),
];

/// LimeSurvey's code of a language: the tag itself, or without its last parts. `None` if it does not have the language.
pub(super) fn code(tag: &str) -> Option<&'static str> {
    let mut tag = tag.to_lowercase();
    loop {
        let other = OTHERWISE.iter().find(|(own, _)| *own == tag).map(|(_, code)| *code);
        let same = || LANGUAGES.split_whitespace().find(|code| code.eq_ignore_ascii_case(&tag));
        if let Some(code) = other.or_else(same) {
            return Some(code);
        }
        let shorter = tag.rsplit_once('-')?.0.to_owned();
        tag = shorter;
    }
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn tags_become_codes_of_limesurvey() {
        for (tag, expected) in [
            ("en", Some("en")),
            ("en-GB", Some("en")),
            ("pt-br", Some("pt-BR")),
            ("zh-Hant", Some("zh-Hant-TW")),
            ("de-AT", Some("de")),
            ("tlh", None),
        ] {
            assert_eq!(code(tag), expected, "{tag}");
        }
    }
}
