//! Who reads a signal that outlives the page.

use leptos::prelude::on_cleanup;
use leptos::reactive::graph::{Observer, Subscriber};

/// To be called where something is read that outlives its readers and seldom changes: whoever is reading it right now is taken off everything
/// that they read once they go. The reactive graph by itself forgets a reader who is gone only when what they read changes, and until then keeps
/// a few hundred bytes of them: with each page that was opened, some more.
pub fn unsubscribe_on_cleanup() {
    if let Some(reader) = Observer::get() {
        on_cleanup(move || reader.clear_sources(&reader));
    }
}
