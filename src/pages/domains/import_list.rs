//! Imports a list of domains that the user pastes, types, or reads from a file. Shows the verdict on each line first;
//! then a bulk run looks up each new domain (endpoint 7).

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_model::bulk::{Planned, Task};
use switchboard_model::domain_list::{DomainList, Listed, Verdict, read};
use switchboard_model::sort::sort_by_key;
use web_sys::File;

use crate::browser::files::{self, ReadError};
use crate::browser::idna::{to_ascii, unicode};
use crate::browser::throttle::{REST, debounce};
use crate::i18n::{Text, number, side_by_side, t, tf, tn};
use crate::operations::bulk::{RunStarter, Runs};
use crate::ui::{
    Badge, Button, ButtonKind, Dialog, FilePicker, Ltr, TextArea, Tone, UnsavedInput, focus,
};
use crate::wording::input::domain_error;
use crate::workspace::KnownDomains;

/// The size of the largest file that is read, in bytes: tens of thousands of domains.
const MAX_BYTES: usize = 1 << 20;

/// The number of lines of a list that are shown.
const LINES: usize = 100;

/// Shows the button "Import list" with its dialog. The text stays until the look-up starts.
#[component]
pub(super) fn ImportList() -> impl IntoView {
    let (open, text) = (RwSignal::new(false), RwSignal::new(String::new()));
    let starter = RunStarter::new(Runs::get());
    UnsavedInput::get().watch(move || text.with(|text| !text.trim().is_empty()));
    view! {
        <Button label=t(Text::ImportList).to_owned() on_press=Callback::new(move |()| open.set(true)) />
        <Dialog open title=t(Text::ImportList) id="import-list-title" close=t(Text::Close)><ImportListForm open text starter /></Dialog>
    }
}

#[component]
fn ImportListForm(
    open: RwSignal<bool>,
    text: RwSignal<String>,
    starter: RunStarter,
) -> impl IntoView {
    let known = KnownDomains::get();
    let error = RwSignal::new(None::<String>);
    let names = Memo::new(move |_| known.names());
    let list =
        Memo::new(move |_| names.with(|names| text.with(|text| read(text, names, to_ascii))));
    let count = Memo::new(move |_| list.with(|list| list.new_domains().count()));
    // The text as the last file left it, and what was typed above the file.
    let of_file = StoredValue::new((String::new(), String::new()));
    let take = Callback::new(move |file: File| {
        spawn_local(async move {
            let read = files::read_text(&file, MAX_BYTES).await;
            let name = file.name();
            error.set(read.as_ref().err().map(|why| unread(*why, &name)));
            if let Ok(read) = read {
                // The dialog may be closed by now.
                text.try_update(|text| {
                    let before = of_file.try_get_value().filter(|(whole, _)| whole == text);
                    let typed = before.map_or_else(|| text.clone(), |(_, typed)| typed);
                    *text = with_file(&typed, read);
                    of_file.try_set_value((text.clone(), typed));
                });
            }
        });
    });
    let go = Callback::new(move |()| {
        let tasks = list.with_untracked(|list| {
            let domains = list.new_domains().cloned();
            let tasks = domains.map(|domain| Planned::from(Task::LookUp { domain }));
            tasks.collect()
        });
        let taken = text.get_untracked();
        starter.start(tasks, move || {
            // What was typed meanwhile is not part of the run.
            if text.try_with_untracked(|text| *text == taken) == Some(true) {
                text.try_set(String::new());
                open.try_set(false);
            }
        });
    });
    Effect::new(move || focus("import-list"));
    let summed = Signal::derive(move || list.with(summary));
    // While the user types, a line is wrong until it is complete.
    let announced = debounce(summed, String::new(), REST);
    let label = Signal::derive(move || tn(Text::ImportListGo, count.get()));
    view! {
        <div class="form">
            <p class="muted">{t(Text::ImportListText)}</p>
            <TextArea id="import-list" label=t(Text::ImportListDomains) value=text error hint=t(Text::ImportListHint) />
            <FilePicker id="import-list-file" label=t(Text::ImportListChoose) hint=t(Text::ImportListFile) accept=".txt,.csv,text/plain,text/csv" on_file=take />
            <p>{summed}</p>
            <p class="visually-hidden" role="status">{announced}</p>
            {move || list.with(|list| list.only_first_column).then(|| view! { <p class="hint">{t(Text::ImportListFirstColumn)}</p> })}
            {move || list.with(lines)}
            <div class="actions end">
                <Button label=t(Text::Cancel).to_owned() on_press=Callback::new(move |()| open.set(false)) />
                <Button kind=ButtonKind::Primary label busy=starter.busy() unavailable=Signal::derive(move || count.get() == 0) on_press=go />
            </div>
        </div>
    }
}

/// Returns the list after a file was read: the file, or its domains below those that were typed.
fn with_file(typed: &str, file: String) -> String {
    if typed.trim().is_empty() {
        return file;
    }
    // A table is not read as one below other lines.
    let lines = |text: &str| read(text, &[], to_ascii).lines.into_iter();
    let both = lines(typed).chain(lines(&file)).map(|one| one.typed);
    both.collect::<Vec<_>>().join("\n")
}

fn unread(why: ReadError, file: &str) -> String {
    let text = match why {
        ReadError::TooLarge(_) => Text::ImportListTooLarge,
        ReadError::Unreadable => Text::ImportListUnreadable,
    };
    tf(text, &[("file", file)])
}

/// Returns the kind of a line as a sort key: lines that need attention come first.
fn kind(listed: &Listed) -> usize {
    match listed.verdict {
        Verdict::Wrong(_) => 0,
        Verdict::Again { .. } => 1,
        Verdict::Known(_) => 2,
        Verdict::New(_) => 3,
    }
}

/// Summarises how many lines are of each kind; empty for an empty list.
fn summary(list: &DomainList) -> String {
    let texts = [
        (3, Text::ImportListNew),
        (2, Text::ImportListKnown),
        (1, Text::ImportListAgain),
        (0, Text::ImportListWrong),
    ];
    let counted = texts.into_iter().filter_map(|(wanted, text)| {
        let count = list.lines.iter().filter(|one| kind(one) == wanted).count();
        (count > 0).then(|| tn(text, count))
    });
    side_by_side(&counted.collect::<Vec<_>>())
}

/// Shows the lines, those that need attention first.
fn lines(list: &DomainList) -> Option<AnyView> {
    let mut lines: Vec<&Listed> = list.lines.iter().collect();
    sort_by_key(&mut lines, |one| kind(one));
    let more = lines.len().saturating_sub(LINES);
    let shown = lines.into_iter().take(LINES).map(line).collect_view();
    let more = (more > 0).then(|| view! { <li class="hint">{tn(Text::ImportListMore, more)}</li> });
    (!list.lines.is_empty()).then(|| {
        view! { <ul class="list-lines" tabindex="0" aria-label=t(Text::ImportListLines)>{shown}{more}</ul> }.into_any()
    })
}

fn line(listed: &Listed) -> AnyView {
    // The name as people read it, where the list has the ASCII form.
    let shown = |name| unicode(name).filter(|shown| !listed.typed.contains(shown));
    let (tone, word, detail) = match &listed.verdict {
        Verdict::New(name) => (Tone::Good, t(Text::ImportListIsNew).to_owned(), shown(name)),
        Verdict::Known(name) => (
            Tone::Neutral,
            t(Text::ImportListIsKnown).to_owned(),
            shown(name),
        ),
        Verdict::Again { name, first } => {
            let word = tf(Text::ImportListSame, &[("line", &number(*first))]);
            (Tone::Neutral, word, shown(name))
        }
        Verdict::Wrong(error) => (
            Tone::Bad,
            t(Text::ImportListIsWrong).to_owned(),
            Some(domain_error(error)),
        ),
    };
    let (at, typed) = (number(listed.line), listed.typed.clone());
    view! {
        <li>
            <span class="hint numeric">{tf(Text::ImportListLine, &[("line", &at)])}</span>
            <span><Ltr text=typed />{detail.map(|detail| view! { <span class="hint">" "<bdi>{detail}</bdi></span> })}</span>
            <Badge tone text=word />
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use switchboard_api::DomainName;

    use super::*;

    #[test]
    fn file_goes_below_what_was_typed() {
        let table = "customer;domain\nAcme;b.example\nB;c.example".to_owned();
        assert_eq!(with_file(" \n", table.clone()), table);
        assert_eq!(
            with_file("https://a.example/x\ntwo words", table),
            "https://a.example/x\ntwo words\nb.example\nc.example"
        );
    }

    #[test]
    fn list_summary_counts_the_lines_of_each_kind() {
        let known: DomainName = "known.example".parse().expect("a domain name of the test");
        let sum = |text: &str| summary(&read(text, std::slice::from_ref(&known), |_| None));
        assert_eq!(sum(""), "");
        assert_eq!(sum("a.example\nb.example"), "2 new");
        assert_eq!(
            sum("a.example\nA.example\nknown.example\ntwo words\na.example"),
            "1 new · 1 already known · 2 duplicates · 1 invalid"
        );
    }
}
