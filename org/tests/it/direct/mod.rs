//! Direct authentication: an app carries what people say to the token endpoint, and the engine decides as for every sign-in.

mod attacks;
mod client;
mod flows;
mod refusals;
mod table;
