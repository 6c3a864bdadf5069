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
use crate::ui::{
    Badge, Button, ButtonKind, FilePicker, Notice, Panel, TextArea, Tone, UnsavedInput, focus,
};

/// The size of the largest file that is opened, in megabytes.
const MAX_MEGABYTES: usize = 20;

/// The id of the result.
const RESULT: &str = "check-result";

/// How much of the result has to be visible, in CSS pixels: its headline, above the navigation of a telephone.
const ROOM: f64 = 140.0;

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
    /// The domain's name when the code arrived, if it was renamed since.
    former: Option<DomainName>,
    /// The text in the field.
    html: RwSignal<String>,
) -> impl IntoView {
    let kept = StoredValue::new((name, code, former));
    let error = RwSignal::new(None);
    let (state, latest) = (RwSignal::new(PageCheck::Idle), StoredValue::new(0_u32));
    // A page that was checked may be left.
    UnsavedInput::get().watch(move || {
        let is_pasted = html.with(|html| !html.trim().is_empty());
        is_pasted && state.with(|state| *state == PageCheck::Idle)
    });
    // The result is about the text that was in the field before.
    Effect::new(move |before: Option<()>| {
        html.track();
        if before.is_some() {
            latest.update_value(|latest| *latest += 1);
            state.set(PageCheck::Idle);
        }
    });
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
                request_animation_frame(bring_result_into_view);
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
    let announced = move || state.with(announcement);
    let is_running = Signal::derive(move || state.with(|state| *state == PageCheck::Running));
    view! {
        <Panel title=t(Text::CheckInstallation) id="check">
            <form class="stack" novalidate on:submit=submit>
                <p>{t(Text::CheckText)}</p>
                <FilePicker id="page-file" label=t(Text::ChooseFile) hint=t(Text::ChooseFileHint) accept=".html,.htm,.mhtml,.mht,.txt,.tsx,.jsx,.js,text/html" on_file=take>
                    <TextArea id="page-html" label=t(Text::PageHtml) value=html error hint=t(Text::PageHtmlHint) lines=6 />
                </FilePicker>
                <div class="actions"><Button kind=ButtonKind::Primary submit=true busy=is_running label=t(Text::Check).to_owned() /></div>
                // Rendered from the start, because assistive technology announces only changes of an existing live region.
                <p class="visually-hidden" role="status">{announced}</p>
                <div id=RESULT class="stack">{move || state.with(outcome)}</div>
            </form>
        </Panel>
    }
    .into_any()
}

/// Scrolls to the result if its headline is below the window or the bar at its bottom.
fn bring_result_into_view() {
    let root = document().document_element();
    let result = document().get_element_by_id(RESULT);
    if let (Some(root), Some(result)) = (root, result)
        && result.get_bounding_client_rect().top() + ROOM > f64::from(root.client_height())
    {
        result.scroll_into_view();
    }
}

/// Reads a page and checks it for the code.
async fn run(
    given: PageSource,
    (name, code, former): (DomainName, EmbedCode, Option<DomainName>),
) -> PageCheck {
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
    let installation = installation.kept_for(&name, &code, former.as_ref());
    PageCheck::Done { file, installation }
}

/// Returns the tone and the title of a result.
fn headline(state: &PageCheck) -> Option<(Tone, String)> {
    match state {
        PageCheck::Idle | PageCheck::Running => None,
        PageCheck::Unread(file, ReadError::TooLarge(_)) => {
            let limit = number(MAX_MEGABYTES);
            let values = [("file", file.as_str()), ("megabytes", limit.as_str())];
            Some((Tone::Bad, tf(Text::CheckTooLarge, &values)))
        }
        PageCheck::Unread(file, ReadError::Unreadable) => {
            Some((Tone::Bad, tf(Text::CheckUnreadable, &[("file", file)])))
        }
        PageCheck::Done { installation, .. } => {
            let (tone, title) = summary(installation.severity());
            Some((tone, title.to_owned()))
        }
    }
}

/// Returns what to announce of a result.
fn announcement(state: &PageCheck) -> String {
    headline(state).map(|(_, title)| title).unwrap_or_default()
}

fn outcome(state: &PageCheck) -> Option<AnyView> {
    let (tone, title) = headline(state)?;
    let (text, findings) = match state {
        PageCheck::Unread(_, ReadError::Unreadable) => {
            (Some(t(Text::FileUnreadable).to_owned()), None)
        }
        PageCheck::Done { file, installation } => {
            let file = file.as_ref();
            let file = file.map(|file| tf(Text::CheckedFile, &[("file", file)]));
            let findings: Vec<AnyView> = installation.findings.iter().map(row).collect();
            (file, Some(view! { <ul class="entries">{findings}</ul> }))
        }
        _ => (None, None),
    };
    let text = text.map(|text| view! { <p>{text}</p> });
    Some(view! { <Notice tone title quiet=true>{text}</Notice>{findings} }.into_any())
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
