"""Files are read here: a trusted side (pool, limits, cache) and an untrusted side that runs only in worker processes."""
