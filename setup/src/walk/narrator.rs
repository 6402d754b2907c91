use std::fmt::Debug;

use secrecy::SecretString;

use crate::Fault;
use crate::walk::Visit;

/// Who tells what a walk that writes is doing.
pub trait Narrator: Debug {
    /// A step begins.
    fn step(&mut self, name: &str) -> Result<(), Fault>;
    /// An object is as it should be now.
    fn done(&mut self, visit: &Visit) -> Result<(), Fault>;
    /// A password that was made up. It is told before it is set, and never again: a cut between the two may not cost the account.
    fn password(&mut self, login: &str, password: &SecretString) -> Result<(), Fault>;
}

/// Tells nothing.
#[derive(Debug)]
pub struct Silent;

impl Narrator for Silent {
    fn step(&mut self, _: &str) -> Result<(), Fault> {
        Ok(())
    }

    fn done(&mut self, _: &Visit) -> Result<(), Fault> {
        Ok(())
    }

    fn password(&mut self, _: &str, _: &SecretString) -> Result<(), Fault> {
        Ok(())
    }
}
