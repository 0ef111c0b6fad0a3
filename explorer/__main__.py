"""``python -m explorer``: the same experiments as in the app, without a browser."""

import os

# One thread: two are slower for models of this size. Read when the libraries load.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

from explorer.command_line import main  # noqa: E402

if __name__ == "__main__":
    main(prog_name="python -m explorer")
