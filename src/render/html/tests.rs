//! What stands on the page, and what cannot get onto it.
