"""``python -m explorer``: the same experiments as in the app, without a browser."""

from explorer.command_line import main

if __name__ == "__main__":
    main(prog_name="python -m explorer")
