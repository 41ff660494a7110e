"""One estimator a file, each with its use, an example and its source."""
