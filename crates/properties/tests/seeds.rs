//! Every seed of the fuzzer satisfies every property.

use std::path::Path;

use switchboard_properties::{TARGETS, target};

/// Checks all seeds of a target.
fn ask_of_seeds(name: &str) {
    let target = target(name).expect("a target of this name");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
    let files = std::fs::read_dir(folder.join(name)).expect("a folder of seeds");
    let mut count = 0;
    for file in files {
        let path = file.expect("a file").path();
        // The output names the file that breaks a promise.
        println!("{}", path.display());
        (target.check)(&std::fs::read(path).expect("a file that can be read"));
        count += 1;
    }
    assert!(count >= 10, "only {count} seeds");
}

/// The number of mutated seeds for each target: the same ones on every run.
const CHANGED: usize = 200;

/// Checks a target's seeds with some bytes changed, removed, repeated or taken from another seed.
fn ask_of_changed_seeds(name: &str) {
    let target = target(name).expect("a target of this name");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
    let files = std::fs::read_dir(folder.join(name)).expect("a folder of seeds");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let seeds: Vec<Vec<u8>> = paths
        .iter()
        .map(|path| std::fs::read(path).expect("a file that can be read"))
        .filter(|seed| !seed.is_empty() && seed.len() <= 2048)
        .collect();
    let mut random = Random(1);
    for round in 0..CHANGED {
        let mut input = seeds[round % seeds.len()].clone();
        for _ in 0..=random.below(4) {
            change(&mut input, &seeds, &mut random);
        }
        println!("copy {round}: {:?}", String::from_utf8_lossy(&input));
        (target.check)(&input);
    }
}

fn change(input: &mut Vec<u8>, seeds: &[Vec<u8>], random: &mut Random) {
    let at = random.below(input.len() + 1);
    let end = (at + random.below(16)).min(input.len());
    match random.below(4) {
        0 => drop(input.drain(at..end)),
        1 => input[at..end].fill(b" \"',;<>{}[]\n\x1e\0\xff"[random.below(15)]),
        2 => {
            let piece = input[at..end].to_vec();
            input.splice(at..at, piece);
        }
        _ => {
            let other = &seeds[random.below(seeds.len())];
            let from = random.below(other.len());
            let to = (from + random.below(64)).min(other.len());
            input.splice(at..at, other[from..to].iter().copied());
        }
    }
}

/// SplitMix64, which returns the same numbers on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }
}

#[test]
fn promises_hold_for_changed_seeds() {
    // One input of growth is as much work as a thousand of another target.
    for target in TARGETS.iter().filter(|target| target.name != "growth") {
        ask_of_changed_seeds(target.name);
    }
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
