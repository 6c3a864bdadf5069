use super::*;

fn heard(lines: &[&str]) -> Heard {
    let mut heard = Heard::default();
    for line in lines {
        heard.line(line);
    }
    heard
}

#[test]
fn failed_tests_are_named_with_their_reasons() {
    let heard = heard(&[
        "test a::fails ... FAILED",
        "test b::passes ... ok",
        "failures:",
        "",
        "---- a::fails stdout ----",
        "Error: There is no button.",
        "What is left of it lies in target/e2e/chromium/a.fails",
        "",
        "failures:",
        "    a::fails",
        "test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out",
    ]);
    assert_eq!(heard.ended, 2);
    let mut tally = Tally::default();
    tally.add("Some", heard, false, false);
    assert_eq!(tally.to_string(), "1 passed, 1 failed");
    assert_eq!(tally.failures.len(), 1);
    assert_eq!(tally.failures[0].name, "Some: a::fails");
    assert_eq!(tally.failures[0].reason[0], "Error: There is no button.");
    assert!(tally.failures[0].reason[1].contains("target/e2e"));
}

#[test]
fn long_reason_keeps_its_beginning_and_its_end() {
    let reason: Vec<String> = (0..100).map(|line| line.to_string()).collect();
    let shown = shortened(&reason);
    assert_eq!(shown.len(), FIRST_LINES + 1 + LAST_LINES);
    assert_eq!(shown[0], "0");
    assert_eq!(shown[FIRST_LINES], "… 48 lines left out");
    assert_eq!(shown[FIRST_LINES + LAST_LINES], "99");
    assert_eq!(shortened(&reason[..52]), &reason[..52]);
}

#[test]
fn reasons_of_the_wasm_bindgen_runner_are_read() {
    let heard = heard(&[
        "---- page::shows output ----",
        "    error output:",
        "        why",
    ]);
    assert_eq!(heard.reasons[0].0, "page::shows");
    assert_eq!(heard.reasons[0].1.len(), 2);
}

#[test]
fn last_line_of_a_test_program_is_read() {
    let line = "test result: ok. 21 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.01s";
    assert_eq!(counts(line), Some((21, 0)));
    for line in [
        "test a_test ... ok",
        "test result: ok",
        "test result: ok. 3 passed",
        "3 passed; 1 failed",
    ] {
        assert_eq!(counts(line), None, "{line}");
    }
}

#[test]
fn suite_that_crashes_is_a_failure() {
    let mut tally = Tally::default();
    tally.add(
        "crashes",
        heard(&["test result: ok. 5 passed; 0 failed;"]),
        false,
        false,
    );
    assert_eq!(tally.to_string(), "5 passed, 1 failed");
}

#[test]
fn suite_without_tests_is_a_failure_unless_filtered() {
    assert!(!Tally::default().is_success());
    let mut tally = Tally::default();
    tally.pass();
    tally.add("lost its tests", Heard::default(), true, false);
    assert!(!tally.is_success());
    let mut tally = Tally::default();
    tally.add("filtered", Heard::default(), true, true);
    assert_eq!(tally.to_string(), "0 passed, 0 failed");
    assert!(!tally.is_success());
}

#[test]
fn repeated_journey_is_kept_for_the_end() {
    let mut tally = Tally::default();
    let heard = heard(&[
        "test a ... repeated: a.b: its browser ended",
        "ok",
        "test result: ok. 1 passed; 0 failed;",
    ]);
    tally.add("Journeys", heard, true, false);
    assert_eq!(tally.repeated, ["Journeys: a.b: its browser ended"]);
}

#[test]
fn journey_for_another_engine_does_not_count_as_passed() {
    let mut tally = Tally::default();
    let heard = heard(&[
        "test domains::a_journey ... not for this engine: domains.a_journey",
        "ok",
        "test result: ok. 3 passed; 0 failed; 0 ignored",
    ]);
    tally.add("Journeys in Firefox", heard, true, false);
    assert_eq!(
        tally.to_string(),
        "2 passed, 0 failed, 1 not for their engine"
    );
}
