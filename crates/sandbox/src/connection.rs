//! The listener and its connections. For faults on demand, each connection can be broken at a given byte, and all of
//! them at once.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, Weak,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpSocket, TcpStream},
    sync::Notify,
    time::Instant,
};

/// No limit on the bytes that a connection may write.
const UNLIMITED: usize = usize::MAX;

/// The length of the accept queue, as far as the system allows. A caller beyond it would retry only after a second.
const QUEUE: u32 = 4096;

/// How long to wait before listening or accepting is retried.
const AGAIN: Duration = Duration::from_millis(20);

/// Access to a connection for the calls on it.
#[derive(Clone, Debug)]
pub(crate) struct Handle(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// The number of bytes that may still be written.
    left: AtomicUsize,
    /// Whether it survives when all others are broken.
    spared: AtomicBool,
    /// The waker of the pending read.
    reader: Mutex<Option<Waker>>,
}

impl Handle {
    /// Breaks the connection after this many more bytes are written.
    pub(crate) fn drop_after(&self, bytes: usize) {
        self.0.left.store(bytes, Ordering::SeqCst);
    }

    /// Spares the connection when all are broken, so that the caller who asks for that gets an answer.
    pub(crate) fn spare(&self) {
        self.0.spared.store(true, Ordering::SeqCst);
    }

    fn drop_now(&self) {
        self.drop_after(0);
        if let Some(reader) = lock(&self.0.reader).take() {
            reader.wake();
        }
    }
}

/// One connection.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    handle: Handle,
}

impl Connection {
    /// Returns the handle for the calls on it.
    pub(crate) fn handle(&self) -> Handle {
        self.handle.clone()
    }

    /// Returns an error, and makes the connection end with a reset instead of a regular close.
    fn broken(&self) -> io::Error {
        // If this fails, the peer sees a regular close in the middle of the answer.
        let _ = self.stream.set_zero_linger();
        io::ErrorKind::ConnectionAborted.into()
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        *lock(&self.handle.0.reader) = Some(context.waker().clone());
        if self.handle.0.left.load(Ordering::SeqCst) == 0 {
            return Poll::Ready(Err(self.broken()));
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let left = self.handle.0.left.load(Ordering::SeqCst);
        if left == 0 {
            return Poll::Ready(Err(self.broken()));
        }
        let may = bytes.len().min(left);
        let written = Pin::new(&mut self.stream).poll_write(context, &bytes[..may]);
        if let (Poll::Ready(Ok(written)), true) = (&written, left != UNLIMITED) {
            self.handle.0.left.fetch_sub(*written, Ordering::SeqCst);
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // A regular close would precede the reset.
        if self.handle.0.left.load(Ordering::SeqCst) == 0 {
            return Poll::Ready(Err(self.broken()));
        }
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// Causes outages of the [`OutageListener`], during which it accepts no connection.
#[derive(Debug, Default)]
pub(crate) struct Outages {
    shut_until: Mutex<Option<Instant>>,
    told: Notify,
    open: Mutex<Vec<Weak<Inner>>>,
}

impl Outages {
    /// Refuses connections for this time, and breaks the existing ones.
    pub(crate) fn shut(&self, time: Duration) {
        *lock(&self.shut_until) = Some(Instant::now() + time);
        self.told.notify_one();
    }

    /// Breaks every connection that is not spared, and waits until the calls on them have ended.
    pub(crate) async fn break_all(&self) {
        let broken = self.drop_all();
        while broken.iter().any(|inner| inner.strong_count() > 0) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    fn until(&self) -> Option<Instant> {
        lock(&self.shut_until).filter(|until| *until > Instant::now())
    }

    fn enter(&self, inner: &Arc<Inner>) {
        let mut open = lock(&self.open);
        // Drops ended connections only when the list is full, which costs little for thousands.
        if open.len() == open.capacity() {
            open.retain(|one| one.strong_count() > 0);
            let room = open.len().max(64);
            open.reserve(room);
        }
        open.push(Arc::downgrade(inner));
    }

    fn drop_all(&self) -> Vec<Weak<Inner>> {
        let mut broken: Vec<Weak<Inner>> = lock(&self.open).drain(..).collect();
        broken.retain(|inner| {
            let inner = inner.upgrade();
            let inner = inner.filter(|inner| !inner.spared.load(Ordering::SeqCst));
            let is_broken = inner.is_some();
            if let Some(inner) = inner {
                Handle(inner).drop_now();
            }
            is_broken
        });
        broken
    }
}

/// The listener. During an outage its socket is closed, and the system itself refuses connections.
#[derive(Debug)]
pub(crate) struct OutageListener {
    address: SocketAddr,
    listener: Option<TcpListener>,
    outages: Arc<Outages>,
}

impl OutageListener {
    /// Starts to listen.
    pub(crate) fn bind(address: SocketAddr) -> io::Result<Self> {
        let listener = listen(address)?;
        Ok(Self {
            address: listener.local_addr()?,
            listener: Some(listener),
            outages: Arc::default(),
        })
    }

    /// Returns the address on which it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Accepts the next connection. Retries after an error, such as too many open files.
    pub(crate) async fn accept(&mut self) -> Connection {
        let outages = self.outages();
        loop {
            let Some(listener) = self.listener().await else {
                tokio::time::sleep(AGAIN).await;
                continue;
            };
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                () = outages.told.notified() => continue,
            };
            let Ok((stream, _)) = accepted else {
                tokio::time::sleep(AGAIN).await;
                continue;
            };
            // Answers are small and complete: waiting to fill a packet would only delay them.
            let _ = stream.set_nodelay(true);
            let inner = Arc::new(Inner {
                left: AtomicUsize::new(UNLIMITED),
                spared: AtomicBool::new(false),
                reader: Mutex::default(),
            });
            outages.enter(&inner);
            let handle = Handle(inner);
            return Connection { stream, handle };
        }
    }

    /// Returns the control for outages of this listener.
    pub(crate) fn outages(&self) -> Arc<Outages> {
        Arc::clone(&self.outages)
    }

    /// Returns a new listener after the outage, or `None` if the address cannot be bound yet.
    async fn listener(&mut self) -> Option<&TcpListener> {
        while let Some(until) = self.outages.until() {
            self.listener = None;
            self.outages.drop_all();
            tokio::time::sleep_until(until).await;
        }
        if self.listener.is_none() {
            self.listener = listen(self.address).ok();
        }
        self.listener.as_ref()
    }
}

/// Listens, even if the previous listener has only just closed.
fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4(),
        SocketAddr::V6(_) => TcpSocket::new_v6(),
    }?;
    // On Windows this option would allow two listeners.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(QUEUE)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
