"""Benchmarks, side by side with peers in one run; ratios first."""
