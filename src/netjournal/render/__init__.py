"""How rows become text: one `show` for every format, and plain lines and cards for a terminal."""
