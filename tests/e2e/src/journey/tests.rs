use std::cell::RefCell;

use super::*;

#[test]
fn journey_is_repeated_only_when_its_browser_ended() {
    // The attempts: whether each passes, and whether the browser ended.
    for (ends, passes, attempts, told) in [
        (&[(true, false)][..], true, 1, &[][..]),
        (&[(false, false)], false, 1, &[]),
        (
            &[(false, true), (true, false)],
            true,
            2,
            &["repeated: a journey: its browser ended: reason 1"],
        ),
        (
            &[(false, true), (false, true)],
            false,
            2,
            &["repeated: a journey: its browser ended: reason 1"],
        ),
    ] {
        let (mut made, said) = (0, RefCell::new(Vec::new()));
        let tell = |line: &str| said.borrow_mut().push(line.to_owned());
        let outcome = at_most_twice("a journey", tell, |_| {
            let (passes, browser_ended) = ends[made];
            made += 1;
            Ok(match passes {
                true => Attempt::Passed,
                false => Attempt::Failed {
                    error: anyhow!("attempt {made}"),
                    reason: format!("reason {made}"),
                    browser_ended,
                },
            })
        });
        assert_eq!((outcome.is_ok(), made), (passes, attempts), "{ends:?}");
        assert_eq!(said.into_inner(), told, "{ends:?}");
        if let Err(error) = outcome {
            assert_eq!(error.to_string(), format!("attempt {attempts}"));
        }
    }
}

#[test]
fn a_journey_is_named_after_its_test() {
    let story = async || ();
    assert_eq!(
        name_of(&story),
        "journey.tests.a_journey_is_named_after_its_test"
    );
}
