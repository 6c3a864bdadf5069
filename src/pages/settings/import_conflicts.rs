//! Domains for which the file and this browser have different codes. Shows both, and the user chooses one for each
//! domain.

use leptos::prelude::*;
use switchboard_api::{BaseUrl, DomainName};
use switchboard_model::embed::{hosts, unexpected_hosts};
use switchboard_model::workspace::HeldCode;
use switchboard_model::workspace::import::{Choices, ImportChange, ImportPlan, ImportStep};

use super::import_words::code_origin;
use crate::browser::idna::readable;
use crate::i18n::{Text, list, t, tf, tn};
use crate::remote::Remote;
use crate::ui::{Badge, ButtonKind, CopyButton, Tone};
use crate::widgets::domain_label::DomainLabel;
use crate::widgets::embed_codes::{both, copy_texts, names_another};
use crate::widgets::pager::Pager;

/// The number of domains on a page.
const ROWS: usize = 10;

/// A domain with the two codes.
#[derive(Clone, PartialEq)]
struct Conflict {
    name: DomainName,
    here: HeldCode,
    file: HeldCode,
}

/// The region "Different codes". Renders nothing if there are none.
#[component]
pub(super) fn Conflicts(
    /// The plan of the import.
    plan: Memo<ImportPlan>,
    /// The domains whose code comes from the file.
    choices: RwSignal<Choices>,
) -> impl IntoView {
    // Unaffected by the choices, so that no radio button is rebuilt under the pointer.
    let conflicts = Memo::new(move |_| plan.with(conflicts));
    let page = RwSignal::new(0);
    let count = Memo::new(move |_| conflicts.with(Vec::len));
    let rows = move || {
        conflicts.with(|conflicts| {
            let on_page = conflicts.iter().enumerate().skip(page.get() * ROWS);
            on_page
                .take(ROWS)
                .map(|(at, conflict)| view! { <ImportConflictRow at conflict=conflict.clone() choices /> })
                .collect_view()
        })
    };
    let is_any = Memo::new(move |_| count.get() > 0);
    move || {
        is_any.get().then(|| {
            view! {
                <section class="stack" aria-labelledby="import-conflicts">
                    <div>
                        <h3 id="import-conflicts">{move || tn(Text::ImportConflicts, count.get())}</h3>
                        <p class="hint">{t(Text::ImportConflictsText)}</p>
                    </div>
                    <div class="stack" role="group" aria-labelledby="import-conflicts">{rows}</div>
                    <Pager label=Text::PagesOfRows page on_turn=move |to| page.set(to) count rows=ROWS />
                </section>
            }
        })
    }
}

fn conflicts(plan: &ImportPlan) -> Vec<Conflict> {
    let steps = plan.steps.iter();
    let conflict = |step: &ImportStep| match &step.change {
        ImportChange::OtherCode { here, file, .. } => Some(Conflict {
            name: step.name.clone(),
            here: here.clone(),
            file: file.clone(),
        }),
        _ => None,
    };
    steps.filter_map(conflict).collect()
}

#[component]
fn ImportConflictRow(at: usize, conflict: Conflict, choices: RwSignal<Choices>) -> impl IntoView {
    let Conflict { name, here, file } = conflict;
    let legend = name.clone();
    let group = format!("import-code-{at}");
    let (key, replaced) = (StoredValue::new(name), here.code.clone());
    let shown_code = replaced.clone();
    // A choice applies only to the code that it was made against.
    let is_file = Memo::new(move |_| {
        key.with_value(|key| choices.with(|it| it.get(key) == Some(&shown_code)))
    });
    let choose = move |from_file: bool| {
        choices.update(|choices| {
            if from_file {
                choices.insert(key.get_value(), replaced.clone());
            } else {
                key.with_value(|key| choices.remove(key));
            }
        });
    };
    let option = move |from_file: bool, label: Text, copy: (Text, Text), held: HeldCode| {
        let choose = choose.clone();
        let copy_name = tf(copy.1, &[("domain", &key.with_value(readable))]);
        view! {
            <div class="code-option">
                <label class="tick">
                    <input type="radio" name=group.clone() prop:checked=move || is_file.get() == from_file on:change=move |_| choose(from_file) />
                    <span class="tick-label row-title">{t(label)}</span>
                </label>
                <p class="hint">{code_origin(&held, from_file)}</p>
                {key.with_value(|key| names_another(key, &held.code)).map(|text| view! { <Badge tone=Tone::Warn text /> })}
                <Hosts held=held.clone() />
                <pre class="code" dir="ltr" tabindex="0" role="group" aria-label=t(label)><code>{both(&held.code)}</code></pre>
                <CopyButton kind=ButtonKind::Quiet label=t(copy.0) name=copy_name text=Signal::stored(both(&held.code)) texts=copy_texts() />
            </div>
        }
    };
    view! {
        <fieldset class="code-choice">
            <legend class="row-title"><DomainLabel name=legend /></legend>
            {option(false, Text::ImportKeepHere, (Text::CopyHeldCode, Text::CopyHeldCodeOf), here)}
            {option(true, Text::ImportUseFile, (Text::CopyFileCode, Text::CopyFileCodeOf), file)}
        </fieldset>
    }
}

/// Shows the hosts that a code loads from, and marks those that are not the connection's.
#[component]
fn Hosts(held: HeldCode) -> impl IntoView {
    let base_url = Remote::get().connection().base_url;
    let named = named_hosts(&held);
    let is_foreign = !unexpected(&held, &base_url).is_empty();
    if named.is_empty() {
        return view! { <p class="hint">{t(Text::ImportNoHosts)}</p> }.into_any();
    }
    let text = tf(Text::ImportHosts, &[("hosts", &list(&named))]);
    let mark = is_foreign.then(|| {
        let text = tf(Text::ImportHostForeign, &[("own", base_url.host())]);
        view! { <Badge tone=Tone::Warn text /> }
    });
    view! { <p class="code-hosts"><bdi>{text}</bdi></p>{mark} }.into_any()
}

fn unexpected(held: &HeldCode, base_url: &BaseUrl) -> Vec<String> {
    unexpected_hosts(&held.code, base_url)
}

/// Returns the distinct hosts in a code.
fn named_hosts(held: &HeldCode) -> Vec<String> {
    let mut named: Vec<String> = Vec::new();
    for source in hosts(&held.code) {
        let host = source.host_and_port();
        if !named.contains(&host) {
            named.push(host);
        }
    }
    named
}
