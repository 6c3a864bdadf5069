//! The machine and the time of a measurement.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use serde_json::{Value, json};
use switchboard_e2e::Page;

use crate::stage::{App, Stage};

/// Returns the machine, the date, and the browser with its command-line flags.
pub async fn describe(stage: &Stage) -> Result<Value> {
    let served = stage.serve(App::Vanilla, 12).await?;
    let page = stage.browser(&served).await?;
    let version = page.cdp("Browser.getVersion", json!({})).await?;
    Ok(json!({
        "date": date(),
        "processor": processor(),
        "cores": std::thread::available_parallelism().map_or(0, usize::from),
        "memory": field("/proc/meminfo", "MemTotal"),
        "system": system(),
        "load": std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim(),
        "browser": version["product"],
        "flags": flags(&page).await,
    }))
}

/// Returns the browser's flags: those of the harness and those that the driver adds.
async fn flags(page: &Page) -> Value {
    let line = page.cdp("Browser.getBrowserCommandLine", json!({})).await;
    line.map_or(Value::Null, |line| line["arguments"].clone())
}

/// Returns today's date in UTC, as `2026-11-25`.
fn date() -> String {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let (year, month, day) = civil(seconds / 86_400);
    format!("{year}-{month:02}-{day:02}")
}

/// Converts days since 1970 to a date: <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>.
fn civil(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month, day)
}

fn processor() -> String {
    let name = field("/proc/cpuinfo", "model name");
    if name.is_empty() {
        std::env::consts::ARCH.to_owned()
    } else {
        name
    }
}

fn system() -> String {
    field("/etc/os-release", "PRETTY_NAME")
        .trim_matches('"')
        .to_owned()
}

/// Returns the value after a name in a file of lines; empty if the name is missing.
fn field(file: &str, name: &str) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let value = text.lines().find_map(|line| {
        let rest = line.strip_prefix(name)?.trim_start();
        rest.strip_prefix([':', '='])
    });
    value.unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_its_date() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(19_782), (2024, 2, 29));
        assert_eq!(civil(20_782), (2026, 11, 25));
    }
}
