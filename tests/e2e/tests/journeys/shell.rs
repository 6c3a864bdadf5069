//! Executes a curl command in a POSIX shell.

use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use switchboard_e2e::Request;

/// Returns the arguments that the shell passes to curl, with `API_TOKEN` set.
pub fn arguments(command: &str, token: &str) -> Result<Vec<String>> {
    let script = format!("curl() {{ printf '%s\\0' \"$@\"; }}\n{command}\n");
    let output = shell(&script, token)?;
    Ok(output.split_terminator('\0').map(str::to_owned).collect())
}

/// Runs the command. Returns `None` on a machine without curl.
pub fn run(command: &str, token: &str) -> Result<Option<String>> {
    let there = Command::new("sh")
        .args(["-c", "command -v curl"])
        .output()?;
    if !there.status.success() {
        return Ok(None);
    }
    shell(command, token).map(Some)
}

fn shell(script: &str, token: &str) -> Result<String> {
    let output = Command::new("sh")
        .args(["-euc", script])
        .env("API_TOKEN", token)
        .output()?;
    ensure!(output.status.success(), "{script}\n{output:?}");
    Ok(String::from_utf8(output.stdout)?)
}

/// Returns the request that curl sends for these arguments.
pub fn request_of(words: &[String]) -> Result<Request> {
    let mut request = Request::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().context("an option without its value");
        match word.as_str() {
            "-X" => request.method = value()?.clone(),
            "-H" => {
                let (name, value) = value()?.split_once(": ").context("a header")?;
                request = request.header(name, value);
            }
            "--data-raw" => request.body = value()?.clone().into_bytes(),
            url if url.starts_with("http://") => {
                let (_, rest) = url.split_once("//").context("a URL")?;
                let path = rest.find('/').context("a path")?;
                request.target = rest[path..].to_owned();
            }
            other => bail!("curl was handed {other:?}"),
        }
    }
    Ok(request)
}
