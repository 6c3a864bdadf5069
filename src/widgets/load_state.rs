//! What a part of a page stands on.

use leptos::prelude::*;

/// What is known, or else whether asking for it failed. It stays the same when what is known already cannot be read again: the part of the
/// page that stands on it is not drawn anew then, and what is typed, opened or told there is not lost.
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
    fn what_is_known_does_not_change_when_asking_again_fails() {
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
