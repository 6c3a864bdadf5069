use super::*;

#[test]
fn address_excludes_the_organisation() {
    for (address, behind) in [
        ("/127.0.0.1:80/operators?q=a", "/operators?q=a"),
        ("/acme.example/", "/"),
        ("/domains/shop.acme.example", "/domains/shop.acme.example"),
        ("/connect?next=%2F", "/connect?next=%2F"),
        ("/operators?q=a/b.c", "/operators?q=a/b.c"),
        ("/", "/"),
    ] {
        assert_eq!(behind_organisation(address), behind);
    }
}
