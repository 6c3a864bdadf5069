//! The pages while they wait for their answers, which are held back during the visit.

use anyhow::{Context, Result};
use switchboard_e2e::{Hold, Interception, Journey, Proxy, link, navigation, title};

use crate::steps::ORGANISATION;

/// Visits every page that shows an answer, before it has come.
pub(super) async fn waiting(
    it: &Journey,
    proxy: &Proxy,
    visit: &mut impl AsyncFnMut(&str) -> Result<()>,
) -> Result<()> {
    for (stop, path, calls) in [
        (
            "organisation-loading",
            "/organisation",
            &["auth/organisation"][..],
        ),
        (
            "operators-loading",
            "/operators",
            &["auth/addon/live_chat/operator/list"],
        ),
        (
            "operator-loading",
            "/operators/grace%40acme.example",
            &["auth/addon/live_chat/operator/get"],
        ),
        (
            "domain-loading",
            "/domains/shop.acme.example",
            &[
                "auth/addon/live_chat/domain/get",
                "auth/addon/live_chat/domain/operator/list",
            ],
        ),
        (
            "domain-operators-loading",
            "/domains/shop.acme.example",
            &["auth/addon/live_chat/domain/operator/list"],
        ),
    ] {
        let hold = Hold::default();
        for call in calls {
            proxy.intercept("GET", call, Interception::Hold(hold.clone()));
        }
        it.page.open(path).await?;
        skeletons_show(it).await.context(stop)?;
        visit(stop).await?;
        // The skeletons were there during the whole visit.
        skeletons_show(it).await.context(stop)?;
        proxy.clear_rules();
        hold.let_go();
        let gone = "return !document.querySelector('.skeleton')";
        it.page.script_says(gone).await?;
    }
    it.page
        .click(link("Organisation").within(navigation("Main")))
        .await?;
    it.page.see(title(ORGANISATION)).await
}

/// Waits until the skeletons appear, which they do only if an answer is slow.
async fn skeletons_show(it: &Journey) -> Result<()> {
    let shown = "return [...document.querySelectorAll('.skeleton')].some((skeleton) => getComputedStyle(skeleton).opacity === '1')";
    it.page.script_says(shown).await.map(drop)
}
