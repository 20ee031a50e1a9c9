"""Reports: one evaluation, many views. Every word is chosen in Python; the templates only arrange."""
