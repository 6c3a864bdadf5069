//! Serves connections: HTTP/1.1, a limit to how long one may stay silent, a polite end.

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

/// Serves until `stop`, then until the calls under way are answered. A connection on which no whole request head has come for
/// `head_limit` is closed, whether nothing comes or a byte now and then: nobody holds one for ever.
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
            // It broke off: its caller knows, and nobody else has to.
            let _ = watched.await;
        });
    }
    drop(listener);
    graceful.shutdown().await;
}

/// Answers the calls of one connection, which they can reach as [`ConnectInfo`].
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
