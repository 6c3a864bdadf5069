use switchboard_model::bulk::Pause;

use super::*;

#[test]
fn unknown_row_can_be_looked_up_while_others_wait() {
    let mut progress = Progress {
        waiting: 2,
        unknown: 1,
        ..Progress::default()
    };
    let paused = RunState::Paused(Pause::Unknown);
    let stage = |progress| Stage::of(paused, progress, false, false, None, UndoOfRun::Impossible);
    assert!(stage(progress).can_look && !stage(progress).is_over);
    progress.running = 1;
    assert!(!stage(progress).can_look);
}

#[test]
fn only_a_finished_run_can_be_retried_and_undone() {
    let progress = Progress {
        done: 1,
        failed: 1,
        ..Progress::default()
    };
    let stage = |state| {
        Stage::of(
            state,
            progress,
            false,
            false,
            Some(false),
            UndoOfRun::Possible,
        )
    };
    let (over, running) = (stage(RunState::Finished), stage(RunState::Running));
    assert!(over.can_retry.is_some() && over.can_undo);
    assert!(running.can_retry.is_none() && !running.can_undo);
}

#[test]
fn state_has_an_icon_besides_its_colour() {
    let failed = Progress {
        failed: 1,
        ..Progress::default()
    };
    let well = Progress {
        done: 1,
        ..Progress::default()
    };
    assert!(Sign::of(RunState::Finished, failed) == Sign::Warning);
    assert!(Sign::of(RunState::Finished, well) == Sign::Well);
    assert!(Sign::of(RunState::Paused(Pause::Offline), well) == Sign::Warning);
}
