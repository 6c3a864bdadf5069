//! The parts of the application whose code arrives only once it is wanted, so that the form to connect is on the screen soon.
//!
//! With the feature `split` the build makes a module of WebAssembly of each (`crates/xtask/src/panel/split.rs`); without it, as in tests and
//! with plain Trunk, all is one module and every part is there from the start.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use switchboard_api::{Connection, DomainName};
use wasm_split_helpers::SplitLoaderError;

use super::{Connected, frame};
use crate::i18n::{Text, t};
use crate::pages::{ActivityPage, EmbedPage, SettingsPage};
use crate::route::Address;
use crate::ui::{Button, Notice, SkeletonLines, Tone};
use crate::widgets::unsaved_codes::UnsavedCodesNotice;

/// What makes the view of a part, or why its code could not be had.
type Arrived = Result<Box<dyn FnOnce() -> AnyView>, SplitLoaderError>;
type Arriving = Pin<Box<dyn Future<Output = Arrived>>>;

/// Declares parts: the module that each is in, and what it shows.
macro_rules! parts {
    ($($(#[$doc:meta])* $module:ident: $name:ident($($argument:ident: $type:ty),*) $view:block)*) => {$(
        $(#[$doc])*
        pub(super) fn $name($($argument: $type),*) -> Arriving {
            // Called as it is outside: wasm-split tells functions apart by their names and places.
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
    /// Nothing: asking for it brings the code of the part above.
    connected: connected_code() { ().into_any() }
    /// The codes that are on the screen alone, where there is no connection any more.
    connected: unsaved_codes() { view! { <UnsavedCodesNotice /> }.into_any() }
    /// The embed code of a domain.
    tools: embed(name: DomainName) { view! { <EmbedPage name /> }.into_any() }
    /// What was called and what was changed.
    tools: activity() { view! { <ActivityPage /> }.into_any() }
    /// Settings.
    tools: settings() { view! { <SettingsPage /> }.into_any() }
}

/// Shows a part once its code is here; at once where it is already.
pub(super) fn show(part: impl Fn() -> Arriving + Send + Sync + 'static) -> AnyView {
    let arrived = RwSignal::new_local(None::<Arrived>);
    let wait = move |arriving: Arriving| {
        spawn_local(async move {
            let part = arriving.await;
            // Whoever went on to another page is not called back to this one.
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
            // What is seen stands there already.
            None if frame::stands() => {
                view! { <p class="visually-hidden" role="status">{t(Text::PartLoading)}</p> }
                    .into_any()
            }
            None => view! { <SkeletonLines lines=6 label=t(Text::PartLoading) /> }.into_any(),
        }
    })
    .into_any()
}

/// A part whose code did not arrive.
#[component]
fn Missing(
    /// Asks for it again.
    again: Callback<()>,
) -> impl IntoView {
    frame::give_way();
    view! {
        <Notice tone=Tone::Bad title=t(Text::PartMissing)>
            <p>{t(Text::PartMissingHint)}</p>
            <Button label=t(Text::TryAgain).to_owned() on_press=again />
        </Notice>
    }
}

/// Fetches what will be wanted next, once what is wanted now has had its turn: the next page opens at once, and opens even if
/// the network has gone away by then.
pub(super) fn fetch_ahead(next: fn() -> Arriving) {
    set_timeout(
        move || {
            spawn_local(async move {
                // Whoever opens it asks again, and is told what is wrong.
                let _ = next().await;
            });
        },
        Duration::from_millis(300),
    );
}
