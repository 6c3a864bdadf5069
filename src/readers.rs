//! Unsubscribes observers from signals that outlive them.

use leptos::prelude::on_cleanup;
use leptos::reactive::graph::{Observer, Subscriber};

/// When the current observer is disposed, unsubscribes it from all its sources. Call it where a component reads a
/// signal that outlives it and seldom changes. The reactive graph by itself drops a disposed subscriber only at the
/// next change of the signal, so every opened page would leak a few hundred bytes.
pub fn unsubscribe_on_cleanup() {
    if let Some(reader) = Observer::get() {
        on_cleanup(move || reader.clear_sources(&reader));
    }
}
