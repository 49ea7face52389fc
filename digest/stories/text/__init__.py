"""Text for threading: `tokenizer` (words and stems), `features` (weighted terms of a headline), `tables` (data),
`slugs`.

All functions are pure and accept any text. They know nothing of items or stories.
"""
