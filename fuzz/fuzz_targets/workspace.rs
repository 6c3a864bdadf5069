#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| (switchboard_properties::target("workspace").expect("a target").check)(data));
