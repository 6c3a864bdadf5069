//! The check of a page: its HTML is pasted, dropped or chosen, and read here.

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::EmbedCode;
use switchboard_model::embed::{Finding, Installation, check_in_slices};
use web_sys::File;

use super::finding_words::{Told, summary, tell, weight};
use crate::browser::breath::Breath;
use crate::browser::files::{ReadError, read_text};
use crate::i18n::{Text, number, t, tf};
use crate::ui::{Badge, Button, ButtonKind, FilePicker, Notice, Panel, TextArea, Tone, focus};

/// The largest file that is opened.
const MAX_MEGABYTES: usize = 20;

/// What is to be checked.
enum Given {
    Pasted(String),
    File(File),
}

/// Where a check is.
#[derive(Clone, Debug, PartialEq)]
enum Check {
    Idle,
    Running,
    Unread(String, ReadError),
    Done {
        file: Option<String>,
        installation: Installation,
    },
}

/// The region "Check the installation".
#[component]
pub(super) fn CheckPanel(
    /// The code that should be in the page.
    code: EmbedCode,
) -> impl IntoView {
    let code = StoredValue::new(code);
    let (html, error) = (RwSignal::new(String::new()), RwSignal::new(None));
    let (state, latest) = (RwSignal::new(Check::Idle), StoredValue::new(0_u32));
    // A callback: written as a closure, all of the check would be compiled into each of its callers.
    let look = Callback::new(move |given: Given| {
        error.set(None);
        state.set(Check::Running);
        latest.update_value(|latest| *latest += 1);
        let this = latest.get_value();
        spawn_local(async move {
            let end = run(given, code.get_value()).await;
            // Something else was given meanwhile, or the page is gone.
            if latest.try_get_value() == Some(this) {
                state.try_set(end);
            }
        });
    });
    let take = Callback::new(move |file| look.run(Given::File(file)));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if html.with_untracked(|html| html.trim().is_empty()) {
            state.set(Check::Idle);
            error.set(Some(t(Text::PageHtmlEmpty).to_owned()));
            focus("page-html");
        } else {
            look.run(Given::Pasted(html.get_untracked()));
        }
    };
    let is_running = Signal::derive(move || state.with(|state| *state == Check::Running));
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

/// Reads what is given, and looks for the code in it.
async fn run(given: Given, code: EmbedCode) -> Check {
    let (html, file) = match given {
        Given::Pasted(html) => (html, None),
        // Not into the field: browsers lay out megabytes of text for seconds.
        Given::File(file) => match read_text(&file, MAX_MEGABYTES * 1_000_000).await {
            Ok(html) => (html, Some(file.name())),
            Err(why) => return Check::Unread(file.name(), why),
        },
    };
    let breath = Breath::begin();
    let installation = check_in_slices(&html, &code, &async || breath.pause().await).await;
    Check::Done { file, installation }
}

fn outcome(state: &Check) -> AnyView {
    match state {
        Check::Idle | Check::Running => ().into_any(),
        Check::Unread(file, why) => {
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
        Check::Done { file, installation } => {
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
