//! What a check found, in sentences: what is so, and what to do about it.

use switchboard_model::embed::{Finding, Inert, Part, Severity, Unclosed};

use super::codes::part_name;
use crate::i18n::{Text, number, t, tf};
use crate::ui::Tone;

/// A finding in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// What is so.
    pub title: String,
    /// What to do, or what that means; empty when all is well.
    pub advice: String,
}

/// What all findings together come to.
pub(super) fn summary(severity: Severity) -> (Tone, &'static str) {
    match severity {
        Severity::Problem => (Tone::Bad, t(Text::CheckProblem)),
        Severity::Warning => (Tone::Warn, t(Text::CheckWarning)),
        Severity::Note => (Tone::Neutral, t(Text::CheckNote)),
        Severity::Good => (Tone::Good, t(Text::CheckGood)),
    }
}

/// How much one finding matters, in a word.
pub(super) fn weight(severity: Severity) -> (Tone, &'static str) {
    match severity {
        Severity::Problem => (Tone::Bad, t(Text::FindingProblem)),
        Severity::Warning => (Tone::Warn, t(Text::FindingWarning)),
        Severity::Note => (Tone::Neutral, t(Text::FindingNote)),
        Severity::Good => (Tone::Good, t(Text::FindingGood)),
    }
}

/// The sentences of a finding.
pub(super) fn tell(finding: &Finding) -> Told {
    let of = |part: &Part, title: Text, advice: String| Told {
        title: tf(title, &[("part", part_name(*part))]),
        advice,
    };
    let at = |part: &Part, line: &usize, title: Text, advice: String| Told {
        title: tf(
            title,
            &[("part", part_name(*part)), ("line", &number(*line))],
        ),
        advice,
    };
    let line_only = |line: &usize, title: Text, advice: String| Told {
        title: tf(title, &[("line", &number(*line))]),
        advice,
    };
    let plain = |text: Text| t(text).to_owned();
    match finding {
        Finding::NoHtml => Told {
            title: plain(Text::FoundNoHtml),
            advice: plain(Text::FoundNoHtmlText),
        },
        Finding::NotGiven { part } => {
            of(part, Text::CodePartMissing, plain(Text::FoundNotGivenText))
        }
        Finding::Found { part, line } => at(part, line, Text::FoundWhole, String::new()),
        Finding::Missing { part } => of(
            part,
            Text::FoundMissing,
            plain(match part {
                Part::Link => Text::FoundMissingLinkText,
                Part::SocketLink => Text::FoundMissingSocketText,
            }),
        ),
        Finding::Incomplete {
            part,
            line,
            lacking,
        } => at(
            part,
            line,
            Text::FoundIncomplete,
            tf(
                Text::FoundIncompleteText,
                &[("lacking", &lacking.join(" · "))],
            ),
        ),
        Finding::Altered {
            part,
            line,
            expected,
            found,
        } => at(
            part,
            line,
            Text::FoundAltered,
            tf(
                Text::FoundAlteredText,
                &[("found", found), ("expected", expected)],
            ),
        ),
        Finding::AttributeChanged {
            part,
            line,
            name,
            expected,
        } => Told {
            title: tf(
                Text::FoundAttribute,
                &[
                    ("part", part_name(*part)),
                    ("line", &number(*line)),
                    ("name", name),
                ],
            ),
            advice: if expected.is_empty() {
                plain(Text::FoundAttributeBareText)
            } else {
                tf(Text::FoundAttributeText, &[("expected", expected)])
            },
        },
        Finding::Insecure { part, line } => at(
            part,
            line,
            Text::FoundInsecure,
            plain(Text::FoundInsecureText),
        ),
        Finding::Repeated { part, lines } => {
            let numbers: Vec<String> = lines.iter().map(|line| number(*line)).collect();
            Told {
                title: tf(
                    Text::FoundRepeated,
                    &[("part", part_name(*part)), ("count", &number(lines.len()))],
                ),
                advice: tf(Text::FoundRepeatedText, &[("lines", &numbers.join(", "))]),
            }
        }
        Finding::Inert { part, line, why } => at(
            part,
            line,
            Text::FoundInert,
            plain(match why {
                Inert::Comment => Text::FoundInComment,
                Inert::NoScript => Text::FoundInNoScript,
                Inert::Template => Text::FoundInTemplate,
                Inert::TextElement => Text::FoundInTextElement,
                Inert::ShownAsText => Text::FoundShownAsText,
            }),
        ),
        Finding::HeldBack { part, line, by } => at(
            part,
            line,
            Text::FoundHeldBack,
            tf(Text::FoundHeldBackText, &[("by", by)]),
        ),
        Finding::OnlyMentioned { part, line } => at(
            part,
            line,
            Text::FoundMentioned,
            plain(Text::FoundMentionedText),
        ),
        Finding::WrongOrder { link, socket_link } => Told {
            title: plain(Text::FoundWrongOrder),
            advice: tf(
                Text::FoundWrongOrderText,
                &[("link", &number(*link)), ("socket", &number(*socket_link))],
            ),
        },
        Finding::InHead { part, line } => {
            at(part, line, Text::FoundInHead, plain(Text::FoundInHeadText))
        }
        Finding::AfterBody { part, line } => at(
            part,
            line,
            Text::FoundAfterBody,
            plain(Text::FoundAfterBodyText),
        ),
        Finding::OtherCode { address, line } => line_only(
            line,
            Text::FoundOther,
            tf(Text::FoundOtherText, &[("address", address)]),
        ),
        Finding::TagManager { line } => line_only(
            line,
            Text::FoundTagManager,
            plain(Text::FoundTagManagerText),
        ),
        Finding::CutOff { what, line } => Told {
            title: plain(Text::FoundCutOff),
            advice: tf(
                match what {
                    Unclosed::Comment => Text::FoundCutOffComment,
                    Unclosed::Tag => Text::FoundCutOffTag,
                    Unclosed::Element => Text::FoundCutOffElement,
                },
                &[("line", &number(*line))],
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    use switchboard_api::EmbedCode;
    use switchboard_model::embed::check;

    use super::*;

    const LINK: &str = "<script src=https://a.example/w.js?d=1 id=chat async></script>";
    const SOCKET: &str = "<script src=https://a.example/s.js></script>";

    /// What the check tells of a body.
    fn told(body: &str) -> Vec<Told> {
        let code = EmbedCode {
            link: LINK.to_owned(),
            socket_link: SOCKET.to_owned(),
        };
        let html = format!("<html><head></head><body>\n{body}\n</body></html>");
        let findings = check(&html, &code).findings;
        findings.iter().map(tell).collect()
    }

    #[test]
    fn every_state_of_a_page_is_told_in_its_own_words_with_what_to_do() {
        let inside = |before: &str, after: &str| format!("{before}{LINK}{after}\n{SOCKET}");
        for (body, title, advice) in [
            (
                format!("{LINK}\n{SOCKET}"),
                "link is there, whole, in line 2",
                "",
            ),
            (SOCKET.to_owned(), "link is missing", "above socketLink"),
            (LINK.to_owned(), "socketLink is missing", "below link"),
            (
                format!("{SOCKET}\n{LINK}"),
                "wrong order",
                "socketLink in line 2 comes before link in line 3",
            ),
            (
                format!("{LINK}\n{SOCKET}\n{LINK}"),
                "link is there 2 times",
                "In the lines 2, 4.",
            ),
            (
                inside("<!--", "-->"),
                "link in line 2 does nothing",
                "inside a comment",
            ),
            (
                inside("<noscript>", "</noscript>"),
                "does nothing",
                "noscript",
            ),
            (
                inside("<template>", "</template>"),
                "does nothing",
                "template",
            ),
            (
                inside("<textarea>", "</textarea>"),
                "does nothing",
                "textarea",
            ),
            (
                format!("<p>{}</p>\n{SOCKET}", LINK.replace('<', "&lt;")),
                "does nothing",
                "escaped",
            ),
            (
                format!("{LINK}\n{SOCKET}").replace("d=1", "d=2"),
                "link in line 2 is another one",
                "w.js?d=1",
            ),
            (
                format!("{LINK}\n{SOCKET}").replace(" id=chat", ""),
                "has lost its id",
                "“chat”",
            ),
            (
                format!("{LINK}\n{SOCKET}").replace("https:", "http:"),
                "loaded over http",
                "https",
            ),
            (
                format!("{LINK}\n{SOCKET}").replace("<script ", "<script type=text/plain "),
                "held back",
                "text/plain",
            ),
            (
                format!("<script>load('https://a.example/w.js?d=1')</script>{SOCKET}"),
                "named by a script",
                "cannot be told",
            ),
            (
                format!("{LINK}\n{SOCKET}<script src=//a.example/z.js></script>"),
                "Another script",
                "//a.example/z.js",
            ),
            (
                "<script src=https://www.googletagmanager.com/gtm.js></script>".to_owned(),
                "Tag Manager, in line 2",
                "Custom HTML",
            ),
            (
                format!("{LINK}\n{SOCKET}<!-- "),
                "breaks off",
                "inside a comment",
            ),
            (
                format!("{LINK}\n{SOCKET}<script>"),
                "breaks off",
                "inside an element",
            ),
            (
                format!("{LINK}\n{SOCKET}<p title=\""),
                "breaks off",
                "inside a tag",
            ),
        ] {
            let told = told(&body);
            let is_told = told
                .iter()
                .any(|one| one.title.contains(title) && one.advice.contains(advice));
            assert!(is_told, "{body}\n{told:#?}");
            let is_filled = |text: &str| !text.contains(['{', '}']);
            assert!(
                told.iter()
                    .all(|one| is_filled(&one.title) && is_filled(&one.advice)),
                "{told:#?}"
            );
        }
    }

    #[test]
    fn what_needs_no_whole_page_is_told_too() {
        let code = EmbedCode {
            link: format!("<div id=chat></div>{LINK}"),
            socket_link: String::new(),
        };
        let told =
            |html: &str| -> Vec<Told> { check(html, &code).findings.iter().map(tell).collect() };
        let texts = |html: &str| format!("{:?}", told(html));
        assert!(texts("hello").contains("This is not HTML"));
        let after = format!("<body></body><div id=chat></div>{LINK}");
        assert!(texts(&after).contains("link comes after </body>"));
        assert!(texts("<p>").contains("There is no socketLink"));
        assert!(texts(LINK).contains("This is missing: <div id="));
        let head = format!("<html><head>{LINK}</head><body></body>");
        assert!(texts(&head).contains("is in the head"));
    }
}
