"""An import: who is who (`matching`), what is news of them (`news`), what happened (`attaching`), how it is written (`batch`)."""
