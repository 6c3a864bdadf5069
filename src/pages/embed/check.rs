//! Checks the installation on a page. The user pastes, drops or chooses its HTML, which this browser reads and sends nowhere.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::{DomainName, EmbedCode};
use switchboard_model::embed::{Finding, Installation, check_in_slices};
use web_sys::File;

use super::finding_words::{Told, summary, tell, weight};
use crate::browser::files::{ReadError, read_text};
use crate::browser::time_slice::TimeSlice;
use crate::i18n::{Text, number, t, tf};
use crate::ui::{Badge, Button, ButtonKind, FilePicker, Notice, Panel, TextArea, Tone, focus};

/// The size of the largest file that is opened, in megabytes.
const MAX_MEGABYTES: usize = 20;

/// The page to check.
enum PageSource {
    Pasted(String),
    File(File),
}

/// The state of a check.
#[derive(Clone, Debug, PartialEq)]
enum PageCheck {
    Idle,
    Running,
    Unread(String, ReadError),
    Done {
        file: Option<String>,
        installation: Installation,
    },
}

/// Shows the region "Check the installation".
#[component]
pub(super) fn CheckPanel(
    /// The domain that the code is saved for.
    name: DomainName,
    /// The code that should be in the page.
    code: EmbedCode,
) -> impl IntoView {
    let kept = StoredValue::new((name, code));
    let (html, error) = (RwSignal::new(String::new()), RwSignal::new(None));
    let (state, latest) = (RwSignal::new(PageCheck::Idle), StoredValue::new(0_u32));
    // A callback, because a closure would be compiled into each of its callers, together with the whole check.
    let look = Callback::new(move |given: PageSource| {
        error.set(None);
        state.set(PageCheck::Running);
        latest.update_value(|latest| *latest += 1);
        let this = latest.get_value();
        spawn_local(async move {
            let end = run(given, kept.get_value()).await;
            // Otherwise a newer check has started, or the page is gone.
            if latest.try_get_value() == Some(this) {
                state.try_set(end);
            }
        });
    });
    let take = Callback::new(move |file| look.run(PageSource::File(file)));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if html.with_untracked(|html| html.trim().is_empty()) {
            state.set(PageCheck::Idle);
            error.set(Some(t(Text::PageHtmlEmpty).to_owned()));
            focus("page-html");
        } else {
            look.run(PageSource::Pasted(html.get_untracked()));
        }
    };
    let is_running = Signal::derive(move || state.with(|state| *state == PageCheck::Running));
    view! {
        <Panel title=t(Text::CheckInstallation) id="check">
            <form class="stack" novalidate on:submit=submit>
                <p>{t(Text::CheckText)}</p>
                <FilePicker id="page-file" label=t(Text::ChooseFile) hint=t(Text::ChooseFileHint) accept=".html,.htm,.txt,text/html" on_file=take>
                    <TextArea id="page-html" label=t(Text::PageHtml) value=html error hint=t(Text::PageHtmlHint) lines=6 />
                </FilePicker>
                <div class="actions"><Button kind=ButtonKind::Primary submit=true busy=is_running label=t(Text::Check).to_owned() /></div>
                {move || state.with(outcome)}
            </form>
        </Panel>
    }
    .into_any()
}

/// Reads a page and checks it for the code.
async fn run(given: PageSource, (name, code): (DomainName, EmbedCode)) -> PageCheck {
    let (html, file) = match given {
        PageSource::Pasted(html) => (html, None),
        // The file is not put into the field: browsers take seconds to lay out megabytes of text.
        PageSource::File(file) => match read_text(&file, MAX_MEGABYTES * 1_000_000).await {
            Ok(html) => (html, Some(file.name())),
            Err(why) => return PageCheck::Unread(file.name(), why),
        },
    };
    let slice = TimeSlice::begin();
    let installation = check_in_slices(&html, &code, &async || slice.pause().await).await;
    let installation = installation.kept_for(&name, &code);
    PageCheck::Done { file, installation }
}

fn outcome(state: &PageCheck) -> AnyView {
    match state {
        PageCheck::Idle | PageCheck::Running => ().into_any(),
        PageCheck::Unread(file, why) => {
            let (title, text) = match why {
                ReadError::TooLarge(_) => {
                    let limit = number(MAX_MEGABYTES);
                    let values = [("file", file.as_str()), ("megabytes", limit.as_str())];
                    (tf(Text::CheckTooLarge, &values), None)
                }
                ReadError::Unreadable => (
                    tf(Text::CheckUnreadable, &[("file", file)]),
                    Some(t(Text::FileUnreadable)),
                ),
            };
            view! { <Notice tone=Tone::Bad title><p>{text}</p></Notice> }.into_any()
        }
        PageCheck::Done { file, installation } => {
            let (tone, title) = summary(installation.severity());
            let file = file.as_ref().map(|file| {
                let text = tf(Text::CheckedFile, &[("file", file)]);
                view! { <p>{text}</p> }
            });
            let findings: Vec<AnyView> = installation.findings.iter().map(row).collect();
            view! { <Notice tone title>{file}</Notice><ul class="entries">{findings}</ul> }
                .into_any()
        }
    }
}

fn row(finding: &Finding) -> AnyView {
    let (tone, word) = weight(finding.severity());
    let Told { title, advice } = tell(finding);
    view! {
        <li class="finding">
            <Badge tone text=word />
            <div><p class="row-title">{title}</p>{(!advice.is_empty()).then(|| view! { <p class="muted">{advice}</p> })}</div>
        </li>
    }
    .into_any()
}
