"""The checker of certificates. It uses nothing but Python's standard library, and nothing of promisekit.

An auditor runs it by itself, from wherever this folder lies: `python -I checker CERTIFICATE LOG…`. The logs are read
again from their bytes; for every row and every check it is found anew whether the row counts, may count or does not,
and every number and every verdict follows from that. docs/certificates.md tells what is proved, and what is trusted.
"""
