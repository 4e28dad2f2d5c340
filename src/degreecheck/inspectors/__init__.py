"""Reading strangers' files: a trusted side (files, pool, cache) and readers that run only in worker processes."""
