//! Tests the settings of a connection, as users type them.

use switchboard_api::{
    BaseUrl, BaseUrlError, BodyEncoding, Connection, HeaderName, HeaderNameError, PrefixedToken,
    Token, TokenError, UnknownBodyEncoding,
};

#[test]
fn a_base_url_is_brought_into_one_form() {
    for (typed, url, origin, host) in [
        (
            "https://acme.chatwhizz.com",
            "https://acme.chatwhizz.com/",
            "https://acme.chatwhizz.com",
            "acme.chatwhizz.com",
        ),
        (
            "  HTTPS://Acme.ChatWhizz.com:443///\n",
            "https://acme.chatwhizz.com/",
            "https://acme.chatwhizz.com",
            "acme.chatwhizz.com",
        ),
        (
            "http://localhost:8080/API/v1",
            "http://localhost:8080/API/v1/",
            "http://localhost:8080",
            "localhost",
        ),
        (
            "http://127.0.0.1:80/",
            "http://127.0.0.1/",
            "http://127.0.0.1",
            "127.0.0.1",
        ),
        (
            "https://a.example:80",
            "https://a.example:80/",
            "https://a.example:80",
            "a.example",
        ),
        (
            "http://a.example:00443",
            "http://a.example:443/",
            "http://a.example:443",
            "a.example",
        ),
        (
            "http://[::1]:8080/x/",
            "http://[::1]:8080/x/",
            "http://[::1]:8080",
            "[::1]",
        ),
        (
            "https://[2001:DB8::1]",
            "https://[2001:db8::1]/",
            "https://[2001:db8::1]",
            "[2001:db8::1]",
        ),
        (
            "https://bücher.example",
            "https://bücher.example/",
            "https://bücher.example",
            "bücher.example",
        ),
        (
            "https://acme.example/a/@b:c%20d",
            "https://acme.example/a/@b:c%20d/",
            "https://acme.example",
            "acme.example",
        ),
    ] {
        let base_url: BaseUrl = typed
            .parse()
            .unwrap_or_else(|error| panic!("{typed}: {error}"));
        assert_eq!(base_url.as_str(), url);
        assert_eq!(base_url.to_string(), url);
        assert_eq!(base_url.origin(), origin);
        assert_eq!(base_url.host(), host);
    }
}

#[test]
fn paths_are_appended_whatever_slashes_there_are() {
    for base_url in ["https://acme.example/api", "https://acme.example/api/"] {
        let base_url: BaseUrl = base_url.parse().expect("a base URL");
        for path in ["auth/organisation", "/auth/organisation"] {
            assert_eq!(
                base_url.join(path),
                "https://acme.example/api/auth/organisation"
            );
        }
    }
}

#[test]
fn a_missing_scheme_is_suggested() {
    for (typed, suggestion) in [
        ("acme.chatwhizz.com", "https://acme.chatwhizz.com/"),
        ("Acme.ChatWhizz.com/api/", "https://acme.chatwhizz.com/api/"),
        ("//acme.chatwhizz.com", "https://acme.chatwhizz.com/"),
        ("://acme.chatwhizz.com", "https://acme.chatwhizz.com/"),
        ("https:acme.chatwhizz.com", "https://acme.chatwhizz.com/"),
        ("http:/acme.chatwhizz.com", "http://acme.chatwhizz.com/"),
        (
            "acme.chatwhizz.com:8443/a:b",
            "https://acme.chatwhizz.com:8443/a:b/",
        ),
        ("localhost:8080", "http://localhost:8080/"),
        ("LocalHost", "http://localhost/"),
        ("127.0.0.1:8080/api", "http://127.0.0.1:8080/api/"),
        ("[::1]:8080", "https://[::1]:8080/"),
    ] {
        let error = BaseUrlError::MissingScheme {
            suggestion: suggestion.to_owned(),
        };
        assert_eq!(typed.parse::<BaseUrl>(), Err(error), "{typed}");
        assert!(
            suggestion
                .parse::<BaseUrl>()
                .is_ok_and(|url| url.as_str() == suggestion)
        );
    }
}

#[test]
fn each_invalid_base_url_has_its_own_error() {
    let scheme = |scheme: &str| BaseUrlError::UnsupportedScheme(scheme.to_owned());
    for (typed, error) in [
        ("", BaseUrlError::Empty),
        (" \n", BaseUrlError::Empty),
        ("ftp://acme.example", scheme("ftp")),
        ("mailto:ada@acme.example", scheme("mailto")),
        ("javascript:alert(1)", scheme("javascript")),
        ("https://", BaseUrlError::MissingHost),
        ("https:///path", BaseUrlError::MissingHost),
        ("https://:8080", BaseUrlError::MissingHost),
        ("https://...", BaseUrlError::MissingHost),
        ("https://[]", BaseUrlError::MissingHost),
        ("http:", BaseUrlError::MissingHost),
        ("/", BaseUrlError::MissingHost),
        ("https://ada@acme.example", BaseUrlError::HasCredentials),
        (
            "https://ada:secret@acme.example/",
            BaseUrlError::HasCredentials,
        ),
        ("ada@acme.example", BaseUrlError::HasCredentials),
        (
            "https://acme.example/?a=b",
            BaseUrlError::HasQueryOrFragment,
        ),
        ("https://acme.example?", BaseUrlError::HasQueryOrFragment),
        ("https://acme.example#top", BaseUrlError::HasQueryOrFragment),
        ("https://ac me.example", BaseUrlError::InvalidCharacter(' ')),
        (
            "https://acme.example/a b",
            BaseUrlError::InvalidCharacter(' '),
        ),
        (
            "https://acme.example/\na",
            BaseUrlError::InvalidCharacter('\n'),
        ),
        (
            "https://acme\u{0}.example",
            BaseUrlError::InvalidCharacter('\u{0}'),
        ),
        (
            "https://acme.example\\api",
            BaseUrlError::InvalidCharacter('\\'),
        ),
        ("https://<host>", BaseUrlError::InvalidCharacter('<')),
        ("https://[::1", BaseUrlError::InvalidCharacter('[')),
        ("https://[::g]", BaseUrlError::InvalidCharacter('g')),
        ("two words", BaseUrlError::InvalidCharacter(' ')),
        ("https://acme.example:", BaseUrlError::InvalidPort),
        ("https://acme.example:0", BaseUrlError::InvalidPort),
        ("https://acme.example:65536", BaseUrlError::InvalidPort),
        ("https://acme.example:+80", BaseUrlError::InvalidPort),
        ("https://acme.example:80:80", BaseUrlError::InvalidPort),
        ("https://[::1]:x", BaseUrlError::InvalidPort),
    ] {
        assert_eq!(typed.parse::<BaseUrl>(), Err(error), "{typed:?}");
    }
}

#[test]
fn pasted_token_loses_its_prefix() {
    for typed in ["t0ken", " t0ken ", "\tt0ken\r\n", "\u{A0}t0ken\u{3000}"] {
        let token: Token = typed.parse().expect("a token");
        assert_eq!(token.reveal(), "t0ken");
        assert_eq!(format!("{token:?}"), "Token(…)");
    }
    let odd = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    assert_eq!(odd.parse::<Token>().expect("a token").reveal(), odd);
}

#[test]
fn a_missing_scheme_is_added_and_nothing_else() {
    for (typed, completed) in [
        ("acme.example", Some("https://acme.example/")),
        (" Acme.example/chat ", Some("https://acme.example/chat/")),
        ("//acme.example", Some("https://acme.example/")),
        ("acme.example:8443", Some("https://acme.example:8443/")),
        ("localhost:8080", Some("http://localhost:8080/")),
        ("LOCALHOST", Some("http://localhost/")),
        ("127.0.0.1:9", Some("http://127.0.0.1:9/")),
        ("127.8.9.10/api", Some("https://127.8.9.10/api/")),
        ("[::1]:8080", Some("https://[::1]:8080/")),
        ("127.acme.example", Some("https://127.acme.example/")),
        ("[::10]", Some("https://[::10]/")),
        ("http:acme.example", Some("http://acme.example/")),
        ("https://acme.example", None),
        ("http://acme.example", None),
        ("ftp://acme.example", None),
        ("", None),
        ("not a url", None),
        ("acme.example/?a=1", None),
        ("me:secret@acme.example", None),
    ] {
        let found = BaseUrl::completed(typed);
        assert_eq!(found.as_ref().map(BaseUrl::as_str), completed, "{typed:?}");
        // Plain http is added only where a page may use it.
        if let Some(found) = found.filter(|_| !typed.contains("http:")) {
            assert_eq!(found.is_local(), found.as_str().starts_with("http:"));
        }
    }
}

#[test]
fn an_authority_is_the_host_with_its_port() {
    for (url, authority) in [
        ("http://127.0.0.1:9/", "127.0.0.1:9"),
        ("https://acme.example:443/chat", "acme.example"),
        ("https://acme.example:8443", "acme.example:8443"),
        ("http://[::1]:8080/a/", "[::1]:8080"),
    ] {
        let url: BaseUrl = url.parse().expect("a base URL");
        assert_eq!(url.authority(), authority);
    }
}

#[test]
fn a_pasted_token_loses_its_prefix() {
    for (pasted, prefix) in [
        ("Bearer t0ken", "Bearer"),
        (" bearer   t0ken\n", "bearer"),
        ("api_token: t0ken", "api_token:"),
        ("API_TOKEN:t0ken", "API_TOKEN:"),
        ("api_token=t0ken", "api_token="),
        ("access_token = t0ken;", "access_token="),
        ("Authorization: Bearer t0ken", "Authorization: Bearer"),
        (r#""api_token": "t0ken","#, "api_token:"),
        ("'api_token: t0ken'", "api_token:"),
        ("X-Api-Key: t0ken", "X-Api-Key:"),
    ] {
        let found = PrefixedToken::find(pasted, "x-api-key").expect(pasted);
        assert_eq!(
            (found.prefix.as_str(), found.token.reveal()),
            (prefix, "t0ken")
        );
    }
    for typed in [
        "",
        "t0ken",
        "t0ken=",
        "bearer",
        "Bearer",
        "Bearer ",
        "api_token:",
        "api_token: two tokens",
        "Bearer two tokens",
        "Basic t0ken",
        "a:b",
        "Bearert0ken",
        "name: t0ken",
        "\"t0ken\"",
    ] {
        assert_eq!(PrefixedToken::find(typed, "api_token"), None, "{typed:?}");
    }
}

#[test]
fn each_invalid_token_has_its_own_error() {
    for (typed, error) in [
        ("", TokenError::Empty),
        (" \r\n", TokenError::Empty),
        ("two tokens", TokenError::InnerWhitespace),
        ("two\ntokens", TokenError::InnerWhitespace),
        ("two\u{A0}tokens", TokenError::InnerWhitespace),
        ("tökén", TokenError::InvalidCharacter),
        ("to\u{0}ken", TokenError::InvalidCharacter),
        ("token\u{200B}", TokenError::InvalidCharacter),
    ] {
        assert_eq!(typed.parse::<Token>(), Err(error), "{typed:?}");
    }
}

#[test]
fn a_headers_name_is_one_that_http_knows() {
    assert_eq!(HeaderName::default().as_str(), "api_token");
    for typed in ["access_token", " X-Api-Token ", "a!#$%&'*+-.^_`|~9"] {
        let name: HeaderName = typed.parse().expect("a header's name");
        assert_eq!(name.to_string(), typed.trim());
    }
    for (typed, error) in [
        ("", HeaderNameError::Empty),
        (" ", HeaderNameError::Empty),
        ("api token", HeaderNameError::InvalidCharacter(' ')),
        ("api_token:", HeaderNameError::InvalidCharacter(':')),
        ("jetön", HeaderNameError::InvalidCharacter('ö')),
        ("a\r\nb", HeaderNameError::InvalidCharacter('\r')),
    ] {
        assert_eq!(typed.parse::<HeaderName>(), Err(error), "{typed:?}");
    }
}

#[test]
fn connection_defaults_to_json_and_the_api_token_header() {
    let base_url = "https://acme.example".parse().expect("a base URL");
    let token = "t0ken".parse().expect("a token");
    let connection = Connection::new(base_url, token);
    assert_eq!(connection.token_header, HeaderName::default());
    assert_eq!(connection.body_encoding, BodyEncoding::Json);
    assert!(!format!("{connection:?}").contains("t0ken"));
    for encoding in [BodyEncoding::Json, BodyEncoding::Form] {
        assert_eq!(encoding.to_string().parse(), Ok(encoding));
    }
    assert_eq!("xml".parse::<BodyEncoding>(), Err(UnknownBodyEncoding));
}
