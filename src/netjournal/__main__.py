"""`python -m netjournal` is `netj`."""

from netjournal.cli.app import main

if __name__ == "__main__":
    main()
