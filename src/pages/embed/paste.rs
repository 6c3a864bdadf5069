//! Saves a code that the user pastes, or replaces the saved code with it. Doubts about the code are shown as a warning;
//! the user can save it anyway.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::{DomainName, EmbedCode};
use switchboard_model::embed::{Doubt, doubts};
use switchboard_model::workspace::{CodeOrigin, HeldCode, KnownDomain, StoreError};

use crate::browser::clock;
use crate::browser::idna::readable;
use crate::i18n::{Text, list, t, tf};
use crate::remote::Remote;
use crate::ui::{Button, ButtonKind, Notice, Panel, TextArea, Toasts, Tone, focus};
use crate::widgets::embed_codes::{part_name, tell_kept};
use crate::wording::store::store_error;
use crate::workspace::KnownDomains;

/// The text in the two fields. The page owns it, so that nothing is lost when the view around the fields changes.
#[derive(Clone, Copy)]
pub(super) struct Pasted {
    link: RwSignal<String>,
    socket_link: RwSignal<String>,
    /// Whether the fields are shown although a code is saved.
    replaces: RwSignal<bool>,
}

impl Pasted {
    /// Creates empty fields.
    pub fn nothing() -> Self {
        Self {
            link: RwSignal::new(String::new()),
            socket_link: RwSignal::new(String::new()),
            replaces: RwSignal::new(false),
        }
    }

    /// Returns whether a field contains text, tracked.
    pub fn is_any(self) -> bool {
        let is_typed = |text: RwSignal<String>| text.with(|text| !text.trim().is_empty());
        is_typed(self.link) || is_typed(self.socket_link)
    }

    /// Clears the fields after their text was saved.
    fn clear(&self) {
        let _ = self.link.try_set(String::new());
        let _ = self.socket_link.try_set(String::new());
        let _ = self.replaces.try_set(false);
    }
}

/// Shows the region "Replace the code" below a saved code.
#[component]
pub(super) fn ReplaceCode(
    /// The domain that the code is for.
    name: DomainName,
    /// The text in the fields.
    pasted: Pasted,
) -> impl IntoView {
    let open = Callback::new(move |()| {
        pasted.replaces.set(true);
        focus("paste-link");
    });
    move || {
        if pasted.replaces.get() {
            view! { <PasteCode name=name.clone() pasted /> }.into_any()
        } else {
            view! {
                <Panel title=t(Text::ReplaceCode) id="paste-code">
                    <div class="switch-line">
                        <p class="muted">{t(Text::ReplaceCodeClosed)}</p>
                        <Button label=t(Text::ReplaceCode).to_owned() on_press=open />
                    </div>
                </Panel>
            }
            .into_any()
        }
    }
}

/// Shows the region "Paste the code", or "Replace the code" if one is saved.
#[component]
pub(super) fn PasteCode(
    /// The domain that the code is for.
    name: DomainName,
    /// The text in the fields.
    pasted: Pasted,
) -> impl IntoView {
    let (known, toasts) = (KnownDomains::get(), Toasts::get());
    let base_url = Remote::get().connection().base_url;
    let own = base_url.host().to_owned();
    let Pasted {
        link, socket_link, ..
    } = pasted;
    let replaces = pasted.replaces.get_untracked();
    let error = RwSignal::new(None::<String>);
    let failed = RwSignal::new(None::<StoreError>);
    let name = StoredValue::new(name);
    // Trimmed: text areas and e-mails add white space at the ends, and no code needs it.
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
        let before = known.find_now(&name).filter(|before| before.held.is_some());
        match keep(known, &name, code) {
            Ok(()) => {
                pasted.clear();
                spawn_local(async move {
                    let is_on_disk = known.is_on_disk().await;
                    match before {
                        Some(before) if is_on_disk => offer_back(known, toasts, before),
                        _ => tell_kept(toasts, Text::PasteKept, &name, is_on_disk),
                    }
                });
            }
            Err(why) => failed.set(Some(why)),
        }
    };
    let label = Signal::derive(move || {
        let is_doubted = doubts.with(|doubts| !doubts.is_empty());
        t(match (replaces, is_doubted) {
            (false, false) => Text::PasteKeep,
            (false, true) => Text::PasteKeepAnyway,
            (true, false) => Text::ReplaceCode,
            (true, true) => Text::ReplaceAnyway,
        })
        .to_owned()
    });
    let (title, text) = if replaces {
        (Text::ReplaceCode, Text::ReplaceCodeText)
    } else {
        (Text::PasteCode, Text::PasteCodeText)
    };
    let cancel = Callback::new(move |()| pasted.replaces.set(false));
    let cancel =
        replaces.then(|| view! { <Button label=t(Text::Cancel).to_owned() on_press=cancel /> });
    view! {
        <Panel title=t(title) id="paste-code">
            <form class="stack" novalidate on:submit=submit>
                <p>{t(text)}</p>
                <TextArea id="paste-link" label="link" value=link error hint=t(Text::PasteLinkHint) lines=3 />
                <TextArea id="paste-socket-link" label="socketLink" value=socket_link hint=t(Text::PasteSocketLinkHint) lines=3 />
                {move || doubted(&doubts.get(), &name.get_value(), &own)}
                {move || failed.get().map(|why| view! { <Notice tone=Tone::Bad title=store_error(why) /> })}
                <div class="actions"><Button kind=ButtonKind::Primary submit=true label />{cancel}</div>
            </form>
        </Panel>
    }
    .into_any()
}

/// Saves the code with its origin.
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

/// Reports that a code was replaced, and offers to restore the former one.
fn offer_back(known: KnownDomains, toasts: Toasts, before: KnownDomain) {
    let text = tf(Text::CodeReplaced, &[("domain", &readable(&before.name))]);
    toasts.offer(text, t(Text::Undo), move || {
        if let Err(error) = known.receive(as_chosen(before.clone())) {
            let reason = store_error(error);
            toasts.bad(tf(Text::CodeNotBack, &[("reason", &reason)]));
        }
    });
}

/// Marks the code of a record as chosen by the user. An imported code would otherwise lose to the saved one.
fn as_chosen(mut record: KnownDomain) -> KnownDomain {
    if let Some(held) = &mut record.held
        && held.origin == CodeOrigin::Imported
    {
        held.origin = CodeOrigin::Chosen;
    }
    record
}

fn doubted(doubts: &[Doubt], name: &DomainName, own: &str) -> Option<AnyView> {
    (!doubts.is_empty()).then(|| {
        let title = tf(Text::PasteDoubts, &[("domain", &readable(name))]);
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
            &[("hosts", &list(hosts)), ("own", own)],
        ),
        Doubt::DomainNotNamed => tf(Text::DoubtDomainNotNamed, &[("domain", &readable(name))]),
    }
}
