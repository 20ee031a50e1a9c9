#!/usr/bin/env python3
"""What a checkout can do. Needs nothing but Python 3.11; the rest is fetched into .venv.

    python3 dev.py demo            the example promise from YAML and CSV to verdicts and reports (out/demo/)
    python3 dev.py test [ARGS]     ruff, mypy, import-linter, pytest; with ARGS only pytest, which gets them
    python3 dev.py lint            the first three of these
    python3 dev.py format          let ruff put the code in shape
    python3 dev.py bench           how long a start takes
    python3 dev.py lock            pin the development tools anew in constraints.txt (needs uv)

Written for Windows too (py dev.py demo), but not yet run there.
"""

# Standard library only, and no syntax newer than Python 3.7: an older Python must get far enough to be told.
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
UV = shutil.which("uv")

PROMISE = "promises/2022-03.yaml"
LOG = "examples/2022-03/handelser.csv"
KNOWN = [
    "--assessments", "examples/2022-03/assessments.yaml",
    "--covers", "2022-03-01/2022-05-31",
    "--as-of", "2022-06-01",
]  # fmt: skip
REPORTS = [("html", "sv"), ("html", "en"), ("md", "sv"), ("txt", "sv")]


def say(swedish, english):
    print(f"{swedish} ({english})", file=sys.stderr, flush=True)


def stop(swedish, english):
    say(swedish, english)
    sys.exit(1)


def run(*command, **options):
    """Run in the checkout and answer the exit code. Output goes straight to the terminal."""
    return subprocess.run([str(part) for part in command], cwd=str(ROOT), **options).returncode


def works(*command):
    try:
        return run(*command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


# --- setting up ---------------------------------------------------------------------------------------------------


def installer():
    """The command that installs into .venv, or None where neither uv nor any pip is there."""
    if UV:
        return [UV, "pip", "install", "--quiet", "--python", PYTHON]
    if works(PYTHON, "-m", "pip", "--version"):
        return [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if works(sys.executable, "-m", "pip", "--version"):
        return [sys.executable, "-m", "pip", "--python", PYTHON, "install", "--quiet", "--disable-pip-version-check"]
    return None


def make_environment():
    """Make .venv, unless it works already. Debian's python3 without python3-venv leaves half of one behind."""
    if works(PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))") and installer():
        return
    if VENV.exists():
        say("Gör om en ofullständig .venv.", "Making an incomplete .venv anew.")
        shutil.rmtree(str(VENV))
    if UV:
        run(UV, "venv", "--quiet", "--python", sys.executable, VENV)
    elif not works(sys.executable, "-m", "venv", VENV):
        shutil.rmtree(str(VENV), ignore_errors=True)
        run(sys.executable, "-m", "venv", "--without-pip", VENV)
    if not installer():
        shutil.rmtree(str(VENV), ignore_errors=True)
        stop("Python saknar både venv och pip. Kör: sudo apt install python3-venv", "Python has neither venv nor pip")


def set_up(tools=False):
    """Have promisekit in .venv, editable; with `tools` also all that the tests need, pinned and hash-checked."""
    for_demo, for_test = VENV / "ready-for-demo", VENV / "ready-for-test"
    if up_to_date(for_test) or (not tools and up_to_date(for_demo)):
        return
    say("Förbereder .venv, första gången en halv minut …", "Setting up .venv, half a minute the first time …")
    make_environment()
    if tools:
        steps = [["--require-hashes", "-r", "constraints.txt"], ["--no-deps", "--no-build-isolation", "-e", "."]]
    else:
        steps = [["-e", "."]]
    for step in steps:
        if run(*installer(), *step) != 0:
            stop("Installationen misslyckades; orsaken står ovan.", "The installation failed; the reason is above")
    (for_test if tools else for_demo).write_text(str(ROOT), encoding="utf-8")


def up_to_date(stamp):
    """Newer than what was asked for, and for this place: a checkout that was moved has to be installed again."""
    if not (PYTHON.exists() and stamp.exists()) or stamp.read_text(encoding="utf-8") != str(ROOT):
        return False
    asked_for = [ROOT / "pyproject.toml", ROOT / "constraints.txt"]
    return all(stamp.stat().st_mtime >= source.stat().st_mtime for source in asked_for)


# --- what can be asked for ----------------------------------------------------------------------------------------


def demo():
    set_up()
    folder = Path("out") / "demo"
    (ROOT / folder).mkdir(parents=True, exist_ok=True)
    reports = [(folder / f"rapport.{language}.{form}", form, language) for form, language in REPORTS]
    promisekit = [PYTHON, "-m", "promisekit"]
    inputs = [PROMISE, LOG, *KNOWN, "--fail-on", "never"]
    written = [["evaluate", *inputs, "--format", "json", "-o", folder / "result.json"]]
    written += [["report", *inputs, "--to", form, "--lang", lang, "-o", path] for path, form, lang in reports]
    for command in written:
        # Quietly: what there is to say about the log is the same each time, and the verdicts below say it once.
        if not works(*promisekit, *command):
            return run(*promisekit, *command)
    code = run(*promisekit, "evaluate", *inputs)
    if code != 0:
        return code
    print()
    for path in [folder / "result.json", *(path for path, _, _ in reports)]:
        print(path.as_posix())
    say("Mer: .venv/bin/promisekit --help", "More: .venv/bin/promisekit --help")
    return 0


def lint():
    set_up(tools=True)
    imports = "from importlinter.cli import lint_imports_command as lint; lint()"
    codes = [
        run(PYTHON, "-m", "ruff", "check", "--quiet", "--output-format", "concise"),
        run(PYTHON, "-m", "ruff", "format", "--check", "--quiet", "--output-format", "concise"),
        run(PYTHON, "-m", "mypy", "--no-error-summary"),
        run(PYTHON, "-c", imports, "--no-logo"),
    ]
    return 1 if any(codes) else 0


def test(*arguments):
    set_up(tools=True)
    linted = 0 if arguments else lint()
    tested = run(PYTHON, "-m", "pytest", "-n", "auto", *arguments)
    if linted:
        say("Testerna är körda, men granskningen ovan har fel.", "The tests ran, but the lint above found faults")
    return tested or linted


def tidy():
    set_up(tools=True)
    return run(PYTHON, "-m", "ruff", "check", "--fix", "--quiet") or run(PYTHON, "-m", "ruff", "format")


def bench(*arguments):
    set_up()
    return run(PYTHON, "benchmarks/startup.py", *arguments)


def lock():
    if not UV:
        stop("uv behövs för att låsa versionerna.", "uv is needed to pin the versions")
    what = ["pyproject.toml", "--all-extras", "--universal", "--python-version", "3.11"]
    how = ["--quiet", "--upgrade", "--generate-hashes", "--no-emit-index-url", "-o", "constraints.txt"]
    heading = {**os.environ, "UV_CUSTOM_COMPILE_COMMAND": "python3 dev.py lock"}
    return run(UV, "pip", "compile", *what, *how, env=heading)


VERBS = {"demo": demo, "test": test, "lint": lint, "format": tidy, "bench": bench, "lock": lock}


def main(verb="", *arguments):
    if sys.version_info < (3, 11):
        here = ".".join(str(number) for number in sys.version_info[:2])
        stop(f"Python 3.11 eller senare behövs; det här är {here}.", f"Python 3.11 or later is needed, this is {here}")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a console in an old code page lacks some of the characters
    if verb not in VERBS or (arguments and verb not in ("test", "bench")):
        print(__doc__.strip())
        return 0 if verb in ("", "help", "-h", "--help") else 2
    return VERBS[verb](*arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
