#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| (switchboard_properties::target("embed").expect("a target").check)(data));
