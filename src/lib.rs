//! The harness (see the floor plan, to come with the first rooms).
