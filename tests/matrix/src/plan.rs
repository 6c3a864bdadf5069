//! Decides which cells run where.
//!
//! A fault of the connection is tested in a browser on every screen. The component tests make complete answers in the
//! page, for every screen in three engines. In a browser a body runs once for each kind of answer. A status runs once
//! for a read and once for a write, because it is read before the body, in the same way for all calls.

use crate::faults::{self, Fault, Layer};
use crate::screens::Screen;

/// Returns whether a cell runs in a browser, over a real connection, unless everything does.
#[must_use]
pub fn runs_over_a_connection(screen: Screen, fault: &Fault) -> bool {
    let call = screen.call();
    let is_first = |alike: &dyn Fn(Screen) -> bool| {
        Screen::ALL.into_iter().find(|one| alike(*one)) == Some(screen)
    };
    match fault.layer() {
        Layer::Connection => true,
        Layer::Status => is_first(&|one| one.call().is_write() == call.is_write()),
        Layer::Body => is_first(&|one| one.call().answer() == call.answer()),
    }
}

/// Returns whether a cell runs in each engine: a fault of the connection, on the first screen of each method. The
/// engine's network stack treats faults by method; how a screen reports them does not depend on the engine.
#[must_use]
pub fn runs_in_each_engine(screen: Screen, fault: &Fault) -> bool {
    let of_its_method = |one: &Screen| one.call().method == screen.call().method;
    fault.layer() == Layer::Connection
        && Screen::ALL.into_iter().find(of_its_method) == Some(screen)
}

/// Returns the faults that the component tests run on every screen.
pub fn answers() -> impl Iterator<Item = Fault> {
    faults::all().into_iter().filter(Fault::is_an_answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(fits: impl Fn(Screen, &Fault) -> bool) -> usize {
        let faults = faults::all();
        let cells = Screen::ALL
            .into_iter()
            .flat_map(|screen| faults.iter().map(move |fault| (screen, fault)));
        cells
            .filter(|(screen, fault)| {
                fault.not_for(screen.call()).is_none() && fits(*screen, fault)
            })
            .count()
    }

    #[test]
    fn every_cell_runs_in_some_suite() {
        assert_eq!(count(|_, _| true), 593);
        assert_eq!(count(runs_over_a_connection), 340);
        assert_eq!(count(|_, fault| fault.is_an_answer()), 423);
        let in_neither =
            |screen, fault: &Fault| !runs_over_a_connection(screen, fault) && !fault.is_an_answer();
        assert_eq!(count(in_neither), 0);
    }

    #[test]
    fn every_body_runs_over_a_connection_per_kind() {
        let kinds: std::collections::BTreeSet<_> = Screen::ALL
            .into_iter()
            .map(|screen| screen.call().answer())
            .collect();
        for fault in answers().filter(|fault| fault.layer() == Layer::Body) {
            let tried: std::collections::BTreeSet<_> = Screen::ALL
                .into_iter()
                .filter(|screen| runs_over_a_connection(*screen, &fault))
                .map(|screen| screen.call().answer())
                .collect();
            assert_eq!(tried, kinds, "{}", fault.name);
        }
    }

    #[test]
    fn no_two_faults_share_a_name() {
        let mut names: Vec<_> = faults::all().iter().map(|fault| fault.name).collect();
        names.sort_unstable();
        let before = names.len();
        names.dedup();
        assert_eq!(names.len(), before);
    }
}
