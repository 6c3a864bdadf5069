#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| (switchboard_properties::target("kept").expect("a target").check)(data));
