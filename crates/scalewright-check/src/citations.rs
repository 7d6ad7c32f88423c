//! What a citation in free text states: its year, and its DOI.

/// The earliest and the latest year that a citation can have.
const YEARS: std::ops::RangeInclusive<u32> = 1500..=2199;

/// Returns the year of a citation: the one in brackets, as in *Invented, A. (2024).*, or else the last one.
pub(crate) fn year(citation: &str) -> Option<u32> {
    let in_brackets = citation.split('(').skip(1).find_map(|rest| {
        let end = rest.find(')')?;
        years(&rest[..end]).next()
    });
    in_brackets.or_else(|| {
        // Addresses and DOIs contain numbers that are not years.
        let words = citation.split_whitespace().filter(|word| !word.contains('/'));
        words.flat_map(years).last()
    })
}

/// The numbers of four digits in a text that can be years.
fn years(text: &str) -> impl Iterator<Item = u32> + '_ {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() == 4);
    numbers.filter_map(|number| number.parse().ok()).filter(|year| YEARS.contains(year))
}

/// Returns the DOI that a citation or an address contains.
pub(crate) fn doi(text: &str) -> Option<&str> {
    let start = text.match_indices("10.").map(|(at, _)| at).find(|&at| {
        let registrant = text[at + 3..].bytes().take_while(u8::is_ascii_digit).count();
        registrant >= 4 && text[at + 3 + registrant..].starts_with(['/', '.'])
    })?;
    let word = text[start..].split_whitespace().next()?;
    word.contains('/').then(|| word.trim_end_matches(['.', ',', ';', ')', ']', '>']))
}

#[cfg(test)]
mod tests {
    use super::{doi, year};

    #[test]
    fn years_and_dois_are_found() {
        assert_eq!(year("Invented, A. (2024). Manual. Nowhere Press."), Some(2024));
        assert_eq!(year("Invented A. Manual. Nowhere Press; 2024."), Some(2024));
        assert_eq!(year("Invented, A. (2024, May). In 1984 pages."), Some(2024));
        assert_eq!(year("Invented, A. Manual, pp. 11-29."), None);
        assert_eq!(doi("See https://doi.org/10.1234/jn.2025.0311."), Some("10.1234/jn.2025.0311"));
        assert_eq!(doi("Version 10.2 of 2024"), None);
    }
}
