//! The load state of a part of a page.

use leptos::prelude::*;

/// Returns `Ok(data)` once loaded, else `Err(failed)`. A failed refresh keeps `Ok`, so that the part is not rebuilt
/// and keeps its typed input and open disclosures.
pub fn load_state<T: Clone + PartialEq + Send + Sync + 'static>(
    known: impl Fn() -> Option<T> + Send + Sync + 'static,
    failed: impl Fn() -> bool + Send + Sync + 'static,
) -> Memo<Result<T, bool>> {
    Memo::new(move |_| known().ok_or_else(&failed))
}

#[cfg(test)]
mod tests {
    use leptos::reactive::owner::Owner;

    use super::*;

    #[test]
    fn failed_refresh_keeps_the_loaded_state() {
        Owner::new().with(|| {
            let (known, failed) = (RwSignal::new(None), RwSignal::new(false));
            let footing = load_state(move || known.get(), move || failed.get());
            let now = || untrack(|| footing.get());
            assert_eq!(now(), Err(false));
            failed.set(true);
            assert_eq!(now(), Err(true));
            known.set(Some(1));
            assert_eq!(now(), Ok(1));
            failed.set(false);
            assert_eq!(now(), Ok(1));
        });
    }
}
