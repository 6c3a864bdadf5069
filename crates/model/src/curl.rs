//! A call as a command for a POSIX shell, with `$API_TOKEN` in the place of the token.

/// What goes into the command.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The whole address.
    pub url: &'a str,
    /// The name of the header that carries the token.
    pub token_header: &'a str,
    /// All other headers: name and value.
    pub headers: &'a [(String, String)],
    /// The body, if the call has one.
    pub body: Option<&'a str>,
}

/// Writes the command. It runs as it is where `API_TOKEN` is set; the shell expands nothing else in it.
#[must_use]
pub fn curl(call: &Call) -> String {
    let mut parts = vec![format!("curl -X {} {}", call.method, quoted(call.url))];
    // Brackets and braces in an address would be a pattern to curl.
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

/// The header with the token. Only `$API_TOKEN` is left to the shell: a header's name may hold `$`, `!` and backquotes.
fn token_header(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if name.chars().all(plain) {
        format!("\"{name}: $API_TOKEN\"")
    } else {
        format!("{}\"$API_TOKEN\"", quoted(&format!("{name}: ")))
    }
}

/// A text as one word of the shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// The command for a call of this path, below the base URL of the tests.
    fn command(path: &str, token_header: &str, body: Option<&str>) -> String {
        curl(&Call {
            method: "PUT",
            url: &format!("https://acme.example/chat/{path}"),
            token_header,
            headers: &[("Accept".to_owned(), "application/json".to_owned())],
            body,
        })
    }

    /// What a real shell would hand to curl.
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
    fn a_header_name_that_means_something_to_a_shell_does_not() {
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
