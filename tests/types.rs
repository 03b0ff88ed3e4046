//! The interface's types are those of Rust. `./dev types` writes them.

use std::fs;

#[test]
fn the_types_of_the_interface_are_those_of_the_use_cases() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../ui/src/lib/api/generated.ts"
    );
    let wanted = relais_core::api::typescript::generated();
    if std::env::var_os("RELAIS_WRITE_TYPES").is_some() {
        fs::write(path, &wanted).unwrap();
    }
    let found = fs::read_to_string(path).unwrap();
    assert!(
        found == wanted,
        "ui/src/lib/api/generated.ts is out of date: run ./dev types"
    );
}
