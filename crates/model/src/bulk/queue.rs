//! The queue of an organisation's runs: schedules them one after another, and pauses all of them when necessary.

use super::breaker::{Breaker, Reached};
use super::head::Pause;
use super::row::{Outcome, RowState};
use super::{Run, Task};

/// The state of a run in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    /// It waits for earlier runs.
    Queued,
    /// It has its turn.
    Running,
    /// It continues only when the user resumes it.
    Paused(Pause),
    /// None of its rows waits or runs.
    Finished,
}

#[derive(Clone, Debug)]
struct Place {
    run: Run<Task>,
    /// The position in the queue: the lowest comes first.
    turn: u64,
    /// Whether its unknown outcomes are looked up before its rows are sent.
    look: bool,
    /// Increments whenever the run is paused, resumed, retried or asked to look up.
    generation: u64,
    /// The generation that its look-ups and fresh reads were made for.
    prepared: Option<u64>,
}

/// The runs of an organisation.
///
/// Runs take turns in the order in which they were started or resumed. A paused run gives its turn up once its last
/// row in flight has ended, so that a harmless run never waits for a decision about another one.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    places: Vec<Place>,
    turns: u64,
    breaker: Breaker,
}

impl Queue {
    /// Creates a queue of stored runs, oldest first. With `look`, unknown outcomes are looked up.
    #[must_use]
    pub fn of(runs: Vec<Run<Task>>, look: bool) -> Self {
        let mut queue = Self::default();
        for run in runs {
            let look = look && run.progress().unknown > 0;
            let turn = queue.next_turn();
            queue.places.push(Place::new(run, turn, look));
        }
        queue
    }

    /// Returns all runs, oldest first.
    pub fn runs(&self) -> impl DoubleEndedIterator<Item = &Run<Task>> {
        self.places.iter().map(|place| &place.run)
    }

    /// Returns whether there are no runs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Returns a run.
    #[must_use]
    pub fn run(&self, id: u64) -> Option<&Run<Task>> {
        self.runs().find(|run| run.id() == id)
    }

    /// Returns all runs, for storing them.
    pub fn runs_mut(&mut self) -> impl Iterator<Item = &mut Run<Task>> {
        self.places.iter_mut().map(|place| &mut place.run)
    }

    /// Returns a run for changes that do not affect its place in the queue.
    pub fn run_mut(&mut self, id: u64) -> Option<&mut Run<Task>> {
        self.place(id).map(|place| &mut place.run)
    }

    /// Returns an unused id: `now`, or the next free one.
    #[must_use]
    pub fn free_id(&self, now: u64) -> u64 {
        let last = self.runs().map(|run| run.id() + 1).max();
        now.max(last.unwrap_or_default())
    }

    /// Adds a run at the end. No other run changes.
    pub fn add(&mut self, run: Run<Task>) {
        let turn = self.next_turn();
        self.places.push(Place::new(run, turn, false));
    }

    /// Returns the state of a run.
    #[must_use]
    pub fn state(&self, id: u64) -> Option<RunState> {
        let place = self.places.iter().find(|place| place.run.id() == id)?;
        Some(if let Some(why) = place.run.pause_reason() {
            RunState::Paused(why)
        } else if self.current() == Some(id) {
            RunState::Running
        } else if place.run.progress().is_over() && !place.look {
            RunState::Finished
        } else {
            RunState::Queued
        })
    }

    /// Returns the run that has its turn: the one with rows in flight, or else the first that is not paused or
    /// finished.
    #[must_use]
    pub fn current(&self) -> Option<u64> {
        let in_flight = self.runs().find(|run| run.progress().running > 0);
        let first = || {
            let wanting = self.places.iter().filter(|place| place.wants_a_turn());
            wanting
                .min_by_key(|place| place.turn)
                .map(|place| &place.run)
        };
        in_flight.or_else(first).map(Run::id)
    }

    /// Returns whether a run looks up its unknown outcomes in its turn.
    #[must_use]
    pub fn looks(&self, id: u64) -> bool {
        self.places
            .iter()
            .any(|place| place.run.id() == id && place.look)
    }

    /// Returns the generation of a run; `None` if there is no such run. What is read for a run applies only while its
    /// generation is unchanged.
    #[must_use]
    pub fn generation(&self, id: u64) -> Option<u64> {
        let place = self.places.iter().find(|place| place.run.id() == id);
        place.map(|place| place.generation)
    }

    /// Records that a run was prepared: its look-ups and fresh reads were made. Does nothing if the run was paused,
    /// resumed, retried or asked to look up since `generation`.
    pub fn prepared(&mut self, id: u64, generation: u64) {
        if let Some(place) = self
            .place(id)
            .filter(|place| place.generation == generation)
        {
            place.prepared = Some(generation);
        }
    }

    /// Returns whether a run may send its rows without being prepared again.
    #[must_use]
    pub fn is_prepared(&self, id: u64) -> bool {
        let place = self.places.iter().find(|place| place.run.id() == id);
        place.is_some_and(|place| !place.look && place.prepared == Some(place.generation))
    }

    /// Pauses a run.
    pub fn pause(&mut self, id: u64, why: Pause) {
        if let Some(place) = self.place(id) {
            place.pause(why);
        }
    }

    /// Pauses all runs, for a reason that affects all of them.
    pub fn pause_all(&mut self, why: Pause) {
        for place in &mut self.places {
            place.pause(why);
        }
    }

    /// Resumes a run when its turn comes. Its unknown outcomes are looked up first.
    pub fn resume(&mut self, id: u64) {
        self.ask_for_turn(id, |run| run.resume());
    }

    /// Retries the failed rows of a run that may succeed.
    pub fn retry_failed(&mut self, id: u64) {
        self.ask_for_turn(id, |run| {
            run.retry_failed();
        });
    }

    /// Makes a run look up its unknown outcomes when its turn comes. A paused run stays paused.
    pub fn look(&mut self, id: u64) {
        self.ask_for_turn(id, |_| ());
    }

    /// Records that the unknown outcomes of a run were looked up.
    pub fn looked(&mut self, id: u64) {
        if let Some(place) = self.place(id) {
            place.look = false;
        }
    }

    /// Skips the rows of a run that have not started.
    pub fn cancel(&mut self, id: u64) {
        if let Some(place) = self.place(id) {
            place.run.cancel();
        }
    }

    /// Removes a run from the queue.
    pub fn remove(&mut self, id: u64) {
        self.places.retain(|place| place.run.id() != id);
    }

    /// Returns the rows of the current run to start, so that at most `limit` are in flight.
    #[must_use = "rows that are given out count as running"]
    pub fn next(&mut self, limit: usize) -> Vec<usize> {
        let current = self.current();
        current
            .and_then(|id| self.run_mut(id))
            .map_or_else(Vec::new, |run| run.next(limit))
    }

    /// Records the outcome of a row. Three consecutive rows without an answer pause every run. Returns whether that
    /// happened.
    pub fn settle(&mut self, id: u64, row: usize, outcome: Outcome, reached: Reached) -> bool {
        if let Some(run) = self.run_mut(id) {
            run.settle(row, outcome);
        }
        self.note(reached)
    }

    /// Returns whether a row of any run is in flight.
    #[must_use]
    pub fn is_in_flight(&self) -> bool {
        self.runs().any(|run| run.progress().running > 0)
    }

    /// Records how a call ended that settles no row. Returns whether every run was paused because of it.
    pub fn note(&mut self, reached: Reached) -> bool {
        let opens = self.breaker.opens(reached);
        if opens {
            self.pause_all(Pause::Unreachable);
        }
        opens
    }

    /// Returns whether all remaining rows of a run wait for rows whose outcome is unknown.
    #[must_use]
    pub fn is_stuck(&self, id: u64) -> bool {
        self.run(id).is_some_and(|run| {
            let progress = run.progress();
            progress.running == 0 && progress.waiting > 0 && progress.unknown > 0
        })
    }

    /// Returns the rows of a run whose outcome is unknown.
    #[must_use]
    pub fn unknown(&self, id: u64) -> Vec<usize> {
        self.run(id).map_or_else(Vec::new, |run| {
            run.rows_where(|state| *state == RowState::Unknown)
        })
    }

    fn ask_for_turn(&mut self, id: u64, change: impl FnOnce(&mut Run<Task>)) {
        let turn = self.next_turn();
        self.breaker = Breaker::default();
        if let Some(place) = self.place(id) {
            change(&mut place.run);
            place.look = place.run.progress().unknown > 0;
            place.turn = turn;
            place.generation += 1;
        }
    }

    fn next_turn(&mut self) -> u64 {
        self.turns += 1;
        self.turns
    }

    fn place(&mut self, id: u64) -> Option<&mut Place> {
        self.places.iter_mut().find(|place| place.run.id() == id)
    }
}

impl Place {
    fn new(run: Run<Task>, turn: u64, look: bool) -> Self {
        Self {
            run,
            turn,
            look,
            generation: 0,
            prepared: None,
        }
    }

    fn pause(&mut self, why: Pause) {
        self.run.pause(why);
        self.look = false;
        self.generation += 1;
    }

    fn wants_a_turn(&self) -> bool {
        self.look || (self.run.pause_reason().is_none() && self.run.progress().waiting > 0)
    }
}

#[cfg(test)]
mod tests;
