//! Hands the code over to the person who installs it: by the clipboard, as a file, or as an e-mail draft. None of them
//! contains the token.

use leptos::prelude::*;
use switchboard_api::{DomainName, EmbedCode};
use switchboard_model::embed::{Part, other_domains};

use super::finding_words::names;
use super::platform::Platform;
use crate::browser::files;
use crate::browser::idna::readable;
use crate::i18n::{Text, t, tf};
use crate::route::encode;
use crate::ui::{Button, ButtonKind, CopyButton, IconName, LinkButton, Toasts};
use crate::widgets::embed_codes::{both, copy_texts, part_name};
use crate::wording::values::domain_with_ascii;

/// The maximum length of a draft's address. Windows passes at most about 2,000 characters to a mail program.
const LONGEST: usize = 1_900;

/// Shows the buttons at the head of the page that hand over the code.
#[component]
pub(super) fn HandOver(
    /// The domain.
    name: DomainName,
    /// Its code.
    code: EmbedCode,
    /// The tab of the platform whose steps go into the draft.
    platform: RwSignal<usize>,
    /// Called after both parts were copied.
    on_copied: Callback<()>,
) -> impl IntoView {
    let toasts = Toasts::get();
    let text = Signal::stored(both(&code));
    let stored = StoredValue::new((name, code));
    let save = Callback::new(move |()| {
        let (file, text) = stored.with_value(|(name, code)| (file_name(name), file(name, code)));
        if files::download(&file, "text/plain;charset=utf-8", &text) {
            toasts.good(tf(Text::Downloaded, &[("file", &file)]));
        } else {
            toasts.bad(t(Text::DownloadFailed));
        }
    });
    let mail = move || {
        let platform = Platform::of_tab(platform.get());
        let href = stored.with_value(|(name, code)| draft(name, code, platform));
        view! { <LinkButton icon=IconName::Mail label=t(Text::EmailDeveloper) href /> }
    };
    view! {
        {mail}
        <Button icon=IconName::Download label=t(Text::DownloadCode).to_owned() on_press=save />
        <CopyButton label=t(Text::CopyBoth) kind=ButtonKind::Primary text texts=copy_texts() on_copied />
    }
}

/// Returns the name of the file.
fn file_name(name: &DomainName) -> String {
    format!("{name}-embed-code.txt")
}

/// Returns the content of the file: both parts in order, with HTML comments that do no harm if the whole file is
/// pasted.
fn file(name: &DomainName, code: &EmbedCode) -> String {
    let about = tf(Text::FileComment, &[("domain", &domain_with_ascii(name))]);
    let mut text = format!("<!-- {about} -->\n");
    if let Some(warning) = other_name_warning(name, code) {
        text.push_str(&format!("\n<!-- {warning} -->\n"));
    }
    for (part, code) in parts(code) {
        text.push_str(&format!("\n<!-- {part} -->\n{code}\n"));
    }
    text
}

/// Warns that the code names another domain, most often the former name of the website.
fn other_name_warning(name: &DomainName, code: &EmbedCode) -> Option<String> {
    let named = other_domains(code, name);
    let values = [
        ("named", &*names(&named)),
        ("domain", &domain_with_ascii(name)),
    ];
    (!named.is_empty()).then(|| tf(Text::CodeNamesOther, &values))
}

/// Returns the parts that are not empty, with their names, in order.
fn parts(code: &EmbedCode) -> impl Iterator<Item = (&'static str, &str)> {
    [
        (part_name(Part::Link), code.link.as_str()),
        (part_name(Part::SocketLink), code.socket_link.as_str()),
    ]
    .into_iter()
    .filter(|(_, code)| !code.is_empty())
}

/// Returns the `mailto:` address of a draft with both parts and the steps.
///
/// If that is too long, it leaves out the notes, then the steps. If it is still too long, it names the file to attach
/// instead of the parts, and contains the steps. The last resort is a draft without a body.
fn draft(name: &DomainName, code: &EmbedCode, platform: Platform) -> String {
    let mut greeting = tf(Text::DraftText, &[("domain", &domain_with_ascii(name))]);
    if let Some(warning) = other_name_warning(name, code) {
        greeting.push_str(&format!("\n\n{warning}"));
    }
    let codes: String = parts(code)
        .map(|(part, code)| format!("\n\n{part}:\n{code}"))
        .collect();
    let attached = format!(
        "\n\n{}",
        tf(Text::DraftAttach, &[("file", &file_name(name))])
    );
    let (steps, notes) = steps(code, platform);
    let subject = encode(&tf(Text::DraftSubject, &[("domain", &readable(name))]));
    let drafts = [
        format!("{greeting}{codes}{steps}{notes}"),
        format!("{greeting}{codes}{steps}"),
        format!("{greeting}{codes}"),
        format!("{greeting}{attached}{steps}"),
    ];
    let mut hrefs = drafts.into_iter().map(|body| {
        let body = body.replace("\r\n", "\n").replace('\n', "\r\n");
        format!("mailto:?subject={subject}&body={}", encode(&body))
    });
    hrefs
        .find(|href| href.len() <= LONGEST)
        .unwrap_or_else(|| format!("mailto:?subject={subject}"))
}

/// Returns the numbered steps of a platform, and what to beware of.
fn steps(code: &EmbedCode, platform: Platform) -> (String, String) {
    let guide = platform.guide(code);
    let mut text = format!(
        "\n\n{}",
        tf(Text::DraftSteps, &[("platform", platform.name())])
    );
    for (index, step) in guide.steps.iter().enumerate() {
        text.push_str(&format!("\n{}. {step}", index + 1));
        if let Some((at, elements)) = &guide.code
            && *at == index
        {
            text.push_str(&format!("\n{elements}"));
        }
    }
    let notes = guide.notes.iter().map(|note| format!("\n\n{note}"));
    (text, notes.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str =
        "<script src=\"https://acme.chat.example/widget.js?domain=a&v=2\" async></script>";
    const SOCKET: &str = "<script src=\"https://acme.chat.example/socket.js\"></script>";

    fn name() -> DomainName {
        "shop.acme.example".parse().expect("a domain")
    }

    fn code() -> EmbedCode {
        EmbedCode {
            link: LINK.to_owned(),
            socket_link: SOCKET.to_owned(),
        }
    }

    #[test]
    fn file_contains_the_domain_and_both_parts_verbatim() {
        assert_eq!(file_name(&name()), "shop.acme.example-embed-code.txt");
        let text = file(&name(), &code());
        let (about, rest) = text.split_once("-->").expect("a comment");
        assert!(about.contains("shop.acme.example"));
        let expected = format!("\n\n<!-- link -->\n{LINK}\n\n<!-- socketLink -->\n{SOCKET}\n");
        assert_eq!(rest, expected);
    }

    #[test]
    fn code_of_another_domain_is_marked_for_the_developer() {
        let renamed = EmbedCode {
            link: LINK.replace("domain=a", "domain=old.acme.example"),
            ..code()
        };
        let warning = "This code names old.acme.example, not shop.acme.example.";
        assert!(file(&name(), &renamed).contains(warning));
        let href = draft(&name(), &renamed, Platform::Html);
        assert!(href.contains(&encode(warning)), "{href}");
        assert!(!file(&name(), &code()).contains("This code names"));
    }

    #[test]
    fn empty_part_is_left_out_of_the_file() {
        let half = EmbedCode {
            socket_link: String::new(),
            ..code()
        };
        assert!(!file(&name(), &half).contains("<!-- socketLink -->"));
    }

    #[test]
    fn draft_contains_both_parts_and_stays_short() {
        for platform in Platform::ALL {
            let href = draft(&name(), &code(), platform);
            assert!(href.len() <= LONGEST, "{platform:?}: {}", href.len());
            assert!(href.starts_with("mailto:?subject=Live%20chat%20code%20for%20shop"));
            let codes = format!("link:\r\n{LINK}\r\n\r\nsocketLink:\r\n{SOCKET}");
            assert!(href.contains(&encode(&codes)), "{platform:?}");
        }
        let note = &Platform::WordPress.guide(&code()).notes[0];
        let href = draft(&name(), &code(), Platform::WordPress);
        assert!(href.contains(&encode(note)), "{href}");
        let href = draft(&name(), &code(), Platform::Shopify);
        assert!(href.contains(&encode("\r\n2. ")) && href.contains("theme.liquid"));
        assert!(!href.contains([' ', '"', '<', '\n', '+']), "{href}");
    }

    #[test]
    fn too_long_draft_drops_steps_or_names_the_file() {
        let of_length = |count: usize| EmbedCode {
            link: format!("<script>{}</script>", "x".repeat(count)),
            socket_link: SOCKET.to_owned(),
        };
        let middling = draft(&name(), &of_length(1_300), Platform::Html);
        assert!(middling.contains(&"x".repeat(1_300)) && !middling.contains("1."));
        let long = draft(&name(), &of_length(5_000), Platform::Html);
        assert!(long.len() <= LONGEST && !long.contains("xxx"));
        assert!(long.contains("shop.acme.example-embed-code.txt"));
        assert!(long.contains(&encode("\r\n1. ")));
    }
}
