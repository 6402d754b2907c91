//! The guide against the local org, over a real socket.
