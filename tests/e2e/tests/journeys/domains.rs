//! The pages of domains: accepted input for a domain, and looking one up.

use anyhow::{Context, Result};
use serde_json::json;
use switchboard_e2e::{alert, button, field, journey, link, navigation, switch_off, table, title};

use crate::steps::{add_domain, enter, record_of};

const ADD: &str = "auth/addon/live_chat/domain/add";
const GET: &str = "auth/addon/live_chat/domain/get";

#[test]
fn whatever_form_a_domain_is_typed_in_its_bare_name_is_announced_and_sent() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        for (typed, sent, told) in [
            (
                "plain.acme.example",
                "plain.acme.example",
                "Will be added as plain.acme.example.",
            ),
            (
                "https://scheme.acme.example",
                "scheme.acme.example",
                "Changes: protocol removed.",
            ),
            (
                "http://path.acme.example/shop?a=b#c",
                "path.acme.example",
                "path removed",
            ),
            (
                "port.acme.example:8443",
                "port.acme.example",
                "Changes: port removed.",
            ),
            (
                "UPPER.Acme.Example",
                "upper.acme.example",
                "Changes: lower case.",
            ),
            (
                "dot.acme.example.",
                "dot.acme.example",
                "Changes: final dot removed.",
            ),
            (
                "  spaces.acme.example ",
                "spaces.acme.example",
                "Changes: spaces removed.",
            ),
            (
                "www.bare.acme.example",
                "bare.acme.example",
                "Changes: www. removed.",
            ),
            (
                "straße.example",
                "xn--strae-oqa.example",
                "Changes: international form (punycode).",
            ),
            (
                "HTTPS://WWW.例え.Example:443/",
                "xn--r8jz45g.example",
                "international form (punycode)",
            ),
        ] {
            it.page.fill(field("Domain"), typed).await?;
            it.page.see_text("Will be added as").await?;
            it.page.see_text(sent).await?;
            it.page.see_text(told).await?;
            add_domain(it, typed, "web@acme.example").await?;
            it.page.arrive_at(&format!("/domains/{sent}/embed")).await?;
            let domain = it.sandbox.domain(sent)?.context(sent)?;
            assert_eq!(
                (&domain["name"], &domain["email"]),
                (&json!(sent), &json!("web@acme.example"))
            );
            it.page
                .click(link("Domains").within(navigation("Main")))
                .await?;
            it.page.click(link("Add domain")).await?;
        }
        assert_eq!(it.sandbox.count("POST", ADD)?, 10);
        Ok(())
    })
}

#[test]
fn what_is_no_domain_or_no_address_is_told_at_its_field_and_nothing_is_sent() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        let (good, long) = ("web@acme.example", format!("{}.example", "a".repeat(64)));
        for (domain, email, at, told) in [
            ("", good, "Domain", "Enter a domain."),
            ("https://", good, "Domain", "Enter a domain."),
            (
                "one.example two.example",
                good,
                "Domain",
                "There is a space in the domain",
            ),
            (
                "two..dots.example",
                good,
                "Domain",
                "There are two dots in a row",
            ),
            (
                "-a.example",
                good,
                "Domain",
                "The part “-a” starts or ends with a hyphen.",
            ),
            (
                "a,b.example",
                good,
                "Domain",
                "A domain cannot contain the character ,.",
            ),
            (&long, good, "Domain", "is longer than 63 characters."),
            ("a.example", "", "Contact email", "Enter an email address."),
            (
                "a.example",
                "web.acme.example",
                "Contact email",
                "An email address needs an @.",
            ),
        ] {
            add_domain(it, domain, email).await?;
            it.page.see_error_at(field(at), told).await?;
            it.page.focus_is_on(field(at)).await?;
            assert_eq!(it.page.value_of(field("Domain")).await?, domain);
            assert_eq!(it.page.value_of(field("Contact email")).await?, email);
        }
        assert_eq!(it.sandbox.count("POST", ADD)?, 0);
        Ok(())
    })
}

#[test]
fn a_domain_that_exists_already_is_told_and_what_was_typed_stays() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains/new").await?;
        add_domain(it, "https://shop.acme.example/", "web@acme.example").await?;
        let told = "shop.acme.example already exists, and its embed code is not saved here";
        it.page.see_text(told).await?;
        it.page
            .see_error_at(field("Domain"), "Domain already exists")
            .await?;
        it.page.see(link("Open the domain")).await?;
        assert_eq!(
            it.page.value_of(field("Domain")).await?,
            "https://shop.acme.example/"
        );
        assert_eq!(
            it.page.value_of(field("Contact email")).await?,
            "web@acme.example"
        );
        let record = record_of(it, "shop.acme.example").await?.context("known")?;
        assert!(record["embed"].is_null(), "{record}");
        Ok(())
    })
}

#[test]
fn endpoint_07_a_domain_is_looked_up_known_from_then_on_and_shown_as_the_api_has_it() -> Result<()>
{
    journey(async |it| {
        enter(it, "/domains").await?;
        it.page.see_text("No known domains yet").await?;
        for (typed, found) in [
            ("https://Shop.acme.example/", "shop.acme.example is active"),
            (
                "outlet.acme.example",
                "outlet.acme.example exists and is inactive",
            ),
            ("bücher.example", "bücher.example is active"),
        ] {
            it.page.fill(field("Domain name"), typed).await?;
            it.page.click(button("Look up")).await?;
            it.page.see_text(found).await?;
            assert_eq!(it.page.value_of(field("Domain name")).await?, "");
        }
        assert_eq!(it.sandbox.count("GET", GET)?, 3);
        it.page.reload().await?;
        it.page.see_text("3 known domains").await?;
        it.page
            .see_text_in(table("Domains"), "shop.acme.example")
            .await?;
        // An empty domain gets an error at its field, without a call.
        it.page.click(button("Look up")).await?;
        it.page
            .see_error_at(field("Domain name"), "Enter a domain.")
            .await?;
        it.page.click(link("outlet.acme.example")).await?;
        it.page.see(title("outlet.acme.example")).await?;
        it.page.see(switch_off("Active")).await?;
        let there = it.sandbox.domain("outlet.acme.example")?.context("there")?;
        let email = it.page.value_of(field("Contact email")).await?;
        assert_eq!(there["email"], email);
        Ok(())
    })
}

#[test]
fn a_domain_that_does_not_exist_is_told_and_offered_to_be_added() -> Result<()> {
    journey(async |it| {
        enter(it, "/domains").await?;
        it.page
            .fill(field("Domain name"), "https://nowhere.acme.example")
            .await?;
        it.page.click(button("Look up")).await?;
        it.page
            .see(alert("nowhere.acme.example could not be looked up"))
            .await?;
        it.page.see_text("Domain does not exist").await?;
        assert_eq!(
            it.page.value_of(field("Domain name")).await?,
            "https://nowhere.acme.example"
        );
        it.page.click(link("Add nowhere.acme.example")).await?;
        it.page.see(title("Add domain")).await?;
        assert_eq!(
            it.page.value_of(field("Domain")).await?,
            "nowhere.acme.example"
        );
        it.page
            .fill(field("Contact email"), "web@acme.example")
            .await?;
        it.page.click(button("Add domain")).await?;
        it.page.see(title("Embed code")).await
    })
}
