"""`python -m promisekit`."""

from promisekit.cli.main import run

if __name__ == "__main__":
    run()
