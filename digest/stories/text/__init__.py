"""Text analysis for threading: `tokenizer` (words, stems), `features` (terms of a headline), `tables`, `slugs`.

`features_of` in `features` is the main function. All functions are pure apart from reading the package's data files,
once. They know nothing of items or stories.
"""
