//! Chooses the corner or edge of the screen where the toasts cover the fewest usable controls.

/// A rectangle on the screen, in CSS pixels from its top left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Rect {
    fn meets(&self, other: &Self) -> bool {
        let is_empty = other.right <= other.left || other.bottom <= other.top;
        !is_empty
            && self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// Something that should not be covered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Obstacle {
    pub rect: Rect,
    /// The cost of covering it.
    pub weight: u32,
}

/// The possible places of toasts, the usual one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Corner {
    BottomEnd,
    Bottom,
    BottomStart,
    TopEnd,
    Top,
    TopStart,
}

/// The distance from the edges of the screen, in CSS pixels, as in `style/ui/messages.css`.
const MARGIN: f64 = 16.0;

/// What toasts at the bottom leave free while the navigation is fixed there, as in `style/shell.css`.
pub(super) const NAVIGATION: f64 = 68.0;

impl Corner {
    const ALL: [Self; 6] = [
        Self::BottomEnd,
        Self::Bottom,
        Self::BottomStart,
        Self::TopEnd,
        Self::Top,
        Self::TopStart,
    ];

    /// Returns the corner of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|corner| corner.as_str() == name)
    }

    /// Returns the name in the style sheet.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BottomEnd => "bottom-end",
            Self::Bottom => "bottom",
            Self::BottomStart => "bottom-start",
            Self::TopEnd => "top-end",
            Self::Top => "top",
            Self::TopStart => "top-start",
        }
    }

    /// Returns the rectangle that toasts of this size cover there.
    fn rect(
        self,
        (width, height): (f64, f64),
        screen: (f64, f64),
        foot: f64,
        is_rtl: bool,
    ) -> Rect {
        let end = screen.0 - MARGIN - width;
        let left = match self {
            Self::Bottom | Self::Top => (screen.0 - width) / 2.0,
            Self::BottomEnd | Self::TopEnd if is_rtl => MARGIN,
            Self::BottomStart | Self::TopStart if is_rtl => end,
            Self::BottomEnd | Self::TopEnd => end,
            Self::BottomStart | Self::TopStart => MARGIN,
        };
        let is_top = matches!(self, Self::TopEnd | Self::Top | Self::TopStart);
        let top = if is_top {
            MARGIN
        } else {
            screen.1 - MARGIN - foot - height
        };
        Rect {
            left,
            top,
            right: left + width,
            bottom: top + height,
        }
    }
}

/// From this weight on, a covered control is in use: toasts move away from it to any place where they cover less.
pub(super) const IN_USE: u32 = 50;

/// Returns where toasts of this size (width, height) cover the least; the usual place if there is no difference. `foot`
/// is the height of a navigation at the bottom.
/// Visible toasts move only to a place where they cover nothing, or away from a control in use.
pub(super) fn place(
    now: Option<Corner>,
    size: (f64, f64),
    screen: (f64, f64),
    foot: f64,
    is_rtl: bool,
    obstacles: &[Obstacle],
) -> Corner {
    let covered = |corner: Corner| -> u32 {
        let rect = corner.rect(size, screen, foot, is_rtl);
        let met = obstacles.iter().filter(|it| rect.meets(&it.rect));
        met.map(|it| it.weight).sum()
    };
    let least = Corner::ALL
        .into_iter()
        .min_by_key(|corner| covered(*corner));
    let least = least.unwrap_or(Corner::BottomEnd);
    match now {
        Some(now) if covered(now) <= covered(least) => now,
        Some(now) if covered(now) < IN_USE && covered(least) > 0 => now,
        _ => least,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOAST: (f64, f64) = (400.0, 48.0);
    const LARGE: (f64, f64) = (1440.0, 900.0);
    const SMALL: (f64, f64) = (360.0, 640.0);

    fn obstacle(left: f64, top: f64, width: f64, height: f64, weight: u32) -> Obstacle {
        let (right, bottom) = (left + width, top + height);
        let rect = Rect {
            left,
            top,
            right,
            bottom,
        };
        Obstacle { rect, weight }
    }

    #[test]
    fn toasts_use_the_bottom_end_if_nothing_is_covered() {
        assert_eq!(
            place(None, TOAST, LARGE, 0.0, false, &[]),
            Corner::BottomEnd
        );
    }

    #[test]
    fn button_at_the_bottom_is_not_covered() {
        // The toast's button, and "Disconnect" in the sidebar.
        let controls = [
            obstacle(1210.0, 840.0, 120.0, 32.0, 50),
            obstacle(20.0, 850.0, 120.0, 32.0, 1),
        ];
        assert_eq!(
            place(None, TOAST, LARGE, 0.0, false, &controls),
            Corner::Bottom
        );
        assert_eq!(
            place(None, TOAST, LARGE, 0.0, true, &controls),
            Corner::Bottom
        );
    }

    #[test]
    fn dialog_buttons_are_not_covered_on_a_phone() {
        let buttons = [
            obstacle(180.0, 540.0, 150.0, 36.0, 50),
            obstacle(300.0, 30.0, 28.0, 28.0, 1),
        ];
        let place = place(None, (328.0, 64.0), SMALL, NAVIGATION, false, &buttons);
        assert_eq!(place, Corner::TopEnd);
    }

    #[test]
    fn navigation_that_is_not_fixed_needs_no_room() {
        // At 400 % zoom. Chromium scrolls what gets the focus to the bottom of the window.
        let (low, toast) = ((360.0, 225.0), (328.0, 64.0));
        let controls = [
            obstacle(20.0, 150.0, 200.0, 44.0, 1_000),
            obstacle(20.0, 20.0, 200.0, 44.0, 1),
        ];
        let place = |foot| place(None, toast, low, foot, false, &controls);
        assert_eq!(place(0.0), Corner::TopEnd);
        assert_eq!(place(NAVIGATION), Corner::BottomEnd);
    }

    #[test]
    fn focused_control_counts_more_than_many_others() {
        let mut controls: Vec<_> = (0..20)
            .map(|at| obstacle(1000.0 + 20.0 * f64::from(at), 20.0, 10.0, 10.0, 1))
            .collect();
        controls.push(obstacle(520.0, 850.0, 400.0, 20.0, 1_000));
        controls.push(obstacle(1100.0, 850.0, 300.0, 20.0, 1_000));
        controls.push(obstacle(20.0, 850.0, 300.0, 20.0, 1_000));
        assert!(matches!(
            place(None, TOAST, LARGE, 0.0, false, &controls),
            Corner::Top | Corner::TopStart
        ));
    }

    #[test]
    fn messages_on_the_screen_move_only_where_that_helps() {
        let at_end = |weight| obstacle(1210.0, 840.0, 120.0, 32.0, weight);
        let everywhere = |weight| {
            let rows = [20.0, 840.0].map(|top| obstacle(0.0, top, 1440.0, 32.0, 1));
            [rows[0], rows[1], at_end(weight)]
        };
        let now = Some(Corner::BottomEnd);
        let place = |obstacles: &[Obstacle]| place(now, TOAST, LARGE, 0.0, false, obstacles);
        assert_eq!(place(&[]), Corner::BottomEnd);
        assert_eq!(place(&[at_end(1)]), Corner::Bottom);
        assert_eq!(place(&everywhere(1)), Corner::BottomEnd);
        assert_eq!(place(&everywhere(IN_USE)), Corner::Bottom);
    }

    #[test]
    fn controls_without_a_size_are_no_obstacle() {
        let hidden = [obstacle(1300.0, 860.0, 0.0, 0.0, 1_000)];
        assert_eq!(
            place(None, TOAST, LARGE, 0.0, false, &hidden),
            Corner::BottomEnd
        );
    }
}
