//! Shows a saved code, how to install it on each platform, and what the website's Content-Security-Policy must allow.

use leptos::prelude::*;
use switchboard_api::{DomainName, EmbedCode};
use switchboard_model::embed::{
    Fault, Part, content_security_policy, fault, names_domain, other_domains, policy_text,
    unexpected_hosts,
};
use switchboard_model::journal::former_name;
use switchboard_model::workspace::{CodeOrigin, HeldCode};

use super::check::CheckPanel;
use super::finding_words::{fault_text, names};
use super::paste::{Pasted, ReplaceCode, ReplacedCode};
use super::platform::Platform;
use crate::browser::idna::readable;
use crate::i18n::{Text, list, t, tf, tn};
use crate::journal::ChangeJournal;
use crate::remote::Remote;
use crate::ui::{CopyButton, Notice, Panel, Tabs, Tone};
use crate::widgets::embed_codes::{EmbedCodes, copy_texts, part_name};

/// Shows everything about a saved code.
#[component]
pub(super) fn SavedCode(
    /// The domain that the code is saved for.
    name: DomainName,
    /// The code and its origin.
    held: HeldCode,
    /// The text in the fields that replace it.
    pasted: Pasted,
    /// The HTML of a page to check.
    html: RwSignal<String>,
    /// The tab of the platform that is shown.
    platform: RwSignal<usize>,
    /// Called after a part of the code was copied.
    on_copied: Callback<()>,
) -> impl IntoView {
    let HeldCode {
        code,
        origin,
        received_at,
    } = held;
    let origin = t(match origin {
        CodeOrigin::Added => Text::CodeOriginAdded,
        CodeOrigin::Pasted => Text::CodeOriginPasted,
        CodeOrigin::Imported | CodeOrigin::Chosen => Text::CodeOriginImported,
    });
    let recorded = untrack(|| ChangeJournal::get().recorded()).unwrap_or_default();
    let former = former_name(&recorded.changes, &name, received_at);
    view! {
        {of_another_domain(&name, &code, former.as_ref())}
        {unexpected(&code)}
        <p class="lead">{t(Text::EmbedText)}</p>
        <EmbedCodes code=code.clone() on_copied />
        {not_run(&code)}
        <p class="hint">{origin}" "{t(Text::EmbedKeepText)}</p>
        <ReplacedCode name=name.clone() />
        <PlatformPanel code=code.clone() platform />
        <CheckPanel name=name.clone() code=code.clone() former html />
        <PolicyPanel code />
        <ReplaceCode name pasted />
    }
    .into_any()
}

/// Warns that a code names another domain, most often the former name of the same website. Warns too if it names none
/// and the domain had another name when the code arrived.
fn of_another_domain(
    name: &DomainName,
    code: &EmbedCode,
    former: Option<&DomainName>,
) -> Option<AnyView> {
    let named = other_domains(code, name);
    let title = if !named.is_empty() {
        Some(tf(Text::CodeNames, &[("named", &names(&named))]))
    } else if names_domain(code, name) {
        None
    } else {
        former.map(|former| tf(Text::CodeFormerName, &[("former", &readable(former))]))
    };
    title.map(|title| {
        let text = tf(Text::CodeNamesText, &[("domain", &readable(name))]);
        view! { <Notice tone=Tone::Warn title><p>{text}</p></Notice> }.into_any()
    })
}

/// Warns that a code loads from hosts that are not the connection's.
fn unexpected(code: &EmbedCode) -> Option<AnyView> {
    let base_url = Remote::get().connection().base_url;
    let hosts = unexpected_hosts(code, &base_url);
    (!hosts.is_empty()).then(|| {
        let text = tf(
            Text::HostUnexpectedText,
            &[("hosts", &list(&hosts)), ("own", base_url.authority())],
        );
        view! { <Notice tone=Tone::Warn title=t(Text::HostUnexpected)><p>{text}</p></Notice> }
            .into_any()
    })
}

/// Warns that visitors would read a part of the code as text after the installation steps, or that browsers do not run it.
fn not_run(code: &EmbedCode) -> Vec<AnyView> {
    let parts = [
        (Part::Link, &code.link),
        (Part::SocketLink, &code.socket_link),
    ];
    let warning = |(part, text): (Part, &String)| {
        let (title, text) = if text.is_empty() {
            return None;
        } else if !text.contains('<') {
            let title = tf(Text::CodeNotHtml, &[("part", part_name(part))]);
            (title, Some(t(Text::CodeNotHtmlText)))
        } else {
            // The vendor may use modules.
            let fault = fault(text).filter(|fault| *fault != Fault::Module)?;
            (fault_text(part, &fault), None)
        };
        let text = text.map(|text| view! { <p>{text}</p> });
        Some(view! { <Notice tone=Tone::Warn title>{text}</Notice> }.into_any())
    };
    parts.into_iter().filter_map(warning).collect()
}

/// Shows the installation steps, with a tab for each platform.
#[component]
fn PlatformPanel(code: EmbedCode, platform: RwSignal<usize>) -> impl IntoView {
    let names = Platform::ALL.map(|platform| platform.name().to_owned());
    view! {
        <Panel title=t(Text::PutOnWebsite) id="put-on-website">
            <Tabs id="platform" label=t(Text::Platform) names=names.into() chosen=platform>
                {move || steps(Platform::of_tab(platform.get()), &code)}
            </Tabs>
        </Panel>
    }
    .into_any()
}

fn steps(platform: Platform, code: &EmbedCode) -> AnyView {
    let guide = platform.guide(code);
    let mut elements = guide.code;
    let steps: Vec<AnyView> = guide
        .steps
        .into_iter()
        .enumerate()
        .map(|(index, step)| {
            let elements = elements
                .take_if(|(at, _)| *at == index)
                .map(|(_, text)| block(text, t(Text::CopyScripts)));
            view! { <li>{step}{elements}</li> }.into_any()
        })
        .collect();
    let notes: Vec<AnyView> = guide
        .notes
        .into_iter()
        .map(|note| view! { <p class="hint">{note}</p> }.into_any())
        .collect();
    view! { <ol class="guide">{steps}</ol>{notes} }.into_any()
}

/// Shows the region "Content-Security-Policy".
#[component]
fn PolicyPanel(code: EmbedCode) -> impl IntoView {
    let directives = content_security_policy(&code);
    let scripts: usize = directives
        .iter()
        .map(|directive| directive.inline_scripts.len())
        .sum();
    let policy = policy_text(&directives);
    let sources = if policy.is_empty() {
        view! { <p>{t(Text::PolicyNone)}</p> }.into_any()
    } else {
        view! { <p>{t(Text::PolicyText)}</p>{block(policy, t(Text::CopyPolicy))} }.into_any()
    };
    view! {
        <Panel title=t(Text::PolicyTitle) id="policy">
            <div class="stack">
                {sources}
                {(scripts > 0).then(|| view! { <p>{tn(Text::PolicyInline, scripts)}</p> })}
                <p class="hint">{t(Text::PolicyKnown)}</p>
            </div>
        </Panel>
    }
    .into_any()
}

/// Shows a text with a button that copies it.
fn block(text: String, copy: &'static str) -> AnyView {
    let shown = text.clone();
    view! {
        <div class="copied-code">
            <pre class="code" dir="ltr" tabindex="0" role="group" aria-label=copy><code>{shown}</code></pre>
            <CopyButton label=copy text=Signal::stored(text) texts=copy_texts() />
        </div>
    }
    .into_any()
}
