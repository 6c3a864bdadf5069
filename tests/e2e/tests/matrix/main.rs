//! The fault matrix: each of the fourteen endpoints, from the screen, under every fault. `cargo xtask test journeys
//! -- endpoint_` runs it.
//!
//! `screens` defines where each call is made and what the page shows on success. `faults` defines the faults and what
//! the panel has to say then. `cell` combines the two. All cells of a screen share a browser and run to the end
//! before the screen fails.

mod cut_off;
mod hang;
mod screen;
mod stage;
mod tally;

use anyhow::Result;

use switchboard_matrix::Screen;

/// A test for each screen.
macro_rules! screens {
    ($($test:ident: $screen:ident;)*) => {
        $(
            #[test]
            fn $test() -> Result<()> {
                screen::all_of(Screen::$screen)
            }
        )*

        #[test]
        fn every_endpoint_has_a_screen_and_every_screen_a_test() {
            let tested = [$(Screen::$screen),*];
            assert_eq!(tested, Screen::ALL);
            let numbers: std::collections::BTreeSet<u8> = tested.iter().map(|screen| screen.call().number).collect();
            assert!(numbers.into_iter().eq(1..=14));
        }
    };
}

screens! {
    endpoint_01_the_organisation_under_every_fault: Organisation;
    endpoint_02_adding_an_operator_under_every_fault: AddOperator;
    endpoint_03_an_operator_under_every_fault: Operator;
    endpoint_04_the_operators_under_every_fault: Operators;
    endpoint_05_switching_the_addon_under_every_fault: SwitchAddon;
    endpoint_06_adding_a_domain_under_every_fault: AddDomain;
    endpoint_07_a_domain_under_every_fault: Domain;
    endpoint_07_looking_a_domain_up_under_every_fault: LookUp;
    endpoint_08_changing_the_address_under_every_fault: ChangeEmail;
    endpoint_08_renaming_a_domain_under_every_fault: Rename;
    endpoint_09_deleting_a_domain_under_every_fault: DeleteDomain;
    endpoint_10_putting_on_a_domain_under_every_fault: PutOn;
    endpoint_11_a_switch_of_an_assignment_under_every_fault: SwitchAssignment;
    endpoint_12_taking_off_a_domain_under_every_fault: TakeOff;
    endpoint_13_the_operators_of_a_domain_under_every_fault: Assignments;
    endpoint_14_deleting_a_user_under_every_fault: DeleteUser;
}
