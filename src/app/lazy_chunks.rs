//! The parts of the application whose code loads on demand, so that the form to connect appears quickly.
//!
//! With the feature `split` the build makes a WebAssembly module of each (`crates/xtask/src/panel/split.rs`). Without
//! it, as in tests and with plain Trunk, there is one module that contains every part.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::{Connection, DomainName};
use wasm_split_helpers::SplitLoaderError;

use super::{Connected, frame};
use crate::browser::network::{Network, note_failure};
use crate::i18n::{Text, t};
use crate::pages::{ActivityPage, EmbedPage, SettingsPage};
use crate::route::Address;
use crate::ui::{Button, Notice, SkeletonLines, Tone};
use crate::widgets::unsaved_codes::UnsavedCodesNotice;

/// The function that builds the view of a part, or the error of loading its code.
type Arrived = Result<Box<dyn FnOnce() -> AnyView>, SplitLoaderError>;
type Arriving = Pin<Box<dyn Future<Output = Arrived>>>;

/// Declares parts: the module that contains each, and its view.
macro_rules! parts {
    ($($(#[$doc:meta])* $module:ident: $name:ident($($argument:ident: $type:ty),*) $view:block)*) => {$(
        $(#[$doc])*
        pub(super) fn $name($($argument: $type),*) -> Arriving {
            // Has the same name as the outer function: wasm-split tells functions apart by their names and paths.
            #[cfg(feature = "split")]
            #[wasm_split_helpers::wasm_split($module, fallible)]
            fn $name($($argument: $type),*) -> Arrived {
                Ok(Box::new(move || $view))
            }
            #[cfg(not(feature = "split"))]
            async fn $name($($argument: $type),*) -> Arrived {
                Ok(Box::new(move || $view))
            }
            Box::pin($name($($argument),*))
        }
    )*};
}

parts! {
    /// Everything that needs a connection.
    connected: connected(connection: Connection, address: Memo<Address>) {
        view! { <Connected connection address /> }.into_any()
    }
    /// An empty view, which loads the code of `connected` ahead.
    connected: connected_code() { ().into_any() }
    /// The codes that only the screen has, when there is no connection any more.
    connected: unsaved_codes() { view! { <UnsavedCodesNotice /> }.into_any() }
    /// The embed code of a domain.
    tools: embed(name: DomainName) { view! { <EmbedPage name /> }.into_any() }
    /// The calls and the changes.
    tools: activity() { view! { <ActivityPage /> }.into_any() }
    /// The settings.
    tools: settings() { view! { <SettingsPage /> }.into_any() }
}

/// Shows a part as soon as its code has loaded.
pub(super) fn show(part: impl Fn() -> Arriving + Send + Sync + 'static) -> AnyView {
    let arrived = RwSignal::new_local(None::<Arrived>);
    let wait = move |arriving: Arriving| {
        spawn_local(async move {
            let part = arriving.await;
            // Only if the user is still on this page.
            arrived.try_set(Some(part));
        });
    };
    let mut arriving = part();
    let mut nobody = Context::from_waker(Waker::noop());
    match arriving.as_mut().poll(&mut nobody) {
        Poll::Ready(Ok(view)) => return view(),
        Poll::Ready(missing) => arrived.set(Some(missing)),
        Poll::Pending => wait(arriving),
    }
    let again = Callback::new(move |()| {
        arrived.set(None);
        wait(part());
    });
    (move || {
        arrived.track();
        match arrived.try_update_untracked(Option::take).flatten() {
            Some(Ok(view)) => view(),
            Some(Err(_)) => view! { <Missing again /> }.into_any(),
            // The frame is still visible.
            None if frame::stands() => {
                view! { <p class="visually-hidden" role="status">{t(Text::PartLoading)}</p> }
                    .into_any()
            }
            None => view! { <SkeletonLines lines=6 label=t(Text::PartLoading) /> }.into_any(),
        }
    })
    .into_any()
}

/// Says that a part could not be loaded.
#[component]
fn Missing(
    /// Loads it again.
    again: Callback<()>,
) -> impl IntoView {
    frame::give_way();
    note_failure();
    Network::get().on_return(move || again.run(()));
    view! {
        <Notice tone=Tone::Bad title=t(Text::PartMissing)>
            <p>{t(Text::PartMissingHint)}</p>
            <Button label=t(Text::TryAgain).to_owned() on_press=again />
        </Notice>
    }
}

/// Prefetches the code of the next part once the current one is idle. The next page then opens at once, even if the
/// network is gone by then.
pub(super) fn fetch_ahead(next: fn() -> Arriving) {
    set_timeout(
        move || {
            spawn_local(async move {
                // An error shows when the user opens the page, which loads it again.
                let _ = next().await;
            });
        },
        Duration::from_millis(300),
    );
}
