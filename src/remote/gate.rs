//! Lets few reads out at once. Browsers open six connections to a host over HTTP/1.1. A further request waits inside
//! the browser, where the timeout would count its wait, and a press would wait behind a look-up of many domains.

use std::cell::RefCell;
use std::collections::VecDeque;

use futures_channel::oneshot;
use switchboard_api::Method;

/// The number of reads in flight: one connection is left for a write.
const READS: usize = 5;

/// The number of requests in flight at which no further read starts.
const CONNECTIONS: usize = 6;

thread_local! {
    static GATE: RefCell<Gate> = RefCell::default();
}

/// The requests in flight, and the reads that wait, oldest first.
#[derive(Default)]
struct Gate {
    reads: usize,
    writes: usize,
    waiting: VecDeque<oneshot::Sender<Pass>>,
}

impl Gate {
    fn has_room(&self) -> bool {
        self.reads < READS && self.reads + self.writes < CONNECTIONS
    }

    fn of(&mut self, is_read: bool) -> &mut usize {
        if is_read {
            &mut self.reads
        } else {
            &mut self.writes
        }
    }
}

/// The right to have a request in flight, until it is dropped.
pub(super) struct Pass {
    is_read: bool,
}

impl Pass {
    fn take(is_read: bool) -> Self {
        GATE.with_borrow_mut(|gate| *gate.of(is_read) += 1);
        Self { is_read }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        GATE.with_borrow_mut(|gate| *gate.of(self.is_read) -= 1);
        while let Some(next) = next() {
            // An abandoned read drops its pass, and the next one gets in.
            drop(next.send(Self::take(true)));
        }
    }
}

/// Waits until a request may be sent. A write never waits.
pub(super) async fn enter(method: Method) -> Pass {
    let is_read = method.is_read();
    let waits = GATE.with_borrow_mut(|gate| {
        let waits = is_read && !gate.has_room();
        waits.then(|| {
            let (tell, told) = oneshot::channel();
            gate.waiting.push_back(tell);
            told
        })
    });
    if let Some(told) = waits
        && let Ok(pass) = told.await
    {
        return pass;
    }
    Pass::take(is_read)
}

/// Returns how to tell the next waiting read that there is room.
fn next() -> Option<oneshot::Sender<Pass>> {
    GATE.with_borrow_mut(|gate| {
        let has_room = gate.has_room();
        has_room.then(|| gate.waiting.pop_front())?
    })
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    fn poll(future: &mut std::pin::Pin<&mut impl Future<Output = Pass>>) -> Option<Pass> {
        match future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(pass) => Some(pass),
            Poll::Pending => None,
        }
    }

    fn let_in(method: Method) -> Option<Pass> {
        poll(&mut pin!(enter(method)))
    }

    #[test]
    fn sixth_read_waits_for_another_and_a_write_for_none() {
        let mut reads: Vec<Pass> = (0..READS).filter_map(|_| let_in(Method::Get)).collect();
        assert_eq!(reads.len(), READS);
        let mut sixth = pin!(enter(Method::Get));
        assert!(poll(&mut sixth).is_none());
        let write = let_in(Method::Put).expect("a write never waits");
        // Six are in flight.
        reads.pop();
        assert!(poll(&mut sixth).is_some_and(|pass| pass.is_read));
        drop(write);
    }

    #[test]
    fn writes_leave_no_room_for_reads() {
        let writes = [Method::Post; CONNECTIONS].map(|method| let_in(method).expect("a write"));
        let mut read = pin!(enter(Method::Get));
        assert!(poll(&mut read).is_none());
        drop(writes);
        assert!(poll(&mut read).is_some());
    }

    #[test]
    fn abandoned_read_lets_the_next_one_in() {
        let reads: Vec<Pass> = (0..READS).filter_map(|_| let_in(Method::Get)).collect();
        {
            let mut abandoned = pin!(enter(Method::Get));
            assert!(poll(&mut abandoned).is_none());
        }
        let mut next = pin!(enter(Method::Get));
        assert!(poll(&mut next).is_none());
        drop(reads);
        assert!(poll(&mut next).is_some());
    }
}
