//! Whether somebody listens where the issuer is.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::net::TcpStream;

use super::Look;
use super::finding::Finding;
use super::patient::Patient;

/// How long a connection may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Opens a connection to the first address that takes one, and closes it again.
pub fn look(patient: &mut Patient) -> Look<'_> {
    Box::pin(async move {
        if patient.addresses.is_empty() {
            return vec![Finding::idle("not looked at: the proxy connects")];
        }
        let mut refused = Vec::new();
        for (place, address) in patient.addresses.clone().into_iter().enumerate() {
            match open(address).await {
                Ok(took) => {
                    // Where it worked is where TLS is looked at.
                    patient.addresses.swap(0, place);
                    let says = format!("{address} accepts connections, {} ms", took.as_millis());
                    return vec![match refused.first() {
                        None => Finding::well(says),
                        Some(first) => Finding::remark(format!("{says}; but {first}")),
                    }];
                }
                Err(why) => refused.push(why),
            }
        }
        let says = format!("{}; if the issuer is still starting:", refused.join("; "));
        let wait = format!("vcispec doctor{} --wait 60", patient.again);
        vec![Finding::unreachable(says).so(wait)]
    })
}

/// How long a connection took to stand, or why there is none.
pub async fn open(address: SocketAddr) -> Result<Duration, String> {
    let began = Instant::now();
    match tokio::time::timeout(PATIENCE, TcpStream::connect(address)).await {
        Ok(Ok(_)) => Ok(began.elapsed()),
        Ok(Err(error)) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            Err(format!("nothing listens at {address}"))
        }
        Ok(Err(error)) => Err(format!("no connection to {address}: {error}")),
        Err(_) => Err(format!(
            "{address} does not answer within {} s: a firewall, or the wrong address",
            PATIENCE.as_secs()
        )),
    }
}
