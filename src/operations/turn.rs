//! Makes changes of the same value wait for each other. Two pages can show the same switch: without this, the answer to
//! the older flip could come last and win.

use std::cell::{Cell, RefCell};

use futures_channel::oneshot;
use switchboard_model::journal::Change;

thread_local! {
    static BEGUN: RefCell<Vec<Begun>> = RefCell::default();
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

/// A change that is being sent or waits.
struct Begun {
    id: u32,
    change: Change,
    /// Dropped at its end, which tells those who wait.
    ended: Vec<oneshot::Sender<()>>,
}

/// The right to send a change, until it is dropped.
pub(super) struct Turn(u32);

impl Drop for Turn {
    fn drop(&mut self) {
        // Told outside the borrow.
        let ended = BEGUN.with_borrow_mut(|all| {
            let at = all.iter().position(|one| one.id == self.0)?;
            Some(all.remove(at))
        });
        drop(ended);
    }
}

/// Waits until no earlier change of the same value is being sent.
pub(super) async fn turn(change: &Change) -> Turn {
    let id = NEXT.replace(NEXT.get().wrapping_add(1));
    let turn = Turn(id);
    BEGUN.with_borrow_mut(|all| {
        all.push(Begun {
            id,
            change: change.clone(),
            ended: Vec::new(),
        });
    });
    while let Some(ended) = earlier(id, change) {
        // An error: the sender was dropped, which is the sign.
        let _ = ended.await;
    }
    turn
}

/// Returns what tells the end of an earlier change of the same value.
fn earlier(id: u32, change: &Change) -> Option<oneshot::Receiver<()>> {
    BEGUN.with_borrow_mut(|all| {
        let before = all.iter_mut().take_while(|one| one.id != id);
        let same = before.filter(|one| change.supersedes(&one.change)).last()?;
        let (tell, told) = oneshot::channel();
        same.ended.push(tell);
        Some(told)
    })
}

#[cfg(test)]
mod tests {
    use std::pin::{Pin, pin};
    use std::task::{Context, Poll, Waker};

    use super::*;

    fn switched(email: &str, on: bool) -> Change {
        Change::SwitchOperator {
            email: email.parse().expect("an address of the test"),
            on,
            domains: Vec::new(),
        }
    }

    fn poll(future: &mut Pin<&mut impl Future<Output = Turn>>) -> Option<Turn> {
        match future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(turn) => Some(turn),
            Poll::Pending => None,
        }
    }

    #[test]
    fn changes_of_one_value_are_sent_in_their_order_and_others_at_once() {
        let (on, off, other) = (
            switched("ada@acme.example", true),
            switched("ada@acme.example", false),
            switched("bob@acme.example", true),
        );
        let (mut first, mut second, mut third) =
            (pin!(turn(&on)), pin!(turn(&off)), pin!(turn(&on)));
        let sent = poll(&mut first).expect("nothing is before it");
        assert!(poll(&mut second).is_none());
        assert!(poll(&mut third).is_none());
        assert!(poll(&mut pin!(turn(&other))).is_some());
        drop(sent);
        assert!(poll(&mut third).is_none());
        let sent = poll(&mut second).expect("the first has ended");
        assert!(poll(&mut third).is_none());
        drop(sent);
        assert!(poll(&mut third).is_some());
    }
}
