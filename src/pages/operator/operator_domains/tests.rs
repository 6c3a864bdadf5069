use super::*;

fn names(names: &[&str]) -> Vec<DomainName> {
    let name = |name: &&str| name.parse().expect("a domain name of the test");
    names.iter().map(name).collect()
}

fn seen(domains: &[(&str, bool)]) -> BTreeMap<DomainName, OnDomain> {
    let entry = |(name, on): &(&str, bool)| (names(&[name]).remove(0), (*on).into());
    domains.iter().map(entry).collect()
}

#[test]
fn their_domains_come_first_once_all_were_read() {
    let all = names(&["a.example", "b.example", "c.example", "d.example"]);
    let seen = seen(&[
        ("a.example", false),
        ("b.example", true),
        ("d.example", true),
    ]);
    assert_eq!(arranged(&all, &seen, false, false), all);
    assert_eq!(
        arranged(&all, &seen, true, false),
        names(&["b.example", "d.example", "a.example", "c.example"])
    );
    assert_eq!(
        arranged(&all, &seen, true, true),
        names(&["b.example", "d.example"])
    );
}
