//! What the window works on: this computer, and the session while a vault is open.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use relais_core::api::view::Progress;
use relais_core::api::{ApiError, Code, Result, Session, Workstation};
use tauri::ipc::Channel;
use tokio::sync::watch;

/// The state of the application. One session at a time, behind one lock that is never held over the network.
pub struct Desk {
    /// This computer.
    pub workstation: Workstation,
    open: Mutex<Option<Open>>,
    stop: AtomicBool,
    locking: watch::Sender<()>,
}

struct Open {
    session: Session,
    touched: Instant,
    idle_limit: Duration,
}

impl Desk {
    /// A desk without an open vault.
    pub fn new(workstation: Workstation) -> Self {
        Self {
            workstation,
            open: Mutex::new(None),
            stop: AtomicBool::new(false),
            locking: watch::Sender::new(()),
        }
    }

    /// Asks the long work under way to stop at its next step; it takes no lock, as that work holds it.
    pub fn stop_work(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// What a long work asks at each step: tells it to the window, and answers whether to go on. A window that is gone
    /// stops the work, too.
    pub fn teller(&self, window: Channel<Progress>) -> impl FnMut(Progress) -> bool + '_ {
        self.stop.store(false, Ordering::Relaxed);
        move |step| window.send(step).is_ok() && !self.stop.load(Ordering::Relaxed)
    }

    fn guard(&self) -> MutexGuard<'_, Option<Open>> {
        // A use case that panicked rolled its transaction back: what is behind the lock is whole.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a session on the desk.
    pub fn open(&self, session: Session) -> Result<()> {
        let idle_limit = idle_limit(&session)?;
        *self.guard() = Some(Open {
            session,
            touched: Instant::now(),
            idle_limit,
        });
        Ok(())
    }

    /// Closes the vault: its keys are wiped, its database closed.
    pub fn lock(&self) {
        *self.guard() = None;
        self.locking.send_replace(());
    }

    /// Changes when the vault is locked: what waits for the network with a secret of the vault then lets go of it.
    pub fn locking(&self) -> watch::Receiver<()> {
        self.locking.subscribe()
    }

    /// Tells that somebody is there.
    pub fn touch(&self) {
        if let Some(open) = self.guard().as_mut() {
            open.touched = Instant::now();
        }
    }

    /// Locks when nobody was there for as long as the team says; tells whether it did.
    pub fn lock_if_idle(&self) -> bool {
        let mut guard = self.guard();
        let idle = guard
            .as_ref()
            .is_some_and(|open| open.touched.elapsed() >= open.idle_limit);
        if idle {
            *guard = None;
            self.locking.send_replace(());
        }
        idle
    }

    /// Runs a use case on the open session.
    pub fn with<T>(&self, work: impl FnOnce(&mut Session) -> Result<T>) -> Result<T> {
        match self.guard().as_mut() {
            Some(open) => work(&mut open.session),
            None => Err(ApiError::new(Code::Locked, "no vault is open")),
        }
    }

    /// Runs a use case that may change the delay before locking.
    pub fn with_settings<T>(&self, work: impl FnOnce(&mut Session) -> Result<T>) -> Result<T> {
        let mut guard = self.guard();
        let Some(open) = guard.as_mut() else {
            return Err(ApiError::new(Code::Locked, "no vault is open"));
        };
        let done = work(&mut open.session)?;
        open.idle_limit = idle_limit(&open.session)?;
        Ok(done)
    }
}

fn idle_limit(session: &Session) -> Result<Duration> {
    Ok(Duration::from_secs(
        60 * u64::from(session.view()?.settings.lock_after_minutes.max(1)),
    ))
}
