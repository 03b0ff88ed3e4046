#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| relais_fuzz::sealed(bytes));
