//! Decides which journeys run in which engine.
//!
//! Chromium runs all. Firefox and WebKitGTK run those whose outcome depends on the engine, and one for each endpoint;
//! with `SWITCHBOARD_FULL` they run all. A journey that is not in the list runs in Chromium only.

use crate::browser::Browser;

/// If it is 1, every engine runs every journey, and the fault matrix every cell (`cargo xtask test --full` sets it).
const FULL: &str = "SWITCHBOARD_FULL";

/// The modules and journeys that every engine runs, by name prefix, with the reason why each depends on the engine.
const EVERYWHERE: &[(&str, &str)] = &[
    ("activity.a_call_copied", "clipboard"),
    ("appearance", "layout, colours, accessibility tree"),
    ("bad_answers.an_organisation", "answers that break off"),
    ("bulk_tabs", "tabs, locks"),
    ("changes.a_change_in_one_tab", "tabs, storage"),
    ("checks", "what the harness itself asks of each driver"),
    ("connect.a_dead_host", "refused connections, CORS"),
    ("cut_off", "aborted calls"),
    ("embed_check.a_file", "files, drag and drop"),
    ("embed_check.five_megabytes", "long tasks"),
    ("embed_code", "clipboard, storage"),
    ("embed_hand_over", "clipboard, downloads, keyboard"),
    ("embed_unsaved", "storage, pages that are left"),
    ("embed_kept", "storage, tabs, kills, aborted calls"),
    ("first_paint", "layout"),
    ("hang", "aborted calls"),
    ("hostile.an_embed_code", "clipboard, markup"),
    ("hostile_fields.a_hundred", "layout"),
    ("hostile_fields.markup", "layout, bidirectional text"),
    ("isolation", "storage, workers, tabs"),
    ("keyboard", "keyboard and focus"),
    ("known_domains.two_tabs", "tabs, storage"),
    ("lost_answers", "broken connections"),
    ("navigation", "navigation, focus, layout"),
    ("newcomer", "the start of the panel"),
    ("operators.a_search", "navigation"),
    ("operators.the_dialog", "focus"),
    ("operators.what_was_typed_last", "keyboard"),
    ("operators_import.a_file", "files, drag and drop"),
    ("operators_import.rows_can_be_pasted", "clipboard"),
    ("operators_import_run.j8_a_reload", "navigation, storage"),
    ("operators_list.operators_are_selected", "keyboard"),
    ("operators_list.the_columns", "storage, layout"),
    ("operators_list.the_export", "downloads"),
    ("organisations", "tabs, navigation, storage"),
    ("page_calls.a_read", "aborted calls"),
    ("page_left", "aborted calls"),
    ("parts", "modules that do not arrive"),
    ("policy", "policy"),
    ("runs.lost_network", "broken connections"),
    ("second_visit", "service worker, caches"),
    ("settings.", "storage, tabs"),
    ("settings_workspace.another_computer", "files"),
    ("settings_workspace.the_exported_file", "downloads"),
    ("staying", "storage, tabs"),
    ("storage", "storage"),
    ("token.", "storage, tabs, redirects"),
    ("token_refused.a_token_entered_in_one_tab", "tabs"),
];

/// Returns whether `journey` (its module, a dot, its test) runs in `browser`.
pub(crate) fn runs_in(browser: Browser, journey: &str) -> bool {
    browser == Browser::Chromium || is_full() || depends_on_the_engine(journey)
}

/// Returns whether every engine runs everything.
#[must_use]
pub fn is_full() -> bool {
    std::env::var_os(FULL).is_some_and(|value| value == "1")
}

fn depends_on_the_engine(journey: &str) -> bool {
    let test = journey.rsplit('.').next().unwrap_or_default();
    let is_listed = |(start, _): &(&str, &str)| {
        let rest = journey.strip_prefix(start);
        // A module's name must match fully or up to a word boundary; a test's name may continue.
        rest.is_some_and(|rest| start.contains('.') || rest.starts_with(['.', '_']))
    };
    test.starts_with("endpoint_") || EVERYWHERE.iter().any(is_listed)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn engine_journeys_and_endpoints_run_everywhere() {
        for journey in [
            "storage.with_a_full_storage",
            "embed_kept_killed.whenever",
            "operators_list.the_export_is_what_is_filtered",
            "domain.endpoint_12_an_operator_is_taken_off_a_domain",
            "endpoint_01_the_organisation_under_every_fault",
        ] {
            assert!(depends_on_the_engine(journey), "{journey}");
        }
        for journey in [
            "operators_many.ten_thousand",
            "connect.two_fields",
            "stores.a",
        ] {
            assert!(!depends_on_the_engine(journey), "{journey}");
            assert!(runs_in(Browser::Chromium, journey), "{journey}");
        }
    }

    #[test]
    fn every_listed_name_is_a_journey() {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
        for (name, _) in EVERYWHERE {
            let (module, test) = name.split_once('.').unwrap_or((name, ""));
            let is_in = |program: &str| {
                let file = tests.join(program).join(format!("{module}.rs"));
                fs::read_to_string(file).is_ok_and(|text| text.contains(&format!("fn {test}")))
            };
            assert!(is_in("journeys") || is_in("matrix"), "{name}");
        }
    }
}
