//! Serves connections: HTTP/1.1, a timeout for silent ones, and a graceful shutdown.

use std::{convert::Infallible, future::Future, pin::pin, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{Request, Response},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tower::ServiceExt;

use crate::connection::{Connection, OutageListener};

/// Serves until `stop`, then until the calls in flight are answered. Closes a connection on which no complete request
/// head has come for `head_limit`, even if single bytes arrive: no caller can hold one forever.
pub(crate) async fn serve(
    mut listener: OutageListener,
    router: Router,
    head_limit: Duration,
    stop: impl Future<Output = ()>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(head_limit);
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let connection = tokio::select! {
            connection = listener.accept() => connection,
            () = &mut stop => break,
        };
        let served = converse(&http, connection, router.clone());
        let watched = graceful.watch(served);
        tokio::spawn(async move {
            // The connection broke. Its caller knows, and nothing else depends on it.
            let _ = watched.await;
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

/// Answers the calls of one connection, which they can access as [`ConnectInfo`].
fn converse(
    http: &http1::Builder,
    connection: Connection,
    router: Router,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> + Send + use<> {
    let handle = connection.handle();
    let answer = move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(handle.clone()));
        let answered = router.clone().oneshot(request);
        async { answered.await as Result<Response<Body>, Infallible> }
    };
    http.serve_connection(TokioIo::new(connection), service_fn(answer))
}
