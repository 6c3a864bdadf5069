use super::*;

#[test]
fn refused_run_is_reported_with_the_domains_left_out() {
    let domains =
        ["a.example", "b.example"].map(|name| name.parse().expect("a domain name of the test"));
    let said = "Ada was added, but not put on a.example and b.example: ";
    let told = added_only("Ada", &domains);
    assert!(told.starts_with(said), "{told}");
}
