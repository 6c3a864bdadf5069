//! Expressions of licences: `(MIT OR Apache-2.0) AND Unicode-3.0`, and the older `MIT/Apache-2.0`.

use anyhow::{Result, bail, ensure};

/// Whether those who allow these licences may use what has this expression.
pub fn is_allowed(expression: &str, allowed: &[&str]) -> Result<bool> {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let is_allowed = any(&mut rest, allowed)?;
    ensure!(rest.is_empty(), "it goes on with {:?}", rest.join(" "));
    Ok(is_allowed)
}

/// One `OR` the other.
fn any(rest: &mut &[&str], allowed: &[&str]) -> Result<bool> {
    let mut is_allowed = all(rest, allowed)?;
    while let ["OR", after @ ..] = *rest {
        *rest = after;
        is_allowed |= all(rest, allowed)?;
    }
    Ok(is_allowed)
}

/// One `AND` the other, which binds closer.
fn all(rest: &mut &[&str], allowed: &[&str]) -> Result<bool> {
    let mut is_allowed = one(rest, allowed)?;
    while let ["AND", after @ ..] = *rest {
        *rest = after;
        is_allowed &= one(rest, allowed)?;
    }
    Ok(is_allowed)
}

fn one(rest: &mut &[&str], allowed: &[&str]) -> Result<bool> {
    let (name, after) = match **rest {
        ["(", ref inside @ ..] => {
            *rest = inside;
            let is_allowed = any(rest, allowed)?;
            let [")", after @ ..] = *rest else {
                bail!("a bracket is not closed");
            };
            *rest = after;
            return Ok(is_allowed);
        }
        [] | [")" | "OR" | "AND" | "WITH", ..] => bail!("a licence is missing"),
        [name, "WITH", exception, ref after @ ..] => (format!("{name} WITH {exception}"), after),
        [name, ref after @ ..] => (name.to_owned(), after),
    };
    *rest = after;
    Ok(allowed.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read_with_their_brackets() {
        let allowed = ["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"];
        for (expression, expected) in [
            ("MIT", true),
            ("GPL-3.0", false),
            ("MIT OR GPL-3.0", true),
            ("MIT AND GPL-3.0", false),
            ("GPL-3.0 OR MIT AND Zlib", true),
            ("(GPL-3.0 OR MIT) AND GPL-2.0", false),
            ("(GPL-3.0 OR (MIT)) AND Zlib", true),
            ("GPL-3.0/MIT", true),
            ("Apache-2.0", false),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
        ] {
            let found = is_allowed(expression, &allowed).unwrap();
            assert_eq!(found, expected, "{expression}");
        }
        for expression in ["", "MIT OR", "(MIT", "MIT)", "MIT Zlib", "AND", "()"] {
            assert!(is_allowed(expression, &allowed).is_err(), "{expression:?}");
        }
    }
}
