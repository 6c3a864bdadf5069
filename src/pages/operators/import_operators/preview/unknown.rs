//! Shows the unknown domains of a list above the rows, and looks them up before the import if the user wants that.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::endpoints::GetDomain;
use switchboard_api::{ApiError, DomainName};
use switchboard_model::csv::{Accepted, LookUps, PlannedRow, Standing};

use super::SUMMARY;
use crate::browser::clock;
use crate::browser::idna::readable;
use crate::i18n::{Text, t, tc, tf, tn};
use crate::remote::Remote;
use crate::ui::{Button, Notice, ProgressLine, Tick, Tone, focus};
use crate::wording::explain::explain_briefly;
use crate::wording::values::some_names;
use crate::workspace::KnownDomains;

/// The number of domains that are looked up at once: browsers open six connections to a host.
const AT_ONCE: usize = 6;

/// The maximum number of domains that one sentence names.
const NAMED: usize = 10;

/// The look-ups of the unknown domains, and which questionable rows the user accepts.
#[derive(Clone, Copy)]
pub(super) struct Unknown {
    /// The known domains, and the look-ups of the others.
    pub(super) look_ups: RwSignal<LookUps>,
    /// Which questionable rows are imported, instead of being left out.
    pub(super) accepted: RwSignal<Accepted>,
    remote: Remote,
    known: KnownDomains,
}

impl Unknown {
    /// Creates the state. It follows the known domains while the preview is mounted.
    pub(super) fn new() -> Self {
        let known = KnownDomains::get();
        let unknown = Self {
            look_ups: RwSignal::new(LookUps::default()),
            accepted: RwSignal::new(Accepted::default()),
            remote: Remote::get(),
            known,
        };
        unknown.take_known(untrack(|| known.names()));
        Effect::new(move |was_there: Option<()>| {
            let names = known.names();
            if was_there.is_some() {
                unknown.take_known(names);
            }
        });
        unknown
    }

    fn take_known(self, names: Vec<DomainName>) {
        let missing = names.iter().filter(|name| self.remote.is_missing(name));
        let missing: Vec<_> = missing.cloned().collect();
        self.look_ups.update(|it| {
            it.set_missing(missing);
            it.set_known(names);
        });
    }

    /// Looks up every unknown domain of these rows.
    fn look_up(self, rows: &[PlannedRow]) {
        self.look_ups.update(|it| it.begin(rows));
        self.go_on();
    }

    /// Looks up the next domains. Does nothing once the preview is closed.
    fn go_on(self) {
        let next = self.look_ups.try_update(|it| it.start(AT_ONCE));
        for domain in next.unwrap_or_default() {
            spawn_local(async move {
                let ended = self.ask(&domain).await;
                self.look_ups.try_update(|it| it.settle(&domain, ended));
                self.go_on();
            });
        }
    }

    /// Looks up a domain, and adds it to the known domains if it exists.
    async fn ask(self, domain: &DomainName) -> Result<(), ApiError> {
        let call = GetDomain {
            domain: domain.clone(),
        };
        let found = self.remote.fetch(call).await?;
        // A domain that cannot be stored exists nevertheless.
        let _ = self.known.found(domain, &found);
        Ok(())
    }
}

/// Shows the unknown domains above the rows, or nothing if all are known.
#[component]
pub(super) fn UnknownDomains(
    /// The look-ups of the unknown domains.
    unknown: Unknown,
    /// The plan for each row.
    lines: Signal<Arc<Vec<PlannedRow>>>,
    /// The number of rows that name an unknown domain.
    flagged: Memo<usize>,
) -> impl IntoView {
    let under_way = Memo::new(move |_| unknown.look_ups.with(LookUps::under_way));
    let is_under_way = Memo::new(move |_| under_way.with(Option::is_some));
    let is_flagged = Memo::new(move |_| flagged.get() > 0);
    let announced = Memo::new(move |before: Option<&String>| match under_way.get() {
        Some((_, all)) => tn(Text::LookUpBegun, all),
        None if before.is_some_and(|before| !before.is_empty()) => t(Text::LookUpEnded).to_owned(),
        None => String::new(),
    });
    view! {
        {move || match (is_under_way.get(), is_flagged.get()) {
            (true, _) => view! { <LookingUp unknown under_way /> }.into_any(),
            (false, true) => view! { <Named unknown lines flagged /> }.into_any(),
            (false, false) => ().into_any(),
        }}
        <p class="visually-hidden" role="status">{announced}</p>
    }
}

#[component]
fn LookingUp(unknown: Unknown, under_way: Memo<Option<(usize, usize)>>) -> impl IntoView {
    let done = Memo::new(move |_| under_way.get().unwrap_or_default());
    let line = Memo::new(move |_| {
        let (done, all) = done.get();
        tc(Text::LookUpProgress, &[("done", done), ("all", all)], &[])
    });
    view! {
        <ProgressLine
            line done name=t(Text::LookUpProgressName) stop=t(Text::StopLookingUp) stop_id="stop-looking-up"
            on_stop=Callback::new(move |()| {
                focus(SUMMARY);
                unknown.look_ups.update(LookUps::stop);
            })
        />
    }
}

#[component]
fn Named(
    unknown: Unknown,
    lines: Signal<Arc<Vec<PlannedRow>>>,
    flagged: Memo<usize>,
) -> impl IntoView {
    let named =
        Memo::new(move |_| lines.with(|lines| unknown.look_ups.with(|it| Found::of(it, lines))));
    let is_to_look_up = Memo::new(move |_| named.with(Found::is_to_look_up));
    let look_up = Callback::new(move |()| {
        // The button goes.
        focus(SUMMARY);
        lines.with_untracked(|lines| unknown.look_up(lines));
    });
    let label = Signal::derive(move || tn(Text::ImportWithout, flagged.get()));
    let accepted = unknown.accepted;
    let checked = Memo::new(move |_| accepted.with(|accepted| accepted.unknown_domains));
    let flip = move |on| accepted.update(|accepted| accepted.unknown_domains = on);
    view! {
        <Notice tone=Tone::Warn title=Signal::derive(move || tn(Text::RowsUnknownDomains, flagged.get()))>
            {move || named.with(Found::sentences).into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
            <p>{t(Text::UnknownDomainsText)}</p>
            {move || is_to_look_up.get().then(|| view! {
                <div class="actions"><Button label=t(Text::LookThemUpFirst).to_owned() on_press=look_up /></div>
            })}
        </Notice>
        <Tick label checked on_flip=flip />
    }
}

/// The names of the unknown domains, by the state of their look-ups.
#[derive(Clone, Debug, Default, PartialEq)]
struct Found {
    not_looked_up: Vec<String>,
    missing: Vec<String>,
    failed: Vec<String>,
    /// Why the first of the failed look-ups failed.
    reason: String,
}

impl Found {
    fn of(look_ups: &LookUps, rows: &[PlannedRow]) -> Self {
        let mut found = Self::default();
        for (domain, standing) in look_ups.unknown(rows) {
            let name = readable(domain);
            match standing {
                Standing::Known => {}
                Standing::NotLookedUp => found.not_looked_up.push(name),
                Standing::Missing => found.missing.push(name),
                Standing::Failed(error) => {
                    if found.failed.is_empty() {
                        found.reason = explain_briefly(error, clock::now());
                    }
                    found.failed.push(name);
                }
            }
        }
        found
    }

    fn is_to_look_up(&self) -> bool {
        !self.not_looked_up.is_empty() || !self.failed.is_empty()
    }

    fn sentences(&self) -> Vec<String> {
        let groups = [
            (Text::UnknownNotLookedUp, &self.not_looked_up),
            (Text::UnknownMissing, &self.missing),
            (Text::UnknownFailed, &self.failed),
        ];
        let groups = groups.into_iter().filter(|(_, names)| !names.is_empty());
        let sentence = |(text, names): (Text, &Vec<String>)| {
            let names = some_names(names, NAMED);
            tf(text, &[("names", &names), ("reason", &self.reason)])
        };
        groups.map(sentence).collect()
    }
}

#[cfg(test)]
mod tests {
    use switchboard_api::{FieldError, Severity};

    use super::super::import_counts::tests::lines;
    use super::*;

    #[test]
    fn unknown_domains_are_grouped_by_look_up_result() {
        let file = "name,email,domains\nA,a@x.example,known.example gone.example lost.example\nB,b@x.example,late.example\n";
        let (_, rows) = lines(file, &[]);
        let domain = |name: &str| -> DomainName { name.parse().expect("a domain of the test") };
        let mut look_ups = LookUps::new([domain("known.example"), domain("late.example")]);
        look_ups.begin(&rows);
        look_ups.start(AT_ONCE);
        look_ups.settle(
            &domain("gone.example"),
            Err(ApiError::Refused {
                severity: Severity::Error,
                field_errors: vec![FieldError {
                    field: None,
                    text: "Domain does not exist".to_owned(),
                }],
                http_status: 200,
                raw: String::new(),
            }),
        );
        look_ups.settle(&domain("lost.example"), Err(ApiError::Cancelled));
        look_ups.set_known([domain("known.example")]);
        let found = Found::of(&look_ups, &rows);
        assert_eq!(
            found.sentences(),
            [
                "Not looked up: late.example.",
                "Unknown to the API: gone.example.",
                "Could not be looked up: lost.example. The call was cancelled.",
            ]
        );
        assert!(found.is_to_look_up());
    }
}
