"""What follows from a decision: what to ask next, what would change it, and the proof of it."""
