//! Saves a code that the user pastes, or replaces the saved code with it. Doubts about the code are shown as a warning;
//! the user can save it anyway.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::{DomainName, EmbedCode};
use switchboard_model::embed::{Doubt, Part, doubts, split_both};
use switchboard_model::workspace::{CodeOrigin, HeldCode, KnownDomain, StoreError};

use super::finding_words::fault_text;
use crate::browser::clock;
use crate::browser::idna::readable;
use crate::i18n::{Text, list, t, tf};
use crate::remote::Remote;
use crate::ui::{Button, ButtonKind, Notice, Panel, TextArea, Toasts, Tone, UnsavedInput, focus};
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
    /// Creates the fields of a domain: empty, or with what was typed under its former name.
    pub fn of(name: &DomainName) -> Self {
        let text = |part| UnsavedInput::get().take(&field_of(part, name));
        let (link, socket_link) = (text(Part::Link), text(Part::SocketLink));
        Self {
            replaces: RwSignal::new(link.is_some() || socket_link.is_some()),
            link: RwSignal::new(link.unwrap_or_default()),
            socket_link: RwSignal::new(socket_link.unwrap_or_default()),
        }
    }

    /// Moves the text to the page of the domain's new name.
    pub fn hand_over(self, unsaved: UnsavedInput, to: &DomainName) {
        for (part, text) in [
            (Part::Link, self.link),
            (Part::SocketLink, self.socket_link),
        ] {
            let text = text.get_untracked();
            if !text.trim().is_empty() {
                unsaved.hand_over(field_of(part, to), text);
            }
        }
        self.clear();
    }

    /// Returns whether a field contains text, tracked.
    pub fn is_any(self) -> bool {
        let is_typed = |text: RwSignal<String>| text.with(|text| !text.trim().is_empty());
        is_typed(self.link) || is_typed(self.socket_link)
    }

    /// Clears the fields, and closes the form that replaces the code.
    fn clear(&self) {
        let _ = self.link.try_set(String::new());
        let _ = self.socket_link.try_set(String::new());
        let _ = self.replaces.try_set(false);
    }
}

/// Returns the key under which the text of a field is handed over to another page.
fn field_of(part: Part, name: &DomainName) -> String {
    format!("{} of {name}", part_name(part))
}

/// The id of the button that opens the fields.
const REPLACE: &str = "replace-code";

/// Focuses a control that the next rendering adds.
fn focus_later(id: &'static str) {
    request_animation_frame(move || focus(id));
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
        focus_later("paste-link");
    });
    move || {
        if pasted.replaces.get() {
            view! { <PasteCode name=name.clone() pasted replaces=true /> }.into_any()
        } else {
            view! {
                <Panel title=t(Text::ReplaceCode) id="paste-code">
                    <div class="switch-line">
                        <p class="muted">{t(Text::ReplaceCodeClosed)}</p>
                        <Button id=REPLACE label=t(Text::ReplaceCode).to_owned() on_press=open />
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
    /// Whether a code is saved.
    #[prop(optional)]
    replaces: bool,
) -> impl IntoView {
    let (known, toasts) = (KnownDomains::get(), Toasts::get());
    split_both_codes(pasted, toasts);
    let base_url = Remote::get().connection().base_url;
    let own = base_url.authority().to_owned();
    let Pasted {
        link, socket_link, ..
    } = pasted;
    let error = RwSignal::new(None::<String>);
    let empty = Signal::derive(move || error.get().filter(|_| !pasted.is_any()));
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
        match keep(known, &name, code.clone()) {
            Ok(()) => {
                pasted.clear();
                spawn_local(async move {
                    let is_on_disk = known.is_on_disk().await;
                    match before {
                        Some(before) if is_on_disk => offer_back(known, toasts, before, code),
                        _ => tell_kept(known, toasts, Text::PasteKept, &name, is_on_disk),
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
    let cancel = Callback::new(move |()| {
        pasted.clear();
        focus_later(REPLACE);
    });
    let cancel =
        replaces.then(|| view! { <Button label=t(Text::Cancel).to_owned() on_press=cancel /> });
    view! {
        <Panel title=t(title) id="paste-code">
            <form class="stack" novalidate on:submit=submit>
                <p>{t(text)}</p>
                <TextArea id="paste-link" label="link" value=link error=empty hint=t(Text::PasteLinkHint) lines=3 />
                <TextArea id="paste-socket-link" label="socketLink" value=socket_link hint=t(Text::PasteSocketLinkHint) lines=3 />
                {move || doubted(&doubts.get(), &name.get_value(), &own)}
                {move || failed.get().map(|why| view! { <Notice tone=Tone::Bad title=store_error(why) /> })}
                <div class="actions"><Button kind=ButtonKind::Primary submit=true label />{cancel}</div>
            </form>
        </Panel>
    }
    .into_any()
}

/// Puts the two codes of "Copy both" into the two fields if they are pasted into one, and offers to undo that.
fn split_both_codes(pasted: Pasted, toasts: Toasts) {
    let Pasted {
        link, socket_link, ..
    } = pasted;
    let is_undone = StoredValue::new(false);
    Effect::new(move || {
        let before = (link.get(), socket_link.get());
        let text = match (before.0.trim(), before.1.trim()) {
            (text, "") | ("", text) => text,
            _ => return,
        };
        let Some(code) = split_both(text).filter(|_| !is_undone.get_value()) else {
            return;
        };
        link.set(code.link.clone());
        socket_link.set(code.socket_link.clone());
        toasts.offer(t(Text::PasteSplit), t(Text::Undo), move || {
            let is_split = link.try_get_untracked().as_ref() == Some(&code.link)
                && socket_link.try_get_untracked().as_ref() == Some(&code.socket_link);
            if is_split {
                is_undone.try_set_value(true);
                link.set(before.0.clone());
                socket_link.set(before.1.clone());
            }
        });
    });
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

/// Offers the code that the API gave when the domain was added here, if another one has replaced it.
#[component]
pub(super) fn ReplacedCode(
    /// The domain.
    name: DomainName,
) -> impl IntoView {
    let (known, toasts) = (KnownDomains::get(), Toasts::get());
    let replaced = untrack(|| known.replaced_code(&name))?;
    let press = Callback::new(move |()| {
        let Some(before) = known.find_now(&name) else {
            return;
        };
        let code = replaced.code.clone();
        let back = KnownDomain {
            held: Some(replaced.clone()),
            ..before.clone()
        };
        match known.receive(back) {
            Ok(_) => offer_back(known, toasts, before, code),
            Err(error) => {
                let reason = store_error(error);
                toasts.bad(tf(Text::CodeNotBack, &[("reason", &reason)]));
            }
        }
    });
    Some(view! {
        <div class="switch-line">
            <p class="hint">{t(Text::CodeOfApiKept)}</p>
            <Button label=t(Text::CodeOfApiRestore).to_owned() on_press=press />
        </div>
    })
}

/// Reports that `code` has replaced the code of a domain, and offers to restore that one. Another code that has
/// replaced `code` since stays.
fn offer_back(known: KnownDomains, toasts: Toasts, mut before: KnownDomain, code: EmbedCode) {
    before.held = before.held.map(HeldCode::chosen);
    let named = |text| tf(text, &[("domain", &readable(&before.name))]);
    let (text, replaced_since) = (named(Text::CodeReplaced), named(Text::CodeReplacedSince));
    toasts.offer(text, t(Text::Undo), move || {
        match known.receive_former(before.clone(), &code) {
            Ok(true) => {}
            Ok(false) => toasts.warn(replaced_since.clone()),
            Err(error) => {
                let reason = store_error(error);
                toasts.bad(tf(Text::CodeNotBack, &[("reason", &reason)]));
            }
        }
    });
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
        Doubt::WholePage { part } => tf(Text::DoubtWholePage, &[("part", part_name(*part))]),
        Doubt::Faulty { part, fault } => fault_text(*part, fault),
        Doubt::Same => t(Text::DoubtSame).to_owned(),
        Doubt::OtherHosts { hosts } => tf(
            Text::DoubtOtherHosts,
            &[("hosts", &list(hosts)), ("own", own)],
        ),
        Doubt::DomainNotNamed => tf(Text::DoubtDomainNotNamed, &[("domain", &readable(name))]),
    }
}
