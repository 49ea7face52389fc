"""Text for labelling: `tokenizer` splits it into words, `language` detects its language, `function_words` are grammar.

All functions are pure and accept any text. They know nothing of labels.
"""
