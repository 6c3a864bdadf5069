//! Measures pages in a browser that knows many domains, of a large organisation.

use anyhow::Result;

use crate::console;
use crate::figure::Figure;
use crate::known;
use crate::lists::ROWS;
use crate::stage::Stage;
use crate::watch::{Act, click, open_until};

const PART: &str = "lists";
const OPERATORS: usize = 10_000;

/// The condition that the first domains are on the screen.
const DOMAINS: &str = "() => !!document.querySelector(\"tbody a[href^='/domains/']\")";

/// Measures with few and with many domains.
pub async fn measure(stage: &Stage) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for count in known::COUNTS {
        console::step(&format!("{count} known domains"));
        let served = known::serve(stage, OPERATORS, count).await?;
        let page = stage.connected_browser(&served).await?;
        let (mut opened, mut away, mut back) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..stage.repeats {
            opened.push(open_until(&page, "/domains", "domains", DOMAINS).await?);
        }
        let (to_operators, to_domains) = ("a[href$='/operators']", "a[href$='/domains']");
        // The first visit fetches the list of operators, which is cached then.
        click(&page, to_operators, Some(ROWS)).await?;
        for _ in 0..stage.repeats {
            back.push(click(&page, to_domains, Some(DOMAINS)).await?);
            away.push(click(&page, to_operators, Some(ROWS)).await?);
        }
        let figure = |what: &str, samples| {
            Figure::new(
                PART,
                format!("{count} known domains, {what}"),
                "ms",
                samples,
            )
        };
        let work = |acts: &[Act]| acts.iter().map(|act| act.work).collect::<Vec<_>>();
        figures.push(figure("address opened → domains painted", opened));
        figures.push(figure("operators → domains", work(&back)));
        figures.push(figure("domains → 10,000 operators", work(&away)));
    }
    Ok(figures)
}
