"""What makes a promise and a verdict checkable: witnesses, tests inside a promise, certificates, what would change it.

Above the pipeline, since it asks the whole way again with other logs; only the command line stands above it.
"""
