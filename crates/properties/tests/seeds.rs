//! Every seed of the fuzzer keeps every promise.

use std::path::Path;

use switchboard_properties::{TARGETS, target};

/// Asks it of all seeds of a target.
fn ask_of_seeds(name: &str) {
    let target = target(name).expect("a target of this name");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
    let files = std::fs::read_dir(folder.join(name)).expect("a folder of seeds");
    let mut count = 0;
    for file in files {
        let path = file.expect("a file").path();
        // The name of the file that broke a promise is what is looked for in the output.
        println!("{}", path.display());
        (target.ask)(&std::fs::read(path).expect("a file that can be read"));
        count += 1;
    }
    assert!(count >= 10, "only {count} seeds");
}

macro_rules! seeds {
    ($($test:ident: $name:literal),* $(,)?) => {
        $(
            #[test]
            fn $test() {
                ask_of_seeds($name);
            }
        )*

        #[test]
        fn no_target_is_forgotten() {
            let asked = [$($name),*];
            assert!(TARGETS.iter().map(|target| target.name).eq(asked));
        }
    };
}

seeds! {
    difficult_answers_are_read_as_promised: "answers",
    difficult_names_are_read_as_promised: "domains",
    difficult_embed_codes_and_pages_are_read_as_promised: "embed",
    difficult_tables_are_read_as_promised: "csv",
    difficult_workspace_files_are_imported_as_promised: "workspace",
    difficult_storage_is_read_as_promised: "kept",
    long_inputs_take_no_longer_than_their_length: "growth",
}
