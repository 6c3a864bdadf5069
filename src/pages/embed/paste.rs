//! Keeping a code that is pasted from elsewhere. It is doubted aloud, and taken all the same when that is what is wanted.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::{DomainName, EmbedCode};
use switchboard_model::embed::{Doubt, doubts};
use switchboard_model::workspace::{CodeOrigin, HeldCode, KnownDomain, StoreError};

use super::codes::{part_name, store_error, tell_kept};
use crate::browser::clock;
use crate::i18n::{Text, t, tf};
use crate::remote::Remote;
use crate::ui::{Button, ButtonKind, Notice, Panel, TextArea, Toasts, Tone, focus};
use crate::workspace::KnownDomains;

/// What is typed into the two fields. The page's, so that nothing is lost when what stands around the fields changes.
#[derive(Clone, Copy)]
pub(super) struct Pasted {
    link: RwSignal<String>,
    socket_link: RwSignal<String>,
}

impl Pasted {
    /// Nothing yet.
    pub fn nothing() -> Self {
        Self {
            link: RwSignal::new(String::new()),
            socket_link: RwSignal::new(String::new()),
        }
    }
}

/// The region "Paste the code".
#[component]
pub(super) fn PasteCode(
    /// The domain that the code is for.
    name: DomainName,
    /// What is typed.
    pasted: Pasted,
) -> impl IntoView {
    let (known, toasts) = (KnownDomains::get(), Toasts::get());
    let base_url = Remote::get().connection().base_url;
    let own = base_url.host().to_owned();
    let Pasted { link, socket_link } = pasted;
    let error = RwSignal::new(None::<String>);
    let failed = RwSignal::new(None::<StoreError>);
    let name = StoredValue::new(name);
    // Without the white space around: a text area and an e-mail add it, no code needs it.
    let code = Memo::new(move |_| EmbedCode {
        link: link.with(|text| text.trim().to_owned()),
        socket_link: socket_link.with(|text| text.trim().to_owned()),
    });
    let doubts =
        Memo::new(move |_| code.with(|code| name.with_value(|name| doubts(code, name, &base_url))));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let code = code.get_untracked();
        if code.link.is_empty() && code.socket_link.is_empty() {
            error.set(Some(t(Text::PasteEmpty).to_owned()));
            focus("paste-link");
            return;
        }
        error.set(None);
        let name = name.get_value();
        match keep(known, &name, code) {
            Ok(()) => spawn_local(async move {
                let is_on_disk = known.is_on_disk().await;
                tell_kept(toasts, Text::PasteKept, &name, is_on_disk);
            }),
            Err(why) => failed.set(Some(why)),
        }
    };
    let label = Signal::derive(move || {
        let is_doubted = doubts.with(|doubts| !doubts.is_empty());
        t(if is_doubted {
            Text::PasteKeepAnyway
        } else {
            Text::PasteKeep
        })
        .to_owned()
    });
    view! {
        <Panel title=t(Text::PasteCode) id="paste-code">
            <form class="stack" novalidate on:submit=submit>
                <p>{t(Text::PasteCodeText)}</p>
                <TextArea id="paste-link" label="link" value=link error hint=t(Text::PasteLinkHint) lines=3 />
                <TextArea id="paste-socket-link" label="socketLink" value=socket_link hint=t(Text::PasteSocketLinkHint) lines=3 />
                {move || doubted(&doubts.get(), &name.get_value(), &own)}
                {move || failed.get().map(|why| view! { <Notice tone=Tone::Bad title=store_error(why) /> })}
                <div class="actions"><Button kind=ButtonKind::Primary submit=true label /></div>
            </form>
        </Panel>
    }
    .into_any()
}

/// Keeps the code with where it came from.
fn keep(known: KnownDomains, name: &DomainName, code: EmbedCode) -> Result<(), StoreError> {
    let now = clock::now();
    let before = known
        .find_now(name)
        .unwrap_or_else(|| KnownDomain::new(name.clone(), None, now));
    let held = HeldCode {
        code,
        origin: CodeOrigin::Pasted,
        received_at: now,
    };
    let record = KnownDomain {
        held: Some(held),
        ..before
    };
    known.receive(record).map(drop)
}

fn doubted(doubts: &[Doubt], name: &DomainName, own: &str) -> Option<AnyView> {
    (!doubts.is_empty()).then(|| {
        let title = tf(Text::PasteDoubts, &[("domain", name.as_str())]);
        let doubts: Vec<AnyView> = doubts
            .iter()
            .map(|doubt| view! { <li>{words(doubt, name, own)}</li> }.into_any())
            .collect();
        view! { <Notice tone=Tone::Warn title><ul class="consequences">{doubts}</ul></Notice> }
            .into_any()
    })
}

fn words(doubt: &Doubt, name: &DomainName, own: &str) -> String {
    match doubt {
        Doubt::Missing { part } => tf(Text::DoubtMissing, &[("part", part_name(*part))]),
        Doubt::NoCode { part } => tf(Text::DoubtNoCode, &[("part", part_name(*part))]),
        Doubt::Same => t(Text::DoubtSame).to_owned(),
        Doubt::OtherHosts { hosts } => tf(
            Text::DoubtOtherHosts,
            &[("hosts", &hosts.join(", ")), ("own", own)],
        ),
        Doubt::DomainNotNamed => tf(Text::DoubtDomainNotNamed, &[("domain", name.as_str())]),
    }
}
