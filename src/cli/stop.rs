//! Being asked to stop: by Ctrl-C at a terminal, and by SIGTERM from whatever started the program,
//! as pipelines and containers do when their time is up.

/// Listens from when it is made, so that nothing that is asked between two waits gets lost.
pub struct Stops {
    #[cfg(unix)]
    interrupts: Option<tokio::signal::unix::Signal>,
    #[cfg(unix)]
    terminations: Option<tokio::signal::unix::Signal>,
}

impl Stops {
    /// Begins to listen. Where the system lets nobody listen, nothing is heard.
    pub fn listen() -> Self {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            Self {
                interrupts: signal(SignalKind::interrupt()).ok(),
                terminations: signal(SignalKind::terminate()).ok(),
            }
        }
        #[cfg(not(unix))]
        Self {}
    }

    /// Waits until the program is asked to stop, once more than before.
    #[cfg(unix)]
    pub async fn next(&mut self) {
        tokio::select! {
            () = heard(self.interrupts.as_mut()) => {}
            () = heard(self.terminations.as_mut()) => {}
        }
    }

    /// Waits until the program is asked to stop, once more than before.
    #[cfg(not(unix))]
    pub async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

#[cfg(unix)]
async fn heard(signal: Option<&mut tokio::signal::unix::Signal>) {
    if let Some(signal) = signal
        && signal.recv().await.is_some()
    {
        return;
    }
    std::future::pending().await
}
