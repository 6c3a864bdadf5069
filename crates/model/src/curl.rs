//! Formats a call as a command for a POSIX shell, with `$API_TOKEN` in place of the token.

/// The parts of a call.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The full URL.
    pub url: &'a str,
    /// The name of the header that carries the token.
    pub token_header: &'a str,
    /// All other headers: name and value.
    pub headers: &'a [(String, String)],
    /// The body, if the call has one.
    pub body: Option<&'a str>,
}

/// Returns the command. It can be executed where `API_TOKEN` is set; the shell expands nothing else in it.
#[must_use]
pub fn curl(call: &Call) -> String {
    let mut parts = vec![format!("curl -X {} {}", call.method, quoted(call.url))];
    // curl would treat brackets and braces in a URL as a pattern.
    if call.url.contains(['[', ']', '{', '}']) {
        parts.push("--globoff".to_owned());
    }
    parts.push(format!("-H {}", token_header(call.token_header)));
    for (name, value) in call.headers {
        parts.push(format!("-H {}", quoted(&format!("{name}: {value}"))));
    }
    if let Some(body) = call.body {
        parts.push(format!("--data-raw {}", quoted(body)));
    }
    parts.join(" \\\n  ")
}

/// Returns the header with the token. The shell expands only `$API_TOKEN`: a header's name may contain `$`, `!` and
/// backquotes.
fn token_header(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if name.chars().all(plain) {
        format!("\"{name}: $API_TOKEN\"")
    } else {
        format!("{}\"$API_TOKEN\"", quoted(&format!("{name}: ")))
    }
}

/// Quotes a text as one word of the shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// Returns the command for a call of this path, below the base URL of the tests.
    fn command(path: &str, token_header: &str, body: Option<&str>) -> String {
        curl(&Call {
            method: "PUT",
            url: &format!("https://acme.example/chat/{path}"),
            token_header,
            headers: &[("Accept".to_owned(), "application/json".to_owned())],
            body,
        })
    }

    /// Returns the arguments that a real shell would pass to curl.
    fn arguments(command: &str, token: &str) -> Vec<String> {
        let script = format!("curl() {{ printf '%s\\0' \"$@\"; }}\n{command}\n");
        let output = Command::new("sh")
            .args(["-euc", &script])
            .env("API_TOKEN", token)
            .output()
            .expect("a shell");
        assert!(output.status.success(), "{command}\n{output:?}");
        let text = String::from_utf8(output.stdout).expect("text");
        text.split_terminator('\0').map(str::to_owned).collect()
    }

    const NASTY: &str =
        "it's \"$API_TOKEN\" `id` $(id) \\ \\' !! * ~ #x ; & | \n\t\u{7f}é' ''%00%s";

    #[test]
    fn a_shell_takes_every_part_as_it_is() {
        let path = format!("auth/x?a={NASTY}");
        let command = command(&path, "api_token", Some(NASTY));
        assert_eq!(
            arguments(&command, NASTY),
            [
                "-X",
                "PUT",
                &format!("https://acme.example/chat/{path}"),
                "-H",
                &format!("api_token: {NASTY}"),
                "-H",
                "Accept: application/json",
                "--data-raw",
                NASTY,
            ]
        );
    }

    #[test]
    fn shell_characters_in_a_header_name_are_escaped() {
        let name = "x!#$HOME%&'*+-.^_`id`|~";
        let command = command("auth/x", name, None);
        let expected = format!("{name}: t0ken");
        assert_eq!(arguments(&command, "t0ken")[4], expected);
    }

    #[test]
    fn the_usual_command_can_be_read() {
        assert_eq!(
            command("auth/x", "api_token", Some("{\"a\":1}")),
            "curl -X PUT 'https://acme.example/chat/auth/x' \\\n  -H \"api_token: $API_TOKEN\" \\\n  -H 'Accept: application/json' \\\n  --data-raw '{\"a\":1}'"
        );
    }

    #[test]
    fn an_address_with_brackets_is_no_pattern_to_curl() {
        let with = |path| arguments(&command(path, "api_token", None), "t");
        assert!(with("auth/x?a=[1-2]").contains(&"--globoff".to_owned()));
        assert!(!with("auth/x").contains(&"--globoff".to_owned()));
    }
}
