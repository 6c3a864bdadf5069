//! The printed table, and the file with every sample.

use serde_json::{Value, json};

use crate::console;
use crate::figure::{Bar, Figure};

/// Returns everything, for `target/bench.json`.
pub fn to_json(machine: &Value, repeats: usize, figures: &[Figure]) -> Value {
    let figures: Vec<Value> = figures.iter().map(Figure::to_json).collect();
    json!({ "machine": machine, "repeats": repeats, "figures": figures })
}

/// Prints each figure with its target, and how many targets are met.
pub fn print(machine: &Value, figures: &[Figure]) {
    let text = |name: &str| machine[name].as_str().unwrap_or_default();
    console::result(&format!(
        "{} · {} · {} cores · {} · {}",
        text("date"),
        text("processor"),
        machine["cores"],
        text("system"),
        text("browser")
    ));
    let rows: Vec<[String; 6]> = figures.iter().flat_map(rows_of).collect();
    for line in table(["figure", "panel", "beside", "ratio", "bar", ""], &rows) {
        console::result(&line);
    }
    let bars = || {
        figures
            .iter()
            .flat_map(|figure| figure.bars.iter().map(move |bar| figure.meets(*bar)))
    };
    console::result(&format!(
        "{} of {} bars met",
        bars().filter(|met| *met).count(),
        bars().count()
    ));
}

/// Returns a row for each target of a figure, or one if it has none.
fn rows_of(figure: &Figure) -> Vec<[String; 6]> {
    let name = match figure.statistic {
        crate::figure::Statistic::Median => format!("{}: {}", figure.part, figure.name),
        other => format!("{}: {}, {}", figure.part, figure.name, other.name()),
    };
    let panel = figure.value().map_or("not measured".to_owned(), |value| {
        with_unit(value, figure.unit)
    });
    let beside = figure.beside.as_ref().zip(figure.beside_value());
    let beside = beside.map_or(String::new(), |((what, _), value)| {
        format!("{what} {}", with_unit(value, figure.unit))
    });
    let ratio = figure
        .ratio()
        .map_or(String::new(), |ratio| format!("{ratio:.2} ×"));
    let row = |bar: String, verdict: &str| {
        [
            name.clone(),
            panel.clone(),
            beside.clone(),
            ratio.clone(),
            bar,
            verdict.to_owned(),
        ]
    };
    if figure.bars.is_empty() {
        return vec![row(String::new(), "")];
    }
    let held = figure.bars.iter().map(|bar| {
        let words = match bar {
            Bar::AtMost(limit) => format!("≤ {}", with_unit(*limit, figure.unit)),
            Bar::TimesBeside(limit) => format!("≤ {limit:.2} ×"),
        };
        row(words, if figure.meets(*bar) { "met" } else { "NOT MET" })
    });
    held.collect()
}

/// Formats a number with its unit, and with a suitable number of digits.
fn with_unit(value: f64, unit: &str) -> String {
    let number = if value.fract() == 0.0 || value.abs() >= 1_000.0 {
        format!("{value:.0}")
    } else if value.abs() >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    };
    if unit.is_empty() {
        number
    } else {
        format!("{number} {unit}")
    }
}

/// Formats columns as wide as their content.
fn table<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> Vec<String> {
    let head = head.map(str::to_owned);
    let all = || std::iter::once(&head).chain(rows);
    let widths: [usize; N] = std::array::from_fn(|column| {
        all()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or_default()
    });
    let line = |row: &[String; N]| {
        let cells = row
            .iter()
            .zip(widths)
            .enumerate()
            .map(|(column, (cell, width))| {
                let space = " ".repeat(width - cell.chars().count());
                // Words are aligned left, numbers right.
                if column == 0 || column + 1 == N {
                    format!("{cell}{space}")
                } else {
                    format!("{space}{cell}")
                }
            });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    all().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_has_a_row_for_each_bar() {
        let figure = Figure::new("lists", "keystroke", "ms", vec![12.0])
            .beside("vanilla", vec![6.0])
            .bar(Bar::AtMost(16.0))
            .bar(Bar::TimesBeside(1.5));
        let lines = table(["", "", "", "", "", ""], &rows_of(&figure));
        let words: Vec<Vec<&str>> = lines[1..]
            .iter()
            .map(|line| line.split_whitespace().collect())
            .collect();
        assert_eq!(
            words[0],
            [
                "lists:",
                "keystroke",
                "12",
                "ms",
                "vanilla",
                "6",
                "ms",
                "2.00",
                "×",
                "≤",
                "16",
                "ms",
                "met"
            ]
        );
        assert_eq!(words[1][9..], ["≤", "1.50", "×", "NOT", "MET"]);
    }

    #[test]
    fn a_number_has_the_digits_that_it_deserves() {
        let written = [0.0, 0.123, 9.876, 12.345, 1234.5].map(|value| with_unit(value, ""));
        assert_eq!(written, ["0", "0.12", "9.88", "12.3", "1234"]);
    }
}
