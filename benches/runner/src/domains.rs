//! Pages in a browser that knows many domains, of an organisation that is large besides.

use anyhow::Result;

use crate::figure::Figure;
use crate::known;
use crate::lists::ROWS;
use crate::say;
use crate::stage::Stage;
use crate::watch::{Act, act, open_until, press};

const PART: &str = "lists";
const OPERATORS: usize = 10_000;

/// The first domains are on the screen.
const DOMAINS: &str = "() => !!document.querySelector(\"tbody a[href^='/domains/']\")";

/// Measures with few and with many.
pub async fn measure(stage: &Stage) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    for count in known::COUNTS {
        say::step(&format!("{count} known domains"));
        let served = known::serve(stage, OPERATORS, count).await?;
        let page = stage.connected_browser(&served).await?;
        let (mut opened, mut away, mut back) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..stage.repeats {
            opened.push(open_until(&page, "/domains", "domains", DOMAINS).await?);
        }
        // The list of operators is asked for once; then it is known.
        act(&page, "click", Some(ROWS), async |page| {
            press(page, "a[href='/operators']").await
        })
        .await?;
        for _ in 0..stage.repeats {
            back.push(
                act(&page, "click", Some(DOMAINS), async |page| {
                    press(page, "a[href='/domains']").await
                })
                .await?,
            );
            away.push(
                act(&page, "click", Some(ROWS), async |page| {
                    press(page, "a[href='/operators']").await
                })
                .await?,
            );
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
