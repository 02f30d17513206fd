"""The scaling policy on a simulated service: what clients wait, what tasks cost, whether a busy one is stopped."""
