//! Folds text for searching and sorting: ignores letter case, accents, width and apostrophes.

use std::cmp::Ordering;

/// Decomposes a text into letters and their marks (Unicode's NFKD). The browser has the tables for it.
pub type Decompose = fn(&str) -> String;

/// Appends the folded form of a text.
pub fn push_folded(to: &mut String, text: &str, decompose: Decompose) {
    if text.is_ascii() {
        to.extend(
            text.chars()
                .filter(|c| *c != '\'')
                .map(|c| c.to_ascii_lowercase()),
        );
        return;
    }
    for c in decompose(text).chars().filter(|c| !is_ignored(*c)) {
        match latin(c) {
            Some(letters) => to.push_str(letters),
            None => to.extend(c.to_lowercase()),
        }
    }
}

/// Returns the folded form of a text.
#[must_use]
pub fn folded(text: &str, decompose: Decompose) -> String {
    let mut folded = String::with_capacity(text.len());
    push_folded(&mut folded, text, decompose);
    folded
}

/// Compares folded texts in natural order: numbers by their value, so that `site-2` comes before `site-10`.
#[must_use]
pub fn natural(one: &str, other: &str) -> Ordering {
    let (mut left, mut right) = (one.as_bytes(), other.as_bytes());
    while let ([first, ..], [theirs, ..]) = (left, right) {
        let order = if first.is_ascii_digit() && theirs.is_ascii_digit() {
            let (number, their_number) = (take_number(&mut left), take_number(&mut right));
            let longer = number.len().cmp(&their_number.len());
            longer.then_with(|| number.cmp(their_number))
        } else {
            let order = first.cmp(theirs);
            (left, right) = (&left[1..], &right[1..]);
            order
        };
        if order.is_ne() {
            return order;
        }
    }
    let longer = left.len().cmp(&right.len());
    longer.then_with(|| one.cmp(other))
}

/// Takes the digits at the beginning of a text, and returns them without leading zeros.
fn take_number<'a>(text: &mut &'a [u8]) -> &'a [u8] {
    let end = text.iter().position(|c| !c.is_ascii_digit());
    let (number, rest) = text.split_at(end.unwrap_or(text.len()));
    *text = rest;
    let zeros = number.iter().take_while(|digit| **digit == b'0');
    &number[zeros.count()..]
}

/// Returns whether folding drops a character: marks on letters, which users leave out when they search, apostrophes,
/// and characters without width.
fn is_ignored(c: char) -> bool {
    matches!(c,
        '\'' | '\u{b4}' | '\u{2b9}'..='\u{2bf}' | '\u{2018}'..='\u{201b}' | '\u{2032}'
        | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Returns the plain form of letters that Unicode does not decompose.
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ħ' | 'Ħ' => "h",
        'ı' => "i",
        'ł' | 'Ł' => "l",
        'þ' | 'Þ' => "th",
        'ς' => "σ",
        _ => return None,
    })
}

/// Returns whether a folded text contains a word. The texts are so short that looking for the word's first byte beats any preparation.
pub(crate) fn holds(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some((first, rest)) = word.split_first() else {
        return true;
    };
    let Some(last) = text.len().checked_sub(word.len()) else {
        return false;
    };
    (0..=last).any(|at| text[at] == *first && text[at + 1..].starts_with(rest))
}

/// Returns the edit distance between a word and the most similar of some others; `None` if it is too large for a typing error: one letter in
/// a short word, two in a longer one.
pub(crate) fn closest(word: &str, others: &mut dyn Iterator<Item = &str>) -> Option<usize> {
    let most = match word.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    };
    others.filter_map(|other| distance(word, other, most)).min()
}

/// Returns the edit distance of two words in letters, where a swap of neighbours counts as one; `None` if it is more than `most`.
#[must_use]
pub fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before_last = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut now = vec![row + 1];
        for (column, theirs) in other.iter().enumerate() {
            let replaced = last[column] + usize::from(letter != theirs);
            let mut least = replaced.min(last[column + 1] + 1).min(now[column] + 1);
            let is_swapped =
                row > 0 && column > 0 && *letter == other[column - 1] && one[row - 1] == *theirs;
            if is_swapped {
                least = least.min(before_last[column - 1] + 1);
            }
            now.push(least);
        }
        if now.iter().all(|least| *least > most) {
            return None;
        }
        before_last = std::mem::replace(&mut last, now);
    }
    last.last().copied().filter(|least| *least <= most)
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn searched_names_lose_case_accents_width_and_apostrophes() {
        let fold = |text: &str| folded(text, |text| text.nfkd().collect());
        for (name, searched) in [
            ("Grace HOPPER", "grace hopper"),
            ("Chloé Lefèvre", "chloe lefevre"),
            ("Müller", "muller"),
            ("Novák", "novak"),
            ("Mai Nguyễn Thị", "mai nguyen thi"),
            ("O’Connor", "oconnor"),
            ("O'Connor", "oconnor"),
            ("Łukasz Żółć", "lukasz zolc"),
            ("Søren Ørsted", "soren orsted"),
            ("Straße", "strasse"),
            ("İpek Işık", "ipek isik"),
            ("ＡＢＣ　１", "abc 1"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευσ"),
            ("Οδυσσεύς", "οδυσσευσ"),
            ("مُحَمَّد", "محمد"),
            ("優子", "優子"),
        ] {
            assert_eq!(fold(name), searched, "{name}");
        }
    }

    #[test]
    fn natural_order_compares_numbers_by_value() {
        let ordered = [
            "",
            "agent",
            "agent 2",
            "agent 10",
            "agent 10 b",
            "agent x",
            "site-1.example",
            "site-2.example",
            "site-10.example",
            "uber.example",
            "zoo.example",
        ];
        for (at, one) in ordered.iter().enumerate() {
            for (their_at, other) in ordered.iter().enumerate() {
                assert_eq!(natural(one, other), at.cmp(&their_at), "{one}, {other}");
            }
        }
        assert_eq!(natural("agent 02 b", "agent 2 a"), Ordering::Greater);
        assert_ne!(natural("agent 02", "agent 2"), Ordering::Equal);
    }

    #[test]
    fn distance_counts_letters_that_differ() {
        for (one, other, expected) in [
            ("grace", "grace", Some(0)),
            ("grace", "grcae", Some(1)),
            ("grace", "grce", Some(1)),
            ("hopper", "hoppper", Some(1)),
            ("hopper", "hooper", Some(1)),
            ("lefevre", "lefebvre", Some(1)),
            ("okafor", "okaofr", Some(1)),
            ("ada", "eva", Some(2)),
            ("ada", "grace", None),
            ("", "ab", Some(2)),
        ] {
            assert_eq!(distance(one, other, 2), expected, "{one}, {other}");
            assert_eq!(distance(other, one, 2), expected, "{other}, {one}");
        }
    }
}
