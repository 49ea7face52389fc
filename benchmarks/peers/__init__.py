"""The other generators: how each is installed, given the same articles, and run."""
