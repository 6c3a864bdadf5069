//! Describes the findings of a check in sentences: what was found, and what to do about it.

use switchboard_api::DomainName;
use switchboard_model::embed::{AddedAttribute, Fault, Finding, Inert, Part, Severity, Unclosed};

use crate::browser::idna::readable;
use crate::i18n::{Text, list, number, side_by_side, t, tc, tf};
use crate::ui::Tone;
use crate::widgets::embed_codes::part_name;
use crate::wording::values::some_names;

/// A finding in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// What was found.
    pub title: String,
    /// What to do, or what it means; empty if all is well.
    pub advice: String,
}

/// Returns the summary of all findings. `severity` is that of the most important one.
pub(super) fn summary(severity: Severity) -> (Tone, &'static str) {
    match severity {
        Severity::Problem => (Tone::Bad, t(Text::CheckProblem)),
        Severity::Warning => (Tone::Warn, t(Text::CheckWarning)),
        Severity::Note => (Tone::Neutral, t(Text::CheckNote)),
        Severity::Good => (Tone::Good, t(Text::CheckGood)),
    }
}

/// Returns the word for the severity of one finding.
pub(super) fn weight(severity: Severity) -> (Tone, &'static str) {
    match severity {
        Severity::Problem => (Tone::Bad, t(Text::FindingProblem)),
        Severity::Warning => (Tone::Warn, t(Text::FindingWarning)),
        Severity::Note => (Tone::Neutral, t(Text::FindingNote)),
        Severity::Good => (Tone::Good, t(Text::FindingGood)),
    }
}

/// Lists the domains that a code names: the first three, and how many more there are.
pub(super) fn names(named: &[DomainName]) -> String {
    let named: Vec<String> = named.iter().map(readable).collect();
    some_names(&named, 3)
}

/// Returns a sentence about an attribute of a part's element.
fn attribute_title(title: Text, part: Part, line: usize, name: &str) -> String {
    tf(
        title,
        &[
            ("part", part_name(part)),
            ("line", &number(line)),
            ("name", name),
        ],
    )
}

/// Says why a code has no effect in this place, or in this form.
fn inert_text(why: Inert) -> String {
    let text = match why {
        Inert::Comment => Text::FoundInComment,
        Inert::NoScript => Text::FoundInNoScript,
        Inert::Template => Text::FoundInTemplate,
        Inert::TextElement => Text::FoundInTextElement,
        Inert::ShownAsText => Text::FoundShownAsText,
        Inert::Svg => Text::FoundInSvg,
        Inert::NoModule => Text::FoundNoModule,
        Inert::Quotes => Text::FoundQuotes,
        Inert::Frames => Text::FoundInFrames,
        Inert::OpenScript(line) => {
            return tf(Text::FoundInOpenScript, &[("line", &number(line))]);
        }
    };
    t(text).to_owned()
}

/// Says why browsers do not run a part of a code as it is.
pub(super) fn fault_text(part: Part, fault: &Fault) -> String {
    let part = ("part", part_name(part));
    match fault {
        Fault::Inert(why) => tf(Text::FaultInert, &[part, ("why", &inert_text(*why))]),
        Fault::HeldBack(by) => tf(Text::FaultHeldBack, &[part, ("by", by)]),
        Fault::CutOff => tf(Text::FaultCutOff, &[part]),
        Fault::Quoted => tf(Text::FaultQuoted, &[part]),
        Fault::Unreadable => tf(Text::FaultUnreadable, &[part]),
        Fault::Module => tf(Text::FaultModule, &[part]),
    }
}

/// Describes a finding.
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
        Finding::NotAPage => Told {
            title: plain(Text::FoundNotAPage),
            advice: plain(Text::FoundNotAPageText),
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
        Finding::NotInHtml { part } => {
            of(part, Text::FoundNotInHtml, plain(Text::FoundNotInHtmlText))
        }
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
                &[("lacking", &side_by_side(lacking))],
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
            title: attribute_title(Text::FoundAttribute, *part, *line, name),
            advice: if expected.is_empty() {
                plain(Text::FoundAttributeBareText)
            } else {
                tf(Text::FoundAttributeText, &[("expected", expected)])
            },
        },
        Finding::AttributeAdded {
            part,
            line,
            attribute,
        } => {
            if *attribute == AddedAttribute::OwnModule {
                return at(part, line, Text::FoundModule, plain(Text::FoundModuleText));
            }
            let (name, advice) = match attribute {
                AddedAttribute::Integrity => ("integrity", Text::FoundAddedIntegrity),
                AddedAttribute::CrossOrigin => ("crossorigin", Text::FoundAddedCors),
                AddedAttribute::Module | AddedAttribute::OwnModule => {
                    ("type=\"module\"", Text::FoundAddedCors)
                }
            };
            Told {
                title: attribute_title(Text::FoundAdded, *part, *line, name),
                advice: plain(advice),
            }
        }
        Finding::TemplateComment { part, line } => at(
            part,
            line,
            Text::FoundTemplateComment,
            plain(Text::FoundTemplateCommentText),
        ),
        Finding::ShownText { part, line, text } => at(
            part,
            line,
            Text::FoundShownText,
            tf(Text::FoundShownTextText, &[("text", text)]),
        ),
        Finding::Quoted { part, line } => {
            at(part, line, Text::FoundQuoted, plain(Text::FoundQuotedText))
        }
        Finding::ShadowRoot { part, line } => {
            at(part, line, Text::FoundShadow, plain(Text::FoundShadowText))
        }
        Finding::Forbidden {
            line,
            directive,
            sources,
            is_certain,
            needs_nonce,
        } => line_only(
            line,
            match is_certain {
                true => Text::FoundForbidden,
                false => Text::FoundForbiddenPerhaps,
            },
            match (sources.is_empty(), *needs_nonce) {
                (true, _) => plain(Text::FoundForbiddenInline),
                (false, true) => tf(Text::FoundForbiddenStrict, &[("directive", *directive)]),
                (false, false) => tf(
                    Text::FoundForbiddenText,
                    &[("sources", &list(sources)), ("directive", *directive)],
                ),
            },
        ),
        Finding::Insecure { part, line } => at(
            part,
            line,
            Text::FoundInsecure,
            plain(Text::FoundInsecureText),
        ),
        Finding::Repeated { part, lines } => {
            let numbers: Vec<String> = lines.iter().map(|line| number(*line)).collect();
            Told {
                title: tc(
                    Text::FoundRepeated,
                    &[("count", lines.len())],
                    &[("part", part_name(*part))],
                ),
                advice: tf(Text::FoundRepeatedText, &[("lines", &list(&numbers))]),
            }
        }
        Finding::Inert { part, line, why } => at(part, line, Text::FoundInert, inert_text(*why)),
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
        Finding::OtherDomain { named, domain } => Told {
            title: tf(Text::CodeNames, &[("named", &names(named))]),
            advice: tf(Text::FoundOtherDomainText, &[("domain", &readable(domain))]),
        },
        Finding::FormerDomain { former, domain } => Told {
            title: tf(Text::CodeFormerName, &[("former", &readable(former))]),
            advice: tf(Text::FoundOtherDomainText, &[("domain", &readable(domain))]),
        },
        Finding::TagManager { line } => line_only(
            line,
            Text::FoundTagManager,
            plain(Text::FoundTagManagerText),
        ),
        Finding::ClientSide { line } => line_only(
            line,
            Text::FoundClientSide,
            plain(Text::FoundClientSideText),
        ),
        Finding::SavedCopy { line } => {
            line_only(line, Text::FoundSaved, plain(Text::FoundSavedText))
        }
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
mod tests;
