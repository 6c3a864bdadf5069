//! A figure: a measurement, its comparison, and whether it meets its bar.

use serde_json::{Value, json};

/// The statistic of the samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// The one in the middle.
    Median,
    /// The 95th percentile.
    P95,
    /// The largest.
    Max,
}

impl Statistic {
    /// Returns its name in the table and in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Median => "median",
            Self::P95 => "p95",
            Self::Max => "max",
        }
    }

    /// Computes it; `None` without samples.
    pub fn of(self, samples: &[f64]) -> Option<f64> {
        let mut sorted = samples.to_vec();
        sorted.sort_by(f64::total_cmp);
        let count = sorted.len();
        match self {
            Self::Median if count.is_multiple_of(2) && count > 0 => {
                Some((sorted[count / 2 - 1] + sorted[count / 2]) / 2.0)
            }
            Self::Median => sorted.get(count / 2).copied(),
            // The nearest rank, so that it is a measured value.
            Self::P95 => sorted
                .get((count * 95).div_ceil(100).saturating_sub(1))
                .copied(),
            Self::Max => sorted.last().copied(),
        }
    }
}

/// The target of a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bar {
    /// At most this, in the figure's unit.
    AtMost(f64),
    /// At most this many times the comparison.
    TimesBeside(f64),
}

/// A measurement.
#[derive(Debug, Clone)]
pub struct Figure {
    /// The part of the benchmark.
    pub part: &'static str,
    /// Its name.
    pub name: String,
    /// Its unit, e.g. `ms`.
    pub unit: &'static str,
    /// The statistic of the samples.
    pub statistic: Statistic,
    /// The panel's samples, in order.
    pub samples: Vec<f64>,
    /// The comparison: its name and samples.
    pub beside: Option<(&'static str, Vec<f64>)>,
    /// The targets. Without any, the figure is only reported.
    pub bars: Vec<Bar>,
}

impl Figure {
    /// Creates the median of these samples, without comparison and target.
    pub fn new(
        part: &'static str,
        name: impl Into<String>,
        unit: &'static str,
        samples: Vec<f64>,
    ) -> Self {
        Self {
            part,
            name: name.into(),
            unit,
            statistic: Statistic::Median,
            samples,
            beside: None,
            bars: Vec::new(),
        }
    }

    /// Sets another statistic than the median.
    #[must_use]
    pub fn statistic(self, statistic: Statistic) -> Self {
        Self { statistic, ..self }
    }

    /// Sets the comparison.
    #[must_use]
    pub fn beside(self, what: &'static str, samples: Vec<f64>) -> Self {
        Self {
            beside: Some((what, samples)),
            ..self
        }
    }

    /// Adds a target.
    #[must_use]
    pub fn bar(mut self, bar: Bar) -> Self {
        self.bars.push(bar);
        self
    }

    /// Returns the panel's value; `None` without samples.
    pub fn value(&self) -> Option<f64> {
        self.statistic.of(&self.samples)
    }

    /// Returns the comparison's value.
    pub fn beside_value(&self) -> Option<f64> {
        self.statistic.of(&self.beside.as_ref()?.1)
    }

    /// Returns the ratio of the panel's value to the comparison's.
    pub fn ratio(&self) -> Option<f64> {
        let beside = self.beside_value().filter(|beside| *beside > 0.0)?;
        Some(self.value()? / beside)
    }

    /// Returns whether it meets a target. A failed measurement does not.
    pub fn meets(&self, bar: Bar) -> bool {
        match bar {
            Bar::AtMost(limit) => self.value().is_some_and(|value| value <= limit),
            Bar::TimesBeside(limit) => self.ratio().is_some_and(|ratio| ratio <= limit),
        }
    }

    /// Returns the figure with every sample.
    pub fn to_json(&self) -> Value {
        let beside = self.beside.as_ref().map(|(what, samples)| {
            json!({ "what": what, "value": self.beside_value(), "samples": samples })
        });
        let bars: Vec<Value> = self
            .bars
            .iter()
            .map(|bar| {
                let (kind, limit) = match bar {
                    Bar::AtMost(limit) => ("at most", limit),
                    Bar::TimesBeside(limit) => ("times what is beside it", limit),
                };
                json!({ "kind": kind, "limit": limit, "met": self.meets(*bar) })
            })
            .collect();
        json!({
            "part": self.part,
            "name": self.name,
            "unit": self.unit,
            "statistic": self.statistic.name(),
            "value": self.value(),
            "samples": self.samples,
            "beside": beside,
            "ratio": self.ratio(),
            "bars": bars,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn median_and_p95_are_measured_values() {
        assert_eq!(Statistic::Median.of(&[3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(Statistic::Median.of(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!(Statistic::Median.of(&[]), None);
        let many: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(Statistic::P95.of(&many), Some(95.0));
        assert_eq!(Statistic::P95.of(&[1.0, 2.0]), Some(2.0));
        assert_eq!(Statistic::P95.of(&[]), None);
        assert_eq!(Statistic::Max.of(&[1.0, 3.0, 2.0]), Some(3.0));
    }

    #[test]
    fn bar_is_met_at_its_limit_and_never_without_samples() {
        let figure = |samples: &[f64]| {
            Figure::new("part", "name", "ms", samples.to_vec()).beside("floor", vec![10.0])
        };
        assert!(figure(&[15.0]).meets(Bar::TimesBeside(1.5)));
        assert!(!figure(&[15.1]).meets(Bar::TimesBeside(1.5)));
        assert!(figure(&[15.0]).meets(Bar::AtMost(15.0)));
        assert!(!figure(&[]).meets(Bar::AtMost(15.0)));
        assert!(!figure(&[]).meets(Bar::TimesBeside(1.5)));
        assert!(!Figure::new("part", "name", "ms", vec![1.0]).meets(Bar::TimesBeside(1.5)));
    }
}
