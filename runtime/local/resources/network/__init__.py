"""Networks, and what lets calls in and out of them."""
