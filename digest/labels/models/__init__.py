"""Statistical models for categories: `linear` (words), `minilm` with `blend` (sentence embeddings), `calibration`.

`semantic` is the engine of the extra `semantic`. Models score texts; they never see regions and never read a site.
"""
