"""Comparison of two headlines: `alignment` of their terms, `signals`, `score`, `contradictions`, `evidence`.

All functions are pure and deterministic. They compare texts and never decide about a story: `threader` does.
"""
