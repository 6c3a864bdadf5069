//! Exports the list as CSV: the operators who match the filter, in the order shown, with their domains if asked. The API
//! cannot list an operator's domains, so for that every known domain is read (endpoint 13).

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use switchboard_api::{Assignment, DomainName, Email, LiveChatStatus, Login, Operator, Presence};
use switchboard_model::csv;
use switchboard_model::sort::sort_by_key;
use switchboard_model::workspace::file::dated_name;

use super::filtered::Filtered;
use super::list_query::{addon_word, login_word, presence_word};
use crate::browser::idna::readable;
use crate::browser::{clock, files};
use crate::i18n::{Text, t, tf, tn};
use crate::remote::Remote;
use crate::ui::{Button, ButtonKind, Dialog, IconName, Notice, Tick, Toasts, Tone, focus};
use crate::widgets::assignment_sweep::{AssignmentSweep, CachedAnswers, SweepProgress};
use crate::widgets::domain_choice::any_known;
use crate::widgets::places::no_such_domains;
use crate::wording::values::{display_name, some_names};
use crate::workspace::KnownDomains;

/// The columns. The values are the words that the filters use in the URL, the same in every language.
const HEADER: [&str; 5] = ["name", "email", "presence", "login", "addon"];

/// The column of the domains, which an import reads too.
const DOMAINS: &str = "domains";

/// How many domains are named.
const NAMED: usize = 5;

/// The id of the button that exports.
const GO: &str = "export-go";

/// The domains of each operator, in the order of the list.
type DomainsOfEach = BTreeMap<Email, Vec<DomainName>>;

/// The button "Export CSV". Exports at once if no domain is known, else after asking whether to include the domains.
#[component]
pub(super) fn ExportOperatorsButton(
    /// The operators to export.
    filtered: Memo<Filtered>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let none = Signal::derive(move || filtered.with(Filtered::is_empty));
    let export = exporter(filtered);
    let press = Callback::new(move |()| {
        if any_known() {
            open.set(true);
        } else {
            export.run(None);
        }
    });
    view! {
        <Button icon=IconName::Download label=t(Text::ExportCsv).to_owned() unavailable=none on_press=press />
        <Dialog open title=t(Text::ExportTitle) id="export-title" close=t(Text::Close)>
            <ExportForm open filtered export />
        </Dialog>
    }
}

/// Returns what saves the file, with the domains of each operator if there are any.
fn exporter(filtered: Memo<Filtered>) -> Callback<Option<DomainsOfEach>> {
    let toasts = Toasts::get();
    let base_url = Remote::get().connection().base_url;
    Callback::new(move |domains: Option<DomainsOfEach>| {
        let name = dated_name("operators", &base_url, clock::now(), "csv");
        let text = filtered.with_untracked(|filtered| text(filtered.iter(), domains.as_ref()));
        if files::download(&name, "text/csv;charset=utf-8", &text) {
            toasts.good(tf(Text::Exported, &[("file", &name)]));
        } else {
            toasts.bad(t(Text::DownloadFailed));
        }
    })
}

#[component]
fn ExportForm(
    open: RwSignal<bool>,
    filtered: Memo<Filtered>,
    export: Callback<Option<DomainsOfEach>>,
) -> impl IntoView {
    let names = untrack(|| KnownDomains::get().names());
    let count = names.len();
    let names = StoredValue::new(names);
    let found = StoredValue::new(DomainsOfEach::new());
    let answered = Callback::new(move |(domain, all): (DomainName, Arc<Vec<Assignment>>)| {
        found.update_value(|found| {
            for one in all.iter() {
                found
                    .entry(one.email.clone())
                    .or_default()
                    .push(domain.clone());
            }
        });
    });
    let sweep = AssignmentSweep::new(CachedAnswers::Accepted, answered);
    let (with_domains, is_waiting) = (RwSignal::new(false), RwSignal::new(false));
    let flip = Callback::new(move |on: bool| {
        with_domains.set(on);
        is_waiting.set(false);
        if on {
            sweep.add(names.get_value());
            sweep.resume();
        } else {
            sweep.stop();
        }
    });
    let go = move || {
        let place =
            |domain: &DomainName| names.with_value(|all| all.iter().position(|one| one == domain));
        export.run(with_domains.get_untracked().then(|| {
            let mut found = found.get_value();
            // They came in the order of the answers.
            found
                .values_mut()
                .for_each(|domains| sort_by_key(domains, place));
            found
        }));
        open.set(false);
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if with_domains.get_untracked() && !untrack(|| sweep.is_over()) {
            is_waiting.set(true);
        } else {
            go();
        }
    };
    Effect::new(move || {
        if is_waiting.get() && sweep.is_over() {
            is_waiting.set(false);
            // If a domain could not be read, the dialog says so and needs a second press.
            if !untrack(|| sweep.has_failed()) {
                go();
            }
        }
    });
    let is_reading = Memo::new(move |_| with_domains.get() && !sweep.is_over());
    let stop = Callback::new(move |()| {
        flip.run(false);
        focus(GO);
    });
    let failed = Memo::new(move |_| with_domains.get() && sweep.has_failed());
    let submit_label = Signal::derive(move || {
        t(if failed.get() {
            Text::ExportWithoutThem
        } else {
            Text::ExportGo
        })
        .to_owned()
    });
    view! {
            <form class="form" novalidate on:submit=submit>
                <p>{move || tn(Text::ExportText, filtered.with(Filtered::len))}</p>
    <Tick label=t(Text::ExportDomains).to_owned() checked=with_domains on_flip=flip />
                {move || if is_reading.get() {
                    view! { <SweepProgress sweep stop_id="export-stop" on_stop=stop /> }.into_any()
                } else {
                    view! { <p class="hint">{tn(Text::ExportDomainsHint, count)}</p> }.into_any()
                }}
                {move || failed.get().then(|| view! { <UnreadDomains sweep /> })}
                <div class="actions end">
                    <Button label=t(Text::Cancel).to_owned() on_press=Callback::new(move |()| open.set(false)) />
                    <Button id=GO kind=ButtonKind::Primary submit=true busy=is_waiting label=submit_label />
                </div>
            </form>
        }
}

/// Names the domains that could not be read, with a way to try again.
#[component]
fn UnreadDomains(sweep: AssignmentSweep) -> impl IntoView {
    let (failed, gone) = sweep.unread();
    let names: Vec<String> = failed.iter().map(readable).collect();
    let text = (!failed.is_empty()).then(|| {
        let names = some_names(&names, NAMED);
        view! { <p>{tf(Text::ExportIncomplete, &[("names", &names)])}</p> }
    });
    let title = match failed.len() {
        0 => tn(Text::DomainsGone, gone.len()),
        unread => tn(Text::DomainsUnread, unread),
    };
    let can_retry = !failed.is_empty();
    let again = Callback::new(move |()| {
        sweep.resume();
        focus(GO);
    });
    view! {
        <Notice tone=Tone::Warn title>
            {text}
            {(!gone.is_empty()).then(|| view! { <p>{no_such_domains(&gone)}</p> })}
            {can_retry.then(|| view! { <div class="actions"><Button label=t(Text::TryAgain).to_owned() on_press=again /></div> })}
        </Notice>
    }
}

fn text<'a>(
    operators: impl Iterator<Item = &'a Operator>,
    domains: Option<&DomainsOfEach>,
) -> String {
    let cells = |operator: &Operator| {
        let mut cells = cells(operator);
        cells.extend(domains.map(|domains| {
            let theirs = domains.get(&operator.email).map_or(&[][..], Vec::as_slice);
            let names: Vec<&str> = theirs.iter().map(DomainName::as_str).collect();
            names.join(" ")
        }));
        cells
    };
    let rows: Vec<Vec<String>> = operators.map(cells).collect();
    let header = HEADER.into_iter().chain(domains.map(|_| DOMAINS));
    csv::write(&header.map(str::to_owned).collect::<Vec<_>>(), &rows)
}

fn cells(operator: &Operator) -> Vec<String> {
    // An unknown value is written as the API sent it.
    let presence = match &operator.presence {
        Presence::Unknown(came) => came,
        known => presence_word(known),
    };
    let login = match &operator.login {
        Login::Unknown(came) => came,
        known => login_word(known),
    };
    let addon = match &operator.live_chat {
        Some(LiveChatStatus::Unknown(came)) => came,
        known => addon_word(known.as_ref()),
    };
    let name = display_name(&operator.name, &operator.email);
    let email = operator.email.as_str();
    [&name, email, presence, login, addon]
        .map(str::to_owned)
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operations::plan::tests::operator;

    #[test]
    fn formula_name_is_escaped_and_reimportable() {
        let mut evil = operator("eve@x.example");
        evil.name.first = "=cmd()".to_owned();
        let written = text([evil].iter(), None);
        assert_eq!(
            written,
            "\u{feff}name,email,presence,login,addon\r\n'=cmd(),eve@x.example,online,able,active\r\n"
        );
        let table = csv::parse(&written).expect("CSV");
        let rows = csv::operators(&table).expect("operators");
        assert_eq!(rows[0].name, "=cmd()");
    }

    #[test]
    fn domains_are_a_column_that_an_import_reads() {
        let [ada, grace] = ["ada@x.example", "grace@x.example"].map(operator);
        let domains = ["a.example", "b.example"].map(|name| name.parse().expect("a domain name"));
        let domains = BTreeMap::from([(ada.email.clone(), domains.to_vec())]);
        let written = text([ada, grace].iter(), Some(&domains));
        let table = csv::parse(&written).expect("CSV");
        let rows = csv::operators(&table).expect("operators");
        assert_eq!(rows[0].domains, ["a.example", "b.example"]);
        assert_eq!(rows[1].domains, [""; 0]);
    }
}
