"""Whether each of many clients gets its own results, all of them and no other."""
