//! Authorization servers by the management API: what is changed holds for the next token.

mod policies;
mod servers;
