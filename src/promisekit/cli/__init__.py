"""The command line: one thin module per command, which parses, calls and prints."""
