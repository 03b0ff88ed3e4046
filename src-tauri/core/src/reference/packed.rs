//! Tables that ship compressed (deflate without a header).

/// The text of a packed table; empty where it is damaged or longer than `max_bytes`.
pub(super) fn unpack(packed: &[u8], max_bytes: usize) -> String {
    miniz_oxide::inflate::decompress_to_vec_with_limit(packed, max_bytes)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_comes_out_and_a_damaged_or_overlong_one_is_empty() {
        let packed = miniz_oxide::deflate::compress_to_vec("Île-d’Yeu".as_bytes(), 9);
        assert_eq!(unpack(&packed, 100), "Île-d’Yeu");
        assert_eq!(unpack(&packed, 5), "");
        assert_eq!(unpack(&[0xff, 0x00], 100), "");
    }
}
