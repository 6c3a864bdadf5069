//! Embed codes, and pages that may contain them.

use std::collections::BTreeSet;

use switchboard_api::{BaseUrl, DomainName, EmbedCode};
use switchboard_model::embed::{
    Doubt, Finding, Part, Source, check as check_page, content_security_policy, doubts, hosts,
    next_script, other_domains, policy_text,
};

use crate::input::{parts, text};

/// Checks the property for these bytes: a page, `link` and `socketLink`.
pub fn check(data: &[u8]) {
    let text = text(data);
    let [page, link, socket_link] = parts(&text);
    let code = EmbedCode {
        link: link.to_owned(),
        socket_link: socket_link.to_owned(),
    };
    ask_of_check(page, &code);
    ask_of_hosts(&code);
    ask_of_next(&code);
    ask_of_doubts(&code);
    ask_of_copy(link);
    ask_of_named(&code);
}

/// Checks that the other domains that a code names do not include its own.
fn ask_of_named(code: &EmbedCode) {
    let domain: DomainName = "shop.example".parse().expect("a domain name");
    let named = other_domains(code, &domain);
    let each: BTreeSet<&DomainName> = named.iter().collect();
    assert!(
        each.len() == named.len() && !each.contains(&domain),
        "{named:?}"
    );
}

fn ask_of_check(page: &str, code: &EmbedCode) {
    let installation = check_page(page, code);
    let last = 1 + page.matches('\n').count();
    let mut severity = None;
    for finding in &installation.findings {
        for line in lines(finding) {
            assert!((1..=last).contains(&line), "{finding:?} of {last} lines");
        }
        assert!(Some(finding.severity()) >= severity, "the worst first");
        severity = Some(finding.severity());
    }
    for part in [Part::Link, Part::SocketLink] {
        let of_part = |finding: &&Finding| part_of(finding) == Some(part);
        let findings: Vec<&Finding> = installation.findings.iter().filter(of_part).collect();
        assert!(!findings.is_empty(), "nothing was said of {part:?}");
        let is_absent = findings.iter().any(|finding| {
            matches!(
                finding,
                Finding::Missing { .. }
                    | Finding::NotInHtml { .. }
                    | Finding::Incomplete { .. }
                    | Finding::NotGiven { .. }
            )
        });
        assert!(
            !(installation.has(part) && is_absent),
            "{part:?} is there and is not: {findings:?}"
        );
    }
}

fn ask_of_hosts(code: &EmbedCode) {
    let sources = hosts(code);
    let each: BTreeSet<&Source> = sources.iter().collect();
    assert_eq!(each.len(), sources.len(), "each once");
    assert!(sources.iter().all(|source| !source.host.is_empty()));
    let directives = content_security_policy(code);
    let text = policy_text(&directives);
    for directive in &directives {
        for source in &directive.sources {
            // Such a character would end the directive, or begin another: a code must not write the site's policy.
            assert!(
                !source
                    .contains(|c: char| c.is_whitespace() || c.is_control() || ";,'\"".contains(c)),
                "{source:?} in a policy"
            );
            assert!(text.contains(source.as_str()));
        }
    }
}

fn ask_of_next(code: &EmbedCode) {
    let Some(text) = next_script(code) else {
        return;
    };
    for line in text.split('\n') {
        assert!(
            line.starts_with("<Script src=") && line.ends_with(" />"),
            "{line:?}"
        );
        assert!(!line.contains('\r'), "{line:?}");
    }
}

fn ask_of_doubts(code: &EmbedCode) {
    let domain: DomainName = "shop.example".parse().expect("a domain name");
    let base_url: BaseUrl = "https://acme.chat.example/".parse().expect("a base URL");
    let doubts = doubts(code, &domain, &base_url);
    let is_empty = code.link.trim().is_empty() && code.socket_link.trim().is_empty();
    assert!(!is_empty || doubts.is_empty());
    let is_same = code.link.trim() == code.socket_link.trim();
    assert_eq!(doubts.contains(&Doubt::Same), is_same && !is_empty);
    for doubt in doubts {
        if let Doubt::OtherHosts { hosts } = doubt {
            let each: BTreeSet<&String> = hosts.iter().collect();
            assert!(each.len() == hosts.len() && !hosts.iter().any(|host| host == base_url.host()));
        }
    }
}

/// Checks that a script copied into a page is found there, whatever its address ends in.
fn ask_of_copy(parameter: &str) {
    let parameter = parameter
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;");
    let code = EmbedCode {
        link: format!(r#"<script src="https://acme.chat.example/w.js?d={parameter}"></script>"#),
        socket_link: String::new(),
    };
    let page = format!(
        "<!DOCTYPE html><html><body>\n{}\n</body></html>\n",
        code.link
    );
    assert!(
        check_page(&page, &code).has(Part::Link),
        "not found in {page:?}"
    );
}

fn lines(finding: &Finding) -> Vec<usize> {
    match finding {
        Finding::NoHtml
        | Finding::NotAPage
        | Finding::NotGiven { .. }
        | Finding::Missing { .. }
        | Finding::NotInHtml { .. }
        | Finding::OtherDomain { .. }
        | Finding::FormerDomain { .. } => Vec::new(),
        Finding::Repeated { lines, .. } => lines.clone(),
        Finding::WrongOrder { link, socket_link } => vec![*link, *socket_link],
        Finding::Found { line, .. }
        | Finding::Incomplete { line, .. }
        | Finding::Altered { line, .. }
        | Finding::AttributeChanged { line, .. }
        | Finding::AttributeAdded { line, .. }
        | Finding::TemplateComment { line, .. }
        | Finding::ShownText { line, .. }
        | Finding::Quoted { line, .. }
        | Finding::ShadowRoot { line, .. }
        | Finding::Forbidden { line, .. }
        | Finding::Insecure { line, .. }
        | Finding::Inert { line, .. }
        | Finding::HeldBack { line, .. }
        | Finding::OnlyMentioned { line, .. }
        | Finding::InHead { line, .. }
        | Finding::AfterBody { line, .. }
        | Finding::OtherCode { line, .. }
        | Finding::TagManager { line }
        | Finding::ClientSide { line }
        | Finding::SavedCopy { line }
        | Finding::CutOff { line, .. } => vec![*line],
    }
}

fn part_of(finding: &Finding) -> Option<Part> {
    match finding {
        Finding::NotGiven { part }
        | Finding::Found { part, .. }
        | Finding::Missing { part }
        | Finding::NotInHtml { part }
        | Finding::Incomplete { part, .. }
        | Finding::Altered { part, .. }
        | Finding::AttributeChanged { part, .. }
        | Finding::AttributeAdded { part, .. }
        | Finding::TemplateComment { part, .. }
        | Finding::ShownText { part, .. }
        | Finding::Quoted { part, .. }
        | Finding::ShadowRoot { part, .. }
        | Finding::Insecure { part, .. }
        | Finding::Repeated { part, .. }
        | Finding::Inert { part, .. }
        | Finding::HeldBack { part, .. }
        | Finding::OnlyMentioned { part, .. }
        | Finding::InHead { part, .. }
        | Finding::AfterBody { part, .. } => Some(*part),
        Finding::NoHtml
        | Finding::NotAPage
        | Finding::WrongOrder { .. }
        | Finding::OtherCode { .. }
        | Finding::OtherDomain { .. }
        | Finding::FormerDomain { .. }
        | Finding::Forbidden { .. }
        | Finding::TagManager { .. }
        | Finding::ClientSide { .. }
        | Finding::SavedCopy { .. }
        | Finding::CutOff { .. } => None,
    }
}
