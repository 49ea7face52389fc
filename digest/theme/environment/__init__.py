"""The Jinja environment for templates: filters, functions, error messages and the sandbox.

`jinja.environment_of` makes an environment with exactly the names that docs/reference/themes.md documents;
`jinja.syntax_environment` makes one that only parses. `sandbox` restricts templates of other people, `errors` turns
exceptions into issues. Nothing here reads the clock, random numbers or the machine: the same view gives the same page.
"""
