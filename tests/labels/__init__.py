"""Labels: tables, engine, figures."""
