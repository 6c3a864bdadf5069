//! The fault matrix without a connection: the application is mounted with a `fetch` that answers in the page. Each
//! screen is tested with each complete answer that may replace the right one (`switchboard_matrix::plan::answers`).

mod api;
mod fetch;
pub mod stage;

use switchboard_matrix::{Cell, Screen, plan};
use wasm_bindgen_test::wasm_bindgen_test;

use stage::{InPage, go_to};

/// A test for each screen.
macro_rules! screens {
    ($($test:ident: $screen:ident;)*) => {
        $(
            #[wasm_bindgen_test]
            async fn $test() {
                under_every_answer(Screen::$screen).await;
            }
        )*

        #[wasm_bindgen_test]
        fn every_screen_has_a_test() {
            assert_eq!([$(Screen::$screen),*], Screen::ALL);
        }
    };
}

screens! {
    the_organisation_under_every_answer: Organisation;
    adding_an_operator_under_every_answer: AddOperator;
    an_operator_under_every_answer: Operator;
    the_operators_under_every_answer: Operators;
    switching_the_addon_under_every_answer: SwitchAddon;
    adding_a_domain_under_every_answer: AddDomain;
    a_domain_under_every_answer: Domain;
    looking_a_domain_up_under_every_answer: LookUp;
    changing_the_address_under_every_answer: ChangeEmail;
    renaming_a_domain_under_every_answer: Rename;
    deleting_a_domain_under_every_answer: DeleteDomain;
    putting_on_a_domain_under_every_answer: PutOn;
    a_switch_of_an_assignment_under_every_answer: SwitchAssignment;
    taking_off_a_domain_under_every_answer: TakeOff;
    the_operators_of_a_domain_under_every_answer: Assignments;
    deleting_a_user_under_every_answer: DeleteUser;
}

/// The number of failed cells after which a screen stops: each failure takes its whole timeout.
const ENOUGH: usize = 3;

/// Runs the cells of a screen, each with its own application and organisation.
async fn under_every_answer(screen: Screen) {
    let began = js_sys::Date::now();
    let address = leptos::prelude::location().pathname();
    let address = address.expect("an address");
    let (mut cells, mut failed) = (0, Vec::new());
    for (number, fault) in plan::answers().enumerate() {
        if fault.not_for(screen.call()).is_some() {
            continue;
        }
        cells += 1;
        let stage = InPage::set();
        let cell = Cell {
            stage: &stage,
            screen,
            fault: &fault,
            number,
        };
        let ended = async {
            cell.begin().await?;
            cell.end().await
        };
        if let Err(error) = ended.await {
            failed.push(format!("{}: {error:#}", fault.name));
        }
        if failed.len() == ENOUGH {
            break;
        }
    }
    go_to(&address);
    let took = js_sys::Date::now() - began;
    let passed = cells - failed.len();
    web_sys::console::log_1(&format!("matrix: {screen:?}: {passed}/{cells} in {took} ms").into());
    assert!(
        failed.is_empty(),
        "{} of {cells} cells failed:\n{}",
        failed.len(),
        failed.join("\n")
    );
}
