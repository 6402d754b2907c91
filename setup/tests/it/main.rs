//! The guide against the local org, over a real socket.

mod apply;
mod by_hand;
mod changes;
mod confirm;
mod cut;
mod destroy;
mod local;
mod verify;
