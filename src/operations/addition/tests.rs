use super::*;

#[test]
fn lost_answer_about_a_known_domain_is_not_a_lost_code() {
    for (is_held, was_known, is_elsewhere, existing) in [
        (false, false, false, Existing::Added),
        (false, true, false, Existing::There),
        (false, false, true, Existing::There),
        (true, true, false, Existing::Held),
        // Another tab has received the code.
        (true, false, true, Existing::Held),
    ] {
        let found = Existing::of(is_held, was_known, is_elsewhere);
        assert_eq!(found, existing, "{is_held} {was_known} {is_elsewhere}");
    }
}

#[test]
fn input_that_was_sent_is_saved_until_it_changes() {
    let name: DomainName = "shop.example".parse().expect("a domain of the test");
    let there = || AddDomainAttempt::There(name.clone(), ApiError::Cancelled);
    for (attempt, is_changed, is_unsaved) in [
        (AddDomainAttempt::Typing, false, true),
        (AddDomainAttempt::Refused(ApiError::Cancelled), false, true),
        (there(), false, false),
        (there(), true, true),
        (AddDomainAttempt::CodeLost(name.clone()), true, true),
        // Without a change, the page is left for that of the domain.
        (AddDomainAttempt::Kept(name.clone()), false, false),
        (AddDomainAttempt::Kept(name.clone()), true, true),
    ] {
        assert_eq!(attempt.is_unsaved(is_changed), is_unsaved);
    }
}
